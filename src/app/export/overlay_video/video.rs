//! How far an overlay video is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError};

use super::film::Shot;
use crate::source::Clip;

/// How long closing the window waits for the end of the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// An overlay video that is being made. Dropping it while frames are written lets the file end with them, and waits for
/// that.
pub struct OverlayVideo {
    pub(super) clip: Clip,
    pub(super) stage: Stage,
    /// Closes when the file is written, or is not to be.
    pub(super) ended: Receiver<()>,
    /// Whether a frame that stands for long is to be cut short.
    pub(super) hurry: Arc<AtomicBool>,
}

/// What is being done.
pub(super) enum Stage {
    /// The user is asked for the file's name; tells when it is known.
    Asking { named: Receiver<()>, shots: Sender<Shot> },
    /// Frame after frame is shown and handed on.
    Filming(Filming),
    /// The last frames are written.
    Ending,
}

/// Where the clip is.
pub(super) struct Filming {
    pub shots: Sender<Shot>,
    /// The frame that is to be written next, counted from 0.
    pub at: u64,
    /// The frame in which people were looked for last.
    pub searched: Option<u64>,
}

impl OverlayVideo {
    /// The frame that is written now, counted from 0, while any are.
    pub(super) fn at(&self) -> Option<u64> {
        match &self.stage {
            Stage::Filming(filming) => Some(filming.at),
            Stage::Asking { .. } | Stage::Ending => None,
        }
    }

    /// Whether people are to be looked for in this frame, where that is done again after `pause` of the clip. Told once a
    /// frame.
    pub fn begins_search(&mut self, frame: u64, pause: Duration) -> bool {
        let Stage::Filming(filming) = &mut self.stage else { return false };
        let timeline = self.clip.timeline();
        let since = filming.searched.map(|last| timeline.start_of(frame) - timeline.start_of(last));
        let due = filming.at == frame && since.is_none_or(|since| since >= pause.as_secs_f64());
        if due {
            filming.searched = Some(frame);
        }
        due
    }

    /// Lets the file end with the frames that it has.
    pub(super) fn end(&mut self) {
        self.stage = Stage::Ending;
    }

    /// Whether nothing is left to be done.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.ended.try_recv(), Err(TryRecvError::Disconnected))
    }
}

impl Drop for OverlayVideo {
    fn drop(&mut self) {
        if matches!(std::mem::replace(&mut self.stage, Stage::Ending), Stage::Asking { .. }) {
            return;
        }
        self.hurry.store(true, Ordering::Relaxed);
        if self.ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            tracing::error!("the overlay video of {} was not written in time", self.clip.name());
        }
    }
}
