//! Following an experiment from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::Receiver;

use super::picture_warnings::PictureWarnings;
use super::row::Row;

/// How far an experiment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// People that were looked for, each counted once a setting.
    pub done: usize,
    /// How many that will be in the end: people times settings, the reference included.
    pub of: usize,
}

impl Progress {
    /// The share that is done, 0 … 1; 1 where there is nothing to do.
    pub fn share(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.done as f64 / self.of as f64 }
    }
}

/// What an experiment gives while it is at work. It pauses where many rows wait to be read, and ends when this is
/// dropped.
#[derive(Debug)]
pub struct Watch {
    pub(super) rows: Receiver<Row>,
    pub(super) done: Arc<AtomicUsize>,
    pub(super) of: usize,
    pub(super) warnings: PictureWarnings,
}

impl Watch {
    /// The next setting that is complete over all people, if there is one.
    pub fn poll(&self) -> Option<Row> {
        self.rows.try_recv().ok()
    }

    /// How far the experiment is.
    pub fn progress(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), of: self.of }
    }

    /// What is to be said of the pictures, in one line, once all of them have been read.
    pub fn warning(&self) -> Option<String> {
        self.warnings.line()
    }
}
