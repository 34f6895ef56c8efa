use std::fmt;

use super::Encoding;

/// A size, rate and encoding that a camera offers. Shown as `640 × 480, 30 fps, YUYV`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CameraMode {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Frames per second, as the camera promises; in poor light it may send fewer.
    pub frames_per_second: u32,
    /// How the pixels are packed.
    pub encoding: Encoding,
}

impl fmt::Display for CameraMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}, {} fps, {}", self.width, self.height, self.frames_per_second, self.encoding)
    }
}
