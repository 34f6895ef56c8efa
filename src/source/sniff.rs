//! What a file is, told from its first bytes and not from its name.

use image::ImageFormat;

use crate::counted::counted;

/// A magic number at an offset, and what it announces, worded to follow "it looks like".
type Signature = (usize, &'static [u8], &'static str);

/// Things people do open by mistake.
const OTHERS: &[Signature] = &[
    (0, b"II\x2b\0", "a BigTIFF picture (save it as an ordinary TIFF)"),
    (0, b"MM\0\x2b", "a BigTIFF picture (save it as an ordinary TIFF)"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"gimp xcf", "a GIMP document"),
    (0, b"\0\0\x01\0", "a Windows icon"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"qoif", "a QOI picture"),
    (0, b"#?RADIANCE", "a Radiance HDR picture"),
    (0, b"\x76\x2f\x31\x01", "an OpenEXR picture"),
    (0, b"DDS ", "a DirectDraw texture"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
];

/// Videos: a magic number at an offset, and what it announces. Those of the ISO base media format are told apart from its
/// pictures by their brands.
const VIDEOS: &[Signature] = &[
    (0, b"\x1a\x45\xdf\xa3", "a Matroska or WebM video"),
    (8, b"AVI LIST", "an AVI video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media video"),
    (0, b"FLV\x01", "a Flash video"),
    (0, b"OggS", "an Ogg video"),
    (0, b"\0\0\x01\xba", "an MPEG video"),
    (0, b"\0\0\x01\xb3", "an MPEG video"),
    (4, b"moov", MP4),
    (4, b"mdat", MP4),
    (4, b"wide", MP4),
];
/// Files of the ISO base media format that are no pictures.
const MP4: &str = "an MP4 or QuickTime video";
/// The first byte of each packet of an MPEG transport stream, and how long those are; with a time before each on discs.
const PACKET: (u8, [(usize, usize); 2]) = (0x47, [(0, 188), (4, 192)]);

/// Brands of AVIF files.
const AVIF: [&[u8; 4]; 2] = [b"avif", b"avis"];
/// Brands of HEIC files, of pictures and of sequences.
const HEIC: [&[u8; 4]; 11] =
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"];

/// How much of a file is looked at to tell text from other bytes.
const TEXT_SAMPLE: usize = 512;

/// The picture format these bytes announce, with its usual name, if it is one that is read.
pub(super) fn picture_format(bytes: &[u8]) -> Option<(ImageFormat, &'static str)> {
    let format = image::guess_format(bytes).ok()?;
    let name = match format {
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::Png => "PNG",
        ImageFormat::WebP => "WebP",
        ImageFormat::Bmp => "BMP",
        ImageFormat::Tiff => "TIFF",
        ImageFormat::Gif => "GIF",
        _ => return None,
    };
    Some((format, name))
}

/// What bytes that are no readable picture look like, worded to follow "it looks like".
pub(super) fn describe(bytes: &[u8]) -> String {
    if let Some(what) = base_media(bytes) {
        return what.to_owned();
    }
    if let Some(what) = signed(OTHERS, bytes).or_else(|| signed(VIDEOS, bytes)) {
        return what.to_owned();
    }
    if is_transport_stream(bytes) {
        return "an MPEG video".to_owned();
    }
    let sample = bytes.get(..TEXT_SAMPLE).unwrap_or(bytes);
    match as_text(sample) {
        Some(text) if text.contains("<svg") => "an SVG drawing".to_owned(),
        Some(text) if text.to_lowercase().contains("<html") => "a web page".to_owned(),
        Some(_) => "text".to_owned(),
        None => format!("{} of an unknown kind", counted(bytes.len(), "byte", "bytes")),
    }
}

/// What a file of the ISO base media format is, by its brands: the first four bytes behind its name, and those behind
/// the version that follows. The first alone does not tell, as `mif1` and `msf1` are any picture's and any sequence's.
fn base_media(bytes: &[u8]) -> Option<&'static str> {
    let [a, b, c, d, b'f', b't', b'y', b'p'] = *bytes.first_chunk::<8>()? else { return None };
    let length = (u32::from_be_bytes([a, b, c, d]) as usize).min(bytes.len());
    let (brands, _) = bytes.get(8..length).unwrap_or_default().as_chunks::<4>();
    let is_one_of = |known: &[&[u8; 4]]| brands.iter().any(|brand| known.contains(&brand));
    Some(if is_one_of(&AVIF) {
        "an AVIF picture (export it as JPEG)"
    } else if is_one_of(&HEIC) {
        "an HEIC picture (export it as JPEG)"
    } else {
        MP4
    })
}

