//! Many people at many settings.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::batch::Batch;
use super::error::StudyError;
use super::outbox::{Outbox, Sent};
use super::pass::Pass;
use super::people::People;
use super::picture_warnings::PictureWarnings;
use super::row::Row;
use super::view::{find, warm_up};
use super::watch::{Progress, Watch};
use crate::engine::{EngineError, Job, Predictor, Settings, Step, View};
use crate::source::WarningTally;

/// Looks for everybody at every setting.
///
/// People are cut out of their pictures at all settings a batch at a time, so that each picture is read once and memory
/// stays bounded; every row is then complete only with the last batch.
/// [`Experiment::one_setting_at_a_time`] reads the pictures anew for each setting instead and has rows early;
/// [`Experiment::in_rounds`] is between the two.
pub struct Experiment {
    people: Arc<People>,
    passes: Vec<(Settings, Pass)>,
    /// How many of the passes were asked for, each of which gives a row.
    asked: usize,
    /// The pass that the others are compared with; it may be one of those asked for.
    reference: Option<usize>,
    /// How many settings people are cut out at together.
    together: usize,
    /// How many people are cut out at once.
    at_once: usize,
    place: Place,
    batch: Option<Batch>,
    done: Arc<AtomicUsize>,
    rows: Option<Outbox<Row>>,
    /// Whether the row of each setting asked for has been put out.
    told: Vec<bool>,
    /// What is to be said of the pictures read so far.
    warnings: WarningTally,
    /// The same for whoever follows the experiment.
    told_of_pictures: PictureWarnings,
    /// Whether rows have an average precision.
    precision: bool,
}

/// Where an experiment is.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Passes that were measured in earlier rounds.
    passes: usize,
    /// The first person of the batch.
    first: usize,
    /// The setting, counted within the round.
    setting: usize,
    /// The next person, counted within the batch.
    person: usize,
    /// Whether the network has just run outside the clock, for the people that come next.
    warm: bool,
}

impl Experiment {
    /// An experiment with these people at these settings.
    pub fn over(people: Arc<People>, settings: Vec<Settings>) -> Self {
        Self {
            people,
            asked: settings.len(),
            reference: None,
            together: usize::MAX,
            at_once: usize::MAX,
            place: Place::default(),
            batch: None,
            done: Arc::default(),
            rows: None,
            told: vec![false; settings.len()],
            warnings: WarningTally::default(),
            told_of_pictures: PictureWarnings::default(),
            precision: true,
            passes: settings.into_iter().map(|settings| (settings, Pass::default())).collect(),
        }
    }

    /// Compares every setting with this one, which is measured first; it should read joints in the same way, as
    /// [`crate::engine::NetworkInfo::reference_settings`] does.
    #[must_use]
    pub fn against(mut self, reference: Settings) -> Self {
        self.passes.truncate(self.asked);
        self.reference = self.passes.iter().position(|(settings, _)| *settings == reference);
        if self.reference.is_none() {
            self.passes.push((reference, Pass::default()));
            self.reference = Some(self.asked);
        }
        self
    }

    /// Measures everybody at one setting before the next.
    #[must_use]
    pub fn one_setting_at_a_time(mut self) -> Self {
        self.together = 1;
        self
    }

    /// Measures everybody at so many settings before the next ones, and cuts out so many people at once, or all of one
    /// picture. Pictures on a disk are then read a few times and not for every setting, rows come early, and steps
    /// that read pictures stay short.
    #[must_use]
    pub fn in_rounds(mut self, settings: usize, people: usize) -> Self {
        (self.together, self.at_once) = (settings.max(1), people.max(1));
        self
    }

    /// Leaves the average precision out of the rows, for whoever evaluates all that was found at a setting.
    #[must_use]
    pub(super) fn without_precision(mut self) -> Self {
        self.precision = false;
        self
    }

    /// What the experiment gives while it is at work. A watched experiment pauses where rows are not read, and ends
    /// when nobody is there to read them.
    pub fn watch(&mut self) -> Watch {
        let (outbox, rows) = Outbox::new();
        self.rows = Some(outbox);
        let warnings = self.told_of_pictures.clone();
        Watch { rows, done: self.done.clone(), of: self.progress().of, warnings }
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let done = self.done.load(Ordering::Relaxed);
        Progress { done, of: self.people.len() * self.passes.len() }
    }

    /// Measures all there is to measure, without an engine; `progress` is told after every batch and setting.
    ///
    /// # Errors
    /// When a picture cannot be read or the network fails.
    pub fn run(
        &mut self,
        predictor: &Predictor,
        mut progress: impl FnMut(Progress),
    ) -> Result<(), StudyError> {
        while self.advance(predictor, |_| usize::MAX)? {
            if !self.place.warm {
                progress(self.progress());
            }
        }
        Ok(())
    }

