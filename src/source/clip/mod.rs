//! Clips: videos, and pictures that move (GIF, APNG, WebP), frame by frame.
//!
//! [`Clip::of`] tells whether a file is one and when its frames are shown; [`Reader`] gives its frames in order from any
//! of them on; [`Player`] shows them in time, on a thread of its own. Videos are decoded by the ffmpeg program, where it
//! is installed; nothing of it is linked. Moving pictures need no other program. [`Encoder`] makes a video of pictures, by
//! the same program.

mod animation;
mod encoder;
mod file;
mod film;
mod leash;
mod player;
mod ppm;
mod probe;
mod program;
mod reader;
mod shared;
mod timeline;

pub use encoder::{Encoder, WRITTEN};
pub use file::{Clip, VIDEO_EXTENSIONS};
pub use player::{Player, PlayerState};
pub use reader::Reader;
pub use timeline::Timeline;
