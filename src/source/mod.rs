//! Where frames come from: picture files, pasted pixels, folders, archives, videos and cameras.
//!
//! Everything here ends in a [`Frame`]: eight-bit RGB pixels, upright, with a name for titles. Every
//! failure is a [`SourceError`] whose message says which file or camera, what was expected, what was
//! found and what to do. Nothing here knows the network or the window.

mod backdrop;
mod bmp;
pub mod camera;
pub mod clip;
mod decoder_limits;
mod end_watch;
mod error;
mod few_bits;
mod folder;
mod frame;
mod frugal_file;
mod guard;
mod jpeg;
mod missing_pictures;
mod natural;
pub mod picture;
mod picture_store;
mod picture_warning;
mod png;
mod riff;
mod sniff;
mod start_of_file;
mod stored_picture;
mod tar_index;
mod tiff;
mod unread_files;

pub use camera::{Camera, CameraInfo, CameraMode, CameraRequest, CameraState, Encoding};
pub use clip::{Clip, Player, PlayerState};
pub use error::SourceError;
pub use folder::Folder;
pub use frame::Frame;
pub use missing_pictures::MissingPictures;
pub use picture_store::PictureStore;
pub use picture_warning::{PictureWarning, WarningTally};
pub use stored_picture::{ReadPicture, StoredPicture};