/// Whether bytes are the head of a video.
pub(super) fn is_video(bytes: &[u8]) -> bool {
    base_media(bytes) == Some(MP4) || signed(VIDEOS, bytes).is_some() || is_transport_stream(bytes)
}

/// Whether bytes are the head of a picture file that may hold several frames one after the other.
pub(super) fn may_move(bytes: &[u8]) -> bool {
    match picture_format(bytes) {
        Some((ImageFormat::Gif, _)) => true,
        // Before the pixels.
        Some((ImageFormat::Png, _)) => bytes.windows(4).any(|chunk| chunk == b"acTL"),
        // The flags of the extended format.
        Some((ImageFormat::WebP, _)) => {
            bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 0x02 != 0)
        }
        _ => false,
    }
}

/// What the signature of bytes announces, if it is one of these.
fn signed(known: &[Signature], bytes: &[u8]) -> Option<&'static str> {
    let is_at =
        |(offset, magic, _): &&Signature| bytes.get(*offset..).is_some_and(|rest| rest.starts_with(magic));
    known.iter().find(is_at).map(|(.., what)| *what)
}

fn is_transport_stream(bytes: &[u8]) -> bool {
    let (sync, kinds) = PACKET;
    let is_kind = |(first, length): (usize, usize)| {
        (0..4).all(|packet| bytes.get(first + packet * length) == Some(&sync))
    };
    kinds.into_iter().any(is_kind)
}

/// The bytes as text, if they are printable UTF-8; a character cut at the end is forgiven.
fn as_text(sample: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(sample) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(sample.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let printable = |c: char| !c.is_control() || c.is_whitespace();
    (!text.is_empty() && text.chars().all(printable)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{describe, picture_format};

    #[test]
    fn tells_what_is_no_picture() {
        assert_eq!(describe(b"joint,x,y\nnose,1,2\n"), "text");
        assert_eq!(describe(b"<!DOCTYPE html><HTML><body>404"), "a web page");
        assert_eq!(describe(b"<svg xmlns=''/>"), "an SVG drawing");
        assert_eq!(describe(b"%PDF-1.7\n"), "a PDF document");
        assert_eq!(describe(b"\0\0\0\x0cftypheic...."), "an HEIC picture (export it as JPEG)");
        assert_eq!(describe(b"\0\0\0\x18ftypisom...."), "an MP4 or QuickTime video");
        assert_eq!(describe(b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc"), "an HEIC picture (export it as JPEG)");
        assert_eq!(describe(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif"), "an AVIF picture (export it as JPEG)");
        assert_eq!(describe(b"II\x2b\0\x08\0\0\0"), "a BigTIFF picture (save it as an ordinary TIFF)");
        assert_eq!(describe(&[0; 7]), "7 bytes of an unknown kind");
        assert_eq!(describe(&[0xc3]), "1 byte of an unknown kind");
    }

    #[test]
    fn text_cut_inside_a_character_is_still_text() {
        let long = "größe ".repeat(200);
        for start in 0..2 {
            assert_eq!(describe(&long.as_bytes()[start..]), "text");
        }
    }

    #[test]
    fn only_the_formats_that_are_read_count() {
        assert_eq!(picture_format(b"GIF89a").map(|found| found.1), Some("GIF"));
        assert_eq!(picture_format(b"qoif").map(|found| found.1), None);
        assert_eq!(picture_format(b""), None);
    }
}
