//! The stream of a camera on Linux, read through Video4Linux itself.
//!
//! nokhwa knows six encodings, two of them by codes no driver has, and refuses cameras whose rate is no whole number.
//! It hands over every buffer whole and hides both its error flag and how much of it is used, so that a damaged
//! picture looks like a good one.

use std::io;

use nokhwa::NokhwaError;
use v4l::buffer::{Flags, Type};
use v4l::io::traits::CaptureStream;
use v4l::prelude::MmapStream;
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Device, Format};

use super::block::Block;
use super::offers::{Offers, encoding_of, rate_of};
use super::{CameraMode, CameraRequest};

/// A camera's pictures, one after the other; dropping it ends the stream.
pub(super) struct Stream {
    device: Device,
    /// None after an error: the next read begins anew.
    buffers: Option<MmapStream<'static>>,
    /// Bytes from one row of a picture to the next; 0 where the driver does not tell.
    stride: usize,
}

impl Stream {
    /// Opens a camera, sets it to the mode that suits the request best and begins to stream. Gives what it streams,
    /// and all it could stream.
    ///
    /// # Errors
    /// When the camera is not there, forbidden or in use, or offers nothing that is decoded.
    pub(super) fn open(
        index: u32,
        request: CameraRequest,
    ) -> Result<(Self, CameraMode, Vec<CameraMode>), NokhwaError> {
        let device = Device::new(index as usize)
            .map_err(|error| NokhwaError::OpenDeviceError(index.to_string(), error.to_string()))?;
        let offers = Offers::of(&device)?;
        let wanted = request.choose(&offers.modes);
        let mode = set(&device, wanted.and_then(|mode| Some((mode, offers.code_of(mode.encoding)?))))?;
        let stride = device.format().map_or(0, |format| format.stride as usize);
        let buffers = Some(begin(&device)?);
        Ok((Self { device, buffers, stride }, mode, offers.modes))
    }

    /// Waits for the next picture.
    ///
    /// An error ends the stream, as the library has then lost count of its buffers; reading on begins
    /// it anew.
    pub(super) fn read(&mut self) -> Result<Block, NokhwaError> {
        let mut buffers = match self.buffers.take() {
            Some(buffers) => buffers,
            None => begin(&self.device)?,
        };
        let (memory, about) =
            buffers.next().map_err(|error| NokhwaError::ReadFrameError(error.to_string()))?;
        let used = memory.len().min(about.bytesused as usize);
        let block = Block {
            bytes: memory[..used].to_vec(),
            stride: self.stride,
            corrupted: about.flags.contains(Flags::ERROR),
        };
        self.buffers = Some(buffers);
        Ok(block)
    }
}

/// Asks for a mode, and tells which one the camera took. One that refuses keeps what it has, and is read as that.
fn set(device: &Device, wanted: Option<(CameraMode, v4l::FourCC)>) -> Result<CameraMode, NokhwaError> {
    let failed = |error: io::Error| NokhwaError::OpenStreamError(error.to_string());
    let format = match wanted {
        Some((mode, code)) => device
            .set_format(&Format::new(mode.width, mode.height, code))
            .or_else(|_| device.format())
            .map_err(failed)?,
        None => device.format().map_err(failed)?,
    };
    let encoding = encoding_of(format.fourcc)
        .ok_or_else(|| NokhwaError::OpenStreamError(format!("it sends {} instead", format.fourcc)))?;
    let asked = wanted.map(|(mode, _)| mode.frames_per_second);
    // Many drivers have one rate and refuse to be asked for it.
    let rate = asked.and_then(|asked| device.set_params(&Parameters::with_fps(asked)).ok());
    let told = rate.and_then(|parameters| rate_of(parameters.interval));
    let frames_per_second = told.or(asked).unwrap_or(1);
    Ok(CameraMode { width: format.width, height: format.height, frames_per_second, encoding })
}

fn begin(device: &Device) -> Result<MmapStream<'static>, NokhwaError> {
    MmapStream::new(device, Type::VideoCapture)
        .map_err(|error| NokhwaError::OpenStreamError(error.to_string()))
}
