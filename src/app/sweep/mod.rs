//! Accuracy against capture height: what the network at hand is measured at, and what came of it.

mod act;
mod cast;
mod crossing;
mod curve;
#[cfg(test)]
mod fixtures;
mod folder_search;
mod measure;
mod part;
mod plan;
mod run;
mod subject;

use std::sync::Arc;

use egui::Context;
use image::RgbImage;

use super::captures::CAPTURES;
use crate::engine::{Engine, EngineError, JobHandle, NetworkInfo};
use crate::source::Folder;
use crate::study::{Experiment, FolderPeople, Gathering, People, Progress, Watch};

pub use cast::{Cast, ENOUGH_FOR_AP};
pub use crossing::{Crossing, LIMIT, crossing, in_words};
pub use curve::{Curve, Point, Score};
pub use folder_search::FolderSearch;
pub use measure::Measure;
pub use part::{Chosen, Part};
pub use run::{Run, Standing};
pub use subject::{Subject, SweepOver};

/// Networks that are compared with each other.
const MOST_NETWORKS: usize = 3;
/// Settings at which the people of a folder are cut out together: each picture is read again for so many.
const FOLDER_SETTINGS: usize = CAPTURES.len();
/// People of a folder who are cut out at once, with the pictures they are in: the network answers nothing meanwhile.
const FOLDER_PEOPLE: usize = 4;

/// The sweeps of the people at hand, one for each network.
#[derive(Default)]
pub struct Sweep {
    /// What is drawn of them.
    pub chosen: Chosen,
    /// Newest last; all are about the same subject.
    runs: Vec<Run>,
    /// The newest run at work.
    work: Option<Work>,
    /// Why the newest run ended before its end, in a sentence for the user.
    broken_off: Option<String>,
    /// What the newest run has to say of the pictures, until that is told.
    warning: Option<String>,
}

/// Where the people who are looked at are.
pub enum Ground {
    /// The picture at hand.
    Picture(Arc<RgbImage>),
    /// The pictures of a folder.
    Folder(Box<Folder>),
}

/// How far a sweep is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    /// It finds out who is in the pictures of a folder.
    Gathering(Gathering),
    /// People are measured.
    Measuring(Progress),
}

/// A run at work. Dropping it ends the run.
enum Work {
    /// It finds out who is in the pictures of a folder.
    Gathering { search: FolderSearch, subject: Subject },
    /// The newest run is measured.
    Measuring { job: JobHandle, watch: Watch },
}

impl Sweep {
    /// Measures everybody of a subject with the network at hand. Runs of other networks on the same subject stay beside
    /// it; all others go.
    pub fn start(
        &mut self,
        engine: &Engine,
        network: &Arc<NetworkInfo>,
        subject: Subject,
        ground: Ground,
        ctx: &Context,
    ) {
        self.cancel();
        self.broken_off = None;
        match ground {
            Ground::Picture(picture) => {
                let people = Arc::new(subject.people_in(picture));
                self.measure(engine, network, subject, people, None);
            }
            Ground::Folder(folder) => match self.known(&subject) {
                Some(found) => self.measure(engine, network, subject, found.people.clone(), Some(found)),
                None => {
                    let notify = ctx.clone();
                    let search =
                        FolderSearch::start(*folder, network.device_choice, move || notify.request_repaint());
                    match search {
                        Ok(search) => self.work = Some(Work::Gathering { search, subject }),
                        Err(error) => self.broken_off = Some(format!("cannot start a thread: {error}")),
                    }
                }
            },
        }
    }

    /// Who is in the pictures of a subject's folder, where a run before found out.
    fn known(&self, subject: &Subject) -> Option<FolderPeople> {
        self.runs.iter().rev().find(|run| run.subject.whom == subject.whom)?.cast.folder.clone()
    }

    fn measure(
        &mut self,
        engine: &Engine,
        network: &Arc<NetworkInfo>,
        subject: Subject,
        people: Arc<People>,
        folder: Option<FolderPeople>,
    ) {
        self.runs.retain(|run| run.subject == subject && run.network.choice != network.choice);
        let surplus = (self.runs.len() + 1).saturating_sub(MOST_NETWORKS);
        self.runs.drain(..surplus);
        let of_folder = folder.is_some();
        let run = Run::new(network.clone(), subject, Cast::of(&people, folder));
        let experiment = Experiment::over(people, run.settings()).against(run.reference.clone());
        let mut experiment = match of_folder {
            true => experiment.in_rounds(FOLDER_SETTINGS, FOLDER_PEOPLE),
            false => experiment.one_setting_at_a_time(),
        };
        let watch = experiment.watch();
        self.work = Some(Work::Measuring { job: engine.start_job(Box::new(experiment)), watch });
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
        *self = Self { chosen: std::mem::take(&mut self.chosen), ..Self::default() };
    }

    /// Takes in what came since; false where that is nothing. `network` is the one at hand, which measures the people of
    /// a folder once they are known.
    pub fn poll(&mut self, engine: &Engine, network: Option<&Arc<NetworkInfo>>) -> bool {
        match &self.work {
            None => false,
            Some(Work::Gathering { search, subject }) => {
                let Some(outcome) = search.outcome() else { return false };
                let subject = subject.clone();
                self.work = None;
                match (outcome, network) {
                    (Ok(found), Some(network)) => {
                        self.measure(engine, network, subject, found.people.clone(), Some(found));
                    }
                    (Ok(_), None) => self.broken_off = Some("There is no network. Run it again.".to_owned()),
                    (Err(why), _) => self.broken_off = Some(why),
                }
                true
            }
            Some(Work::Measuring { job, watch }) => {
                // Asked for before the rows: once a job has ended, all of them are there.
                let end = job.end();
                let rows: Vec<_> = std::iter::from_fn(|| watch.poll()).collect();
                let news = end.is_some() || !rows.is_empty();
                if let Some(run) = self.runs.last_mut() {
                    rows.into_iter().for_each(|row| run.add(row));
                }
                if let Some(end) = end {
                    self.warning = watch.warning();
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
        }
    }

    /// The runs, newest last.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// How far the run at work is.
    pub fn stage(&self) -> Option<Stage> {
        Some(match self.work.as_ref()? {
            Work::Gathering { search, .. } => Stage::Gathering(search.progress()),
            Work::Measuring { watch, .. } => Stage::Measuring(watch.progress()),
        })
    }

    /// Whether there are curves that nothing is added to any more.
    pub fn is_finished(&self) -> bool {
        self.work.is_none() && !self.runs.is_empty()
    }

    /// What the newest run is measured by.
    pub fn measure_shown(&self) -> Option<Measure> {
        let precision = self.chosen.precision && !self.chosen.by_joint;
        Some(self.runs.last()?.cast.measure(precision))
    }

    /// What the newest run has to say of the pictures, once it has ended; it is said once.
    pub fn take_warning(&mut self) -> Option<String> {
        self.warning.take()
    }

    /// Why the newest run ended before its end.
    pub fn broken_off(&self) -> Option<&str> {
        self.broken_off.as_deref()
    }
}
