//! Long work on the network's thread, done a step at a time between requests, and seldom where those never cease.

use std::sync::{Arc, Weak};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::error::EngineError;
use super::guarded::guarded;
use super::predictor::Predictor;

/// How far a step got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is more to do.
    More,
    /// There is more to do, but nothing could be done now: whoever reads what the job gives has not kept up.
    Later,
    /// Everything is done.
    Done,
}

/// Work that goes on in steps. A request that comes meanwhile waits for the end of a step, so steps should be short:
/// about one pass through the network. A step never waits for whoever reads what it gives; it says [`Step::Later`].
pub trait Job: Send {
    /// Does the next part, with the network at work.
    ///
    /// # Errors
    /// What ends the job. Its owner hears of it from [`JobHandle::end`].
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError>;
}

/// A handle on a job that was started. Dropping it ends the job before its next step.
#[derive(Debug)]
pub struct JobHandle {
    _owner: Arc<()>,
    end: Receiver<Result<(), EngineError>>,
}

impl JobHandle {
    /// How the job ended: told once, and not while it goes on.
    pub fn end(&self) -> Option<Result<(), EngineError>> {
        self.end.try_recv().ok()
    }

    /// How the job ended, waited for.
    pub fn wait(&self, timeout: Duration) -> Option<Result<(), EngineError>> {
        self.end.recv_timeout(timeout).ok()
    }
}

/// A job on its way through the worker.
pub(super) struct StartedJob {
    job: Box<dyn Job>,
    owner: Weak<()>,
    end: Sender<Result<(), EngineError>>,
}

impl StartedJob {
    /// The job as the worker has it, and the handle of its owner.
    pub fn new(job: Box<dyn Job>) -> (Self, JobHandle) {
        let owner = Arc::new(());
        let (sender, end) = bounded(1);
        (Self { job, owner: Arc::downgrade(&owner), end: sender }, JobHandle { _owner: owner, end })
    }

    /// Whether its owner has let it go.
    pub fn is_cancelled(&self) -> bool {
        self.owner.strong_count() == 0
    }

    /// One step; a panic is an error as any other.
    ///
    /// # Errors
    /// Those of the job, or that no network is loaded.
    pub fn step(&mut self, predictor: Option<&Predictor>) -> Result<Step, EngineError> {
        let predictor = predictor.ok_or(EngineError::NoNetwork)?;
        guarded(|| self.job.step(predictor))
    }

    /// Ends it and tells its owner.
    pub fn finish(self, end: Result<(), EngineError>) {
        // There is room for the only message; an owner who has gone asks for none.
        let _ = self.end.try_send(end);
    }
}
