//! The data set window: a network measured on everybody of a labelled set, beside other networks and inputs, and each
//! person one click away from the main window.

mod act;
mod captured;
mod choices;
mod choosing;
mod curves;
#[cfg(test)]
mod driven;
mod export;
mod figure_rows;
#[cfg(test)]
mod fixtures;
mod heights;
mod histogram;
mod open_set;
mod prompt;
mod published;
mod rows;
mod run;
mod tasks;
mod thumbnails;
mod view;
mod window;
mod work;

use std::sync::Arc;
use std::time::Instant;

use egui::Context;

use crate::engine::{Engine, EngineError, NetworkInfo, Settings};
use crate::study::{Measured, SetChoice, SetDescription};
use captured::Captured;
use choices::Choices;
use export::Export;
use open_set::{OpenSet, name_of};
use prompt::Prompt;
use rows::Rows;
use run::Run;
use tasks::Tasks;
use thumbnails::Thumbnails;
use work::Work;

/// What the data set window shows and does.
pub struct DataSet {
    /// Whether the window is there. What was measured outlives it.
    shown: bool,
    tasks: Tasks,
    choices: Choices,
    /// Sets to choose from, where a folder has several.
    offered: Vec<SetChoice>,
    /// The set that is being opened.
    opening: Option<Opening>,
    /// How often a set was looked for or asked for.
    asked: u64,
    /// The path that is being typed.
    prompt: Option<Prompt>,
    failure: Option<Failure>,
    set: Option<OpenSet>,
    thumbnails: Option<Thumbnails>,
    /// Oldest first; all are of the set that is open.
    runs: Vec<Run>,
    /// The run whose people are listed; it is among those whose figures are shown.
    chosen: Option<u64>,
    /// The figures of runs that captured so are shown.
    captured: Captured,
    last_id: u64,
    rows: Rows,
    /// The measurement that is going on.
    work: Option<Work>,
    /// One sentence about what happened last: why a measurement ended, or which file was written.
    told: Option<String>,
    /// What the last measurement has to say of the pictures, until the main window has told it.
    warning: Option<String>,
}

/// A set that is being opened.
struct Opening {
    number: u64,
    name: String,
    since: Instant,
}

/// What went wrong, until the user has read it.
struct Failure {
    message: String,
    /// The set that could not be opened because its pictures are elsewhere.
    without_pictures: Option<SetDescription>,
}

impl DataSet {
    /// Nothing is open. `ctx` is asked for a repaint whenever a thread has something to tell.
    pub fn new(ctx: Context) -> Self {
        Self {
            shown: false,
            tasks: Tasks::new(ctx),
            choices: Choices::default(),
            offered: Vec::new(),
            opening: None,
            asked: 0,
            prompt: None,
            failure: None,
            set: None,
            thumbnails: None,
            runs: Vec::new(),
            chosen: None,
            captured: Captured::default(),
            last_id: 0,
            rows: Rows::default(),
            work: None,
            told: None,
            warning: None,
        }
    }

    /// Whether the window is there.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Opens a set off the window's thread; the one that is open stays until then.
    fn open(&mut self, description: SetDescription) {
        self.asked += 1;
        let opening =
            Opening { number: self.asked, name: name_of(&description.annotations), since: Instant::now() };
        (self.failure, self.offered) = (None, Vec::new());
        self.opening = self.tasks.open(self.asked, description).then_some(opening);
    }

    /// Takes in a set that was opened under this number, unless another one was asked for meanwhile. What was measured
    /// on the one before goes.
    fn opened(&mut self, number: u64, set: OpenSet) {
        if self.opening.as_ref().is_none_or(|opening| opening.number != number) {
            return;
        }
        match Thumbnails::start(Arc::clone(&set.set), self.tasks.ctx()) {
            Ok(thumbnails) => self.thumbnails = Some(thumbnails),
            Err(error) => {
                self.thumbnails = None;
                self.fail(format!("cannot start a thread for thumbnails: {error}"));
            }
        }
        (self.opening, self.work, self.told, self.chosen) = (None, None, None, None);
        (self.runs, self.captured) = (Vec::new(), Captured::default());
        self.set = Some(set);
    }

    fn fail(&mut self, message: String) {
        self.failure = Some(Failure { message, without_pictures: None });
    }

    /// Measures the network at hand at every input and height that is chosen.
    fn start(&mut self, engine: &Engine, network: Arc<NetworkInfo>, view: &Settings) {
        let Some(open) = &self.set else { return };
        let settings = self.choices.settings(&network, view);
        if settings.is_empty() {
            return;
        }
        let set = Arc::clone(&open.set);
        let is_seen = settings.iter().any(|settings| self.captured.holds(settings));
        (self.told, self.work) = (None, Some(Work::start(engine, network, set, settings, !is_seen)));
    }

    /// Takes in what was measured since; false where that is nothing.
    fn follow(&mut self) -> bool {
        let Some(work) = &self.work else { return false };
        // Asked for before the rest: once a job has ended, all it gave is there.
        let end = work.job.end();
        let came: Vec<Measured> = std::iter::from_fn(|| work.watch.poll()).collect();
        let (network, news) = (Arc::clone(&work.network), end.is_some() || !came.is_empty());
        let warning = end.as_ref().and_then(|_| work.watch.warning());
        came.into_iter().for_each(|measured| self.add(&network, measured));
        if let Some(end) = end {
            self.work = None;
            match end {
                Ok(()) => self.told = warning.clone().or(self.told.take()),
                Err(EngineError::NetworkChanged) => {
                    let why =
                        "The network changed before this was done; what was complete stays. Run it again.";
                    self.told = Some(why.to_owned());
                }
                Err(error) => self.fail(error.to_string()),
            }
            self.warning = warning;
        }
        news
    }

    /// What there is to be written.
    fn export(&self) -> Option<Export> {
        let open = self.set.as_ref().filter(|_| !self.runs.is_empty())?;
        Some(Export { set: Arc::clone(&open.set), runs: self.runs.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::data_set::fixtures::{run_of, set_of};

    fn open() -> (DataSet, Arc<crate::study::LabelledSet>) {
        let mut data_set = DataSet::new(Context::default());
        let (set, description) = (Arc::new(set_of(3)), SetDescription::default());
        data_set.opening = Some(Opening { number: 1, name: "set".into(), since: Instant::now() });
        let name = "set".to_owned();
        data_set.opened(1, OpenSet { set: Arc::clone(&set), description, name, people: 3 });
        (data_set, set)
    }

    #[test]
    fn another_set_takes_the_runs_away_and_a_late_one_is_not_shown() {
        let (mut data_set, set) = open();
        data_set.runs.push(run_of(&set, 7, "CMSA-S"));
        let late = || OpenSet {
            set: Arc::clone(&set),
            description: SetDescription::default(),
            name: "late".into(),
            people: 3,
        };
        data_set.opening = Some(Opening { number: 9, name: "next".into(), since: Instant::now() });
        data_set.opened(8, late());
        assert_eq!((data_set.runs.len(), data_set.opening.is_some()), (1, true));
        data_set.opened(9, late());
        assert!(data_set.runs.is_empty() && data_set.opening.is_none());
        assert_eq!(data_set.set.as_ref().map(|open| open.name.as_str()), Some("late"));
    }
}
