use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::rate::Rate;
use super::{CameraMode, CameraState};
use crate::source::{Frame, SourceError};

/// A camera that has sent nothing for this long after it was opened has failed; some wake slowly.
const FIRST_SILENCE: Duration = Duration::from_secs(8);
/// A camera that has sent pictures and then nothing for this long has failed.
const SILENCE: Duration = Duration::from_secs(3);

/// What the thread of a camera and its owner both see.
#[derive(Debug)]
pub(super) struct Shared {
    stopping: AtomicBool,
    mirrored: AtomicBool,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    name: String,
    phase: Phase,
    modes: Vec<CameraMode>,
    frozen: bool,
    latest: Option<Frame>,
    frames: u64,
    /// Whether any of them was a picture.
    shown_any: bool,
    dropped: u64,
    rate: Rate,
    last_sign: Instant,
}

#[derive(Debug)]
enum Phase {
    Opening,
    Streaming(CameraMode),
    Stopped,
    Failed(String),
}

impl Shared {
    pub(super) fn new(name: String) -> Self {
        let inner = Inner {
            name,
            phase: Phase::Opening,
            modes: Vec::new(),
            frozen: false,
            latest: None,
            frames: 0,
            shown_any: false,
            dropped: 0,
            rate: Rate::default(),
            last_sign: Instant::now(),
        };
        let (stopping, mirrored) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { stopping, mirrored, inner: Mutex::new(inner) }
    }

    pub(super) fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    pub(super) fn mirrored(&self) -> bool {
        self.mirrored.load(Ordering::Relaxed)
    }

    pub(super) fn set_mirrored(&self, mirrored: bool) {
        self.mirrored.store(mirrored, Ordering::Relaxed);
    }

    pub(super) fn frozen(&self) -> bool {
        self.lock().frozen
    }

    pub(super) fn set_frozen(&self, frozen: bool) {
        let mut inner = self.lock();
        inner.frozen = frozen;
        inner.latest = None;
    }

    pub(super) fn name(&self) -> String {
        self.lock().name.clone()
    }

    pub(super) fn set_name(&self, name: String) {
        self.lock().name = name;
    }

    pub(super) fn modes(&self) -> Vec<CameraMode> {
        self.lock().modes.clone()
    }

    pub(super) fn take_latest(&self) -> Option<Frame> {
        self.lock().latest.take()
    }

    /// The stream has begun.
    pub(super) fn stream(&self, mode: CameraMode, modes: Vec<CameraMode>, now: Instant) {
        let mut inner = self.lock();
        if matches!(inner.phase, Phase::Opening) {
            inner.phase = Phase::Streaming(mode);
        }
        inner.modes = modes;
        inner.last_sign = now;
    }

    /// A buffer has arrived; returns how many came before it.
    pub(super) fn arrive(&self, now: Instant) -> u64 {
        let mut inner = self.lock();
        let sequence = inner.frames;
        inner.frames += 1;
        inner.rate.tick(now);
        inner.last_sign = now;
        sequence
    }

    /// Offers a frame; one that is still waiting makes way for it. False if nobody wants it.
    pub(super) fn publish(&self, frame: Frame) -> bool {
        let mut inner = self.lock();
        inner.shown_any = true;
        if inner.frozen || !matches!(inner.phase, Phase::Streaming(_)) {
            return false;
        }
        if inner.latest.replace(frame).is_some() {
            inner.dropped += 1;
        }
        true
    }

    /// The buffer that arrived last is of no use.
    pub(super) fn discard(&self) {
        self.lock().dropped += 1;
    }

    /// Ends with an error, unless the user has ended it already.
    pub(super) fn fail(&self, error: &SourceError) {
        self.lock().fail(error);
    }

