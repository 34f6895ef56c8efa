//! Paths as people type and paste them.

use std::path::{Path, PathBuf};

use super::file_dialog::expand_home;

/// The path that a text means: without the quotes that a terminal or a file manager put around it, from a `file://`
/// address, with `~` for `home`.
pub fn typed_path(text: &str, home: Option<&Path>) -> PathBuf {
    let text = text.trim();
    let quoted = |quote: char| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    let text = quoted('"').or_else(|| quoted('\'')).unwrap_or(text);
    match text.strip_prefix("file://") {
        // What stands before the path is a computer's name, mostly none.
        Some(address) => {
            PathBuf::from(unescaped(address.find('/').and_then(|at| address.get(at..)).unwrap_or(address)))
        }
        None => expand_home(text, home),
    }
}

/// A text with its `%20` and the like as what they stand for; as it is where that gives no text.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        match after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_addresses_and_the_home_folder_are_understood() {
        let home = Some(Path::new("/home/ada"));
        for (typed, meant) in [
            (" /data/a b.png ", "/data/a b.png"),
            ("\"/data/a b.png\"", "/data/a b.png"),
            ("'/data/a.png'", "/data/a.png"),
            ("file:///data/a%20b.png", "/data/a b.png"),
            ("file://localhost/data/%E5%86%99.png", "/data/写.png"),
            ("file:///data/100%.png", "/data/100%.png"),
            ("~/a.png", "/home/ada/a.png"),
            ("'~/a.png'", "/home/ada/a.png"),
            ("it's.png", "it's.png"),
        ] {
            assert_eq!(typed_path(typed, home), Path::new(meant), "{typed}");
        }
    }
}
