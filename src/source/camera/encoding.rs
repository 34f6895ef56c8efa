use std::fmt;

use super::packing::{Chroma, Packing};

/// How a camera packs its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// 4:2:2, two pixels as Y U Y V.
    Yuyv,
    /// 4:2:2, two pixels as Y V Y U.
    Yvyu,
    /// 4:2:2, two pixels as U Y V Y.
    Uyvy,
    /// 4:2:2, two pixels as V Y U Y.
    Vyuy,
    /// 4:4:4, a pixel as Y U V.
    Yuv24,
    /// 4:2:0, a plane of Y, then one of U V pairs.
    Nv12,
    /// 4:2:0, a plane of Y, then one of V U pairs.
    Nv21,
    /// 4:2:2, a plane of Y, then one of U V pairs.
    Nv16,
    /// 4:2:2, a plane of Y, then one of V U pairs.
    Nv61,
    /// 4:4:4, a plane of Y, then one of U V pairs.
    Nv24,
    /// 4:4:4, a plane of Y, then one of V U pairs.
    Nv42,
    /// 4:2:0, planes of Y, U and V.
    I420,
    /// 4:2:0, planes of Y, V and U.
    Yv12,
    /// 4:2:2, planes of Y, U and V.
    I422,
    /// 4:1:1, planes of Y, U and V.
    I411,
    /// Red, green, blue; three bytes a pixel.
    Rgb,
    /// Blue, green, red; three bytes a pixel.
    Bgr,
    /// Red, green, blue and a byte of no use.
    Rgbx,
    /// Blue, green, red and a byte of no use.
    Bgrx,
    /// A byte of no use, red, green, blue.
    Xrgb,
    /// A byte of no use, blue, green, red.
    Xbgr,
    /// Red, green and blue in 5, 6 and 5 bits, the lower byte first.
    Rgb565,
    /// A JPEG picture for each frame.
    Mjpeg,
    /// Luma alone; one byte a pixel.
    Grey,
    /// Luma alone, 10 bits in two bytes, the lower byte first.
    Grey10,
    /// Luma alone, 12 bits in two bytes, the lower byte first.
    Grey12,
    /// Luma alone, 16 bits, the lower byte first.
    Grey16,
}

impl Encoding {
    /// Every encoding that is decoded.
    #[cfg(test)]
    pub(super) const ALL: [Self; 27] = [
        Self::Yuyv,
        Self::Yvyu,
        Self::Uyvy,
        Self::Vyuy,
        Self::Yuv24,
        Self::Nv12,
        Self::Nv21,
        Self::Nv16,
        Self::Nv61,
        Self::Nv24,
        Self::Nv42,
        Self::I420,
        Self::Yv12,
        Self::I422,
        Self::I411,
        Self::Rgb,
        Self::Bgr,
        Self::Rgbx,
        Self::Bgrx,
        Self::Xrgb,
        Self::Xbgr,
        Self::Rgb565,
        Self::Mjpeg,
        Self::Grey,
        Self::Grey10,
        Self::Grey12,
        Self::Grey16,
    ];

    /// Where its samples lie.
    pub(super) const fn packing(self) -> Packing {
        const fn planes(across: usize, down: usize, chroma: Chroma) -> Packing {
            Packing::Planes { across, down, chroma }
        }
        match self {
            Self::Yuyv => Packing::Pairs { luma: [0, 2], chroma: [1, 3] },
            Self::Yvyu => Packing::Pairs { luma: [0, 2], chroma: [3, 1] },
            Self::Uyvy => Packing::Pairs { luma: [1, 3], chroma: [0, 2] },
            Self::Vyuy => Packing::Pairs { luma: [1, 3], chroma: [2, 0] },
            Self::Yuv24 => Packing::Triples,
            Self::Nv12 => planes(2, 2, Chroma::PairsOfUV),
            Self::Nv21 => planes(2, 2, Chroma::PairsOfVU),
            Self::Nv16 => planes(2, 1, Chroma::PairsOfUV),
            Self::Nv61 => planes(2, 1, Chroma::PairsOfVU),
            Self::Nv24 => planes(1, 1, Chroma::PairsOfUV),
            Self::Nv42 => planes(1, 1, Chroma::PairsOfVU),
            Self::I420 => planes(2, 2, Chroma::UThenV),
            Self::Yv12 => planes(2, 2, Chroma::VThenU),
            Self::I422 => planes(2, 1, Chroma::UThenV),
            Self::I411 => planes(4, 1, Chroma::UThenV),
            Self::Rgb => Packing::Colours { bytes: 3, rgb: [0, 1, 2] },
            Self::Bgr => Packing::Colours { bytes: 3, rgb: [2, 1, 0] },
            Self::Rgbx => Packing::Colours { bytes: 4, rgb: [0, 1, 2] },
            Self::Bgrx => Packing::Colours { bytes: 4, rgb: [2, 1, 0] },
            Self::Xrgb => Packing::Colours { bytes: 4, rgb: [1, 2, 3] },
            Self::Xbgr => Packing::Colours { bytes: 4, rgb: [3, 2, 1] },
            Self::Rgb565 => Packing::Rgb565,
            Self::Mjpeg => Packing::Jpeg,
            Self::Grey => Packing::Grey,
            Self::Grey10 => Packing::DeepGrey { bits: 10 },
            Self::Grey12 => Packing::DeepGrey { bits: 12 },
            Self::Grey16 => Packing::DeepGrey { bits: 16 },
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yuyv => "YUYV",
            Self::Yvyu => "YVYU",
            Self::Uyvy => "UYVY",
            Self::Vyuy => "VYUY",
            Self::Yuv24 => "YUV 4:4:4",
            Self::Nv12 => "NV12",
            Self::Nv21 => "NV21",
            Self::Nv16 => "NV16",
            Self::Nv61 => "NV61",
            Self::Nv24 => "NV24",
            Self::Nv42 => "NV42",
            Self::I420 => "I420",
            Self::Yv12 => "YV12",
            Self::I422 => "I422",
            Self::I411 => "I411",
            Self::Rgb => "RGB",
            Self::Bgr => "BGR",
            Self::Rgbx => "RGBX",
            Self::Bgrx => "BGRX",
            Self::Xrgb => "XRGB",
            Self::Xbgr => "XBGR",
            Self::Rgb565 => "RGB 5:6:5",
            Self::Mjpeg => "MJPEG",
            Self::Grey => "grey",
            Self::Grey10 => "grey, 10 bits",
            Self::Grey12 => "grey, 12 bits",
            Self::Grey16 => "grey, 16 bits",
        })
    }
}
