//! Where frames come from: picture files, pasted pixels, folders and cameras.
//!
//! Everything here ends in a [`Frame`]: eight-bit RGB pixels, upright, with a name for titles. Every
//! failure is a [`SourceError`] whose message says which file or camera, what was expected, what was
//! found and what to do. Nothing here knows the network or the window.

pub mod camera;
mod end_watch;
mod error;
mod folder;
mod frame;
mod guard;
mod jpeg;
mod natural;
pub mod picture;
mod riff;
mod sniff;

pub use camera::{Camera, CameraInfo, CameraMode, CameraRequest, CameraState, Encoding};
pub use error::SourceError;
pub use folder::Folder;
pub use frame::Frame;
