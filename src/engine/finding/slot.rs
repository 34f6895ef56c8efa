//! The way from the window to the finder: the newest question of each kind and only those.

use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use image::RgbImage;

use super::question::Question;
use crate::network::DeviceChoice;

/// A picture and what is asked about it.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub ticket: u64,
    pub picture: Arc<RgbImage>,
    pub question: Question,
    pub device: DeviceChoice,
}

struct Slots {
    /// By the kind of the question.
    newest: [Option<Errand>; Question::KINDS],
    device: DeviceChoice,
    tickets: u64,
    closed: bool,
}

/// Holds at most one errand of each kind; a newer one takes the place of one that has not been begun yet.
pub(super) struct Slot {
    slots: Mutex<Slots>,
    bell: Sender<()>,
}

impl Slot {
    /// The slot, and the bell that its reader waits for.
    pub fn new(device: DeviceChoice) -> (Arc<Self>, Receiver<()>) {
        let (bell, heard) = bounded(1);
        let slots = Mutex::new(Slots { newest: Default::default(), device, tickets: 0, closed: false });
        (Arc::new(Self { slots, bell }), heard)
    }

    fn with<T>(&self, change: impl FnOnce(&mut Slots) -> T) -> T {
        // A panic while the lock was held leaves whole values behind, so they can still be used.
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut slots)
    }

    fn ring(&self) {
        match self.bell.try_send(()) {
            // A bell that has not been heard yet will be; without a reader nobody looks anyway.
            Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
        }
    }

    /// Leaves a question about a picture and gives its ticket.
    pub fn leave(&self, picture: Arc<RgbImage>, question: Question) -> u64 {
        let ticket = self.with(|slots| {
            slots.tickets += 1;
            let (ticket, device, kind) = (slots.tickets, slots.device, question.kind());
            if let Some(place) = slots.newest.get_mut(kind) {
                *place = Some(Errand { ticket, picture, question, device });
            }
            ticket
        });
        self.ring();
        ticket
    }

    /// Has questions from the next one on answered on this device.
    pub fn set_device(&self, device: DeviceChoice) {
        self.with(|slots| slots.device = device);
    }

    /// Tells the reader that nothing more will come, and that nobody wants to know of what still waits.
    pub fn close(&self) {
        self.with(|slots| slots.closed = true);
        self.ring();
    }

    /// Whether the reader is to stop, and the next errand, which is then gone from the slot. One errand may wait behind
    /// it without another bell.
    pub fn collect(&self) -> (bool, Option<Errand>) {
        self.with(|slots| (slots.closed, slots.newest.iter_mut().find_map(Option::take)))
    }
}
