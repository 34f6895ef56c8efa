//! Geometry, heatmaps, accuracy and COCO files of human pose: plain numbers, no network and no window.
//!
//! Positions are in pixels with pixel centres at whole numbers; boxes and regions are areas, in which pixel
//! `i` covers `i .. i + 1`. A position `x` therefore lies at `x + 1/2` of an area.

mod bounding_box;
mod capture;
mod capture_height;
pub mod coco;
mod dark;
mod decoder;
pub mod following;
mod heatmaps;
mod input_size;
mod joint_map;
mod keypoint;
mod normalise;
mod oks;
mod pck;
mod region;
mod resample;
mod sampling;
mod skeleton;
mod square;
mod taps;

pub use bounding_box::{BoundingBox, BoxError};
pub use capture::{Capture, Seen};
pub use capture_height::{MAX_HEIGHT, MIN_HEIGHT};
pub use decoder::{Decoder, Peak};
pub use heatmaps::{Heatmaps, HeatmapsError, TARGET_SIGMA, target};
pub use input_size::{InputSize, InputSizeError};
pub use keypoint::{Keypoint, LabelledKeypoint, Labels, Pose, instance_score};
pub use normalise::{MEAN, STD, normalise};
pub use oks::{agreement, joint_oks, oks, oks_scale};
pub use pck::{pck, pck_auc};
pub use region::{ASPECT, PADDING, Region};
pub use resample::sample;
pub use sampling::Sampling;
pub use skeleton::{FLIP_INDEX, KEYPOINT_COUNT, KEYPOINT_NAMES, LIMBS, SIGMAS, Side, side};
pub use square::Square;
