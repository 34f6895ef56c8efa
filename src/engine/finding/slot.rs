//! The way from the window to the finder: the newest picture and only that.

use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use image::RgbImage;

use crate::borrowed::Search;
use crate::network::DeviceChoice;

/// A picture to look for people in.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub ticket: u64,
    pub picture: Arc<RgbImage>,
    pub search: Search,
    pub device: DeviceChoice,
}

struct Slots {
    newest: Option<Errand>,
    device: DeviceChoice,
    tickets: u64,
    closed: bool,
}

/// Holds at most one errand; a newer one takes the place of one that has not been begun yet.
pub(super) struct Slot {
    slots: Mutex<Slots>,
    bell: Sender<()>,
}

impl Slot {
    /// The slot, and the bell that its reader waits for.
    pub fn new(device: DeviceChoice) -> (Arc<Self>, Receiver<()>) {
        let (bell, heard) = bounded(1);
        let slots = Mutex::new(Slots { newest: None, device, tickets: 0, closed: false });
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

    /// Leaves a picture and gives its ticket.
    pub fn leave(&self, picture: Arc<RgbImage>, search: Search) -> u64 {
        let ticket = self.with(|slots| {
            slots.tickets += 1;
            let (ticket, device) = (slots.tickets, slots.device);
            slots.newest = Some(Errand { ticket, picture, search, device });
            ticket
        });
        self.ring();
        ticket
    }

    /// Has pictures from the next one on searched on this device.
    pub fn set_device(&self, device: DeviceChoice) {
        self.with(|slots| slots.device = device);
    }

    /// Tells the reader that nothing more will come, and that nobody wants to know of what still waits.
    pub fn close(&self) {
        self.with(|slots| slots.closed = true);
        self.ring();
    }

    /// Whether the reader is to stop, and the newest errand, which is then gone from the slot.
    pub fn collect(&self) -> (bool, Option<Errand>) {
        self.with(|slots| (slots.closed, slots.newest.take()))
    }
}
