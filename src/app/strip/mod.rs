//! The resolution strip: the selected person at one resolution beside the other, filled in while nothing else is asked
//! of the network.

mod cell;
mod cells;
mod plan;
mod shown;
mod subject;

use egui::Context;

use super::App;
use super::document::Document;
use super::idle_job::{IdleJob, REST};
use crate::engine::Engine;
use crate::study::{PersonPass, PersonStudy};
pub use cells::{StripView, height};
pub use plan::StripRow;
use plan::{COUNT, Stop};
use shown::{Shown, Verdict};
use subject::Subject;

/// The strip's passes, and the work on those that are missing.
#[derive(Default)]
pub struct Strip {
    subject: Option<Subject>,
    /// Counts subjects; passes of earlier ones are drawn faintly.
    generation: u64,
    shown: [Option<Shown>; COUNT],
    job: IdleJob<PersonPass>,
}

impl Strip {
    /// Takes note of who is looked at now.
    fn look_at(&mut self, subject: Option<Subject>, now: f64) {
        if subject == self.subject {
            return;
        }
        let version = |subject: &Option<Subject>| subject.as_ref().map(|subject| subject.version);
        if version(&subject) != version(&self.subject) {
            self.shown = Default::default();
        }
        self.generation += 1;
        (self.subject, self.job) = (subject, IdleJob::anew(now));
    }

    /// Takes in what the work gives. Whether anything came.
    fn take_in(&mut self) -> bool {
        let Some(subject) = &self.subject else { return false };
        let Some(passes) = self.job.poll() else { return false };
        let (stops, reference) = (Stop::all(Some(&subject.network)), subject.reference());
        for pass in passes {
            let place = stops.iter().position(|stop| stop.is_present(&pass.settings, false));
            if let Some(cell) = place.and_then(|place| self.shown.get_mut(place)) {
                let verdict = Verdict::of(&pass, reference.as_ref());
                *cell = Some(Shown { pass, verdict, generation: self.generation });
            }
        }
        true
    }

    /// The resolutions whose passes are missing, small to large: the quick ones first, and those of one input together.
    fn missing(&self, subject: &Subject) -> Vec<Stop> {
        let current =
            |shown: &Option<Shown>| shown.as_ref().is_some_and(|shown| shown.generation == self.generation);
        let stops = Stop::all(Some(&subject.network)).into_iter().zip(&self.shown).rev();
        stops.filter(|(_, shown)| !current(shown)).map(|(stop, _)| stop).collect()
    }

    /// Starts a study of what is missing, if anything is and no study is under way.
    fn start(&mut self, engine: &Engine, document: &Document) {
        let Some(subject) = self.subject.as_ref().filter(|_| self.job.is_free()) else { return };
        let settings: Vec<_> =
            self.missing(subject).into_iter().map(|stop| stop.of(&subject.settings)).collect();
        if settings.is_empty() {
            return;
        }
        match PersonStudy::of(document.frame.picture.clone(), &subject.bounds, settings) {
            Ok((mut study, passes)) => {
                if let Some(truth) = subject.truth {
                    study = study.with_truth(truth);
                }
                if let Some(reference) = subject.reference() {
                    study = study.against(reference);
                }
                self.job.start(engine, study, passes);
            }
            Err(error) => self.job.fail(error),
        }
    }
}

impl App {
    /// Fills the strip while nothing else is asked: not in front of a running camera, and not while something is dragged.
    pub(super) fn fill_strip(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let wanted = self.preferences.show_strip && !self.frames_run();
        let document = self.document.as_ref().filter(|_| wanted);
        let subject = document
            .zip(self.network.as_ref())
            .and_then(|(document, network)| Subject::of(document, network, &self.preferences.settings));
        self.strip.look_at(subject, now);
        if self.strip.take_in() {
            ctx.request_repaint();
        }
        let Some(document) = document else { return };
        if !self.is_idle(ctx) {
            self.strip.job.pause(now);
        } else if self.strip.job.has_rested(now) {
            self.strip.start(&self.engine, document);
        } else {
            ctx.request_repaint_after(REST);
        }
    }
}

#[cfg(test)]
mod tests;
