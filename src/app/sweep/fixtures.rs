//! Rows for the tests of sweeps.

use crate::app::preferences::Preferences;
use crate::pose::InputSize;
use crate::study::{ByJoint, Row, Spread};

/// What was found of two people who score alike.
pub fn row(input: InputSize, height: u32, oks: Option<f64>, agreement: f64) -> Row {
    let mut settings = Preferences::default().settings;
    (settings.input, settings.capture.height) = (input, height);
    Row {
        index: 0,
        settings,
        people: 2,
        ap: None,
        oks: oks.and_then(|oks| Spread::of(&[oks, oks])),
        agreement: Spread::of(&[agreement]),
        joint_oks: ByJoint::default(),
        joint_agreement: ByJoint::default(),
        network_ms_per_person: 4.0,
    }
}