    /// Ends by the user's will.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        let mut inner = self.lock();
        inner.phase = Phase::Stopped;
        inner.latest = None;
    }

    /// The state at a moment; a stream that has been silent for too long fails here, since its thread
    /// hangs in the camera library.
    pub(super) fn state(&self, now: Instant) -> CameraState {
        let mut inner = self.lock();
        let patience = if inner.shown_any { SILENCE } else { FIRST_SILENCE };
        let silent = now.saturating_duration_since(inner.last_sign) > patience;
        if silent && matches!(inner.phase, Phase::Streaming(_)) {
            self.stopping.store(true, Ordering::Release);
            let name = inner.name.clone();
            inner.fail(&SourceError::CameraSilent { name, seconds: patience.as_secs() });
        }
        inner.state(now)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Every change below is complete before anything can panic.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn fail(&mut self, error: &SourceError) {
        if matches!(self.phase, Phase::Opening | Phase::Streaming(_)) {
            self.phase = Phase::Failed(error.to_string());
            self.latest = None;
        }
    }

    fn state(&self, now: Instant) -> CameraState {
        let (frames, dropped, frames_per_second) = (self.frames, self.dropped, self.rate.per_second(now));
        match &self.phase {
            Phase::Opening => CameraState::Opening,
            Phase::Stopped => CameraState::Stopped,
            Phase::Failed(message) => CameraState::Failed(message.clone()),
            Phase::Streaming(mode) => {
                let format = mode.to_string();
                if self.frozen {
                    CameraState::Frozen { format, frames, dropped, frames_per_second }
                } else {
                    CameraState::Streaming { format, frames, dropped, frames_per_second }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use image::RgbImage;

    use super::{FIRST_SILENCE, SILENCE, Shared};
    use crate::source::camera::{CameraMode, CameraState, Encoding};
    use crate::source::{Frame, SourceError};

    const MODE: CameraMode =
        CameraMode { width: 2, height: 2, frames_per_second: 30, encoding: Encoding::Rgb };

    fn streaming(start: Instant) -> Shared {
        let shared = Shared::new("Desk camera".to_owned());
        shared.stream(MODE, vec![MODE], start);
        shared
    }

    fn frame() -> Frame {
        Frame::still(RgbImage::new(2, 2), "Desk camera", None)
    }

    #[test]
    fn the_newest_frame_wins_and_the_others_are_counted() {
        let start = Instant::now();
        let shared = streaming(start);
        for expected in 0..5 {
            let sequence = shared.arrive(start);
            assert_eq!(sequence, expected);
            assert!(shared.publish(Frame { sequence, ..frame() }));
        }
        shared.discard();
        assert_eq!(shared.take_latest().map(|frame| frame.sequence), Some(4));
        assert!(shared.take_latest().is_none());
        let CameraState::Streaming { frames, dropped, format, .. } = shared.state(start) else { panic!() };
        assert_eq!((frames, dropped, format.as_str()), (5, 5, "2 × 2, 30 fps, RGB"));
    }

    #[test]
    fn freezing_holds_frames_back_at_once() {
        let start = Instant::now();
        let shared = streaming(start);
        shared.publish(frame());
        shared.set_frozen(true);
        assert!(shared.take_latest().is_none());
        assert!(!shared.publish(frame()));
        assert!(matches!(shared.state(start), CameraState::Frozen { dropped: 0, .. }));
        shared.set_frozen(false);
        assert!(shared.publish(frame()));
        assert!(shared.take_latest().is_some());
    }

    #[test]
    fn silence_is_a_failure() {
        let start = Instant::now();
        let shared = streaming(start);
        assert!(matches!(shared.state(start + FIRST_SILENCE), CameraState::Streaming { .. }));
        let CameraState::Failed(message) = shared.state(start + FIRST_SILENCE * 2) else { panic!() };
        assert!(message.starts_with("Desk camera has sent no picture for 8 seconds"), "{message}");

        let shared = streaming(start);
        let last = start + Duration::from_secs(5);
        shared.arrive(last);
        assert!(shared.publish(frame()));
        assert!(matches!(shared.state(last + SILENCE), CameraState::Streaming { .. }));
        let CameraState::Failed(message) = shared.state(last + SILENCE * 2) else { panic!() };
        assert!(message.starts_with("Desk camera has sent no picture for 3 seconds"), "{message}");
        assert!(shared.stopping());
        assert!(!shared.publish(frame()), "a late frame does not revive it");
    }

    #[test]
    fn what_the_user_stopped_does_not_fail() {
        let start = Instant::now();
        let shared = streaming(start);
        shared.stop();
        shared.fail(&SourceError::NoCamera);
        shared.stream(MODE, Vec::new(), start);
        assert_eq!(shared.state(start + FIRST_SILENCE * 2), CameraState::Stopped);
    }
}
