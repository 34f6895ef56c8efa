use std::fmt;

use nokhwa::utils::{CameraFormat, FrameFormat, Resolution};

/// How a camera packs its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// 4:2:2 luma and chroma, interleaved as Y U Y V; two bytes a pixel.
    Yuyv,
    /// 4:2:0 luma plane, then a plane of interleaved U V; one and a half bytes a pixel.
    Nv12,
    /// Red, green, blue; three bytes a pixel.
    Rgb,
    /// Blue, green, red; three bytes a pixel.
    Bgr,
    /// A JPEG picture for each frame.
    Mjpeg,
    /// Luma alone; one byte a pixel.
    Grey,
}

impl Encoding {
    /// Every encoding that is decoded.
    pub const ALL: [Self; 6] = [Self::Yuyv, Self::Nv12, Self::Rgb, Self::Bgr, Self::Mjpeg, Self::Grey];

    pub(super) fn to_nokhwa(self) -> FrameFormat {
        match self {
            Self::Yuyv => FrameFormat::YUYV,
            Self::Nv12 => FrameFormat::NV12,
            Self::Rgb => FrameFormat::RAWRGB,
            Self::Bgr => FrameFormat::RAWBGR,
            Self::Mjpeg => FrameFormat::MJPEG,
            Self::Grey => FrameFormat::GRAY,
        }
    }

    fn from_nokhwa(format: FrameFormat) -> Self {
        match format {
            FrameFormat::YUYV => Self::Yuyv,
            FrameFormat::NV12 => Self::Nv12,
            FrameFormat::RAWRGB => Self::Rgb,
            FrameFormat::RAWBGR => Self::Bgr,
            FrameFormat::MJPEG => Self::Mjpeg,
            FrameFormat::GRAY => Self::Grey,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yuyv => "YUYV",
            Self::Nv12 => "NV12",
            Self::Rgb => "RGB",
            Self::Bgr => "BGR",
            Self::Mjpeg => "MJPEG",
            Self::Grey => "grey",
        })
    }
}

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

impl CameraMode {
    pub(super) fn to_nokhwa(self) -> CameraFormat {
        let resolution = Resolution::new(self.width, self.height);
        CameraFormat::new(resolution, self.encoding.to_nokhwa(), self.frames_per_second)
    }

    pub(super) fn from_nokhwa(format: CameraFormat) -> Self {
        Self {
            width: format.width(),
            height: format.height(),
            frames_per_second: format.frame_rate(),
            encoding: Encoding::from_nokhwa(format.format()),
        }
    }
}

impl fmt::Display for CameraMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}, {} fps, {}", self.width, self.height, self.frames_per_second, self.encoding)
    }
}
