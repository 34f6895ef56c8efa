//! Finding people in pictures, and a second opinion about their joints, in a thread of its own: neither the window nor
//! the pose network waits for it.

mod at_place;
mod error;
mod lazy_finder;
mod lazy_opinion;
mod person_box;
mod question;
mod slot;
mod worker;

use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, bounded, never};
use image::RgbImage;

pub use at_place::{likely_box, person_at, windows_around};
pub use error::FinderError;
pub use lazy_finder::LazyFinder;
pub use person_box::{largest_first, person_box};
pub use question::Question;

use crate::borrowed::FoundPerson;
use crate::network::DeviceChoice;
use crate::pose::Pose;
use lazy_opinion::LazyOpinion;
use question::Reply;
use slot::{Errand, Slot};
use worker::Worker;

/// Events that may wait for their reader before the thread pauses.
const EVENTS_WAITING: usize = 8;

/// What the thread reports. A question that a newer one of its kind replaced before it was begun is never answered.
#[derive(Clone, Debug, PartialEq)]
pub enum FinderEvent {
    /// A picture was searched.
    Found {
        /// Number that [`FinderThread::submit`] gave.
        ticket: u64,
        /// Everybody found, best first in what was searched; nobody is no failure.
        people: Vec<FoundPerson>,
    },
    /// MoveNet looked at a person.
    SecondOpinion {
        /// Number that [`FinderThread::submit`] gave.
        ticket: u64,
        /// Where it sees the joints, in picture pixels.
        pose: Box<Pose>,
    },
    /// A question could not be answered; the thread is ready for the next.
    Failed {
        /// Number that [`FinderThread::submit`] gave.
        ticket: u64,
        /// Why.
        message: String,
        /// Whether a second opinion was asked for, not people.
        opinion: bool,
    },
}

/// A handle on the finder's thread. Dropping it ends the thread after what it is doing, and waits for that.
pub struct FinderThread {
    slot: Arc<Slot>,
    events: Receiver<FinderEvent>,
    /// None once it has been waited for.
    thread: Option<JoinHandle<()>>,
}

impl FinderEvent {
    /// Number that [`FinderThread::submit`] gave.
    pub fn ticket(&self) -> u64 {
        let (Self::Found { ticket, .. } | Self::SecondOpinion { ticket, .. } | Self::Failed { ticket, .. }) =
            self;
        *ticket
    }
}

impl FinderThread {
    /// Starts the thread; it loads each network with the first question for it. `notify` is called after every event, from there.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn start(device: DeviceChoice, notify: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (mut finder, mut opinion) = (LazyFinder::default(), LazyOpinion::default());
        Self::with(device, notify, move |Errand { picture, question, device, .. }| match question {
            Question::Everybody(search) => finder.find(picture, *search, *device).map(Reply::People),
            Question::At { place, windows } => {
                at_place::look(&mut finder, picture, *place, windows, *device).map(Reply::People)
            }
            Question::SecondOpinion(bounds) => {
                opinion.joints(picture, bounds, *device).map(|pose| Reply::Joints(Box::new(pose)))
            }
        })
    }

    fn with(
        device: DeviceChoice,
        notify: impl Fn() + Send + 'static,
        find: impl FnMut(&Errand) -> Result<Reply, FinderError> + Send + 'static,
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

    /// Asks about a picture; a question of the same kind that still waits is forgotten. Gives the ticket of the event.
    pub fn submit(&self, picture: Arc<RgbImage>, question: Question) -> u64 {
        self.slot.leave(picture, question)
    }

    /// Moves the networks, from the next question on.
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
    use crate::borrowed::Search;
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
                _ => {
                    let person = FoundPerson { bounds: BoundingBox::whole(width, 1), score: 0.9 };
                    Ok(Reply::People(vec![person]))
                }
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
        let first = finder.submit(picture(1), Question::Everybody(Search::Still));
        assert_eq!(has_begun.recv_timeout(PATIENCE), Ok(1));
        finder.submit(picture(2), Question::Everybody(Search::Still));
        let newest = finder.submit(picture(3), Question::Everybody(Search::Still));
        for _ in 0..2 {
            go.send(()).unwrap();
        }
        for (ticket, width) in [(first, 1.0), (newest, 3.0)] {
            match finder.events.recv_timeout(PATIENCE) {
                Ok(FinderEvent::Found { ticket: found, people }) => {
                    assert_eq!((found, people[0].bounds.width), (ticket, width));
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(finder.poll(), None);
    }

    #[test]
    fn questions_of_another_kind_keep_their_place_and_none_is_left_without_a_bell() {
        let (finder, go, has_begun) = fake();
        finder.submit(picture(1), Question::Everybody(Search::Still));
        assert_eq!(has_begun.recv_timeout(PATIENCE), Ok(1));
        finder.submit(picture(2), Question::SecondOpinion(BoundingBox::whole(2, 1)));
        finder.submit(picture(3), Question::Everybody(Search::Still));
        finder.submit(picture(4), Question::At { place: (0.0, 0.0), windows: Vec::new() });
        for _ in 0..4 {
            go.send(()).unwrap();
        }
        for next in [4, 3, 2] {
            assert_eq!(has_begun.recv_timeout(PATIENCE), Ok(next));
        }
    }

    #[test]
    fn failures_and_panics_are_events_and_the_thread_goes_on() {
        let (finder, go, _has_begun) = fake();
        for (width, told) in
            [(13, "thirteen"), (666, "the finder stopped with an internal error: no such picture")]
        {
            let ticket = finder.submit(picture(width), Question::Everybody(Search::More));
            go.send(()).unwrap();
            match finder.events.recv_timeout(PATIENCE) {
                Ok(FinderEvent::Failed { ticket: failed, message, opinion }) => {
                    assert_eq!((failed, opinion), (ticket, false));
                    assert!(message.ends_with(told), "{message}");
                }
                other => panic!("{other:?}"),
            }
        }
        let ticket = finder.submit(picture(5), Question::Everybody(Search::Live));
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
        finder.submit(picture(1), Question::Everybody(Search::Still));
        assert_eq!(has_begun.recv_timeout(PATIENCE), Ok(1));
        finder.submit(picture(2), Question::Everybody(Search::Still));
        go.send(()).unwrap();
        drop(finder);
        assert!(
            has_begun.recv_timeout(PATIENCE).is_err(),
            "the second picture was begun, or the thread lives"
        );
    }
}
