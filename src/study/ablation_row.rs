//! What the people lose with one part of the network.

use super::row::Row;
use super::spread::Spread;
use crate::network::Ablation;

/// What was found with one part of the network left out, compared with the untouched network. Every share is 0 … 1.
#[derive(Clone, Debug, PartialEq)]
pub struct AblationRow {
    /// The part; none for the untouched network.
    pub ablation: Option<Ablation>,
    /// What was found; its agreement is with the untouched network at the same setting.
    pub row: Row,
    /// Mean OKS less that of the untouched network, below 0 where joints are worse; none where nobody is labelled, or
    /// the untouched network is still to be measured.
    pub oks_change: Option<f64>,
    /// How much is lost: the drop of the mean OKS or, where nobody is labelled, what the agreement with the untouched
    /// network lacks to 1.
    pub harm: Option<f64>,
}

impl AblationRow {
    /// A row that is not compared yet.
    pub(super) fn of(row: Row) -> Self {
        Self { ablation: row.settings.ablations.first().cloned(), row, oks_change: None, harm: None }
    }

    /// Compares it with the untouched network's row.
    pub(super) fn compare(&mut self, untouched: &Row) {
        let mean = |spread: Option<Spread>| spread.map(|spread| spread.mean);
        let (own, before) = (mean(self.row.oks), mean(untouched.oks));
        self.oks_change = own.zip(before).map(|(own, before)| own - before);
        let disagreement = || mean(self.row.agreement).map(|agreement| 1.0 - agreement);
        self.harm = match before {
            Some(_) => self.oks_change.map(|change| -change),
            None => disagreement(),
        };
    }
}
