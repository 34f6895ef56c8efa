//! What the markers of a JPEG say: its kind, whether it is all there, whether it has its own tables.
//!
//! The decoder fills what is missing with grey and reports success, and decodes some kinds wrongly, so that both are
//! told here. Follows the marker syntax of ITU-T T.81, annex B.

const START_OF_IMAGE: [u8; 2] = [0xff, 0xd8];
const END_OF_IMAGE: u8 = 0xd9;
const HUFFMAN_TABLES: u8 = 0xc4;
const EXTENSION: u8 = 0xc8;
const ARITHMETIC_TABLES: u8 = 0xcc;
const START_OF_SCAN: u8 = 0xda;
/// A start of image with the application segment that asks for the standard Huffman tables: motion JPEG as in AVI.
const START_OF_AVI: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0x00, 0x07, b'A', b'V', b'I', b'1', 0];
/// A segment of an application, here with EXIF.
const EXIF: u8 = 0xe1;
const EXIF_NAME: &[u8] = b"Exif\0\0";
const JFIF: u8 = 0xe0;
const JFIF_NAME: &[u8] = b"JFIF\0";
const ADOBE: u8 = 0xee;
const ADOBE_NAME: &[u8] = b"Adobe";
/// Where a segment of Adobe's tells how colours are kept.
const ADOBE_TRANSFORM: usize = 11;
/// The marker that begins the frame of another standard, JPEG-LS.
const START_OF_LS: u8 = 0xf7;
/// Factors of sampling that are decoded.
const SAMPLING: [u8; 3] = [1, 2, 4];
/// Bytes that stand in for missing ones, to see whether any are missing; several for each row of blocks are enough.
const FILLER: [u8; 256] = [0x55; 256];

/// The markers of a JPEG, up to its end or to where they break off.
#[derive(Debug, Default)]
pub(super) struct Markers {
    /// Whether they lead to the end-of-image marker. A thumbnail's own end, inside a metadata segment, does not
    /// count; bytes after the end do not matter.
    pub complete: bool,
    has_tables: bool,
    /// The marker that begins the frame, which tells the coding; 0 before it.
    frame: u8,
    bits: u8,
    height: u16,
    components: Vec<Component>,
    scans: usize,
    is_jfif: bool,
    /// How Adobe's segment says that colours are kept; 0 for as they are.
    adobe_transform: Option<u8>,
}

#[derive(Debug)]
struct Component {
    id: u8,
    across: u8,
    down: u8,
    /// A bit for each of the 64 coefficients whose last bit was in a scan.
    scanned: u64,
}

impl Markers {
    /// Reads the markers; the pixels between them are passed over.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut markers = Self::default();
        let mut rest = bytes.strip_prefix(&START_OF_IMAGE).unwrap_or_default();
        while let Some((marker, after)) = next_marker(rest) {
            if marker == END_OF_IMAGE {
                markers.complete = true;
                break;
            }
            let Some((segment, behind)) = segment(after) else { break };
            match marker {
                HUFFMAN_TABLES => markers.has_tables = true,
                START_OF_LS => markers.frame = marker,
                JFIF => markers.is_jfif |= segment.starts_with(JFIF_NAME),
                ADOBE if segment.starts_with(ADOBE_NAME) => {
                    markers.adobe_transform = segment.get(ADOBE_TRANSFORM).copied();
                }
                EXTENSION | ARITHMETIC_TABLES => {}
                0xc0..=0xcf => markers.begin_frame(marker, segment),
                START_OF_SCAN => markers.add_scan(segment),
                _ => {}
            }
            rest = behind;
        }
        markers
    }

    fn begin_frame(&mut self, marker: u8, segment: &[u8]) {
        let &[bits, above, below, _, _, _, ref components @ ..] = segment else { return };
        (self.frame, self.bits) = (marker, bits);
        self.height = u16::from_be_bytes([above, below]);
        let (components, _) = components.as_chunks::<3>();
        let component = |&[id, factors, _]: &[u8; 3]| Component {
            id,
            across: factors >> 4,
            down: factors & 0x0f,
            scanned: 0,
        };
        self.components = components.iter().map(component).collect();
    }

    fn add_scan(&mut self, segment: &[u8]) {
        self.scans += 1;
        let Some((&count, rest)) = segment.split_first() else { return };
        let Some((components, &[first, last, approximation, ..])) =
            rest.split_at_checked(usize::from(count) * 2)
        else {
            return;
        };
        // The low half is how many of the last bits are left to later scans.
        if approximation & 0x0f != 0 || first > last || last > 63 {
            return;
        }
        let coefficients = (u64::MAX >> (63 - last)) & (u64::MAX << first);
        for &[id, _] in components.as_chunks::<2>().0 {
            for component in self.components.iter_mut().filter(|component| component.id == id) {
                component.scanned |= coefficients;
            }
        }
    }

    /// What is special about the picture, worded to follow "it is", where that is not decoded, or not rightly.
    pub(super) fn special_kind(&self) -> Option<&'static str> {
        match self.frame {
            0xc3 => return Some("a lossless JPEG"),
            0xc5..=0xc7 => return Some("a hierarchical JPEG"),
            0xc9..=0xcf => return Some("a JPEG with arithmetic coding"),
            _ => {}
        }
        if self.frame == START_OF_LS {
            return Some("a JPEG-LS picture");
        }
        if self.frame != 0 && self.bits != 8 {
            return Some("a JPEG of more than 8 bits a channel");
        }
        if self.frame != 0 && self.height == 0 {
            return Some("a JPEG that tells its height behind its pixels");
        }
        self.special_channels()
    }

    /// As [`Markers::special_kind`], about the channels.
    fn special_channels(&self) -> Option<&'static str> {
        if !self.components.is_empty() && !matches!(self.components.len(), 1 | 3 | 4) {
            return Some("a JPEG of neither one, three nor four channels");
        }
        // Other programs go by JFIF, the decoder by the other sign.
        let ids = self.components.iter().map(|component| component.id);
        let as_they_are = self.adobe_transform == Some(0) || ids.eq(*b"RGB");
        if self.is_jfif && self.components.len() == 3 && as_they_are {
            return Some("a JPEG that says two things of how its colours are kept");
        }
        let is_read = |component: &Component| {
            [component.across, component.down].iter().all(|factor| SAMPLING.contains(factor))
        };
        if !self.components.iter().all(is_read) {
            return Some("a JPEG with unusual sampling of its channels");
        }
        let (luma, chroma) = self.components.split_first()?;
        let finer = |other: &Component| other.across > luma.across || other.down > luma.down;
        if chroma.iter().take(2).any(finer) {
            return Some("a JPEG with colour finer than brightness");
        }
        let sequential = matches!(self.frame, 0xc0 | 0xc1);
        let grouped = |component: &Component| component.across > 1 || component.down > 1;
        let coarser = |other: &Component| other.across < luma.across || other.down < luma.down;
        if !sequential || self.scans < 2 || chroma.is_empty() || !self.components.iter().any(grouped) {
            return None;
        }
        Some(match chroma.iter().any(coarser) {
            true => "a JPEG with a scan for each channel and colour coarser than brightness",
            false => "a JPEG with a scan for each channel and blocks in groups",
        })
    }

    /// Whether every bit of every coefficient was in a scan, of which the last may be cut off.
    pub(super) fn has_all_scans(&self) -> bool {
        !self.components.is_empty() && self.components.iter().all(|component| component.scanned == u64::MAX)
    }

    /// Whether the standard Huffman tables are meant, as none are given.
    pub(super) fn lacks_tables(&self) -> bool {
        matches!(self.frame, 0xc0 | 0xc1) && !self.has_tables
    }
}

