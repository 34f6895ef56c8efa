//! Following people from frame to frame: who is who, who was lost, who left, and motion smoothed for the eye.

mod joints_box;
mod one_euro;
mod resemblance;
mod smoothing;
mod track;
mod tracker;

pub use joints_box::{CONFIDENT, around_joints};
pub use smoothing::PoseFilter;
pub use tracker::{Sighting, Tracker};

#[cfg(test)]
mod tests;
