//! The jobs at work, which take turns.

use std::collections::VecDeque;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};

use super::error::EngineError;
use super::job::{StartedJob, Step};
use super::predictor::Predictor;

/// How long the worker rests where no job can go on before its reader has caught up.
const REST: Duration = Duration::from_millis(20);

/// The jobs at work, the one whose turn is next first.
#[derive(Default)]
pub(super) struct JobQueue {
    jobs: VecDeque<StartedJob>,
    /// How many turns in a row brought nothing.
    idle_turns: usize,
}

impl JobQueue {
    /// Adds a job, whose turn comes after those of all others.
    pub fn add(&mut self, job: StartedJob) {
        self.jobs.push_back(job);
        self.idle_turns = 0;
    }

    /// Waits for the mailbox's bell: until it rings where there is no job, for a moment where no job can go on, and not
    /// at all otherwise. False where it will never ring again.
    pub fn wait(&self, bell: &Receiver<()>) -> bool {
        if self.jobs.is_empty() {
            bell.recv().is_ok()
        } else if self.idle_turns >= self.jobs.len() {
            bell.recv_timeout(REST) != Err(RecvTimeoutError::Disconnected)
        } else {
            bell.try_recv() != Err(TryRecvError::Disconnected)
        }
    }

    /// One step of the job whose turn it is; those that were cancelled go first. Whether anything was done that
    /// somebody may want to look at.
    pub fn step(&mut self, predictor: Option<&Predictor>) -> bool {
        self.jobs.retain(|job| !job.is_cancelled());
        let Some(mut job) = self.jobs.pop_front() else { return false };
        match job.step(predictor) {
            Ok(Step::Later) => {
                self.idle_turns += 1;
                self.jobs.push_back(job);
                return false;
            }
            Ok(Step::More) => self.jobs.push_back(job),
            Ok(Step::Done) => job.finish(Ok(())),
            Err(error) => job.finish(Err(error)),
        }
        self.idle_turns = 0;
        true
    }

    /// Ends every job because another network is at work: half a measurement of each would be one of neither.
    pub fn end_all(&mut self) {
        for job in self.jobs.drain(..) {
            job.finish(Err(EngineError::NetworkChanged));
        }
    }
}
