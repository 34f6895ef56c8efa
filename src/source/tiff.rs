//! Which kind of TIFF a file is, for those that the decoder does not read.
//!
//! Follows TIFF 6.0: a header with the byte order, then a directory of twelve-byte entries.

const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const SAMPLE_FORMAT: u16 = 339;
/// Bytes of an entry of the directory.
const ENTRY: usize = 12;

/// What is special about a TIFF, worded to follow "it is"; none where it looks like an ordinary one.
pub(super) fn special_kind(bytes: &[u8]) -> Option<&'static str> {
    let little = bytes.starts_with(b"II*\0");
    let short = |at: usize| {
        let pair = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four = *bytes.get(4..)?.first_chunk::<4>()?;
    let directory = if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) } as usize;
    let entries = usize::from(short(directory)?);
    let value = |tag: u16| {
        let mut places = (0..entries).map(|index| directory.saturating_add(2 + index * ENTRY));
        let place = places.find(|&place| short(place) == Some(tag))?;
        short(place + 8)
    };
    match value(COMPRESSION) {
        Some(2..=4) => return Some("a TIFF with fax compression"),
        Some(6 | 7) => return Some("a TIFF with JPEG compression"),
        Some(34_712) => return Some("a TIFF with JPEG 2000 compression"),
        Some(50_000) => return Some("a TIFF with Zstandard compression"),
        Some(50_001) => return Some("a TIFF with WebP compression"),
        _ => {}
    }
    match value(PHOTOMETRIC)? {
        3 => Some("a TIFF with a colour palette"),
        5 => Some("a TIFF with inks for print (CMYK)"),
        6 => Some("a TIFF with brightness and colour apart (YCbCr)"),
        8 | 9 => Some("a TIFF with Lab colours"),
        32_803 => Some("a TIFF with raw camera pixels"),
        _ => match value(SAMPLE_FORMAT) {
            Some(3) => Some("a TIFF of floating-point numbers"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::special_kind;

    #[test]
    fn the_kind_is_told_in_either_byte_order() {
        // One entry: photometric interpretation, a short, one of it, 3.
        let little = b"II*\0\x08\0\0\0\x01\0\x06\x01\x03\0\x01\0\0\0\x03\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x06\0\x03\0\0\0\x01\0\x03\0\0";
        assert_eq!(special_kind(little), Some("a TIFF with a colour palette"));
        assert_eq!(special_kind(big), Some("a TIFF with a colour palette"));
        assert_eq!(special_kind(&little[..12]), None);
    }
}
