//! What comes back from the network.

use std::sync::Arc;

use image::RgbImage;

use super::network_choice::NetworkChoice;
use super::network_info::NetworkInfo;
use super::request::Request;
use crate::network::{DeviceChoice, PartTime, Trace};
use crate::pose::{BoundingBox, Heatmaps, Pose, Region, Seen};

/// What was found about one person.
#[derive(Clone, Debug)]
pub struct PersonAnswer {
    /// The box that was used: as asked, or refined.
    pub bounds: BoundingBox,
    /// The 3:4 area around it that the network saw.
    pub region: Region,
    /// The pictures a camera and the network saw of it.
    pub seen: Seen,
    /// Joints in picture pixels.
    pub pose: Pose,
    /// Heatmaps the joints were read from; none from a network that gives positions alone.
    pub heatmaps: Option<Heatmaps>,
    /// Attention and EMA tensors, where asked for and where the network has some.
    pub trace: Option<Arc<Trace>>,
}

impl PersonAnswer {
    /// The region in the pixels that the network was given: its input, or the capture where the network gets a square
    /// of that instead.
    pub fn pixels(&self) -> &RgbImage {
        match self.heatmaps {
            Some(_) => &self.seen.input,
            None => &self.seen.capture,
        }
    }
}

/// The answer to one request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Number that [`super::Engine::submit`] gave.
    pub ticket: u64,
    /// What this answers.
    pub request: Arc<Request>,
    /// In the order of the request's people.
    pub people: Vec<PersonAnswer>,
    /// Where the time went, in order.
    pub times: Vec<PartTime>,
}

impl Answer {
    /// Milliseconds from the picture to the joints.
    pub fn milliseconds(&self) -> f64 {
        self.times.iter().map(|t| t.milliseconds).sum()
    }
}

/// What the worker reports.
#[derive(Debug)]
pub enum Event {
    /// A network is ready.
    Network(Arc<NetworkInfo>),
    /// An answer to the newest request.
    Answer(Box<Answer>),
    /// Joints of the request's people at the reference resolution.
    Reference {
        /// The request they belong to.
        ticket: u64,
        /// In the order of the answer's people.
        poses: Vec<Pose>,
    },
    /// A request failed; the worker is ready for the next.
    Failed {
        /// The request.
        ticket: u64,
        /// Why.
        message: String,
        /// Whether there was no memory for it, so that a smaller input or fewer people may go through. Never so of the
        /// reference that follows an answer.
        out_of_memory: bool,
    },
    /// A network could not be loaded or moved; the one before stays.
    NetworkFailed {
        /// The network that was ordered.
        choice: NetworkChoice,
        /// Where it was to run.
        device: DeviceChoice,
        /// Why.
        message: String,
    },
}
