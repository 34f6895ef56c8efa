//! Finding people in pictures, in a thread of its own: neither the window nor the pose network waits for it.

mod error;
mod lazy_finder;
mod person_box;
mod slot;
mod worker;

use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, bounded, never};
use image::RgbImage;

pub use error::FinderError;
pub use lazy_finder::LazyFinder;
pub use person_box::{largest_first, person_box};

use crate::borrowed::{FoundPerson, Search};
use crate::network::DeviceChoice;
use slot::{Errand, Slot};
use worker::Worker;

/// Events that may wait for their reader before the thread pauses.
const EVENTS_WAITING: usize = 8;

/// What the thread reports. An errand that a newer one replaced before it was begun is never reported.
#[derive(Clone, Debug, PartialEq)]
pub enum FinderEvent {
    /// A picture was searched.
    Found {
        /// Number that [`FinderThread::submit`] gave.
        ticket: u64,
        /// Everybody found, best first; nobody is no failure.
        people: Vec<FoundPerson>,
        /// How long it took, loading included.
        milliseconds: f64,
    },
    /// A picture could not be searched; the thread is ready for the next.
    Failed {
        /// Number that [`FinderThread::submit`] gave.
        ticket: u64,
        /// Why.
        message: String,
    },
}

/// A handle on the finder's thread. Dropping it ends the thread after what it is doing, and waits for that.
pub struct FinderThread {
    slot: Arc<Slot>,
    events: Receiver<FinderEvent>,
    /// None once it has been waited for.
    thread: Option<JoinHandle<()>>,
}

impl FinderThread {
    /// Starts the thread; it loads the finder with the first picture. `notify` is called after every event, from there.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn start(device: DeviceChoice, notify: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let mut finder = LazyFinder::default();
        Self::with(device, notify, move |errand| finder.find(&errand.picture, errand.search, errand.device))
    }

    fn with(
        device: DeviceChoice,
        notify: impl Fn() + Send + 'static,
        find: impl FnMut(&Errand) -> Result<Vec<FoundPerson>, FinderError> + Send + 'static,
    ) -> std::io::Result<Self> {
        let (slot, bell) = Slot::new(device);
        let (sender, events) = bounded(EVENTS_WAITING);
        let worker = Worker {
            slot: slot.clone(),
            bell,
            events: sender,
            notify: Box::new(notify),
            find: Box::new(find),
        };
        let thread = std::thread::Builder::new().name("finder".into()).spawn(move || worker.run())?;
        Ok(Self { slot, events, thread: Some(thread) })
    }

    /// Has people looked for in a picture; an errand that still waits is forgotten. Gives the ticket of the event.
    pub fn submit(&self, picture: Arc<RgbImage>, search: Search) -> u64 {
        self.slot.leave(picture, search)
    }

    /// Moves the finder, from the next picture on.
    pub fn set_device(&self, device: DeviceChoice) {
        self.slot.set_device(device);
    }

    /// The next event, if there is one.
    pub fn poll(&self) -> Option<FinderEvent> {
        self.events.try_recv().ok()
    }
}

impl Drop for FinderThread {
    fn drop(&mut self) {
        self.slot.close();
        // The present reader of events goes first: a thread that waits for room among them is woken by its end.
        self.events = never();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the finder's thread ended in a panic");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::pose::BoundingBox;

    /// Generous, for slow machines; no test waits this long unless it fails.
    const PATIENCE: Duration = Duration::from_secs(20);

    /// A thread that finds one person as wide as the picture once `go` lets it.
    fn fake() -> (FinderThread, crossbeam_channel::Sender<()>, Receiver<u32>) {
        let (go, may_go) = bounded(8);
        let (begun, has_begun) = bounded(8);
        let find = move |errand: &Errand| {
            let width = errand.picture.width();
            begun.send(width).unwrap();
            may_go.recv().unwrap();
            match width {
                13 => Err(FinderError::Internal("thirteen".into())),
                666 => panic!("no such picture\nbacktrace"),
                _ => Ok(vec![FoundPerson { bounds: BoundingBox::whole(width, 1), score: 0.9 }]),
            }
        };
        (FinderThread::with(DeviceChoice::Cpu, || {}, find).unwrap(), go, has_begun)
    }

    fn picture(width: u32) -> Arc<RgbImage> {
        Arc::new(RgbImage::new(width, 1))
    }

    #[test]
    fn the_newest_picture_takes_the_place_of_one_that_waits() {
        let (finder, go, has_begun) = fake();
        let first = finder.submit(picture(1), Search::Still);
        assert_eq!(has_begun.recv_timeout(PATIENCE), Ok(1));
        finder.submit(picture(2), Search::Still);
        let newest = finder.submit(picture(3), Search::Still);
        for _ in 0..2 {
            go.send(()).unwrap();
        }
        for (ticket, width) in [(first, 1.0), (newest, 3.0)] {
            match finder.events.recv_timeout(PATIENCE) {
                Ok(FinderEvent::Found { ticket: found, people, .. }) => {
                    assert_eq!((found, people[0].bounds.width), (ticket, width));
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(finder.poll(), None);
    }

    #[test]
    fn failures_and_panics_are_events_and_the_thread_goes_on() {
        let (finder, go, _has_begun) = fake();
        for (width, told) in
            [(13, "thirteen"), (666, "the finder stopped with an internal error: no such picture")]
        {
            let ticket = finder.submit(picture(width), Search::More);
            go.send(()).unwrap();
            match finder.events.recv_timeout(PATIENCE) {
                Ok(FinderEvent::Failed { ticket: failed, message }) => {
                    assert_eq!(failed, ticket);
                    assert!(message.ends_with(told), "{message}");
                }
                other => panic!("{other:?}"),
            }
        }
        let ticket = finder.submit(picture(5), Search::Live);
        go.send(()).unwrap();
        let event = finder.events.recv_timeout(PATIENCE);
        assert!(
            matches!(event, Ok(FinderEvent::Found { ticket: found, .. }) if found == ticket),
            "{event:?}"
        );
    }

    #[test]
    fn dropping_waits_for_the_thread_and_forgets_what_waits() {
        let (finder, go, has_begun) = fake();
        finder.submit(picture(1), Search::Still);
        assert_eq!(has_begun.recv_timeout(PATIENCE), Ok(1));
        finder.submit(picture(2), Search::Still);
        go.send(()).unwrap();
        drop(finder);
        assert!(
            has_begun.recv_timeout(PATIENCE).is_err(),
            "the second picture was begun, or the thread lives"
        );
    }
}
