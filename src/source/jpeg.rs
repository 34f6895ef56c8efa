//! Whether a JPEG is all there.
//!
//! The decoder fills what is missing with grey and reports success, so the end of the picture is
//! looked for here. Follows the marker syntax of ITU-T T.81, annex B.

const START_OF_IMAGE: [u8; 2] = [0xff, 0xd8];
const END_OF_IMAGE: u8 = 0xd9;

/// True if the markers lead from the start of the image to its end-of-image marker. A thumbnail's own
/// end, inside a metadata segment, does not count; bytes after the end do not matter.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(&START_OF_IMAGE) else {
        return false;
    };
    while let Some((marker, after)) = next_marker(rest) {
        if marker == END_OF_IMAGE {
            return true;
        }
        let Some(after_segment) = skip_segment(after) else {
            return false;
        };
        rest = after_segment;
    }
    false
}

/// The next marker that is followed by a segment or ends the image, and the bytes behind it.
/// Passes over entropy-coded data with its stuffed zeros and restart markers, and over fill bytes.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes;
    loop {
        let prefix = rest.iter().position(|&byte| byte == 0xff)?;
        rest = rest.get(prefix + 1..)?;
        match rest.split_first()? {
            (0x00 | 0x01 | 0xd0..=0xd7, after) => rest = after,
            (0xff, _) => {}
            (&marker, after) => return Some((marker, after)),
        }
    }
}

/// Skips a segment, whose first two bytes give its length including themselves.
fn skip_segment(bytes: &[u8]) -> Option<&[u8]> {
    let (length, _) = bytes.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length < 2 { None } else { bytes.get(length..) }
}

#[cfg(test)]
mod tests {
    use super::is_complete;

    const WHOLE: &[u8] = &[
        0xff, 0xd8, // start of image
        0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9, // metadata with a thumbnail in it
        0xff, 0xff, 0xda, 0, 3, 7, // fill byte, start of scan
        1, 0xff, 0x00, 2, 0xff, 0xd3, 3, // entropy-coded data: stuffed zero, restart marker
        0xff, 0xd9, // end of image
    ];

    #[test]
    fn whole_and_followed_by_other_bytes() {
        assert!(is_complete(WHOLE));
        assert!(is_complete(&[WHOLE, &[0xa5; 9]].concat()));
    }

    #[test]
    fn no_prefix_is_complete() {
        for length in 0..WHOLE.len() {
            assert!(!is_complete(&WHOLE[..length]), "{length} bytes");
        }
    }

    #[test]
    fn a_segment_shorter_than_its_length_field_is_broken() {
        assert!(!is_complete(&[0xff, 0xd8, 0xff, 0xe1, 0, 1, 0xff, 0xd9]));
    }
}
