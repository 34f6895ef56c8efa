//! Directories of TIFF files, which EXIF blocks have too, and what they say of a picture.
//!
//! Follows TIFF 6.0: a header with the byte order, then a directory of twelve-byte entries.

use image::DynamicImage;
use image::metadata::Orientation;

const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const FILL_ORDER: u16 = 266;
const ORIENTATION: u16 = 274;
const SAMPLES: u16 = 277;
const EXTRA_SAMPLES: u16 = 338;
const SAMPLE_FORMAT: u16 = 339;
/// Bytes of an entry of the directory.
const ENTRY: usize = 12;
/// The kind of an extra sample with which the colours are multiplied.
const MULTIPLIED: u32 = 1;

/// The first directory of a file or block.
struct Directory<'a> {
    bytes: &'a [u8],
    little: bool,
    start: usize,
    entries: usize,
}

impl<'a> Directory<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let little = bytes.starts_with(b"II*\0");
        if !little && !bytes.starts_with(b"MM\0*") {
            return None;
        }
        let mut directory = Self { bytes, little, start: 0, entries: 0 };
        directory.start = usize::try_from(directory.long(4)?).ok()?;
        directory.entries = directory.short(directory.start)? as usize;
        Some(directory)
    }

    fn short(&self, at: usize) -> Option<u32> {
        let pair = *self.bytes.get(at..)?.first_chunk::<2>()?;
        Some(if self.little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }.into())
    }

    fn long(&self, at: usize) -> Option<u32> {
        let four = *self.bytes.get(at..)?.first_chunk::<4>()?;
        Some(if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }

    /// The number of an entry, the first where it has several; none where there is no such entry, or no whole number in
    /// it.
    fn number(&self, tag: u16) -> Option<u32> {
        let mut places = (0..self.entries).map_while(|index| self.start.checked_add(2 + index * ENTRY));
        let place = places.find(|&place| self.short(place) == Some(tag.into()))?;
        let (kind, count) = (self.short(place + 2)?, self.long(place + 4)? as usize);
        let size = match kind {
            1 | 6 => 1,
            3 | 8 => 2,
            4 | 9 => 4,
            _ => return None,
        };
        // What does not fit into an entry is elsewhere.
        let at = if count.checked_mul(size)? > 4 { self.long(place + 8)? as usize } else { place + 8 };
        match size {
            1 => self.bytes.get(at).copied().map(u32::from),
            2 => self.short(at),
            _ => self.long(at),
        }
    }
}

/// The turn that an EXIF block tells, with or without the name before it.
pub(super) fn orientation(exif: &[u8]) -> Option<Orientation> {
    let number = Directory::of(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))?.number(ORIENTATION)?;
    u8::try_from(number).ok().and_then(Orientation::from_exif)
}

/// What is special about a TIFF, worded to follow "it is", where the decoder reads it wrongly without a word.
pub(super) fn misread_kind(bytes: &[u8]) -> Option<&'static str> {
    let reversed = Directory::of(bytes)?.number(FILL_ORDER) == Some(2);
    reversed.then_some("a TIFF with the bits of each byte in reverse order")
}

/// What is special about a TIFF, worded to follow "it is"; none where it looks like an ordinary one.
pub(super) fn special_kind(bytes: &[u8]) -> Option<&'static str> {
    let directory = Directory::of(bytes)?;
    let value = |tag: u16| directory.number(tag);
    match value(COMPRESSION) {
        Some(2..=4) => return Some("a TIFF with fax compression"),
        Some(6 | 7) => return Some("a TIFF with JPEG compression"),
        Some(34_712) => return Some("a TIFF with JPEG 2000 compression"),
        Some(34_925) => return Some("a TIFF with LZMA compression"),
        Some(50_000) => return Some("a TIFF with Zstandard compression"),
        Some(50_001) => return Some("a TIFF with WebP compression"),
        _ => {}
    }
    match value(PHOTOMETRIC)? {
        3 => return Some("a TIFF with a colour palette"),
        4 => return Some("a TIFF that is a mask"),
        5 => return Some("a TIFF with inks for print (CMYK)"),
        6 => return Some("a TIFF with brightness and colour apart (YCbCr)"),
        8 | 9 => return Some("a TIFF with Lab colours"),
        32_803 => return Some("a TIFF with raw camera pixels"),
        _ => {}
    }
    match (value(SAMPLE_FORMAT), value(SAMPLES), value(BITS)) {
        (Some(2), ..) => Some("a TIFF of numbers with a sign"),
        (Some(3), ..) => Some("a TIFF of floating-point numbers"),
        (_, Some(2), _) => Some("a grey TIFF with transparency"),
        (.., Some(1 | 8 | 16)) => None,
        (.., Some(2..8)) => Some("a TIFF of fewer than 8 bits a channel"),
        (.., Some(9..16)) => Some("a TIFF of 9 to 15 bits a channel"),
        (.., Some(_)) => Some("a TIFF of more than 16 bits a channel"),
        _ => None,
    }
}

