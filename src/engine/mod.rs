//! The worker that owns the network. Requests carry picture, boxes and settings; the newest wins; answers
//! carry what they answer and where the time went. The window and the commands both use it.

mod answer;
mod error;
mod follow;
mod mailbox;
mod network_info;
mod predictor;
mod recall;
mod request;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded, never};

pub use answer::{Answer, Event, PersonAnswer};
pub use error::EngineError;
pub use follow::follow;
use mailbox::{Mailbox, Order};
pub use network_info::NetworkInfo;
pub use predictor::{Predictor, Weights, pose_in_picture};
pub use request::{Person, Request, Settings};
use worker::Worker;

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
        weights: Weights,
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
            weights,
            device,
        };
        let worker = std::thread::Builder::new().name("network".into()).spawn(move || worker.run())?;
        Ok(Self { mailbox, events, worker: Some(worker) })
    }

    /// Asks; a request that still waits is forgotten. Gives the ticket of the answer.
    pub fn submit(&self, request: Request) -> u64 {
        self.mailbox.leave(request)
    }

    /// Uses the weights of another file from the next request on; if it cannot be read, the old ones stay.
    pub fn load(&self, path: PathBuf) {
        self.mailbox.order(Order::Load(Weights::File(path)));
    }

    /// Moves the network; if the device cannot be used, it stays where it is.
    pub fn set_device(&self, device: DeviceChoice) {
        self.mailbox.order(Order::Device(device));
    }

    /// Uses other weights on another device, for when those asked for at the start do not work.
    pub fn use_instead(&self, weights: Weights, device: DeviceChoice) {
        self.mailbox.order(Order::Use(weights, device));
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
