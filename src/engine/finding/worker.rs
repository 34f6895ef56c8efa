//! The thread that owns the finder.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender};

use super::FinderEvent;
use super::error::FinderError;
use super::slot::{Errand, Slot};
use crate::borrowed::{FoundPerson, Search};
use crate::engine::guarded::panic_text;
use crate::engine::worker::leave_a_core_free;

/// Looks for people as an errand says.
pub(super) type Find = Box<dyn FnMut(&Errand) -> Result<Vec<FoundPerson>, FinderError> + Send>;

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
            let errand = match self.slot.collect() {
                (true, _) => return,
                (false, None) => continue,
                (false, Some(errand)) => errand,
            };
            let event = self.serve(&errand);
            if self.events.send(event).is_err() {
                return;
            }
            (self.notify)();
        }
    }

    fn serve(&mut self, errand: &Errand) -> FinderEvent {
        let started = Instant::now();
        let _threads = (errand.search == Search::Live).then(OneThread::new);
        let ticket = errand.ticket;
        let found = catch_unwind(AssertUnwindSafe(|| (self.find)(errand)))
            .unwrap_or_else(|panic| Err(FinderError::Internal(panic_text(panic.as_ref()))));
        match found {
            Ok(people) => {
                let milliseconds = started.elapsed().as_secs_f64() * 1e3;
                tracing::info!(ticket, people = people.len(), milliseconds, "searched");
                FinderEvent::Found { ticket, people, milliseconds }
            }
            Err(error) => FinderEvent::Failed { ticket, message: error.to_string() },
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
