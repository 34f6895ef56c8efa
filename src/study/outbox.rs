//! The way from a job to whoever reads what it gives.

use std::collections::VecDeque;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::engine::{EngineError, Step};

/// Gives that may wait for their reader; with more, a job pauses.
const WAITING: usize = 16;

/// Holds back what does not fit the channel, so that a step never waits. The step after it gives that first and does
/// nothing else until it has all gone.
#[derive(Debug)]
pub(super) struct Outbox<T> {
    held: VecDeque<T>,
    sender: Sender<T>,
}

/// What became of all that was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// It has gone.
    All,
    /// The reader has not kept up.
    Full,
    /// There is no reader any more.
    NoReader,
}

impl<T> Outbox<T> {
    /// An outbox and the end to read from.
    pub fn new() -> (Self, Receiver<T>) {
        let (sender, receiver) = bounded(WAITING);
        (Self { held: VecDeque::new(), sender }, receiver)
    }

    /// Puts something in.
    pub fn put(&mut self, item: T) {
        self.held.push_back(item);
    }

    /// Sends what there is room for.
    pub fn send(&mut self) -> Sent {
        while let Some(item) = self.held.pop_front() {
            match self.sender.try_send(item) {
                Ok(()) => {}
                Err(TrySendError::Full(item)) => {
                    self.held.push_front(item);
                    return Sent::Full;
                }
                Err(TrySendError::Disconnected(_)) => return Sent::NoReader,
            }
        }
        Sent::All
    }
}

/// One step of a job that gives its results through an outbox: what is held goes first, then the job advances, which
/// tells whether there is more to do, and what that gave is sent. Nobody to read it ends the job.
///
/// # Errors
/// Those of `advance`.
pub(super) fn step<J, T>(
    job: &mut J,
    outbox: impl Fn(&mut J) -> &mut Outbox<T>,
    advance: impl FnOnce(&mut J) -> Result<bool, EngineError>,
) -> Result<Step, EngineError> {
    match outbox(job).send() {
        Sent::All => {}
        Sent::Full => return Ok(Step::Later),
        Sent::NoReader => return Ok(Step::Done),
    }
    let more = advance(job)?;
    match (outbox(job).send(), more) {
        (Sent::NoReader, _) | (Sent::All, false) => Ok(Step::Done),
        (Sent::All | Sent::Full, _) => Ok(Step::More),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_nothing_waits() {
        let (mut outbox, reader) = Outbox::new();
        assert_eq!(outbox.send(), Sent::All);
        (0..WAITING + 2).for_each(|item| outbox.put(item));
        assert_eq!(outbox.send(), Sent::Full);
        assert_eq!(reader.recv(), Ok(0));
        assert_eq!(outbox.send(), Sent::Full);
        let read: Vec<usize> = reader.try_iter().collect();
        assert_eq!(outbox.send(), Sent::All);
        assert_eq!((read.last(), reader.recv()), (Some(&WAITING), Ok(WAITING + 1)));
        drop(reader);
        outbox.put(0);
        assert_eq!(outbox.send(), Sent::NoReader);
    }
}
