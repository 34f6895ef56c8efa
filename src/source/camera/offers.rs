//! What a Video4Linux camera offers, by the kernel's codes.

use nokhwa::NokhwaError;
use v4l::capability::Flags;
use v4l::frameinterval::{FrameIntervalEnum, Stepwise};
use v4l::framesize::FrameSizeEnum;
use v4l::video::Capture;
use v4l::{Device, FourCC, Fraction};

use super::{CameraMode, Encoding};

/// Sizes to name of a camera that offers any size in a range.
const SIZES: [(u32, u32); 6] = [(1920, 1080), (1280, 720), (1024, 768), (800, 600), (640, 480), (320, 240)];
/// Rates to name of a camera that offers any rate in a range.
const RATES: [u32; 6] = [60, 30, 25, 15, 10, 5];
/// What most cameras send, for one that does not tell its rate.
const USUAL_RATE: u32 = 30;
/// Drivers give odd fractions as absurd rates; no camera sends more frames per second than this.
const MAX_RATE: u32 = 1000;

/// Everything a camera could stream that is decoded.
pub(super) struct Offers {
    /// Sizes, rates and encodings, largest first; at least one.
    pub(super) modes: Vec<CameraMode>,
    codes: Vec<FourCC>,
}

impl Offers {
    /// Asks the driver.
    ///
    /// # Errors
    /// When nothing it offers is decoded: names the codes of what it offers.
    pub(super) fn of(device: &Device) -> Result<Self, NokhwaError> {
        let formats = device.enum_formats().unwrap_or_default();
        let codes: Vec<FourCC> = formats.into_iter().map(|format| format.fourcc).collect();
        let mut modes: Vec<CameraMode> = codes.iter().flat_map(|&code| modes_of(device, code)).collect();
        modes.sort_by(|a, b| b.cmp(a));
        modes.dedup();
        if modes.is_empty() {
            return Err(NokhwaError::GetPropertyError {
                property: "FrameFormat".to_owned(),
                error: offered(device, &codes),
            });
        }
        Ok(Self { modes, codes })
    }

    /// The code by which the driver knows an encoding.
    pub(super) fn code_of(&self, encoding: Encoding) -> Option<FourCC> {
        self.codes.iter().copied().find(|&code| encoding_of(code) == Some(encoding))
    }
}

/// The encoding that has this code of the kernel's (`videodev2.h`), if it is decoded.
pub(super) fn encoding_of(code: FourCC) -> Option<Encoding> {
    Some(match &code.repr {
        b"YUYV" => Encoding::Yuyv,
        b"YVYU" => Encoding::Yvyu,
        b"UYVY" => Encoding::Uyvy,
        b"VYUY" => Encoding::Vyuy,
        b"YUV3" => Encoding::Yuv24,
        b"NV12" => Encoding::Nv12,
        b"NV21" => Encoding::Nv21,
        b"NV16" => Encoding::Nv16,
        b"NV61" => Encoding::Nv61,
        b"NV24" => Encoding::Nv24,
        b"NV42" => Encoding::Nv42,
        b"YU12" => Encoding::I420,
        b"YV12" => Encoding::Yv12,
        b"422P" => Encoding::I422,
        b"411P" => Encoding::I411,
        b"RGB3" => Encoding::Rgb,
        b"BGR3" => Encoding::Bgr,
        b"AB24" | b"XB24" => Encoding::Rgbx,
        b"AR24" | b"XR24" | b"BGR4" => Encoding::Bgrx,
        b"BA24" | b"BX24" | b"RGB4" => Encoding::Xrgb,
        b"RA24" | b"RX24" => Encoding::Xbgr,
        b"RGBP" => Encoding::Rgb565,
        b"MJPG" | b"JPEG" => Encoding::Mjpeg,
        b"GREY" => Encoding::Grey,
        b"Y10 " => Encoding::Grey10,
        b"Y12 " => Encoding::Grey12,
        b"Y16 " => Encoding::Grey16,
        _ => return None,
    })
}

/// Frames per second of a frame's duration; none of a duration that no camera has.
pub(super) fn rate_of(interval: Fraction) -> Option<u32> {
    let rate = f64::from(interval.denominator) / f64::from(interval.numerator);
    (rate > 0.0 && rate <= f64::from(MAX_RATE)).then_some((rate.round() as u32).max(1))
}

fn modes_of(device: &Device, code: FourCC) -> Vec<CameraMode> {
    let Some(encoding) = encoding_of(code) else { return Vec::new() };
    let mut modes = Vec::new();
    for (width, height) in sizes(device, code) {
        for frames_per_second in rates(device, code, width, height) {
            modes.push(CameraMode { width, height, frames_per_second, encoding });
        }
    }
    modes
}

