//! Accuracy against capture height: what the network at hand is measured at, and what came of it.

mod act;
mod crossing;
mod curve;
mod measure;
mod plan;
mod run;
mod subject;

use std::sync::Arc;

use image::RgbImage;

use crate::engine::{Engine, EngineError, JobHandle, NetworkInfo};
use crate::study::{Experiment, People, Progress, StoredPicture, Watch};

pub use crossing::{LIMIT, in_words};
pub use curve::{Curve, Point};
pub use measure::Measure;
pub use plan::CAPTURES;
pub use run::{Run, Standing};
pub use subject::{Subject, SweepOver};

/// Networks that are compared with each other.
const MOST_NETWORKS: usize = 3;

/// The sweeps of the people at hand, one for each network.
#[derive(Default)]
pub struct Sweep {
    /// Newest last; all are about the same subject.
    runs: Vec<Run>,
    /// The newest run at work.
    work: Option<Work>,
    /// Why the newest run ended before its end, in a sentence for the user.
    broken_off: Option<String>,
}

/// A run at work. Dropping it ends the run.
struct Work {
    job: JobHandle,
    watch: Watch,
}

impl Sweep {
    /// Measures everybody of a subject with the network at hand. Runs of other networks on the same subject stay beside
    /// it; all others go.
    pub fn start(
        &mut self,
        engine: &Engine,
        network: Arc<NetworkInfo>,
        picture: Arc<RgbImage>,
        subject: Subject,
    ) {
        self.cancel();
        self.broken_off = None;
        self.runs.retain(|run| run.subject == subject && run.network.choice != network.choice);
        let surplus = (self.runs.len() + 1).saturating_sub(MOST_NETWORKS);
        self.runs.drain(..surplus);
        let run = Run::new(network, subject);
        let mut people = People::default();
        people.add(StoredPicture::Held(picture), run.subject.people.iter().copied());
        let experiment = Experiment::over(Arc::new(people), run.settings());
        let mut experiment = experiment.against(run.reference.clone()).one_setting_at_a_time();
        let watch = experiment.watch();
        self.work = Some(Work { job: engine.start_job(Box::new(experiment)), watch });
        self.runs.push(run);
    }

    /// Ends the run at work; what came of it stays.
    pub fn cancel(&mut self) {
        if self.work.take().is_some() {
            self.runs.retain(|run| !run.is_empty());
        }
    }

    /// Forgets every run.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes in what came since; false where that is nothing.
    pub fn poll(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        // Asked for before the rows: once a job has ended, all of them are there.
        let end = work.job.end();
        let rows: Vec<_> = std::iter::from_fn(|| work.watch.poll()).collect();
        let news = end.is_some() || !rows.is_empty();
        if let Some(run) = self.runs.last_mut() {
            rows.into_iter().for_each(|row| run.add(row));
        }
        if let Some(end) = end {
            self.cancel();
            self.broken_off = end.err().map(|error| match error {
                EngineError::NetworkChanged => {
                    "The network changed before this was done. Run it again.".to_owned()
                }
                error => error.to_string(),
            });
        }
        news
    }

    /// The runs, newest last.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// How far the run at work is.
    pub fn progress(&self) -> Option<Progress> {
        self.work.as_ref().map(|work| work.watch.progress())
    }

    /// Why the newest run ended before its end.
    pub fn broken_off(&self) -> Option<&str> {
        self.broken_off.as_deref()
    }
}
