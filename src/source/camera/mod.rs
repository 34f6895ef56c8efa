//! Live cameras, through the system's own interface (nokhwa: Video4Linux, AVFoundation, Media Foundation;
//! on Linux the pictures themselves come through v4l, which tells the damaged ones).
//!
//! [`list`] names the cameras, [`Camera::start`] opens one on a thread of its own, and
//! [`Camera::latest`] hands over the newest frame. Nothing here makes the caller wait for a camera.

mod block;
mod capture;
mod claim;
mod device;
mod failure;
mod handle;
mod list;
mod mode;
mod pixels;
mod rate;
mod request;
mod shared;
mod state;
#[cfg_attr(target_os = "linux", path = "stream_linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "stream_elsewhere.rs")]
mod stream;

pub use handle::Camera;
pub use list::{CameraInfo, list};
pub use mode::{CameraMode, Encoding};
pub use request::CameraRequest;
pub use state::CameraState;
