//! The stream of a camera where there is no Video4Linux, read through nokhwa.
//!
//! nokhwa hides what the system says of a buffer: that it is corrupted, or how much of it is used. What
//! can be seen here is a buffer too short for its picture, and a JPEG that is broken or cut short.

use nokhwa::utils::{
    CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use nokhwa::{Camera as Device, NokhwaError};

use super::block::Block;
use super::{CameraMode, CameraRequest, Encoding};

/// What nokhwa knows.
const FORMATS: [(Encoding, FrameFormat); 6] = [
    (Encoding::Yuyv, FrameFormat::YUYV),
    (Encoding::Nv12, FrameFormat::NV12),
    (Encoding::Rgb, FrameFormat::RAWRGB),
    (Encoding::Bgr, FrameFormat::RAWBGR),
    (Encoding::Mjpeg, FrameFormat::MJPEG),
    (Encoding::Grey, FrameFormat::GRAY),
];
/// Drivers give odd fractions as absurd rates; no camera sends more frames per second than this.
const MAX_RATE: u32 = 1000;

/// A camera's pictures, one after the other; dropping it ends the stream.
pub(super) struct Stream {
    device: Device,
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
        let decodable = FORMATS.map(|(_, format)| format);
        let any = RequestedFormat::with_formats(RequestedFormatType::None, &decodable);
        let mut device = Device::new(CameraIndex::Index(index), any)?;
        let modes = modes_of(&mut device);
        if let Some(wanted) = request.choose(&modes).and_then(format_of)
            && device.camera_format() != wanted
        {
            let exact = RequestedFormat::with_formats(RequestedFormatType::Exact(wanted), &decodable);
            // A camera that refuses keeps another, and that is what it is read as.
            let _ = device.set_camera_requset(exact);
        }
        device.open_stream()?;
        let mode = mode_of(device.camera_format());
        Ok((Self { device }, mode, modes))
    }

    /// Waits for the next picture. An error ends the stream; reading on begins it anew.
    pub(super) fn read(&mut self) -> Result<Block, NokhwaError> {
        if !self.device.is_stream_open() {
            self.device.open_stream()?;
        }
        match self.device.frame() {
            Ok(buffer) => Ok(Block { bytes: buffer.buffer().to_vec(), stride: 0, corrupted: false }),
            Err(error) => {
                let _ = self.device.stop_stream();
                Err(error)
            }
        }
    }
}

/// What the camera offers, largest first. Some drivers cannot list it; then there is what it is set to.
fn modes_of(device: &mut Device) -> Vec<CameraMode> {
    let listed = device.compatible_camera_formats().unwrap_or_default();
    let modes = listed.into_iter().map(mode_of);
    let mut modes: Vec<CameraMode> =
        modes.filter(|mode| (1..=MAX_RATE).contains(&mode.frames_per_second)).collect();
    if modes.is_empty() {
        modes.push(mode_of(device.camera_format()));
    }
    modes.sort_by(|a, b| b.cmp(a));
    modes.dedup();
    modes
}

fn format_of(mode: CameraMode) -> Option<CameraFormat> {
    let (_, format) = FORMATS.into_iter().find(|(encoding, _)| *encoding == mode.encoding)?;
    Some(CameraFormat::new(Resolution::new(mode.width, mode.height), format, mode.frames_per_second))
}

fn mode_of(format: CameraFormat) -> CameraMode {
    let encoding = match format.format() {
        FrameFormat::YUYV => Encoding::Yuyv,
        FrameFormat::NV12 => Encoding::Nv12,
        FrameFormat::RAWRGB => Encoding::Rgb,
        FrameFormat::RAWBGR => Encoding::Bgr,
        FrameFormat::MJPEG => Encoding::Mjpeg,
        FrameFormat::GRAY => Encoding::Grey,
    };
    CameraMode {
        width: format.width(),
        height: format.height(),
        frames_per_second: format.frame_rate(),
        encoding,
    }
}
