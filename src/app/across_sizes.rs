//! The attention of the chosen block at every network input, looked up while nothing else is asked of the network.

mod subject;

use egui::Context;

use super::App;
use super::document::Document;
use super::idle_job::{IdleJob, REST};
use super::preferences::{Preferences, RightPanel};
use crate::engine::{Engine, NetworkInfo};
use crate::pose::InputSize;
use crate::study::{AttentionStudy, BlockAttention};
use subject::Subject;

/// What was found at each network input, and the work on what is missing.
#[derive(Default)]
pub struct AcrossSizes {
    subject: Option<Subject>,
    /// Counts subjects; what was found for earlier ones is drawn faintly.
    generation: u64,
    /// At most one for each input.
    found: Vec<(u64, BlockAttention)>,
    job: IdleJob<BlockAttention>,
    /// Whether a camera runs, before which nothing is looked up.
    frames_run: bool,
}

/// What was found at a network input.
#[derive(Clone, Copy)]
pub struct AtSize<'a> {
    /// What was found.
    pub found: &'a BlockAttention,
    /// The subject that it was found for.
    pub generation: u64,
    /// Whether that is the present one.
    pub current: bool,
}

impl AcrossSizes {
    /// The inputs that are looked at, small to large.
    pub fn sizes(network: &NetworkInfo) -> Vec<InputSize> {
        subject::sizes(network)
    }

    /// What was found at an input, once something was.
    pub fn at(&self, size: InputSize) -> Option<AtSize<'_>> {
        let (generation, found) = self.found.iter().find(|(_, found)| found.settings.input == size)?;
        let current = *generation == self.generation && self.subject.is_some();
        Some(AtSize { found, generation: *generation, current })
    }

    /// Why nothing more comes, if that is so.
    pub fn failure(&self) -> Option<String> {
        self.job.failure().map(|error| format!("The row cannot be filled: {error}"))
    }

    /// Whether a running camera is what it waits for.
    pub fn waits_for_camera(&self) -> bool {
        self.frames_run
    }

    /// Takes note of who is looked at now.
    fn look_at(&mut self, subject: Option<Subject>, now: f64) {
        if subject == self.subject {
            return;
        }
        let akin = |(a, b): (&Subject, &Subject)| a.is_akin(b);
        if !subject.as_ref().zip(self.subject.as_ref()).is_some_and(akin) {
            self.found.clear();
        }
        self.generation += 1;
        (self.subject, self.job) = (subject, IdleJob::anew(now));
    }

    /// Takes in what the work gives. Whether anything came.
    fn take_in(&mut self) -> bool {
        let Some(found) = self.job.poll() else { return false };
        found.into_iter().for_each(|found| self.keep(found));
        true
    }

    /// Puts what was found in the place of what was known of that input.
    fn keep(&mut self, found: BlockAttention) {
        self.found.retain(|(_, known)| known.settings.input != found.settings.input);
        self.found.push((self.generation, found));
    }

    /// The inputs of the present subject at which nothing was found yet, small to large.
    fn missing(&self) -> Vec<InputSize> {
        let settings = self.subject.iter().flat_map(|subject| &subject.settings);
        let is_current = |size: InputSize| self.at(size).is_some_and(|seen| seen.current);
        settings.map(|settings| settings.input).filter(|size| !is_current(*size)).collect()
    }

    /// Starts a study of what is missing, if anything is and no study is under way.
    fn start(&mut self, engine: &Engine, document: &Document) {
        let Some(subject) = self.subject.as_ref().filter(|_| self.job.is_free()) else { return };
        let missing = self.missing();
        if missing.is_empty() {
            return;
        }
        let settings = subject.settings.iter().filter(|settings| missing.contains(&settings.input));
        let (picture, settings) = (document.frame.picture.clone(), settings.cloned().collect());
        match AttentionStudy::of(picture, &subject.bounds, subject.block, settings) {
            Ok((study, found)) => self.job.start(engine, study, found),
            Err(error) => self.job.fail(error),
        }
    }
}

/// Whether the row is on the screen.
fn is_shown(preferences: &Preferences) -> bool {
    let Preferences { attention, right, show_right, .. } = preferences;
    attention.across_sizes && *show_right && *right == RightPanel::Attention
}

impl App {
    /// Looks up the chosen block's attention at every network input while that is shown and nothing else is asked: not
    /// in front of a running camera, and not while something is dragged.
    pub(super) fn fill_across_sizes(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        self.across_sizes.frames_run = self.frames_run();
        if !is_shown(&self.preferences) || self.across_sizes.frames_run {
            self.across_sizes.look_at(None, now);
            return;
        }
        let document = self.document.as_ref();
        let subject = document
            .zip(self.network.as_ref())
            .and_then(|(document, network)| Subject::of(document, network, &self.preferences));
        self.across_sizes.look_at(subject, now);
        if self.across_sizes.take_in() {
            ctx.request_repaint();
        }
        let Some(document) = document else { return };
        if !self.is_idle(ctx) {
            self.across_sizes.job.pause(now);
        } else if self.across_sizes.job.has_rested(now) {
            self.across_sizes.start(&self.engine, document);
        } else {
            ctx.request_repaint_after(REST);
        }
    }
}

#[cfg(test)]
mod tests;
