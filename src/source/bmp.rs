//! Which kind of BMP a file is, for those that the decoder does not read.

/// Where the length of the header of the picture is, behind that of the file.
const HEADER_LENGTH: usize = 14;
/// Where the compression is.
const COMPRESSION: usize = 30;

/// What is special about a BMP, worded to follow "it is"; none where it looks like an ordinary one.
pub(super) fn special_kind(bytes: &[u8]) -> Option<&'static str> {
    let number = |at: usize| bytes.get(at..)?.first_chunk::<4>().map(|four| u32::from_le_bytes(*four));
    match (number(HEADER_LENGTH)?, number(COMPRESSION)) {
        (16 | 64, _) => Some("a BMP of OS/2"),
        (_, Some(4)) => Some("a BMP with a JPEG in it"),
        (_, Some(5)) => Some("a BMP with a PNG in it"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::special_kind;

    #[test]
    fn the_kind_is_told_by_the_header() {
        let kind = |length: u8, compression: u8| {
            let mut bytes = vec![0; 54];
            (bytes[14], bytes[30]) = (length, compression);
            special_kind(&bytes)
        };
        assert_eq!(kind(64, 0), Some("a BMP of OS/2"));
        assert_eq!(kind(40, 5), Some("a BMP with a PNG in it"));
        assert_eq!(kind(40, 0), None);
        assert_eq!(special_kind(b"BM"), None);
    }
}
