//! The stream of a camera where there is no Video4Linux, read through nokhwa.
//!
//! nokhwa hides what the system says of a buffer: that it is corrupted, or how much of it is used. What
//! can be seen here is a buffer too short for its picture, and a JPEG that is broken or cut short.

use nokhwa::{Camera as Device, NokhwaError};

use super::CameraMode;
use super::block::Block;

/// A camera's pictures, one after the other; dropping it ends the stream.
pub(super) struct Stream {
    device: Device,
}

impl Stream {
    /// Begins to stream from a camera that is set up, and tells what it streams.
    ///
    /// # Errors
    /// When the camera is gone or in use.
    pub(super) fn open(mut device: Device, _index: u32) -> Result<(Self, CameraMode), NokhwaError> {
        device.open_stream()?;
        let mode = CameraMode::from_nokhwa(device.camera_format());
        Ok((Self { device }, mode))
    }

    /// Waits for the next picture. An error ends the stream; reading on begins it anew.
    pub(super) fn read(&mut self) -> Result<Block, NokhwaError> {
        if !self.device.is_stream_open() {
            self.device.open_stream()?;
        }
        match self.device.frame() {
            Ok(buffer) => Ok(Block { bytes: buffer.buffer().to_vec(), corrupted: false }),
            Err(error) => {
                let _ = self.device.stop_stream();
                Err(error)
            }
        }
    }
}
