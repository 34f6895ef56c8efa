//! Still pictures: from a file, from bytes that were dropped, from pixels that were pasted.
//!
//! The format is told from the content. The result is upright (EXIF and TIFF orientation applied, wherever in the file
//! it stands), eight-bit RGB: grey is repeated, sixteen bits are rounded, and transparency is laid over mid grey,
//! where dark and light figures both stay visible and which lies next to the mean that networks
//! subtract. Where every pixel is transparent, the alpha is taken for one that nobody filled in, and left out. Sixteen
//! bits that hold the values of a camera of 10 or 12 are stretched, with a word. Colour profiles are not applied. Of an
//! animation the first frame is read. A JPEG of which only the end marker is missing is read, with a word.

use std::borrow::Cow;
use std::cell::Cell;
use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage};

use super::backdrop::{over_backdrop, to_rgb};
use super::decoder_limits::{is_room_for, limits_of};
use super::end_watch::EndWatch;
use super::{Frame, PictureWarning, SourceError, bmp, few_bits, guard, jpeg, png, riff, sniff, tiff};
use crate::input_file::{self, InputError};
use crate::pose::coco::{Shown, swaps_sides};

/// Endings of the files that are read, for file dialogs; the content decides, not the ending.
pub const EXTENSIONS: [&str; 11] =
    ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "dib", "tif", "tiff", "gif"];
/// The longest side that is read, in pixels.
pub const MAX_SIDE: u32 = 16_384;
/// The largest area that is read, in pixels.
pub const MAX_PIXELS: u64 = 120_000_000;
/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// Reads a picture file.
///
/// # Errors
/// When the path is no readable file; when it is empty, no picture in a format that is read, cut off,
/// damaged, or larger than [`MAX_SIDE`], [`MAX_PIXELS`] or [`MAX_FILE_BYTES`]. Sizes are checked
/// before pixels are decoded.
pub fn open(path: impl AsRef<Path>) -> Result<Frame, SourceError> {
    let path = path.as_ref();
    let bytes = read_file(path)?;
    let frame = read_picture(&path.display().to_string(), &bytes)?;
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(Frame { name, path: Some(path.to_owned()), ..frame })
}

/// How a picture is shown; no pixels are decoded. None where [`decode`] would fail before them.
pub fn shape(bytes: &[u8]) -> Option<Shown> {
    let (format, _) = sniff::picture_format(bytes)?;
    if format == ImageFormat::WebP && riff::overlong_metadata(bytes).is_some() {
        return None;
    }
    let bytes = match format {
        ImageFormat::WebP => riff::without_empty_promises(bytes),
        _ => Cow::Borrowed(bytes),
    };
    let bytes = &*bytes;
    let shape = guard::without_panic(|| {
        let mut reader = ImageReader::with_format(std::io::Cursor::new(bytes), format);
        reader.limits(limits_of(format));
        let mut decoder = reader.into_decoder().ok()?;
        let (width, height) = decoder.dimensions();
        check_size("", width, height).ok()?;
        Some((width, height, orientation_of(&mut decoder, format, bytes)))
    });
    let (width, height, orientation) = shape.ok()??;
    Some(match swaps_sides(orientation) {
        true => Shown { width: height, height: width, orientation },
        false => Shown { width, height, orientation },
    })
}

/// Reads a picture from the bytes of a file; `name` stands for it in titles and errors.
///
/// # Errors
/// As [`open`], apart from those of the file system.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Frame, SourceError> {
    check_length(name, bytes.len() as u64)?;
    read_picture(name, bytes)
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

fn read_picture(name: &str, bytes: &[u8]) -> Result<Frame, SourceError> {
    let Some((format, format_name)) = sniff::picture_format(bytes) else {
        return Err(SourceError::NotAPicture { name: name.to_owned(), found: sniff::describe(bytes) });
    };
    if format == ImageFormat::WebP
        && let Some(riff::Overlong { chunk, claimed, found }) = riff::overlong_metadata(bytes)
    {
        return Err(SourceError::ChunkBeyondEnd { name: name.to_owned(), chunk, claimed, found });
    }
    let mut warnings = Vec::new();
    let (mut picture, orientation) = match format {
        ImageFormat::Jpeg => read_jpeg(name, bytes, &mut warnings)?,
        ImageFormat::Tiff => read_tiff(name, bytes)?,
        ImageFormat::WebP => {
            read_pixels(name, &riff::without_empty_promises(bytes), (format, format_name), false)?
        }
        _ => read_pixels(name, bytes, (format, format_name), false)?,
    };
    if let Some(bits) = few_bits::stretch(&mut picture) {
        warnings.push(PictureWarning::FewBits(bits));
    }
    let frame = Frame::still(to_rgb(picture), name, None);
    Ok(Frame { orientation, warnings, ..frame })
}

