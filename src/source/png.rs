//! The metadata of a PNG file, wherever it stands.
//!
//! A PNG file is a signature, then chunks: a length, a name, as many bytes, a check sum. The decoder has read nothing
//! behind the pixels when it is asked how they are turned; programs that add EXIF to a finished file put it there.

use std::io::{Read, Result, Seek};

use super::start_of_file::part;

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

/// As [`exif`], of a file that begins at `start` and has `length` bytes; the pixels are passed over, not read.
///
/// # Errors
/// When it cannot be read.
pub(super) fn exif_in(file: &mut (impl Read + Seek), start: u64, length: u64) -> Result<Option<Vec<u8>>> {
    let mut position = SIGNATURE as u64;
    while position + CHUNK_HEADER as u64 <= length {
        let [a, b, c, d, name @ ..] = *part(file, start + position, CHUNK_HEADER as u64)?
            .first_chunk::<CHUNK_HEADER>()
            .unwrap_or(&[0; CHUNK_HEADER]);
        let content = u64::from(u32::from_be_bytes([a, b, c, d]));
        position += CHUNK_HEADER as u64;
        if name == *b"eXIf" {
            let whole = position + content <= length;
            return if whole { part(file, start + position, content).map(Some) } else { Ok(None) };
        }
        position += content + CHECK_SUM as u64;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{exif, exif_in};

    fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat()
    }

    #[test]
    fn exif_is_found_behind_the_pixels() {
        let start =
            [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", b"pixels")].concat();
        let bytes = [start.clone(), chunk(b"eXIf", b"MM"), chunk(b"IEND", b"")].concat();
        assert_eq!(exif(&bytes), Some(&b"MM"[..]));
        let inside = [b"before".to_vec(), bytes.clone(), b"behind".to_vec()].concat();
        let in_file = |length: usize| exif_in(&mut Cursor::new(&inside), 6, length as u64).unwrap();
        assert_eq!(in_file(bytes.len()), Some(b"MM".to_vec()));
        assert_eq!(in_file(start.len() + 9), None);
        assert_eq!(in_file(start.len()), None);
        assert_eq!(exif(&bytes[..start.len() + 9]), None, "cut off");
        assert_eq!(exif(&[start, chunk(b"IEND", b"")].concat()), None);
    }
}
