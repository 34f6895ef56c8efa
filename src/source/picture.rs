//! Still pictures: from a file, from bytes that were dropped, from pixels that were pasted.
//!
//! The format is told from the content. The result is upright (EXIF and TIFF orientation applied),
//! eight-bit RGB: grey is repeated, sixteen bits are rounded, and transparency is laid over mid grey,
//! where dark and light figures both stay visible and which lies next to the mean that networks
//! subtract. Colour profiles are not applied. Of an animation the first frame is read.

use std::cell::Cell;
use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

use super::end_watch::EndWatch;
use super::{Frame, SourceError, guard, jpeg, riff, sniff};
use crate::input_file::{self, InputError};

/// Endings of the files that are read, for file dialogs; the content decides, not the ending.
pub const EXTENSIONS: [&str; 11] =
    ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "dib", "tif", "tiff", "gif"];
/// The longest side that is read, in pixels.
pub const MAX_SIDE: u32 = 16_384;
/// The largest area that is read, in pixels.
pub const MAX_PIXELS: u64 = 120_000_000;
/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// What a decoder may hold: the largest picture at 8 bytes a pixel (RGBA of sixteen bits), and room to work.
const MAX_DECODER_BYTES: u64 = MAX_PIXELS * 8 + (256 << 20);
/// What the decoder of PNG may hold besides the pixels: rows, texts, and a colour profile, which is compressed and may
/// grow to a thousand times its size in the file. The limit that the decoder has by itself.
const MAX_PNG_EXTRA_BYTES: u64 = 64 << 20;
/// The grey that transparent parts show.
const BACKDROP: u8 = 128;

/// Reads a picture file.
///
/// # Errors
/// When the path is no readable file; when it is empty, no picture in a format that is read, cut off,
/// damaged, or larger than [`MAX_SIDE`], [`MAX_PIXELS`] or [`MAX_FILE_BYTES`]. Sizes are checked
/// before pixels are decoded.
pub fn open(path: impl AsRef<Path>) -> Result<Frame, SourceError> {
    let path = path.as_ref();
    let bytes = read_file(path)?;
    let (picture, orientation) = read_picture(&path.display().to_string(), &bytes)?;
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(Frame { orientation, ..Frame::still(picture, name, Some(path.to_owned())) })
}

/// Width and height of a picture as it is shown, and how its pixels are turned for that; no pixels are decoded. None
/// where [`decode`] would fail before them.
pub fn shape(bytes: &[u8]) -> Option<(u32, u32, Orientation)> {
    let (format, _) = sniff::picture_format(bytes)?;
    let shape = guard::without_panic(|| {
        let mut decoder =
            ImageReader::with_format(std::io::Cursor::new(bytes), format).into_decoder().ok()?;
        let (width, height) = decoder.dimensions();
        Some((width, height, orientation_of(&mut decoder, format, bytes)))
    });
    let (width, height, orientation) = shape.ok()??;
    let on_side = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Some(if on_side { (height, width, orientation) } else { (width, height, orientation) })
}

/// Reads a picture from the bytes of a file; `name` stands for it in titles and errors.
///
/// # Errors
/// As [`open`], apart from those of the file system.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Frame, SourceError> {
    check_length(name, bytes.len() as u64)?;
    let (picture, orientation) = read_picture(name, bytes)?;
    Ok(Frame { orientation, ..Frame::still(picture, name, None) })
}

/// Takes raw pixels, as the clipboard gives them: rows from the top, red, green, blue and
/// not-premultiplied alpha, a byte each.
///
/// # Errors
/// When there are no pixels, too many, or not as many bytes as the size asks for.
pub fn from_rgba(name: &str, width: u32, height: u32, bytes: &[u8]) -> Result<Frame, SourceError> {
    check_size(name, width, height)?;
    let expected = u64::from(width) * u64::from(height) * 4;
    let found = bytes.len() as u64;
    let wrong = || SourceError::WrongByteCount { name: name.to_owned(), expected, found };
    if found != expected {
        return Err(wrong());
    }
    let pixels = over_backdrop(bytes);
    let picture = RgbImage::from_raw(width, height, pixels).ok_or_else(wrong)?;
    Ok(Frame::still(picture, name, None))
}

