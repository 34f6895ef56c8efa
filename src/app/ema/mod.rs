//! What the EMA panel has beyond the answer at hand: the channel weights at the largest size, and the figures over
//! people against resolution.

mod act;
mod largest;
mod plan;
mod run;
mod subject;
mod view;

use std::sync::Arc;

use crossbeam_channel::Receiver;
use egui::Context;

use super::sweep::{FolderSearch, Ground};
use crate::engine::{Engine, EngineError, JobHandle, NetworkInfo, Settings};
use crate::study::{EmaNews, EmaStudy, EmaTally, FolderPeople, Gathering, People};

pub use largest::{AtLargest, LargestSize};
pub use plan::{Axis, Plan};
pub use run::{Point, Run};
pub use subject::Subject;
pub use view::{EmaOver, EmaView, WeightsShown};

/// What was looked at besides the answer at hand.
#[derive(Default)]
pub struct Ema {
    /// The selected person at the largest size.
    pub largest: LargestSize,
    run: Option<Run>,
    work: Option<Work>,
    /// Why the run ended before its end, in a sentence for the user.
    broken_off: Option<String>,
}

/// A run at work. Dropping it ends the run.
enum Work {
    /// It finds out who is in the pictures of a folder.
    Gathering { search: FolderSearch, subject: Subject, settings: Settings },
    /// People are looked at.
    Looking { job: JobHandle, news: Receiver<EmaNews> },
}

impl Ema {
    /// Looks at everybody of a subject with the network at hand; the run before goes once it begins.
    pub fn start(
        &mut self,
        engine: &Engine,
        network: &Arc<NetworkInfo>,
        subject: Subject,
        settings: &Settings,
        ground: Ground,
        ctx: &Context,
    ) {
        (self.work, self.broken_off) = (None, None);
        match ground {
            Ground::Picture(picture) => {
                let people = subject.people_in(picture);
                self.look(engine, network, subject, settings, &people, Vec::new());
            }
            Ground::Folder(folder) => {
                let notify = ctx.clone();
                match FolderSearch::start(*folder, network.device_choice, move || notify.request_repaint()) {
                    Ok(search) => {
                        self.work = Some(Work::Gathering { search, subject, settings: settings.clone() });
                    }
                    Err(error) => self.broken_off = Some(format!("cannot start a thread: {error}")),
                }
            }
        }
    }

    fn look(
        &mut self,
        engine: &Engine,
        network: &Arc<NetworkInfo>,
        subject: Subject,
        settings: &Settings,
        people: &People,
        left_out: Vec<String>,
    ) {
        let plan = Plan::of(network, settings);
        let tally = EmaTally::new(plan.settings.clone(), people.picture_count());
        let (study, news) = EmaStudy::of(people, plan.settings.clone());
        self.work = Some(Work::Looking { job: engine.start_job(Box::new(study)), news });
        self.run = Some(Run { network: network.clone(), subject, left_out, plan, tally });
    }

    /// Ends the run at work; what came of it stays.
    pub fn cancel(&mut self) {
        self.work = None;
    }

    /// Forgets what another network weighed in the selected person.
    pub fn forget_largest(&mut self) {
        self.largest = LargestSize::default();
    }

    /// Takes in what came of the run since; false where that is nothing. `network` is the one at hand, which looks at the
    /// people of a folder once they are known.
    pub fn poll(&mut self, engine: &Engine, network: Option<&Arc<NetworkInfo>>) -> bool {
        match &self.work {
            None => false,
            Some(Work::Gathering { search, subject, settings }) => {
                let Some(outcome) = search.outcome() else { return false };
                let (subject, settings) = (subject.clone(), settings.clone());
                self.work = None;
                match (outcome, network) {
                    (Ok(FolderPeople { people, left_out }), Some(network)) => {
                        self.look(engine, network, subject, &settings, &people, left_out);
                    }
                    (Ok(_), None) => self.broken_off = Some("There is no network. Run it again.".to_owned()),
                    (Err(why), _) => self.broken_off = Some(why),
                }
                true
            }
            Some(Work::Looking { job, news }) => {
                // Asked for before the news: once a job has ended, all of them are there.
                let end = job.end();
                let news: Vec<EmaNews> = news.try_iter().collect();
                let any = end.is_some() || !news.is_empty();
                if let Some(run) = &mut self.run {
                    news.into_iter().for_each(|news| run.tally.take(news));
                }
                if let Some(end) = end {
                    self.work = None;
                    self.broken_off = end.err().map(|error| match error {
                        EngineError::NetworkChanged => {
                            "The network changed before this was done. Run it again.".to_owned()
                        }
                        error => error.to_string(),
                    });
                }
                any
            }
        }
    }

    /// How far it is to know who is in the pictures of a folder, while that is found out.
    pub fn gathering(&self) -> Option<Gathering> {
        match &self.work {
            Some(Work::Gathering { search, .. }) => Some(search.progress()),
            Some(Work::Looking { .. }) | None => None,
        }
    }

    /// The newest run.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// Whether it is at work.
    pub fn is_running(&self) -> bool {
        self.work.is_some()
    }

    /// Why it ended before its end.
    pub fn broken_off(&self) -> Option<&str> {
        self.broken_off.as_deref()
    }
}
