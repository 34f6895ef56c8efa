//! How a command looks at people: the simulated camera and the reading of heatmaps.

use crate::arguments::{DecoderChoice, ViewArgs};
use crate::engine::Settings;
use crate::pose::{Capture, Decoder, InputSize, Sampling};

impl From<DecoderChoice> for Decoder {
    fn from(choice: DecoderChoice) -> Self {
        match choice {
            DecoderChoice::Dark => Self::Dark,
            DecoderChoice::Quarter => Self::Quarter,
        }
    }
}

impl ViewArgs {
    /// Settings for one network input; `capture` is the camera's rows, equal to the input's where not given.
    pub fn settings(&self, input: InputSize, capture: Option<u32>, flip_test: bool) -> Settings {
        let capture = Capture {
            height: capture.unwrap_or(input.height()),
            sampling: if self.bilinear { Sampling::Bilinear } else { Sampling::AreaAverage },
            noise: self.noise,
            jpeg_quality: self.jpeg,
        };
        Settings { capture, input, decoder: self.decoder.into(), flip_test, ablations: Vec::new() }
    }
}