fn read_file(path: &Path) -> Result<Vec<u8>, SourceError> {
    let name = path.display().to_string();
    let bytes = input_file::read(path, MAX_FILE_BYTES).map_err(|error| match error {
        InputError::Io(error) => SourceError::Unreadable { path: path.to_owned(), reason: error.to_string() },
        InputError::NotAFile { found } => SourceError::NotAFile { path: path.to_owned(), found },
        InputError::TooLarge { found, .. } => {
            SourceError::TooManyBytes { name: name.clone(), megabytes: found.div_ceil(1 << 20) }
        }
    })?;
    check_length(&name, bytes.len() as u64)?;
    Ok(bytes)
}

fn check_length(name: &str, bytes: u64) -> Result<(), SourceError> {
    let name = name.to_owned();
    match bytes {
        0 => Err(SourceError::Empty { name }),
        1..=MAX_FILE_BYTES => Ok(()),
        _ => Err(SourceError::TooManyBytes { name, megabytes: bytes.div_ceil(1 << 20) }),
    }
}

fn check_size(name: &str, width: u32, height: u32) -> Result<(), SourceError> {
    let name = name.to_owned();
    if width == 0 || height == 0 {
        return Err(SourceError::NoPixels { name, width, height });
    }
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(SourceError::TooLarge { name, width, height });
    }
    Ok(())
}

fn read_picture(name: &str, bytes: &[u8]) -> Result<(RgbImage, Orientation), SourceError> {
    let Some((format, format_name)) = sniff::picture_format(bytes) else {
        return Err(SourceError::NotAPicture { name: name.to_owned(), found: sniff::describe(bytes) });
    };
    let truncated =
        || SourceError::Truncated { name: name.to_owned(), format: format_name, bytes: bytes.len() };
    if format == ImageFormat::Jpeg && !jpeg::is_complete(bytes) {
        return Err(truncated());
    }
    if format == ImageFormat::WebP
        && let Some(riff::Overlong { chunk, claimed, found }) = riff::overlong_metadata(bytes)
    {
        return Err(SourceError::ChunkBeyondEnd { name: name.to_owned(), chunk, claimed, found });
    }
    let passed_end = Cell::new(false);
    let failed = |reason: String| {
        if passed_end.get() {
            return truncated();
        }
        SourceError::Undecodable { name: name.to_owned(), format: format_name, reason }
    };
    let reader = ImageReader::with_format(EndWatch::new(bytes, &passed_end), format);
    guard::without_panic(|| read_upright(name, reader, format, bytes))
        .map_err(failed)?
        .map_err(|failure| match failure {
            Failure::Size(error) => error,
            Failure::Decoder(error) => failed(reason_of(&error)),
        })
        .map(|(picture, orientation)| (to_rgb(picture), orientation))
}

/// Why a decoder gave no pixels.
enum Failure {
    Size(SourceError),
    Decoder(ImageError),
}

impl From<ImageError> for Failure {
    fn from(error: ImageError) -> Self {
        Self::Decoder(error)
    }
}

fn read_upright(
    name: &str,
    mut reader: ImageReader<EndWatch<'_>>,
    format: ImageFormat,
    bytes: &[u8],
) -> Result<(DynamicImage, Orientation), Failure> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(match format {
        ImageFormat::Png => MAX_PNG_EXTRA_BYTES,
        _ => MAX_DECODER_BYTES,
    });
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    check_size(name, width, height).map_err(Failure::Size)?;
    let orientation = orientation_of(&mut decoder, format, bytes);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok((picture, orientation))
}

/// How the pixels are to be turned. A picture with unreadable metadata is still a picture.
fn orientation_of(decoder: &mut impl ImageDecoder, format: ImageFormat, bytes: &[u8]) -> Orientation {
    let _ = (format, bytes);
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

fn to_rgb(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let (width, height) = picture.dimensions();
    let pixels = over_backdrop(picture.as_raw());
    RgbImage::from_raw(width, height, pixels).unwrap_or_default()
}

/// RGBA bytes laid over [`BACKDROP`], blended on the values as they are stored.
fn over_backdrop(rgba: &[u8]) -> Vec<u8> {
    let (pixels, _) = rgba.as_chunks::<4>();
    let blend = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u32::from(colour), u32::from(alpha));
        ((colour * alpha + u32::from(BACKDROP) * (255 - alpha) + 127) / 255) as u8
    };
    pixels.iter().flat_map(|&[r, g, b, alpha]| [blend(r, alpha), blend(g, alpha), blend(b, alpha)]).collect()
}

/// The innermost message, without the wrappers that repeat the format.
fn reason_of(error: &ImageError) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string().trim_end().to_owned()
}
