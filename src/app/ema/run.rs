//! What EMA does as people get small: one network looked at over one subject.

use std::sync::Arc;

use super::plan::{Axis, Plan};
use super::subject::Subject;
use crate::engine::NetworkInfo;
use crate::study::{EmaFigure, EmaTally, Spread};

/// One network over one subject, as far as it got.
#[derive(Clone, Debug)]
pub struct Run {
    /// The network.
    pub network: Arc<NetworkInfo>,
    /// Whom it is over.
    pub subject: Subject,
    /// A sentence for each thing of the folder that was left out.
    pub left_out: Vec<String>,
    /// At which settings.
    pub plan: Plan,
    /// What has come so far.
    pub tally: EmaTally,
}

/// A figure at one resolution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Rows of pixels: of the network input, or of the capture.
    pub height: u32,
    /// The figure over people.
    pub spread: Spread,
}

impl Run {
    /// A figure of a stage's module against resolution, as far as it is known, small to large.
    pub fn curve(&self, axis: Axis, stage: usize, figure: EmaFigure) -> Vec<Point> {
        let point = |(height, place): &(u32, usize)| {
            let spread = self.tally.spread(*place, stage, figure)?;
            Some(Point { height: *height, spread })
        };
        self.plan.on(axis).iter().filter_map(point).collect()
    }

    /// Whether it is about the subject and the network at hand.
    pub fn is_current(&self, subject: Option<&Subject>, network: &NetworkInfo) -> bool {
        subject == Some(&self.subject) && network.choice == self.network.choice
    }
}