    /// What is to be said of the pictures that were read, a sentence for each thing.
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.sentences()
    }

    /// What was found so far at a setting that was asked for.
    pub fn pass(&self, index: usize) -> Option<&Pass> {
        self.passes.get(index).filter(|_| index < self.asked).map(|(_, pass)| pass)
    }

    /// The row of a setting that was asked for, once it and the reference are complete.
    pub fn row(&self, index: usize) -> Option<Row> {
        let (settings, pass) = self.passes.get(index).filter(|_| index < self.asked)?;
        let reference = self.reference.and_then(|reference| self.passes.get(reference));
        let reference = reference.map(|(_, pass)| pass);
        let complete = |pass: &Pass| pass.poses.len() == self.people.len();
        if !complete(pass) || !reference.is_none_or(complete) {
            return None;
        }
        let row = Row::of((index, settings), &self.people, pass, reference);
        Some(if self.precision { row.with_precision(&self.people, pass) } else { row })
    }

    /// The passes of the round at hand, the reference before all others.
    fn round(&self) -> Vec<usize> {
        let others = (0..self.passes.len()).filter(|index| Some(*index) != self.reference);
        self.reference.into_iter().chain(others).skip(self.place.passes).take(self.together).collect()
    }

    /// Looks for the next people of a batch at one setting, at most as many as `most` says; before the first of a
    /// setting the network runs once outside the clock, which is a step of its own. False where everything is done.
    fn advance(
        &mut self,
        predictor: &Predictor,
        most: impl Fn(&Settings) -> usize,
    ) -> Result<bool, StudyError> {
        let round = self.round();
        if round.is_empty() || self.people.is_empty() {
            return Ok(false);
        }
        let batch = match self.batch.take() {
            Some(batch) => batch,
            None => {
                let settings: Vec<&Settings> = round.iter().map(|index| &self.passes[*index].0).collect();
                let batch = Batch::cut(&self.people, self.place.first, self.at_once, &settings)?;
                if self.place.passes == 0 {
                    batch.warnings.iter().for_each(|(picture, of)| self.warnings.add(picture, of));
                }
                batch
            }
        };
        let (settings, pass) = &mut self.passes[round[self.place.setting]];
        let views = batch.views(self.place.setting, self.place.person, most(settings));
        let seen: Vec<View<'_>> = views.iter().flatten().copied().collect();
        if pass.seen() == 0 && !seen.is_empty() && !self.place.warm {
            warm_up(predictor, &seen, settings)?;
            self.place.warm = true;
            self.batch = Some(batch);
            return Ok(true);
        }
        let (poses, milliseconds) = find(predictor, &seen, settings)?;
        pass.network_ms += milliseconds;
        let mut poses = poses.into_iter();
        pass.poses.extend(views.iter().map(|view| view.as_ref().and_then(|_| poses.next())));
        pass.areas.extend(views.iter().map(|view| view.as_ref().map(|view| view.bounds.area())));
        self.done.fetch_add(views.len(), Ordering::Relaxed);
        self.place.person += views.len();
        self.turn_page(batch, round.len());
        Ok(true)
    }

    /// Goes on to the next setting, batch and round where the one at hand is done; keeps the batch where it is not.
    fn turn_page(&mut self, batch: Batch, settings: usize) {
        self.place.warm = false;
        if self.place.person >= batch.len() {
            self.place.person = 0;
            self.place.setting += 1;
        }
        if self.place.setting < settings {
            self.batch = Some(batch);
            return;
        }
        self.place.setting = 0;
        self.place.first += batch.len();
        if self.place.first >= self.people.len() {
            self.told_of_pictures.tell(self.warnings.sentences());
            self.place = Place { passes: self.place.passes + settings, ..Place::default() };
        }
    }

    /// Puts out the rows that are complete by now.
    fn put_rows(&mut self) {
        for index in 0..self.asked {
            if self.rows.is_none() || self.told[index] {
                continue;
            }
            if let (Some(row), Some(outbox)) = (self.row(index), &mut self.rows) {
                outbox.put(row);
                self.told[index] = true;
            }
        }
    }

    fn send_rows(&mut self) -> Sent {
        self.rows.as_mut().map_or(Sent::All, Outbox::send)
    }
}

impl Job for Experiment {
    /// Cuts out a batch where none is at hand, and puts as many people through the network as it takes at once, or the
    /// first of a setting for warming up.
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        match self.send_rows() {
            Sent::All => {}
            Sent::Full => return Ok(Step::Later),
            Sent::NoReader => return Ok(Step::Done),
        }
        let at_once = |settings: &Settings| predictor.people_at_once(settings.input);
        let more = self.advance(predictor, at_once)?;
        self.put_rows();
        match (self.send_rows(), more) {
            (Sent::NoReader, _) | (Sent::All, false) => Ok(Step::Done),
            (Sent::All | Sent::Full, _) => Ok(Step::More),
        }
    }
}
