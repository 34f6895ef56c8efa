//! The worker that owns the network, of whichever kind. Requests carry picture, boxes and settings; the newest wins;
//! answers carry what they answer and where the time went. Jobs are long work that goes on between requests, a step at a
//! time. The window and the commands both use it.

mod answer;
mod cmsa;
mod error;
mod finding;
mod follow;
mod guarded;
mod job;
mod job_queue;
mod mailbox;
mod movenet;
mod narrowing;
mod network_choice;
mod network_info;
mod person_network;
mod predictor;
mod recall;
mod request;
mod saliency;
mod worker;

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded, never};

pub use answer::{Answer, Event, PersonAnswer};
pub use error::EngineError;
pub use finding::{
    FinderError, FinderEvent, FinderThread, LazyFinder, Question, largest_first, likely_box, person_at,
    person_box, windows_around,
};
pub use follow::follow;
use job::StartedJob;
pub use job::{Job, JobHandle, Step};
use mailbox::{Mailbox, Order};
pub use network_choice::{NetworkChoice, Weights};
pub use network_info::NetworkInfo;
pub use person_network::{Found, View};
pub use predictor::Predictor;
pub use request::{Person, Request, Settings};
use worker::Worker;
#[cfg(feature = "window")]
pub(crate) use worker::leave_a_core_free;

use crate::network::DeviceChoice;

/// Events that may wait for their reader before the worker pauses.
const EVENTS_WAITING: usize = 8;

/// A handle on the network's thread. Dropping it ends the thread after what it is doing, and waits for that.
pub struct Engine {
    mailbox: Arc<Mailbox>,
    events: Receiver<Event>,
    /// None once it has been waited for.
    worker: Option<JoinHandle<()>>,
}

impl Engine {
    /// Starts the thread, which loads the network at once. `notify` is called after every event, from there.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn start(
        choice: impl Into<NetworkChoice>,
        device: DeviceChoice,
        notify: impl Fn() + Send + 'static,
    ) -> Result<Self, EngineError> {
        let (mailbox, bell) = Mailbox::new();
        let (sender, events) = bounded(EVENTS_WAITING);
        let worker = Worker {
            mailbox: mailbox.clone(),
            bell,
            events: sender,
            notify: Box::new(notify),
            choice: choice.into(),
            device,
        };
        let worker = std::thread::Builder::new().name("network".into()).spawn(move || worker.run())?;
        Ok(Self { mailbox, events, worker: Some(worker) })
    }

    /// Asks; a request that still waits is forgotten. Gives the ticket of the answer.
    pub fn submit(&self, request: Request) -> u64 {
        self.mailbox.leave(request)
    }

    /// Uses another network (or the weights of a file) from the next request on; if it cannot be read, the old one
    /// stays.
    pub fn load(&self, choice: impl Into<NetworkChoice>) {
        self.mailbox.order(Order::Load(choice.into()));
    }

    /// Moves the network; if the device cannot be used, it stays where it is.
    pub fn set_device(&self, device: DeviceChoice) {
        self.mailbox.order(Order::Device(device));
    }

    /// Uses another network on another device, for when those asked for at the start do not work.
    pub fn use_instead(&self, choice: impl Into<NetworkChoice>, device: DeviceChoice) {
        self.mailbox.order(Order::Use(choice.into(), device));
    }

    /// Begins long work with the network at hand. While no request waits, and twice a second however fast they come,
    /// jobs take turns, a step each; `notify` is called after a step as after an event. A job that fails or panics ends
    /// alone, and its handle tells. It also ends, with [`EngineError::NetworkChanged`], when another network or device
    /// takes the place of the present one, and goes on where one could not be loaded.
    pub fn start_job(&self, job: Box<dyn Job>) -> JobHandle {
        let (started, handle) = StartedJob::new(job);
        self.mailbox.order(Order::Job(started));
        handle
    }

    /// The next event, if there is one.
    pub fn poll(&self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// The next event, waited for.
    pub fn wait(&self, timeout: Duration) -> Option<Event> {
        self.events.recv_timeout(timeout).ok()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.mailbox.close();
        // The present reader of events goes first: a worker that waits for room among them is woken by its end.
        self.events = never();
        if let Some(worker) = self.worker.take()
            && worker.join().is_err()
        {
            tracing::error!("the network's thread ended in a panic");
        }
    }
}