/// The picture with an end, and with one behind some filler. Where every row is there, both decode alike.
pub(super) fn ended_in_two_ways(bytes: &[u8]) -> [Vec<u8>; 2] {
    // Half an end marker, or fill bytes before it.
    let length = bytes.iter().rposition(|&byte| byte != 0xff).map_or(0, |last| last + 1);
    let bytes = bytes.get(..length).unwrap_or_default();
    [&[][..], &FILLER].map(|filler| [bytes, filler, &[0xff, END_OF_IMAGE]].concat())
}

/// The picture with a word that it is decoded by the standard Huffman tables.
pub(super) fn with_standard_tables(bytes: &[u8]) -> Vec<u8> {
    [START_OF_AVI, bytes.get(START_OF_IMAGE.len()..).unwrap_or_default()].concat()
}

/// The first EXIF block, which is the one that other programs go by.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(&START_OF_IMAGE)?;
    loop {
        let (marker, after) = next_marker(rest)?;
        let (content, behind) = segment(after)?;
        match marker {
            START_OF_SCAN | END_OF_IMAGE => return None,
            EXIF if content.starts_with(EXIF_NAME) => return Some(content),
            _ => rest = behind,
        }
    }
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

/// The content of a segment and the bytes behind it; the segment's first two bytes give its length including
/// themselves.
fn segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, _) = bytes.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    Some((bytes.get(2..length)?, bytes.get(length..)?))
}

#[cfg(test)]
mod tests {
    use super::Markers;

    const WHOLE: &[u8] = &[
        0xff, 0xd8, // start of image
        0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9, // metadata with a thumbnail in it
        0xff, 0xff, 0xda, 0, 3, 7, // fill byte, start of scan
        1, 0xff, 0x00, 2, 0xff, 0xd3, 3, // entropy-coded data: stuffed zero, restart marker
        0xff, 0xd9, // end of image
    ];

    fn is_complete(bytes: &[u8]) -> bool {
        Markers::of(bytes).complete
    }

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

    /// A frame of one component, then scans of (first coefficient, last, bits left to later ones).
    fn progressive(scans: &[[u8; 3]]) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xc2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0];
        for [first, last, left] in scans {
            bytes.extend([0xff, 0xda, 0, 8, 1, 1, 0, *first, *last, *left, 0x12]);
        }
        bytes
    }

    #[test]
    fn a_picture_has_all_scans_when_every_last_bit_was_in_one() {
        let has_all = |scans: &[[u8; 3]]| Markers::of(&progressive(scans)).has_all_scans();
        assert!(has_all(&[[0, 0, 0], [1, 5, 0], [6, 63, 0]]));
        assert!(has_all(&[[0, 0, 1], [1, 63, 2], [1, 63, 0x21], [1, 63, 0x10], [0, 0, 0x10]]));
        assert!(!has_all(&[[0, 0, 0], [1, 62, 0]]));
        assert!(!has_all(&[[0, 0, 0], [1, 63, 1]]));
        assert!(!has_all(&[]));
    }
}
