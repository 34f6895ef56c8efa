//! What is told of each pair of capture height and network input.

use serde::Serialize;

use super::by_joint::ByJoint;
use super::row::Row;
use super::spread::Spread;
use crate::engine::Settings;
use crate::pose::InputSize;

/// Mean and standard deviation over people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SpreadReport {
    /// The mean.
    pub mean: f64,
    /// The standard deviation of the people at hand; 0 for a single one.
    pub deviation: f64,
}

impl From<Spread> for SpreadReport {
    fn from(spread: Spread) -> Self {
        Self { mean: spread.mean, deviation: spread.deviation }
    }
}

/// The figures of one pair of capture height and network input.
#[derive(Clone, Debug, Serialize)]
pub struct SweepRow {
    /// Pixels the network gets; none for one that always gets the same square.
    pub input: Option<InputSize>,
    /// Rows the camera spends on a person's region.
    pub capture: u32,
    /// People seen.
    pub people: usize,
    /// Average precision, over a data set.
    pub ap: Option<f64>,
    /// Similarity with labelled joints: accuracy.
    pub oks: Option<SpreadReport>,
    /// Pixels the network gets at the reference resolution; none for one that always gets the same square.
    pub reference: Option<InputSize>,
    /// Similarity with the same network at the reference resolution: agreement.
    pub agreement: Option<SpreadReport>,
    /// Milliseconds in the network.
    pub network_ms_per_person: f64,
    /// `oks` of each joint.
    pub joint_oks: ByJoint,
    /// `agreement` of each joint.
    pub joint_agreement: ByJoint,
}

impl SweepRow {
    /// What is reported of a row that was compared with `reference`.
    pub fn of(row: &Row, reference: &Settings) -> Self {
        Self {
            input: Some(row.settings.input),
            capture: row.settings.capture.height,
            people: row.people,
            ap: row.ap,
            oks: row.oks.map(SpreadReport::from),
            reference: Some(reference.input),
            agreement: row.agreement.map(SpreadReport::from),
            network_ms_per_person: row.network_ms_per_person,
            joint_oks: row.joint_oks,
            joint_agreement: row.joint_agreement,
        }
    }

    /// Takes back what does not count for a network that always gets the same square.
    pub fn forget_inputs(&mut self) {
        (self.input, self.reference) = (None, None);
    }
}
