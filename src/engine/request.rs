//! What the window and the commands ask of the network.

use std::sync::Arc;

use image::RgbImage;
use serde::{Deserialize, Serialize};

use crate::network::Ablation;
use crate::pose::{BoundingBox, Capture, Decoder, InputSize};

/// How a person is cut out, shown to the network and read off its heatmaps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The camera that is simulated.
    pub capture: Capture,
    /// Pixels the network gets.
    pub input: InputSize,
    /// How joints are read off heatmaps.
    pub decoder: Decoder,
    /// Average with the mirrored pass.
    pub flip_test: bool,
    /// Parts of the network that are left out or replaced; none for the network as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ablations: Vec<Ablation>,
}

impl Settings {
    /// Whether joints found by these settings and by others at one resolution are read in the same way: agreement
    /// between sizes means something only then. Ablations do not count: the reference is the untouched network's.
    pub fn reads_alike(&self, other: &Self) -> bool {
        (self.decoder, self.flip_test, self.capture.sampling)
            == (other.decoder, other.flip_test, other.capture.sampling)
    }
}

/// A person to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Where the person is, in picture pixels.
    pub bounds: BoundingBox,
    /// Whether `bounds` is only a first guess, to be refined by the joints found in it.
    pub refine: bool,
}

/// One question to the network. A newer one replaces an older one that has not been looked at yet.
#[derive(Clone, Debug)]
pub struct Request {
    /// The picture; shared, never copied.
    pub picture: Arc<RgbImage>,
    /// Everybody to find joints of.
    pub people: Vec<Person>,
    /// How to look at them.
    pub settings: Settings,
    /// The person whose attention and EMA tensors are wanted, if any.
    pub trace: Option<usize>,
    /// Whether the joints at the reference resolution are wanted too, for the agreement. They follow the
    /// answer in an event of their own, once nothing newer waits.
    pub reference: bool,
}
