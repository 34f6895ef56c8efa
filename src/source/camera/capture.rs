//! The thread that owns a camera while it runs.

use std::thread;
use std::time::{Duration, Instant};

use image::imageops;

use super::block::Block;
use super::claim::Claim;
use super::device::{self, OpenCamera};
use super::failure::{self, Cause};
use super::shared::Shared;
use super::{CameraMode, CameraRequest, mjpeg, pixels};
use crate::counted::counted;
use crate::source::{Frame, SourceError, guard};

/// This many broken frames in a row are no longer a bad cable.
const BROKEN_FRAMES_LIMIT: u32 = 30;
/// This many errors in a row are no passing disturbance.
const ERRORS_LIMIT: u32 = 5;
/// How long an error is given to pass.
const ERROR_PAUSE: Duration = Duration::from_millis(20);
/// How long a camera that was stopped in this program may take to be free again.
const RELEASE_PATIENCE: Duration = Duration::from_secs(3);

/// Opens the camera and streams until it is stopped or fails; the outcome is left in `shared`.
pub(super) fn run(index: u32, request: CameraRequest, shared: &Shared, notify: &dyn Fn()) {
    let outcome = guard::without_panic(|| stream(index, request, shared, notify))
        .unwrap_or_else(|reason| Err(SourceError::CameraFailed { name: shared.name(), reason }));
    if shared.stopping() {
        return;
    }
    if let Err(error) = outcome {
        shared.fail(&error);
        notify();
    }
}

fn stream(index: u32, request: CameraRequest, shared: &Shared, notify: &dyn Fn()) -> Result<(), SourceError> {
    let name = device::name_of(index);
    shared.set_name(name.clone());
    // Declared before the camera, so that it ends after it.
    let _claim = Claim::wait(index, RELEASE_PATIENCE, || shared.stopping())
        .ok_or_else(|| SourceError::CameraUnreleased { name: name.clone() })?;
    let mut camera = device::open(index, &name, request, || shared.stopping())?;
    shared.stream(camera.mode, std::mem::take(&mut camera.modes), Instant::now());
    notify();
    let mut broken = 0;
    while !shared.stopping() {
        match next_frame(&mut camera, &name, shared)? {
            Arrival::Picture(frame) => {
                broken = 0;
                if shared.publish(frame) {
                    notify();
                }
            }
            Arrival::PassedOver => {}
            Arrival::Broken(reason) => {
                shared.discard();
                broken += 1;
                if broken == BROKEN_FRAMES_LIMIT {
                    return Err(undecodable(&name, camera.mode, reason));
                }
            }
        }
    }
    Ok(())
}

enum Arrival {
    Picture(Frame),
    /// Nobody wants it now.
    PassedOver,
    /// It is damaged, for this reason.
    Broken(String),
}

/// Waits for the camera's next buffer and decodes it.
fn next_frame(camera: &mut OpenCamera, name: &str, shared: &Shared) -> Result<Arrival, SourceError> {
    let block = read(camera, name, shared)?;
    let captured = Instant::now();
    let sequence = shared.arrive(captured);
    if shared.frozen() || shared.stopping() {
        return Ok(Arrival::PassedOver);
    }
    if block.corrupted {
        return Ok(Arrival::Broken("the driver marks them as corrupted".to_owned()));
    }
    let ends = mjpeg::has_end(&block.bytes, camera.mode);
    if camera.ends && !ends {
        return Ok(Arrival::Broken(format!(
            "a picture of {} has no end",
            counted(block.bytes.len(), "byte", "bytes")
        )));
    }
    camera.ends |= ends;
    let mut picture = match pixels::decode(&block.bytes, block.stride, camera.mode) {
        Ok(picture) => picture,
        Err(reason) => return Ok(Arrival::Broken(reason)),
    };
    if shared.mirrored() {
        imageops::flip_horizontal_in_place(&mut picture);
    }
    Ok(Arrival::Picture(Frame { sequence, captured, ..Frame::still(picture, name, None) }))
}

/// Waits for the camera's next buffer; an error gets a few more chances, unless the camera is gone.
fn read(camera: &mut OpenCamera, name: &str, shared: &Shared) -> Result<Block, SourceError> {
    let mut errors = 0;
    loop {
        let error = match camera.stream.read() {
            Ok(block) => return Ok(block),
            Err(error) => error,
        };
        errors += 1;
        let lasting = errors == ERRORS_LIMIT || failure::cause_of(&error) == Cause::Absent;
        if lasting || shared.stopping() {
            return Err(failure::while_streaming(name, &error));
        }
        thread::sleep(ERROR_PAUSE);
    }
}

fn undecodable(name: &str, mode: CameraMode, reason: String) -> SourceError {
    SourceError::CameraUndecodable { name: name.to_owned(), mode: mode.to_string(), reason }
}
