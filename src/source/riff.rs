//! The metadata of a WebP file, and such that claims more bytes than there are.
//!
//! A WebP file is a RIFF container: a header, then chunks, each with a name, a length, and as many bytes padded to
//! an even number. The decoder makes room for EXIF, XMP and colour profiles by their length before it reads a byte
//! of them, and no limit holds it back; 60 bytes can ask for 4 GiB. A chunk of pixels that is too short is left to
//! the decoder, which reads those bit by bit.

use std::borrow::Cow;

/// Bytes before the first chunk: `RIFF`, a length, `WEBP`.
const FILE_HEADER: usize = 12;
/// Bytes of a chunk's name and length.
const CHUNK_HEADER: usize = 8;
/// A frame of an animation, which holds chunks of its own.
const FRAME: &[u8; 4] = b"ANMF";
/// Bytes of a frame before its chunks.
const FRAME_HEADER: usize = 16;
/// How many chunks the decoder looks at in a frame.
const CHUNKS_OF_FRAME: usize = 2;
/// Chunks that are read whole, by name.
const METADATA: [&str; 3] = ["EXIF", "XMP ", "ICCP"];

/// A chunk that ends beyond the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overlong {
    /// Its name.
    pub chunk: &'static str,
    /// Bytes that it claims.
    pub claimed: u64,
    /// Bytes from its beginning to the end of the file.
    pub found: u64,
}

/// Where the flags of an extended file are: behind the name and the length of its first chunk.
const FLAGS: usize = FILE_HEADER + CHUNK_HEADER;
const EXIF_FLAG: u8 = 0x08;
/// Chunks that flags announce.
const PROMISES: [(u8, &[u8; 4]); 3] = [(0x20, b"ICCP"), (EXIF_FLAG, b"EXIF"), (0x04, b"XMP ")];

struct Chunk {
    name: [u8; 4],
    start: usize,
    length: usize,
}

/// The first chunk of metadata that claims more bytes than the file has; `bytes` are those of the whole file.
pub(super) fn overlong_metadata(bytes: &[u8]) -> Option<Overlong> {
    let frames = chunks(bytes, FILE_HEADER).filter(|chunk| chunk.name == *FRAME);
    let inside = frames
        .flat_map(|frame| chunks(bytes, frame.start.saturating_add(FRAME_HEADER)).take(CHUNKS_OF_FRAME));
    chunks(bytes, FILE_HEADER).chain(inside).find_map(|chunk| {
        let name = METADATA.into_iter().find(|name| *name.as_bytes() == chunk.name)?;
        let found = bytes.len().saturating_sub(chunk.start);
        (chunk.length > found).then(|| Overlong {
            chunk: name.trim_end(),
            claimed: chunk.length as u64,
            found: found as u64,
        })
    })
}

/// The EXIF block, wherever it stands; none where there is none, it is cut off, or the file does not announce it: other
/// programs do not look for it then. The decoder does not look for it in animations.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    if flags(bytes)? & EXIF_FLAG == 0 {
        return None;
    }
    let chunk = chunks(bytes, FILE_HEADER).find(|chunk| chunk.name == *b"EXIF")?;
    bytes.get(chunk.start..chunk.start.checked_add(chunk.length)?)
}

/// The file without a word of metadata that it does not have: programs that strip it may forget that, and the decoder
/// takes such a file for cut off.
pub(super) fn without_empty_promises(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(flags) = flags(bytes) else { return Cow::Borrowed(bytes) };
    let has = |name: &[u8; 4]| chunks(bytes, FILE_HEADER).any(|chunk| chunk.name == *name);
    let kept = PROMISES
        .iter()
        .filter(|(flag, name)| flags & flag != 0 && !has(name))
        .fold(flags, |flags, (flag, _)| flags & !flag);
    let mut bytes = Cow::Borrowed(bytes);
    if kept != flags
        && let Some(place) = bytes.to_mut().get_mut(FLAGS)
    {
        *place = kept;
    }
    bytes
}

/// What an extended file announces.
fn flags(bytes: &[u8]) -> Option<u8> {
    let first = chunks(bytes, FILE_HEADER).next()?;
    (first.name == *b"VP8X").then(|| bytes.get(FLAGS).copied()).flatten()
}

/// The chunks one behind the other from a position on, until the file ends.
fn chunks(bytes: &[u8], mut position: usize) -> impl Iterator<Item = Chunk> {
    std::iter::from_fn(move || {
        let header = bytes.get(position..)?.first_chunk::<CHUNK_HEADER>()?;
        let [a, b, c, d, length @ ..] = *header;
        let (length, start) = (u32::from_le_bytes(length) as usize, position + CHUNK_HEADER);
        position = start.saturating_add(length).saturating_add(length % 2);
        Some(Chunk { name: [a, b, c, d], start, length })
    })
}

#[cfg(test)]
mod tests {
    use super::{FLAGS, Overlong, exif, overlong_metadata, without_empty_promises};

    fn chunk(name: &[u8; 4], length: u32, content: &[u8]) -> Vec<u8> {
        [&name[..], &length.to_le_bytes(), content].concat()
    }

    fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBP".to_vec(), chunks.concat()].concat()
    }

    #[test]
    fn metadata_beyond_the_end_is_found() {
        let odd = chunk(b"ICCP", 3, b"abc\0");
        let pixels = chunk(b"VP8 ", 900, b"");
        assert_eq!(overlong_metadata(&file(&[odd.clone(), chunk(b"EXIF", 2, b"MM")])), None);
        let found = overlong_metadata(&file(&[odd, chunk(b"XMP ", u32::MAX, b"<x/>")]));
        assert_eq!(found, Some(Overlong { chunk: "XMP", claimed: u64::from(u32::MAX), found: 4 }));
        assert_eq!(overlong_metadata(&file(&[pixels])), None, "cut off pixels are told by the decoder");
        assert_eq!(overlong_metadata(b"RIFF"), None);
    }

    #[test]
    fn exif_counts_where_the_file_announces_it() {
        let with = |flags: u8| {
            file(&[chunk(b"VP8X", 10, &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]), chunk(b"EXIF", 2, b"MM")])
        };
        assert_eq!(exif(&with(0x08)), Some(&b"MM"[..]));
        assert_eq!(exif(&with(0x04)), None);
        assert_eq!(exif(&file(&[chunk(b"VP8L", 0, b""), chunk(b"EXIF", 2, b"MM")])), None);
        let mended = without_empty_promises(&with(0x3c)).into_owned();
        assert_eq!(mended[FLAGS], 0x18, "alpha and EXIF are there, a profile and XMP are not");
        assert_eq!(*without_empty_promises(&with(0x08)), *with(0x08));
        assert_eq!(*without_empty_promises(b"RIFF"), *b"RIFF");
    }

    #[test]
    fn metadata_inside_a_frame_is_found() {
        let hidden = [vec![0; 16], chunk(b"VP8L", 2, b"\x2f\0"), chunk(b"EXIF", 1 << 31, b"")].concat();
        let bytes = file(&[chunk(b"ANMF", hidden.len() as u32, &hidden)]);
        assert_eq!(overlong_metadata(&bytes), Some(Overlong { chunk: "EXIF", claimed: 1 << 31, found: 0 }));
    }
}
