use super::CameraMode;
use super::packing::Packing;

/// What to ask of a camera. It gets the nearest thing the camera offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CameraRequest {
    /// A size and rate that suits watching people: near 1280 × 720 at 30 frames per second.
    #[default]
    Auto,
    /// As near as possible to this.
    Near {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Frames per second.
        frames_per_second: u32,
    },
    /// One of the modes the camera has offered ([`Camera::modes`](super::Camera::modes)).
    Mode(CameraMode),
}

/// What [`CameraRequest::Auto`] aims at: width, height, frames per second.
const AUTO: (u32, u32, u32) = (1280, 720, 30);
/// Too slow weighs more than too small: a live view is what a camera is for.
const SLOWNESS_WEIGHT: f64 = 2.0;
/// Faster than asked only costs work.
const HASTE_WEIGHT: f64 = 0.1;
/// Between equals, pixels without the artefacts of compression or of few bits.
const COMPRESSION_COST: f64 = 0.02;
/// Colour is given up only for a much nearer size.
const COLOURLESS_COST: f64 = 1.0;

impl CameraRequest {
    /// The best of these modes, or none if there are none.
    ///
    /// Distances are logarithms of ratios, so that half and double are equally far.
    #[must_use]
    pub fn choose(self, modes: &[CameraMode]) -> Option<CameraMode> {
        let aim = match self {
            Self::Auto => AUTO,
            Self::Near { width, height, frames_per_second } => (width, height, frames_per_second),
            Self::Mode(mode) if modes.contains(&mode) => return Some(mode),
            Self::Mode(mode) => (mode.width, mode.height, mode.frames_per_second),
        };
        modes.iter().copied().min_by(|a, b| cost(a, aim).total_cmp(&cost(b, aim)))
    }
}

fn cost(mode: &CameraMode, (width, height, frames_per_second): (u32, u32, u32)) -> f64 {
    let ratio = |offered: u32, asked: u32| (f64::from(offered.max(1)) / f64::from(asked.max(1))).ln();
    let (wider, taller) = (ratio(mode.width, width), ratio(mode.height, height));
    let (area, shape) = ((wider + taller).abs(), (wider - taller).abs());
    let faster = ratio(mode.frames_per_second, frames_per_second);
    let pace = if faster < 0.0 { -faster * SLOWNESS_WEIGHT } else { faster * HASTE_WEIGHT };
    let packing = match mode.encoding.packing() {
        Packing::Jpeg | Packing::Rgb565 => COMPRESSION_COST,
        Packing::Grey | Packing::DeepGrey { .. } => COLOURLESS_COST,
        _ => 0.0,
    };
    area + shape + pace + packing
}

#[cfg(test)]
mod tests {
    use super::{CameraMode, CameraRequest};
    use crate::source::camera::Encoding;

    const fn mode(width: u32, height: u32, frames_per_second: u32, encoding: Encoding) -> CameraMode {
        CameraMode { width, height, frames_per_second, encoding }
    }

    /// What a common webcam offers: large pictures fast only when compressed.
    const WEBCAM: [CameraMode; 7] = [
        mode(1920, 1080, 5, Encoding::Yuyv),
        mode(1280, 720, 10, Encoding::Yuyv),
        mode(640, 480, 30, Encoding::Yuyv),
        mode(1920, 1080, 30, Encoding::Mjpeg),
        mode(1280, 720, 30, Encoding::Mjpeg),
        mode(640, 480, 30, Encoding::Mjpeg),
        mode(1280, 720, 30, Encoding::Grey),
    ];

    #[test]
    fn left_alone_it_is_fluent_and_in_colour() {
        assert_eq!(CameraRequest::Auto.choose(&WEBCAM), Some(WEBCAM[4]));
        assert_eq!(CameraRequest::Auto.choose(&WEBCAM[..3]), Some(WEBCAM[2]), "10 fps is too slow");
        assert_eq!(CameraRequest::Auto.choose(&WEBCAM[6..]), Some(WEBCAM[6]), "grey is better than nothing");
        assert_eq!(CameraRequest::Auto.choose(&[]), None);
    }

    #[test]
    fn nearest_size_then_the_better_encoding() {
        let near =
            |width, height, frames_per_second| CameraRequest::Near { width, height, frames_per_second };
        assert_eq!(near(640, 480, 30).choose(&WEBCAM), Some(WEBCAM[2]));
        assert_eq!(near(1920, 1080, 30).choose(&WEBCAM), Some(WEBCAM[3]));
        assert_eq!(near(1920, 1080, 5).choose(&WEBCAM), Some(WEBCAM[0]));
        let equals = [mode(640, 480, 30, Encoding::Rgb565), WEBCAM[2]];
        assert_eq!(near(640, 480, 30).choose(&equals), Some(WEBCAM[2]), "five bits a colour are few");
        assert_eq!(near(0, 0, 0).choose(&WEBCAM).map(|mode| mode.height), Some(480));
    }

    #[test]
    fn an_offered_mode_is_taken_as_it_is() {
        assert_eq!(CameraRequest::Mode(WEBCAM[5]).choose(&WEBCAM), Some(WEBCAM[5]));
        let gone = mode(1281, 720, 30, Encoding::Nv12);
        assert_eq!(CameraRequest::Mode(gone).choose(&WEBCAM), Some(WEBCAM[4]));
    }
}
