use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};

use super::shared::Shared;
use super::{CameraMode, CameraRequest, CameraState, capture};
use crate::source::{Frame, SourceError};

/// How long [`Camera::stop`] waits for the camera to be released: a few frames at the usual rates.
const STOP_PATIENCE: Duration = Duration::from_millis(100);

/// A camera in use, from [`Camera::start`] until it is stopped, fails or is dropped.
///
/// A thread named `camera` opens it, decodes its frames and keeps the newest one for
/// [`Camera::latest`]. No method waits for the camera, apart from [`Camera::stop`] and dropping it,
/// which take a tenth of a second at most.
#[derive(Debug)]
pub struct Camera {
    shared: Arc<Shared>,
    /// Closes when the thread has released the camera.
    ended: Receiver<()>,
}

impl Camera {
    /// Starts the camera of this number ([`CameraInfo::index`](super::CameraInfo::index)) and returns
    /// at once. How it fares is told by [`Camera::state`].
    ///
    /// `notify` is called on the camera's thread when there is a new frame or state to look at. A camera
    /// that hangs cannot call it: look at the state about once a second as well.
    #[must_use]
    pub fn start(index: u32, request: CameraRequest, notify: impl Fn() + Send + 'static) -> Self {
        let shared = Arc::new(Shared::new(format!("Camera {index}")));
        let (alive, ended) = bounded(0);
        let for_thread = Arc::clone(&shared);
        let thread = thread::Builder::new().name("camera".to_owned()).spawn(move || {
            let _alive: crossbeam_channel::Sender<()> = alive;
            capture::run(index, request, &for_thread, &notify);
        });
        if let Err(error) = thread {
            shared.fail(&SourceError::CameraFailed { name: shared.name(), reason: error.to_string() });
        }
        Self { shared, ended }
    }

    /// What the camera is called; its number until it has been found.
    #[must_use]
    pub fn name(&self) -> String {
        self.shared.name()
    }

    /// What the camera is doing now.
    #[must_use]
    pub fn state(&self) -> CameraState {
        self.shared.state(Instant::now())
    }

    /// Sizes, rates and encodings the camera offers, largest first; empty until it has been opened.
    #[must_use]
    pub fn modes(&self) -> Vec<CameraMode> {
        self.shared.modes()
    }

    /// The newest frame, if there is one that was not taken yet.
    pub fn latest(&mut self) -> Option<Frame> {
        self.shared.take_latest()
    }

    /// Holds frames back, or lets them through again. The stream goes on, so that letting go is
    /// immediate and unplugging is noticed.
    pub fn freeze(&self, frozen: bool) {
        self.shared.set_frozen(frozen);
    }

    /// Swaps left and right in the frames to come.
    pub fn mirror(&self, mirrored: bool) {
        self.shared.set_mirrored(mirrored);
    }

    /// Stops the camera and releases it. One that hangs is released when it wakes.
    pub fn stop(&self) {
        self.shared.stop();
        let _ = self.ended.recv_timeout(STOP_PATIENCE);
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.stop();
    }
}
