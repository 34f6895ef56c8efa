//! Text that is nearly JSON, as other programs write and read it.

use std::borrow::Cow;

use serde::de::Error as _;

/// The bytes as UTF-8 without a byte order mark: what begins with the mark of UTF-16 is turned, as some shells write it.
pub(super) fn as_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let read: fn([u8; 2]) -> u16 = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => return Cow::Borrowed(rest),
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return Cow::Borrowed(bytes),
    };
    let (units, _) = bytes.as_chunks::<2>();
    let units = units.iter().skip(1).map(|unit| read(*unit));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Cow::Owned(text.into_bytes())
}

/// The JSON with null for `NaN`, `Infinity` and numbers beyond the range, and with a mark for each half of a character
/// that stands alone, as Python writes and reads all of these; none where there is nothing to change.
pub(super) fn as_json(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain: Vec<u8> = Vec::new();
    let (mut copied, mut at, mut in_text) = (0, 0, false);
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let (length, instead): (usize, Option<&[u8]>) = match byte {
            b'\\' if in_text => escape(rest),
            b'N' | b'-' | b'I' | b'0'..=b'9' if !in_text => number(rest),
            _ => (1, None),
        };
        in_text ^= byte == b'"';
        if let Some(instead) = instead {
            plain.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
            plain.extend_from_slice(instead);
            copied = at + length;
        }
        at += length;
    }
    if copied == 0 {
        return None;
    }
    plain.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    Some(plain)
}

/// How long the number or word is with which these bytes begin, and what is to stand there instead.
fn number(bytes: &[u8]) -> (usize, Option<&'static [u8]>) {
    const WORDS: [&[u8]; 3] = [b"NaN", b"-Infinity", b"Infinity"];
    if let Some(word) = WORDS.iter().find(|word| bytes.starts_with(word)) {
        return (word.len(), Some(&b"null"[..]));
    }
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    let length = bytes.iter().position(|byte| !is_of_number(byte)).unwrap_or(bytes.len()).max(1);
    let spelled = bytes.get(..length).and_then(|spelled| std::str::from_utf8(spelled).ok());
    let beyond = spelled.and_then(|spelled| spelled.parse::<f64>().ok()).is_some_and(f64::is_infinite);
    (length, beyond.then_some(&b"null"[..]))
}

/// How long the escape is with which these bytes begin, and what is to stand there instead.
fn escape(bytes: &[u8]) -> (usize, Option<&'static [u8]>) {
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    match (unit(0), unit(6)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, None),
        (Some(0xd800..=0xdfff), _) => (6, Some(&b"\\ufffd"[..])),
        _ => (2, None),
    }
}

/// The error in the user's words where it is a usual one.
pub(super) fn in_words(bytes: &[u8], error: serde_json::Error) -> serde_json::Error {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return serde_json::Error::custom("it is empty");
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return serde_json::Error::custom("it holds nothing but zeros");
    }
    let (line, column) = (error.line(), error.column());
    let text = bytes.split(|byte| *byte == b'\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let rest = text.get(column.saturating_sub(1)..).unwrap_or_default();
    let found = match rest {
        [b'/' | b'#', ..] => "a comment",
        [b'\'', ..] => "single quotes",
        [b'N', b'o', b'n', b'e', ..] | [b'T', b'r', b'u', b'e', ..] | [b'F', b'a', b'l', b's', b'e', ..] => {
            "a word of Python"
        }
        _ => return error,
    };
    serde_json::Error::custom(format!("JSON has no place for {found} at line {line} column {column}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> Option<String> {
        as_json(text.as_bytes()).map(|plain| String::from_utf8(plain).unwrap())
    }

    #[test]
    fn pythons_numbers_become_null_but_not_in_texts() {
        let plain = mended(r#"{"NaN \" NaN": [NaN, -Infinity, Infinity, -1]}"#).unwrap();
        assert_eq!(plain, r#"{"NaN \" NaN": [null, null, null, -1]}"#);
        assert_eq!(mended(r#"{"NaN 1e999": [-1, 1e3, 1E-999]}"#), None);
        let digits = "9".repeat(400);
        assert_eq!(mended(&format!("[1e999, -1e999, {digits}, 12]")).unwrap(), "[null, null, null, 12]");
    }

    #[test]
    fn halves_of_characters_are_marked() {
        assert_eq!(mended(r#"["\ud83d\ude00", "\\ud83d"]"#), None);
        assert_eq!(mended(r#"["\ud83d", "\ude00\u0041"]"#).unwrap(), r#"["\ufffd", "\ufffd\u0041"]"#);
        assert_eq!(mended("\"\\"), None);
    }

    #[test]
    fn marks_of_order_tell_the_encoding() {
        assert_eq!(*as_utf8(b"\xef\xbb\xbf{}"), *b"{}");
        assert_eq!(*as_utf8(b"{}"), *b"{}");
        for units in [&b"\xff\xfe{\0\xfc\0}\0"[..], b"\xfe\xff\0{\0\xfc\0}"] {
            assert_eq!(*as_utf8(units), *"{ü}".as_bytes());
        }
    }

    #[test]
    fn usual_mistakes_are_told_in_words() {
        let said = |text: &str| {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            in_words(text.as_bytes(), error).to_string()
        };
        assert_eq!(said(" \n"), "it is empty");
        assert_eq!(said("\0\0"), "it holds nothing but zeros");
        assert_eq!(said("// made by\n{}"), "JSON has no place for a comment at line 1 column 1");
        assert_eq!(said("{'a': 1}"), "JSON has no place for single quotes at line 1 column 2");
        assert_eq!(said("{\n\"a\": None}"), "JSON has no place for a word of Python at line 2 column 6");
        assert!(said("{\"a\": 1,}").starts_with("trailing comma"));
    }
}
