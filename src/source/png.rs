//! The metadata of a PNG file, wherever it stands.
//!
//! A PNG file is a signature, then chunks: a length, a name, as many bytes, a check sum. The decoder has read nothing
//! behind the pixels when it is asked how they are turned; programs that add EXIF to a finished file put it there.

/// Bytes before the first chunk.
const SIGNATURE: usize = 8;
/// Bytes of a chunk's length and name.
const CHUNK_HEADER: usize = 8;
/// Bytes of a chunk's check sum.
const CHECK_SUM: usize = 4;

/// The EXIF block; none where there is none, or it is cut off.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(SIGNATURE..)?;
    loop {
        let [a, b, c, d, name @ ..] = *rest.first_chunk::<CHUNK_HEADER>()?;
        let end = CHUNK_HEADER.checked_add(u32::from_be_bytes([a, b, c, d]) as usize)?;
        let content = rest.get(CHUNK_HEADER..end)?;
        if name == *b"eXIf" {
            return Some(content);
        }
        rest = rest.get(end.checked_add(CHECK_SUM)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::exif;

    fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat()
    }

    #[test]
    fn exif_is_found_behind_the_pixels() {
        let start =
            [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", b"pixels")].concat();
        let bytes = [start.clone(), chunk(b"eXIf", b"MM"), chunk(b"IEND", b"")].concat();
        assert_eq!(exif(&bytes), Some(&b"MM"[..]));
        assert_eq!(exif(&bytes[..start.len() + 9]), None, "cut off");
        assert_eq!(exif(&[start, chunk(b"IEND", b"")].concat()), None);
    }
}
