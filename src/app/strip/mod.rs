//! The resolution strip: the selected person at one resolution beside the other, filled in while nothing else is asked
//! of the network.

mod cell;
mod cells;
mod plan;
mod shown;
mod subject;

use std::time::Duration;

use crossbeam_channel::Receiver;
use egui::Context;

use super::App;
use super::document::Document;
use crate::engine::{Engine, JobHandle};
use crate::source::CameraState;
use crate::study::{PersonPass, PersonStudy};
pub use cells::{StripView, height};
pub use plan::StripRow;
use plan::{COUNT, Stop};
use shown::{Shown, Verdict};
use subject::Subject;

/// For how long nothing must have changed before the strip is filled.
const REST: Duration = Duration::from_millis(150);

/// The strip's passes, and the work on those that are missing.
#[derive(Default)]
pub struct Strip {
    subject: Option<Subject>,
    /// Counts subjects; passes of earlier ones are drawn faintly.
    generation: u64,
    shown: [Option<Shown>; COUNT],
    work: Option<Work>,
    /// When something changed or was asked last, in the window's seconds.
    moved_at: f64,
    /// Why nothing more comes for the present subject.
    failed: Option<String>,
}

/// A study under way. Dropping it ends it.
struct Work {
    handle: JobHandle,
    passes: Receiver<PersonPass>,
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
        (self.work, self.failed, self.moved_at) = (None, None, now);
        self.subject = subject;
    }

    /// Lets go of the work; what it has given stays.
    fn pause(&mut self, now: f64) {
        (self.work, self.moved_at) = (None, now);
    }

    /// Takes in what the work gives. Whether anything came.
    fn take_in(&mut self) -> bool {
        let (Some(work), Some(subject)) = (&self.work, &self.subject) else { return false };
        // Asked first: whatever was given before the end is there to be read then.
        let end = work.handle.end();
        let passes: Vec<PersonPass> = work.passes.try_iter().collect();
        let news = !passes.is_empty() || end.is_some();
        let (stops, reference) = (Stop::all(Some(&subject.network)), subject.reference());
        for pass in passes {
            let place = stops.iter().position(|stop| stop.is_present(&pass.settings, false));
            if let Some(cell) = place.and_then(|place| self.shown.get_mut(place)) {
                let verdict = Verdict::of(&pass, reference.as_ref());
                *cell = Some(Shown { pass, verdict, generation: self.generation });
            }
        }
        if let Some(end) = end {
            self.work = None;
            self.failed = end.err().map(|error| error.to_string());
        }
        news
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
        let Some(subject) = self.subject.as_ref().filter(|_| self.work.is_none() && self.failed.is_none())
        else {
            return;
        };
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
                self.work = Some(Work { handle: engine.start_job(Box::new(study)), passes });
            }
            Err(error) => self.failed = Some(error.to_string()),
        }
    }
}

impl App {
    /// Fills the strip while nothing else is asked: not in front of a running camera, and not while something is dragged.
    pub(super) fn fill_strip(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let wanted = self.preferences.show_strip && !self.camera_runs();
        let document = self.document.as_ref().filter(|_| wanted);
        let subject = document
            .zip(self.network.as_ref())
            .and_then(|(document, network)| Subject::of(document, network, &self.preferences.settings));
        self.strip.look_at(subject, now);
        if self.strip.take_in() {
            ctx.request_repaint();
        }
        let Some(document) = document else { return };
        let busy = self.answered < self.ticket
            || document.is_looking()
            || ctx.input(|input| input.pointer.any_down());
        if busy {
            self.strip.pause(now);
            return;
        }
        let rested = now - self.strip.moved_at;
        if rested >= REST.as_secs_f64() {
            self.strip.start(&self.engine, document);
        } else {
            ctx.request_repaint_after(REST);
        }
    }

    /// Whether a camera's frames follow each other on the screen.
    pub(super) fn camera_runs(&self) -> bool {
        let runs = matches!(self.camera.state(), Some(CameraState::Opening | CameraState::Streaming { .. }));
        runs && self.document.as_ref().is_some_and(|document| document.live)
    }
}

#[cfg(test)]
mod tests;
