//! Opening a camera, with patience.

use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;
use nokhwa::NokhwaError;

use super::failure::{Cause, cause_of};
use super::stream::Stream;
use super::{CameraMode, CameraRequest, list};
use crate::source::SourceError;

/// How long the user may take to answer the system's question for permission.
const PERMISSION_PATIENCE: Duration = Duration::from_secs(120);
/// A camera that was just released stays busy for a moment.
const BUSY_TRIES: u32 = 5;
const BUSY_PAUSE: Duration = Duration::from_millis(200);

/// A camera that is streaming.
pub(super) struct OpenCamera {
    /// Its pictures.
    pub(super) stream: Stream,
    /// What it is streaming.
    pub(super) mode: CameraMode,
    /// All it could stream.
    pub(super) modes: Vec<CameraMode>,
    /// Whether its pictures have an end: one without is cut short then.
    pub(super) ends: bool,
}

/// What a camera is called: as listed, else by its number.
pub(super) fn name_of(index: u32) -> String {
    let listed = list().unwrap_or_default().into_iter().find(|camera| camera.index == index);
    listed.map_or_else(|| format!("Camera {index}"), |camera| camera.name)
}

/// Opens a camera and starts its stream, waiting for permission and for a camera that is being released.
///
/// # Errors
/// When it is not there, not allowed, in use, or offers nothing that can be decoded.
pub(super) fn open(
    index: u32,
    name: &str,
    request: CameraRequest,
    given_up: impl Fn() -> bool,
) -> Result<OpenCamera, SourceError> {
    if !permitted() {
        return Err(SourceError::CameraDenied { name: name.to_owned() });
    }
    let mut tries = 1;
    loop {
        match Stream::open(index, request) {
            Ok((stream, mode, modes)) => return Ok(OpenCamera { stream, mode, modes, ends: false }),
            Err(error) if cause_of(&error) == Cause::Busy && tries < BUSY_TRIES && !given_up() => {
                tries += 1;
                thread::sleep(BUSY_PAUSE);
            }
            Err(error) => return Err(explain(index, name, &error)),
        }
    }
}

fn explain(index: u32, name: &str, error: &NokhwaError) -> SourceError {
    let reason = match error {
        NokhwaError::GetPropertyError { error, .. } => error.clone(),
        error => error.to_string(),
    };
    let name = name.to_owned();
    match cause_of(error) {
        Cause::Denied => SourceError::CameraDenied { name },
        Cause::Busy => SourceError::CameraBusy { name },
        Cause::NoMode => SourceError::CameraWithoutMode { name, reason },
        Cause::Absent => missing(index),
        Cause::Other => SourceError::CameraFailed { name, reason },
    }
}

fn missing(index: u32) -> SourceError {
    let others = list().unwrap_or_default();
    if others.is_empty() {
        return SourceError::NoCamera;
    }
    let found: Vec<String> = others.iter().map(|other| format!("{} ({})", other.name, other.index)).collect();
    SourceError::CameraMissing { index, found: found.join(", ") }
}

/// Asks the system for permission where it wants to be asked (macOS), and waits for the answer.
fn permitted() -> bool {
    if nokhwa::nokhwa_check() {
        return true;
    }
    let (answer, answered) = bounded(1);
    nokhwa::nokhwa_initialize(move |granted| {
        let _ = answer.try_send(granted);
    });
    answered.recv_timeout(PERMISSION_PATIENCE).unwrap_or(false)
}