/// The sizes listed; of a driver that lists none, the one it is set to.
fn sizes(device: &Device, code: FourCC) -> Vec<(u32, u32)> {
    let listed = device.enum_framesizes(code).unwrap_or_default();
    let mut sizes: Vec<(u32, u32)> = listed
        .into_iter()
        .flat_map(|listed| match listed.size {
            FrameSizeEnum::Discrete(size) => vec![(size.width, size.height)],
            FrameSizeEnum::Stepwise(range) => sizes_between(
                (range.min_width, range.max_width, range.step_width),
                (range.min_height, range.max_height, range.step_height),
            ),
        })
        .filter(|&(width, height)| width > 0 && height > 0)
        .collect();
    if sizes.is_empty() {
        let present = device.format().ok().filter(|format| format.width > 0 && format.height > 0);
        sizes.extend(present.map(|format| (format.width, format.height)));
    }
    sizes
}

/// The usual sizes in ranges given as least, largest and step, and the largest of all.
fn sizes_between(widths: (u32, u32, u32), heights: (u32, u32, u32)) -> Vec<(u32, u32)> {
    let within = |side: u32, (least, largest, step): (u32, u32, u32)| {
        (least..=largest).contains(&side) && (side - least).is_multiple_of(step.max(1))
    };
    let mut sizes: Vec<(u32, u32)> = SIZES
        .into_iter()
        .filter(|&(width, height)| within(width, widths) && within(height, heights))
        .collect();
    sizes.push((widths.1, heights.1));
    sizes
}

/// The rates listed; of a driver that lists none, the one it is set to, else the usual one.
fn rates(device: &Device, code: FourCC, width: u32, height: u32) -> Vec<u32> {
    let listed = device.enum_frameintervals(code, width, height).unwrap_or_default();
    let mut rates: Vec<u32> = listed
        .into_iter()
        .flat_map(|listed| match listed.interval {
            FrameIntervalEnum::Discrete(interval) => rate_of(interval).into_iter().collect(),
            FrameIntervalEnum::Stepwise(range) => rates_between(&range),
        })
        .collect();
    if rates.is_empty() {
        let present = device.params().ok().and_then(|parameters| rate_of(parameters.interval));
        rates.push(present.unwrap_or(USUAL_RATE));
    }
    rates
}

/// The usual rates in a range of durations, and the fastest of all.
fn rates_between(range: &Stepwise) -> Vec<u32> {
    let fastest = rate_of(range.min);
    let slowest = rate_of(range.max).unwrap_or(1);
    let usual = RATES.into_iter().filter(|&rate| rate >= slowest && fastest.is_none_or(|most| rate <= most));
    usual.chain(fastest).collect()
}

/// What a camera offers that is not decoded, in words.
fn offered(device: &Device, codes: &[FourCC]) -> String {
    if !codes.is_empty() {
        let codes: Vec<String> = codes.iter().map(|code| code.to_string().trim_end().to_owned()).collect();
        return format!("it offers {}", codes.join(", "));
    }
    let several =
        device.query_caps().is_ok_and(|about| about.capabilities.contains(Flags::VIDEO_CAPTURE_MPLANE));
    match several {
        true => "it hands over each picture in several buffers, which are not read".to_owned(),
        false => "it offers none at all".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use v4l::Fraction;
    use v4l::frameinterval::Stepwise;

    use super::{rate_of, rates_between, sizes_between};

    #[test]
    fn durations_are_rounded_to_rates() {
        assert_eq!(rate_of(Fraction::new(1, 30)), Some(30));
        assert_eq!(rate_of(Fraction::new(1001, 30000)), Some(30));
        assert_eq!(rate_of(Fraction::new(2, 15)), Some(8));
        assert_eq!(rate_of(Fraction::new(10, 1)), Some(1));
        for absurd in
            [Fraction::new(0, 1), Fraction::new(0, 0), Fraction::new(1, 0), Fraction::new(1, 10_000_000)]
        {
            assert_eq!(rate_of(absurd), None, "{absurd}");
        }
    }

    #[test]
    fn of_a_range_the_usual_ones_are_named_and_the_largest() {
        let sizes = sizes_between((32, 1296, 16), (32, 1024, 16));
        assert_eq!(sizes, [(1280, 720), (1024, 768), (640, 480), (320, 240), (1296, 1024)]);
        assert_eq!(sizes_between((48, 50, 0), (32, 34, 0)), [(50, 34)]);
        let range =
            Stepwise { min: Fraction::new(1, 40), max: Fraction::new(1, 10), step: Fraction::new(1, 1000) };
        assert_eq!(rates_between(&range), [30, 25, 15, 10, 40]);
        let open = Stepwise { min: Fraction::new(0, 1), max: Fraction::new(1, 1), step: Fraction::new(0, 1) };
        assert_eq!(rates_between(&open), [60, 30, 25, 15, 10, 5]);
    }
}
