//! Live cameras, through the system's own interface (nokhwa: Video4Linux, AVFoundation, Media Foundation).
//!
//! [`list`] names the cameras, [`Camera::start`] opens one on a thread of its own, and
//! [`Camera::latest`] hands over the newest frame. Nothing here makes the caller wait for a camera.

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

pub use handle::Camera;
pub use list::{CameraInfo, list};
pub use mode::{CameraMode, Encoding};
pub use request::CameraRequest;
pub use state::CameraState;
