//! A data set at many settings, a setting at a time, with what became of each person.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::Receiver;

use super::experiment::Experiment;
use super::labelled_set::LabelledSet;
use super::measured::Measured;
use super::outbox::{self, Outbox};
use super::people::People;
use super::picture_warnings::PictureWarnings;
use super::watch::{Progress, Watch};
use crate::engine::{EngineError, Job, Predictor, Settings, Step};

/// People who are cut out of their pictures at once, or all those of one picture: the network answers nothing meanwhile.
const PEOPLE_AT_ONCE: usize = 16;

/// An [`Experiment`] over everybody labelled in a data set, which gives a [`Measured`] for each setting. A job of the
/// engine; it pauses where what it gives is not read, and ends when nobody is there to read it.
pub struct SetStudy {
    people: Arc<People>,
    experiment: Experiment,
    rows: Watch,
    measured: Outbox<Measured>,
    /// Whether the experiment has given all.
    finished: bool,
}

/// What a [`SetStudy`] gives while it is at work. Dropping it ends the study.
#[derive(Debug)]
pub struct SetWatch {
    measured: Receiver<Measured>,
    done: Arc<AtomicUsize>,
    of: usize,
    warnings: PictureWarnings,
}

impl SetStudy {
    /// A study of everybody in a set at these settings, in this order, and where it is followed.
    pub fn of(set: Arc<LabelledSet>, settings: Vec<Settings>) -> (Self, SetWatch) {
        let people = Arc::new(People::labelled(set));
        let experiment = Experiment::over(Arc::clone(&people), settings).in_rounds(1, PEOPLE_AT_ONCE);
        // All figures are evaluated together, once a setting is complete.
        let mut experiment = experiment.without_precision();
        let rows = experiment.watch();
        let (measured, reader) = Outbox::new();
        let (done, warnings) = (Arc::clone(&rows.done), rows.warnings.clone());
        let watch = SetWatch { measured: reader, done, of: rows.of, warnings };
        (Self { people, experiment, rows, measured, finished: false }, watch)
    }

    /// A step of the experiment, and what is complete with it; false where it has given all.
    fn advance(&mut self, predictor: &Predictor) -> Result<bool, EngineError> {
        if !self.finished {
            self.finished = self.experiment.step(predictor)? == Step::Done;
            while let Some(row) = self.rows.poll() {
                let pass = self.experiment.pass(row.index);
                if let Some(measured) = pass.and_then(|pass| Measured::of(&self.people, row, pass)) {
                    self.measured.put(measured);
                }
            }
        }
        Ok(!self.finished)
    }
}

impl Job for SetStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        outbox::step(self, |study| &mut study.measured, |study| study.advance(predictor))
    }
}

impl SetWatch {
    /// The next setting that is complete over all people, if there is one.
    pub fn poll(&self) -> Option<Measured> {
        self.measured.try_recv().ok()
    }

    /// How far the study is.
    pub fn progress(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), of: self.of }
    }

    /// What is to be said of the pictures, in one line, once all of them have been read.
    pub fn warning(&self) -> Option<String> {
        self.warnings.line()
    }
}
