//! The metadata of a WebP file, and such that claims more bytes than there are.
//!
//! A WebP file is a RIFF container: a header, then chunks, each with a name, a length, and as many bytes padded to
//! an even number. The decoder makes room for EXIF, XMP and colour profiles by their length before it reads a byte
//! of them, and no limit holds it back; 60 bytes can ask for 4 GiB. A chunk of pixels that is too short is left to
//! the decoder, which reads those bit by bit.

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

/// The EXIF block, wherever it stands; none where there is none, or it is cut off. The decoder does not look for it in
/// animations.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let chunk = chunks(bytes, FILE_HEADER).find(|chunk| chunk.name == *b"EXIF")?;
    bytes.get(chunk.start..chunk.start.checked_add(chunk.length)?)
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
    use super::{Overlong, exif, overlong_metadata};

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
        assert_eq!(exif(&file(&[odd.clone(), chunk(b"EXIF", 2, b"MM")])), Some(&b"MM"[..]));
        let found = overlong_metadata(&file(&[odd, chunk(b"XMP ", u32::MAX, b"<x/>")]));
        assert_eq!(found, Some(Overlong { chunk: "XMP", claimed: u64::from(u32::MAX), found: 4 }));
        assert_eq!(overlong_metadata(&file(&[pixels])), None, "cut off pixels are told by the decoder");
        assert_eq!(overlong_metadata(b"RIFF"), None);
    }

    #[test]
    fn metadata_inside_a_frame_is_found() {
        let hidden = [vec![0; 16], chunk(b"VP8L", 2, b"\x2f\0"), chunk(b"EXIF", 1 << 31, b"")].concat();
        let bytes = file(&[chunk(b"ANMF", hidden.len() as u32, &hidden)]);
        assert_eq!(overlong_metadata(&bytes), Some(Overlong { chunk: "EXIF", claimed: 1 << 31, found: 0 }));
    }
}
