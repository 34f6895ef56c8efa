//! The stream of a camera on Linux, read through Video4Linux itself.
//!
//! nokhwa opens the camera and lists what it offers, but hands over every buffer whole and hides both
//! its error flag and how much of it is used, so that a damaged picture looks like a good one.

use nokhwa::{Camera as Device, NokhwaError};
use v4l::buffer::{Flags, Type};
use v4l::io::traits::CaptureStream;
use v4l::prelude::MmapStream;
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Format, FourCC};

use super::block::Block;
use super::{CameraMode, Encoding};

/// A camera's pictures, one after the other; dropping it ends the stream.
pub(super) struct Stream {
    device: v4l::Device,
    /// None after an error: the next read begins anew.
    buffers: Option<MmapStream<'static>>,
}

impl Stream {
    /// Begins to stream from a camera that is set up, and tells what it streams.
    ///
    /// # Errors
    /// When the camera is gone or in use, or does not keep to the encoding it was set to.
    pub(super) fn open(device: Device, index: u32) -> Result<(Self, CameraMode), NokhwaError> {
        let mode = CameraMode::from_nokhwa(device.camera_format());
        drop(device);
        let failed = |error: std::io::Error| NokhwaError::OpenStreamError(error.to_string());
        let device = v4l::Device::new(index as usize).map_err(failed)?;
        let fourcc = fourcc(mode.encoding);
        let wanted = Format::new(mode.width, mode.height, fourcc);
        // A camera that refuses keeps what it has, and is read as that.
        let format = device.set_format(&wanted).or_else(|_| device.format()).map_err(failed)?;
        if format.fourcc != fourcc {
            return Err(NokhwaError::OpenStreamError(format!("it sends {} instead", format.fourcc)));
        }
        // Many drivers have one rate and refuse to be asked for it.
        let _ = device.set_params(&Parameters::with_fps(mode.frames_per_second));
        let buffers = Some(begin(&device)?);
        let mode = CameraMode { width: format.width, height: format.height, ..mode };
        Ok((Self { device, buffers }, mode))
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
        let block = Block { bytes: memory[..used].to_vec(), corrupted: about.flags.contains(Flags::ERROR) };
        self.buffers = Some(buffers);
        Ok(block)
    }
}

fn begin(device: &v4l::Device) -> Result<MmapStream<'static>, NokhwaError> {
    MmapStream::new(device, Type::VideoCapture)
        .map_err(|error| NokhwaError::OpenStreamError(error.to_string()))
}

fn fourcc(encoding: Encoding) -> FourCC {
    FourCC::new(match encoding {
        Encoding::Yuyv => b"YUYV",
        Encoding::Nv12 => b"NV12",
        Encoding::Rgb => b"RGB3",
        Encoding::Bgr => b"BGR3",
        Encoding::Mjpeg => b"MJPG",
        Encoding::Grey => b"GRAY",
    })
}
