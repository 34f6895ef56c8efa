//! The thread that owns the finder.

use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender};

use super::FinderEvent;
use super::error::FinderError;
use super::question::{Question, Reply};
use super::slot::{Errand, Slot};
use crate::borrowed::Search;
use crate::contained::{Stop, contained};
use crate::engine::worker::leave_a_core_free;

/// Answers an errand's question.
pub(super) type Find = Box<dyn FnMut(&Errand) -> Result<Reply, FinderError> + Send>;

/// What the thread needs to do its work.
pub(super) struct Worker {
    pub slot: Arc<Slot>,
    pub bell: Receiver<()>,
    pub events: Sender<FinderEvent>,
    pub notify: Box<dyn Fn() + Send>,
    pub find: Find,
}

impl Worker {
    /// Works until the handle is dropped.
    pub fn run(mut self) {
        leave_a_core_free();
        while self.bell.recv().is_ok() {
            loop {
                let errand = match self.slot.collect() {
                    (true, _) => return,
                    (false, None) => break,
                    (false, Some(errand)) => errand,
                };
                let event = self.serve(&errand);
                if self.events.send(event).is_err() {
                    return;
                }
                (self.notify)();
            }
        }
    }

    fn serve(&mut self, errand: &Errand) -> FinderEvent {
        let started = Instant::now();
        let _threads = (errand.question == Question::Everybody(Search::Live)).then(OneThread::new);
        let ticket = errand.ticket;
        let reply = contained(|| (self.find)(errand)).unwrap_or_else(|stop| {
            Err(match stop {
                Stop::OutOfMemory(line) => FinderError::OutOfMemory(line),
                Stop::Panic(line) => FinderError::Internal(line),
            })
        });
        let milliseconds = started.elapsed().as_secs_f64() * 1e3;
        match reply {
            Ok(Reply::People(people)) => {
                tracing::info!(ticket, people = people.len(), milliseconds, "searched");
                FinderEvent::Found { ticket, people }
            }
            Ok(Reply::Joints(pose)) => {
                tracing::info!(ticket, milliseconds, "second opinion given");
                FinderEvent::SecondOpinion { ticket, pose }
            }
            Err(error) => {
                let opinion = matches!(errand.question, Question::SecondOpinion(_));
                FinderEvent::Failed { ticket, message: error.to_string(), opinion }
            }
        }
    }
}

/// While it lives, this thread runs libtorch alone: beside a camera the other cores belong to the joints.
struct OneThread {
    before: i32,
}

impl OneThread {
    fn new() -> Self {
        let before = tch::get_num_threads();
        tch::set_num_threads(1);
        Self { before }
    }
}

impl Drop for OneThread {
    fn drop(&mut self) {
        tch::set_num_threads(self.before);
    }
}