/// Reads a JPEG; without its end marker, if all of its rows are there.
fn read_jpeg(
    name: &str,
    bytes: &[u8],
    warnings: &mut Vec<PictureWarning>,
) -> Result<(DynamicImage, Orientation), SourceError> {
    let markers = jpeg::Markers::of(bytes);
    let read = |bytes: &[u8]| read_pixels(name, bytes, (ImageFormat::Jpeg, "JPEG"), markers.complete);
    if let Some(kind) = markers.special_kind() {
        return Err(SourceError::UnreadKind { name: name.to_owned(), kind });
    }
    let length = bytes.len();
    let completed = match markers.lacks_tables() {
        true => Cow::Owned(jpeg::with_standard_tables(bytes)),
        false => Cow::Borrowed(bytes),
    };
    let bytes = &*completed;
    if markers.complete {
        return read(bytes);
    }
    if markers.has_all_scans()
        && let [Ok((picture, orientation)), Ok((other, _))] =
            jpeg::ended_in_two_ways(bytes).map(|bytes| read(&bytes))
        && picture == other
    {
        warnings.push(PictureWarning::NoEnd);
        return Ok((picture, orientation));
    }
    Err(SourceError::Truncated { name: name.to_owned(), format: "JPEG", bytes: length })
}

fn read_tiff(name: &str, bytes: &[u8]) -> Result<(DynamicImage, Orientation), SourceError> {
    if let Some(kind) = tiff::misread_kind(bytes) {
        return Err(SourceError::UnreadKind { name: name.to_owned(), kind });
    }
    let (mut picture, orientation) = read_pixels(name, bytes, (ImageFormat::Tiff, "TIFF"), false)?;
    tiff::unmultiply(bytes, &mut picture);
    Ok((picture, orientation))
}

/// The pixels of a picture, upright, and how they were turned for that. Whatever runs into the end of a file that `is_whole`
/// was not cut off: some decoders read all of it at once.
fn read_pixels(
    name: &str,
    bytes: &[u8],
    (format, format_name): (ImageFormat, &'static str),
    is_whole: bool,
) -> Result<(DynamicImage, Orientation), SourceError> {
    let passed_end = Cell::new(false);
    let failed = |reason: String| match passed_end.get() && !is_whole {
        true => SourceError::Truncated { name: name.to_owned(), format: format_name, bytes: bytes.len() },
        false => SourceError::Undecodable { name: name.to_owned(), format: format_name, reason },
    };
    let reader = ImageReader::with_format(EndWatch::new(bytes, &passed_end), format);
    guard::without_panic(|| read_upright(name, reader, format, bytes)).map_err(failed)?.map_err(|failure| {
        match failure {
            Failure::Size(error) => error,
            Failure::Decoder(error) => {
                let kind = match (format, &error) {
                    (ImageFormat::Tiff, ImageError::Unsupported(_)) => tiff::special_kind(bytes),
                    (ImageFormat::Bmp, ImageError::Unsupported(_)) => bmp::special_kind(bytes),
                    _ => None,
                };
                match kind {
                    Some(kind) => SourceError::UnreadKind { name: name.to_owned(), kind },
                    None => failed(reason_of(&error)),
                }
            }
        }
    })
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
    reader.limits(limits_of(format));
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    check_size(name, width, height).map_err(Failure::Size)?;
    if !is_room_for(decoder.total_bytes()) {
        let name = name.to_owned();
        return Err(Failure::Size(SourceError::NoMemory { name, width, height }));
    }
    let orientation = orientation_of(&mut decoder, format, bytes);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok((picture, orientation))
}

/// How the pixels are to be turned. A picture with unreadable metadata is still a picture. The decoders do not see EXIF
/// everywhere in the file, take the last block of several, and other spellings of a number for none.
fn orientation_of(decoder: &mut impl ImageDecoder, format: ImageFormat, bytes: &[u8]) -> Orientation {
    let exif = match format {
        ImageFormat::Jpeg => jpeg::exif(bytes),
        ImageFormat::Png => png::exif(bytes),
        ImageFormat::WebP => riff::exif(bytes),
        _ => return decoder.orientation().unwrap_or(Orientation::NoTransforms),
    };
    exif.and_then(tiff::orientation).unwrap_or(Orientation::NoTransforms)
}

/// The innermost message, without the wrappers that repeat the format.
fn reason_of(error: &ImageError) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string().trim_end().to_owned()
}
