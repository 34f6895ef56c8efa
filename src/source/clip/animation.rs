use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{AnimationDecoder as _, Delay, Frames, ImageDecoder, ImageFormat, ImageResult, RgbImage};

use super::timeline::Timeline;
use crate::source::backdrop::over_backdrop;
use crate::source::decoder_limits::{is_room_for, limits_of};
use crate::source::picture::{MAX_FILE_BYTES, MAX_PIXELS};
use crate::source::{SourceError, guard, sniff};

/// Most frames of a picture that moves.
const MOST_FRAMES: usize = 20_000;
/// Most pixels of all its frames together: a few bytes may stand for a very large frame.
const MOST_PIXELS: u64 = 1_000_000_000;
/// Bytes of a pixel while it is decoded: the frame, and what it is laid over.
const BYTES: u64 = 8;
/// Delays up to this, in seconds, are taken for one that nobody chose…
const UNCHOSEN_DELAY: f64 = 0.0101;
/// …and are this long, as web browsers have it.
const USUAL_DELAY: f64 = 0.1;

/// A picture that moves: GIF, PNG or WebP, decoded from its start.
pub(super) struct Animation {
    frames: Frames<'static>,
    name: String,
    format: &'static str,
}

impl Animation {
    /// Begins to decode the bytes of a file; none where they are no picture that could move.
    ///
    /// # Errors
    /// When its head is damaged, or it is larger than pictures that are read.
    pub fn begin(path: &Path, bytes: &Arc<[u8]>) -> Result<Option<Self>, SourceError> {
        let Some((format, name_of_format)) = sniff::picture_format(bytes) else { return Ok(None) };
        let frames = guard::without_panic(|| frames_of(format, Cursor::new(Arc::clone(bytes))));
        let name = path.display().to_string();
        let frames = frames.and_then(|frames| frames.map_err(|error| error.to_string()));
        match frames {
            Ok(frames) => Ok(frames.map(|frames| Self { frames, name, format: name_of_format })),
            Err(reason) => Err(SourceError::Undecodable { name, format: name_of_format, reason }),
        }
    }

    /// The next frame, and for how many seconds it is shown; none after the last.
    ///
    /// # Errors
    /// When the frame is damaged.
    pub fn next(&mut self) -> Result<Option<(RgbImage, f64)>, SourceError> {
        let next = guard::without_panic(|| self.frames.next().transpose().map_err(|error| error.to_string()));
        let failed =
            |reason| SourceError::Undecodable { name: self.name.clone(), format: self.format, reason };
        let Some(frame) = next.and_then(|next| next).map_err(failed)? else { return Ok(None) };
        let seconds = seconds_of(frame.delay());
        let picture = frame.into_buffer();
        let (width, height) = picture.dimensions();
        let pixels = RgbImage::from_raw(width, height, over_backdrop(picture.as_raw()));
        Ok(pixels.map(|pixels| (pixels, seconds)))
    }

    /// When each frame is shown; none where there is but one. All of them are decoded for it. What comes behind a
    /// damaged frame is left out, and what is too much.
    pub fn timeline(mut self) -> Option<Timeline> {
        let (mut ends, mut end, mut pixels) = (Vec::new(), 0.0, 0);
        while let Ok(Some((picture, seconds))) = self.next() {
            end += seconds;
            ends.push(end);
            pixels += u64::from(picture.width()) * u64::from(picture.height());
            if ends.len() == MOST_FRAMES || pixels >= MOST_PIXELS {
                break;
            }
        }
        (ends.len() > 1).then(|| Timeline::Listed(ends.into()))
    }
}

fn frames_of(format: ImageFormat, bytes: Cursor<Arc<[u8]>>) -> ImageResult<Option<Frames<'static>>> {
    let limits = limits_of(format);
    Ok(match format {
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(bytes)?;
            decoder.set_limits(limits)?;
            is_small(&decoder).then(|| decoder.into_frames())
        }
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(bytes, limits)?;
            let moves = decoder.is_apng()? && is_small(&decoder);
            if moves { Some(decoder.apng()?.into_frames()) } else { None }
        }
        ImageFormat::WebP => {
            let mut decoder = WebPDecoder::new(bytes)?;
            decoder.set_limits(limits)?;
            (decoder.has_animation() && is_small(&decoder)).then(|| decoder.into_frames())
        }
        _ => None,
    })
}

fn is_small(decoder: &impl ImageDecoder) -> bool {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    pixels <= MAX_PIXELS && is_room_for(pixels * BYTES)
}

fn seconds_of(delay: Delay) -> f64 {
    let (above, below) = delay.numer_denom_ms();
    let seconds = f64::from(above) / f64::from(below.max(1)) / 1000.0;
    if seconds < UNCHOSEN_DELAY { USUAL_DELAY } else { seconds }
}

/// The bytes of a picture file.
///
/// # Errors
/// When it cannot be read, or has more than [`MAX_FILE_BYTES`].
pub(super) fn bytes_of(path: &Path) -> Result<Arc<[u8]>, SourceError> {
    let bytes = crate::input_file::read(path, MAX_FILE_BYTES);
    let bytes = bytes
        .map_err(|error| SourceError::Unreadable { path: path.to_owned(), reason: error.to_string() })?;
    Ok(bytes.into())
}
