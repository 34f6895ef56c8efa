//! When the frames of a camera were taken.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};
use std::time::Instant;

use image::RgbImage;

use crate::source::Frame;

/// Frames whose times are remembered: answers are about one of those.
const FRAMES: usize = 16;

/// When the newest frames were taken.
pub(super) struct Clock {
    start: Instant,
    frames: VecDeque<(Weak<RgbImage>, f64)>,
}

impl Clock {
    /// A clock that begins with a frame.
    pub fn starting_with(frame: &Frame) -> Self {
        let mut clock = Self { start: frame.captured, frames: VecDeque::new() };
        clock.add(frame);
        clock
    }

    /// Takes note of a frame.
    pub fn add(&mut self, frame: &Frame) {
        let secs = frame.captured.saturating_duration_since(self.start).as_secs_f64();
        self.frames.push_back((Arc::downgrade(&frame.picture), secs));
        if self.frames.len() > FRAMES {
            self.frames.pop_front();
        }
    }

    /// Seconds from the first frame to the newest.
    pub fn now_secs(&self) -> f64 {
        self.frames.back().map_or(0.0, |(_, secs)| *secs)
    }

    /// Seconds from the first frame to this one; to the newest where it is not remembered.
    pub fn secs_of(&self, picture: &Arc<RgbImage>) -> f64 {
        let known = self.frames.iter().find(|(known, _)| Weak::as_ptr(known) == Arc::as_ptr(picture));
        known.map_or_else(|| self.now_secs(), |(_, secs)| *secs)
    }
}
