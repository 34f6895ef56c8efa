//! Live cameras, through the system's own interface: Video4Linux itself on Linux (v4l), which tells damaged pictures
//! and every encoding there is; AVFoundation and Media Foundation elsewhere (nokhwa).
//!
//! [`list`] names the cameras, [`Camera::start`] opens one on a thread of its own, and
//! [`Camera::latest`] hands over the newest frame. Nothing here makes the caller wait for a camera.

mod block;
mod capture;
mod claim;
mod device;
mod encoding;
mod failure;
mod handle;
mod list;
mod mjpeg;
mod mode;
#[cfg_attr(target_os = "linux", path = "nodes_linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "nodes_elsewhere.rs")]
mod nodes;
#[cfg(target_os = "linux")]
mod offers;
mod packing;
mod pixels;
mod rate;
mod request;
mod rows;
mod shared;
mod state;
#[cfg_attr(target_os = "linux", path = "stream_linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "stream_elsewhere.rs")]
mod stream;

pub use encoding::Encoding;
pub use handle::Camera;
pub use list::{CameraInfo, list};
pub use mode::CameraMode;
pub use request::CameraRequest;
pub use state::CameraState;
