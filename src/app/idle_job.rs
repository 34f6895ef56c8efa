//! What the network does for a view while nothing else is asked of it.

use std::fmt::Display;
use std::time::Duration;

use crossbeam_channel::Receiver;
use egui::Context;

use super::App;
use super::document::Document;
use crate::engine::{Engine, Job, JobHandle};

/// For how long nothing must have changed before the network is asked.
pub const REST: Duration = Duration::from_millis(150);

/// A job whose answers a view waits for. Dropping it ends the job.
pub struct IdleJob<T> {
    work: Option<(JobHandle, Receiver<T>)>,
    /// Why nothing more comes.
    failed: Option<String>,
    /// When something changed or was asked last, in the window's seconds.
    moved_at: f64,
}

impl<T> Default for IdleJob<T> {
    fn default() -> Self {
        Self::anew(0.0)
    }
}

impl<T> IdleJob<T> {
    /// None under way, and none that failed: what it is to be about has changed.
    pub fn anew(now: f64) -> Self {
        Self { work: None, failed: None, moved_at: now }
    }

    /// Lets go of the job; what it has given stays.
    pub fn pause(&mut self, now: f64) {
        (self.work, self.moved_at) = (None, now);
    }

    /// Whether a job could be started: none is under way, and none has failed.
    pub fn is_free(&self) -> bool {
        self.work.is_none() && self.failed.is_none()
    }

    /// Whether nothing has changed for long enough.
    pub fn has_rested(&self, now: f64) -> bool {
        now - self.moved_at >= REST.as_secs_f64()
    }

    /// Why nothing more comes, if that is so.
    pub fn failure(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// Gives a job to the engine in the place of the one before; its answers come out of `answers`.
    pub fn start(&mut self, engine: &Engine, job: impl Job + 'static, answers: Receiver<T>) {
        (self.work, self.failed) = (Some((engine.start_job(Box::new(job)), answers)), None);
    }

    /// There can be no job; the error says why.
    pub fn fail(&mut self, why: impl Display) {
        (self.work, self.failed) = (None, Some(why.to_string()));
    }

    /// The answers that have come since; none where neither an answer nor the end has come.
    pub fn poll(&mut self) -> Option<Vec<T>> {
        let (handle, answers) = self.work.as_ref()?;
        // Asked first: whatever was given before the end is there to be read then.
        let end = handle.end();
        let answers: Vec<T> = answers.try_iter().collect();
        let any = end.is_some() || !answers.is_empty();
        if let Some(end) = end {
            self.work = None;
            self.failed = end.err().map(|error| error.to_string());
        }
        any.then_some(answers)
    }
}

impl App {
    /// Whether nothing else is asked of the network, nobody is looked for, and nothing is dragged.
    pub(super) fn is_idle(&self, ctx: &Context) -> bool {
        let is_looking = self.document.as_ref().is_some_and(Document::is_looking);
        self.answered >= self.ticket && !is_looking && !ctx.input(|input| input.pointer.any_down())
    }
}
