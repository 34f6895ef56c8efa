use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use super::label_cache::MAX_FILE_BYTES;
use crate::input_file;

/// The file names in a broken annotation file, once they were asked for.
#[derive(Debug, Default)]
pub(super) struct Names(Option<HashSet<Vec<u8>>>);

impl Names {
    /// Whether the file at `path` holds a picture's name; it is read when this is asked first.
    pub(super) fn contain(&mut self, path: &Path, picture: &str) -> bool {
        let names = self.0.get_or_insert_with(|| {
            input_file::read(path, MAX_FILE_BYTES).map(|bytes| in_texts(&bytes)).unwrap_or_default()
        });
        names.contains(picture.as_bytes())
    }
}

/// The last parts of all texts that look like names of files: with a full stop, whatever folders are before. The last
/// text may be cut off.
fn in_texts(json: &[u8]) -> HashSet<Vec<u8>> {
    let texts = json.split(|byte| *byte == b'"').filter(|text| text.contains(&b'.'));
    let last = |text: &[u8]| text.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().map(<[u8]>::to_vec);
    texts.filter_map(|text| last(&unescaped(text))).collect()
}

/// A text of JSON with its letters for their codes, as Python writes all but English ones; as it stands where it is
/// damaged.
fn unescaped(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'\\') {
        return Cow::Borrowed(text);
    }
    let quoted = [b"\"", text, b"\""].concat();
    serde_json::from_slice::<String>(&quoted)
        .map_or(Cow::Borrowed(text), |plain| Cow::Owned(plain.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_their_folders_and_at_a_broken_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("broken.json");
        std::fs::write(
            &path,
            r#"{"a": "cam1/b.jpg", "c": "set\\d.png", "g": "\u00e9.png", "h": "x\/i.png", "e": ["f.jpg"#,
        )
        .unwrap();
        let mut names = Names::default();
        for name in ["b.jpg", "d.png", "é.png", "i.png", "f.jpg"] {
            assert!(names.contain(&path, name), "{name}");
        }
        std::fs::remove_file(&path).unwrap();
        assert!(names.contain(&path, "b.jpg") && !names.contain(&path, "1.jpg"));
    }
}
