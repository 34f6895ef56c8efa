use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::player::PlayerState;
use crate::source::{Frame, SourceError};

/// What the thread of a player and its owner both see.
#[derive(Debug)]
pub(super) struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Debug)]
struct Inner {
    /// The frame that is to be shown, until the thread turns to it.
    wanted: Option<u64>,
    playing: bool,
    stopping: bool,
    /// The frame that was shown last.
    at: u64,
    /// How many frames there are.
    count: u64,
    latest: Option<Frame>,
    failure: Option<String>,
}

/// What the thread has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Show this frame.
    Show(u64),
    /// Go on behind this frame.
    GoOn(u64),
    /// End.
    Stop,
}

impl Shared {
    /// With the first of `count` frames shown.
    pub fn new(count: u64) -> Self {
        let inner = Inner {
            wanted: None,
            playing: false,
            stopping: false,
            at: 0,
            count,
            latest: None,
            failure: None,
        };
        Self { inner: Mutex::new(inner), changed: Condvar::new() }
    }

    pub fn state(&self) -> PlayerState {
        let inner = self.lock();
        PlayerState {
            playing: inner.playing,
            at: inner.wanted.unwrap_or(inner.at),
            count: inner.count,
            failure: inner.failure.clone(),
        }
    }

    /// Plays or holds. At the end, it begins anew.
    pub fn play(&self, playing: bool) {
        self.change(|inner| {
            let at_end = inner.wanted.unwrap_or(inner.at) + 1 >= inner.count;
            if playing && (at_end || inner.failure.is_some()) {
                inner.wanted = Some(if at_end { 0 } else { inner.at });
            }
            inner.failure = inner.failure.take().filter(|_| !playing);
            inner.playing = playing;
        });
    }

    /// Shows the frame so far from the one that is shown or was asked for, and holds it.
    pub fn step(&self, frames: i64) {
        self.change(|inner| {
            let from = inner.wanted.unwrap_or(inner.at);
            inner.playing = false;
            inner.want(from.saturating_add_signed(frames));
        });
    }

    pub fn go_to(&self, frame: u64) {
        self.change(|inner| inner.want(frame));
    }

    pub fn stop(&self) {
        self.change(|inner| (inner.stopping, inner.latest) = (true, None));
    }

    pub fn stopping(&self) -> bool {
        self.lock().stopping
    }

    pub fn take_latest(&self) -> Option<Frame> {
        self.lock().latest.take()
    }

    /// Waits for something to do.
    pub fn next_order(&self) -> Order {
        let mut inner = self.lock();
        loop {
            if let Some(order) = inner.order() {
                return order;
            }
            inner = self.changed.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until a moment; false where there is something else to do before.
    pub fn wait_until(&self, moment: Instant) -> bool {
        let mut inner = self.lock();
        loop {
            if inner.stopping || !inner.playing || inner.wanted.is_some() {
                return false;
            }
            let left = moment.saturating_duration_since(Instant::now());
            if left == Duration::ZERO {
                return true;
            }
            inner = self.changed.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Offers a frame; one that waits still makes way for it.
    pub fn publish(&self, frame: Frame) {
        let mut inner = self.lock();
        if !inner.stopping {
            inner.at = frame.sequence;
            inner.latest = Some(frame);
        }
    }

    /// There is no frame of this number: the one before is the last.
    pub fn end_before(&self, frame: u64) {
        let mut inner = self.lock();
        inner.playing = false;
        inner.count = frame.max(1);
    }

    pub fn fail(&self, error: &SourceError) {
        let mut inner = self.lock();
        (inner.playing, inner.failure) = (false, Some(error.to_string()));
    }

    fn change(&self, change: impl FnOnce(&mut Inner)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Every change above is complete before anything can panic.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn want(&mut self, frame: u64) {
        self.wanted = Some(frame.min(self.count - 1));
        self.failure = None;
    }

    fn order(&mut self) -> Option<Order> {
        if self.stopping {
            return Some(Order::Stop);
        }
        match self.wanted.take() {
            Some(frame) => {
                self.at = frame;
                Some(Order::Show(frame))
            }
            None => self.playing.then_some(Order::GoOn(self.at)),
        }
    }
}
