//! The way from the window to the worker: orders in their order, requests newest first and only.

use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::job::StartedJob;
use super::network_choice::NetworkChoice;
use super::request::Request;
use crate::network::DeviceChoice;

/// Something the worker must do in any case.
pub(super) enum Order {
    /// Use another network.
    Load(NetworkChoice),
    /// Move to another device.
    Device(DeviceChoice),
    /// Use another network on another device.
    Use(NetworkChoice, DeviceChoice),
    /// Work on this between requests.
    Job(StartedJob),
}

#[derive(Default)]
struct Slots {
    newest: Option<(u64, Arc<Request>)>,
    orders: Vec<Order>,
    tickets: u64,
    closed: bool,
}

/// Orders, and the newest request with its ticket.
pub(super) type Collected = (Vec<Order>, Option<(u64, Arc<Request>)>);

/// Holds at most one request; a newer one takes the place of one nobody has looked at yet.
pub(super) struct Mailbox {
    slots: Mutex<Slots>,
    bell: Sender<()>,
}

impl Mailbox {
    /// The mailbox, and the bell that its reader waits for.
    pub fn new() -> (Arc<Self>, Receiver<()>) {
        let (bell, heard) = bounded(1);
        (Arc::new(Self { slots: Mutex::default(), bell }), heard)
    }

    fn with<T>(&self, change: impl FnOnce(&mut Slots) -> T) -> T {
        // A panic while the lock was held leaves whole values behind, so they can still be used.
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut slots)
    }

    fn ring(&self) {
        match self.bell.try_send(()) {
            // A bell that has not been heard yet will be; without a worker nobody answers anyway.
            Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
        }
    }

    /// Leaves a request and gives its ticket.
    pub fn leave(&self, request: Request) -> u64 {
        let ticket = self.with(|slots| {
            slots.tickets += 1;
            slots.newest = Some((slots.tickets, Arc::new(request)));
            slots.tickets
        });
        self.ring();
        ticket
    }

    /// Leaves an order; one of the same kind that still waits is replaced, unless it is a job.
    pub fn order(&self, order: Order) {
        self.with(|slots| {
            let kind = std::mem::discriminant(&order);
            slots.orders.retain(|old| matches!(old, Order::Job(_)) || std::mem::discriminant(old) != kind);
            slots.orders.push(order);
        });
        self.ring();
    }

    /// Tells the reader that nothing more will come, and that nobody wants to know of what still waits.
    pub fn close(&self) {
        self.with(|slots| slots.closed = true);
        self.ring();
    }

    /// Orders and the newest request, which are then gone from the box; none once it is closed.
    pub fn collect(&self) -> Option<Collected> {
        self.with(|slots| (!slots.closed).then(|| (std::mem::take(&mut slots.orders), slots.newest.take())))
    }

    /// Whether nothing waits that comes before what can be put off: before references and the steps of jobs.
    pub fn is_quiet(&self) -> bool {
        let can_wait = |order: &Order| matches!(order, Order::Job(_));
        self.with(|slots| slots.newest.is_none() && slots.orders.iter().all(can_wait))
    }
}