/// Divides the colours of a TIFF by its alpha where it says that they were multiplied by it.
pub(super) fn unmultiply(bytes: &[u8], picture: &mut DynamicImage) {
    if Directory::of(bytes).and_then(|directory| directory.number(EXTRA_SAMPLES)) != Some(MULTIPLIED) {
        return;
    }
    match picture {
        DynamicImage::ImageRgba8(pixels) => pixels.pixels_mut().for_each(|pixel| {
            let [colours @ .., alpha] = &mut pixel.0;
            if *alpha > 0 {
                let divided = |colour: u8| (u32::from(colour) * 255 / u32::from(*alpha)).min(255) as u8;
                colours.iter_mut().for_each(|colour| *colour = divided(*colour));
            }
        }),
        DynamicImage::ImageRgba16(pixels) => pixels.pixels_mut().for_each(|pixel| {
            let [colours @ .., alpha] = &mut pixel.0;
            if *alpha > 0 {
                let divided =
                    |colour: u16| (u64::from(colour) * 65_535 / u64::from(*alpha)).min(65_535) as u16;
                colours.iter_mut().for_each(|colour| *colour = divided(*colour));
            }
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    /// A directory of short entries, in the byte order of Intel.
    fn file(entries: &[(u16, u16)]) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        bytes.extend((entries.len() as u16).to_le_bytes());
        for (tag, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(b"\x03\0\x01\0\0\0");
            bytes.extend(value.to_le_bytes());
            bytes.extend(b"\0\0");
        }
        bytes
    }

    #[test]
    fn the_kind_is_told_in_either_byte_order() {
        // One entry: photometric interpretation, a short, one of it, 3.
        let little = b"II*\0\x08\0\0\0\x01\0\x06\x01\x03\0\x01\0\0\0\x03\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x06\0\x03\0\0\0\x01\0\x03\0\0";
        assert_eq!(special_kind(little), Some("a TIFF with a colour palette"));
        assert_eq!(special_kind(big), Some("a TIFF with a colour palette"));
        assert_eq!(special_kind(&little[..12]), None);
    }

    #[test]
    fn unread_numbers_and_channels_are_named() {
        let grey = |more: &[(u16, u16)]| special_kind(&file(&[&[(PHOTOMETRIC, 1)], more].concat()));
        assert_eq!(grey(&[(BITS, 8), (SAMPLES, 1)]), None);
        assert_eq!(grey(&[(BITS, 4)]), Some("a TIFF of fewer than 8 bits a channel"));
        assert_eq!(grey(&[(BITS, 12)]), Some("a TIFF of 9 to 15 bits a channel"));
        assert_eq!(grey(&[(BITS, 32)]), Some("a TIFF of more than 16 bits a channel"));
        assert_eq!(grey(&[(BITS, 8), (SAMPLES, 2)]), Some("a grey TIFF with transparency"));
        assert_eq!(grey(&[(BITS, 8), (SAMPLE_FORMAT, 2)]), Some("a TIFF of numbers with a sign"));
        assert!(
            misread_kind(&file(&[(FILL_ORDER, 2)])).is_some()
                && misread_kind(&file(&[(FILL_ORDER, 1)])).is_none()
        );
    }

    #[test]
    fn an_orientation_is_a_whole_number_of_any_size() {
        let entry = |kind: u8, value: &[u8]| {
            [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0"[..], &[kind, 0, 0, 0, 1], value, &[0; 4]].concat()
        };
        for (kind, value) in [(1, [6, 0, 0, 0]), (3, [0, 6, 0, 0]), (4, [0, 0, 0, 6])] {
            assert_eq!(orientation(&entry(kind, &value)), Some(Orientation::Rotate90), "type {kind}");
            let named = [b"Exif\0\0".to_vec(), entry(kind, &value)].concat();
            assert_eq!(orientation(&named), Some(Orientation::Rotate90));
        }
        assert_eq!(orientation(&entry(3, &[0, 9, 0, 0])), None);
        assert_eq!(orientation(&entry(5, &[0, 6, 0, 0])), None);
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff"), None);
    }

    #[test]
    fn colours_that_were_multiplied_by_alpha_are_divided_by_it() {
        let divided = |kind: u16| {
            let mut picture = DynamicImage::from(RgbaImage::from_pixel(1, 1, Rgba([50, 100, 120, 128])));
            unmultiply(&file(&[(EXTRA_SAMPLES, kind)]), &mut picture);
            picture.into_rgba8().get_pixel(0, 0).0
        };
        assert_eq!(divided(1), [99, 199, 239, 128]);
        assert_eq!(divided(2), [50, 100, 120, 128]);
    }
}
