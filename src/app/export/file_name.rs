//! What files are called unless the user says otherwise.

use std::path::Path;

/// Characters that file names cannot have somewhere.
const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// A name for a file about a picture, or about a frame of a camera, that is called `picture` on the screen:
/// `dancer_1912 joints.json` for `dancer_1912.jpg`.
pub fn file_name(picture: &str, what: &str, ending: &str) -> String {
    let plain = picture.replace(|c: char| c.is_control() || FORBIDDEN.contains(&c), "-");
    let stem = Path::new(&plain).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into());
    let stem = format!("{stem} {what}");
    format!("{}.{ending}", stem.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_their_picture() {
        assert_eq!(file_name("dancer_1912.jpg", "joints", "json"), "dancer_1912 joints.json");
        assert_eq!(file_name("HD Camera: /dev/video0", "view", "png"), "HD Camera- -dev-video0 view.png");
        assert_eq!(file_name("dancer_1912.jpg", "", "json"), "dancer_1912.json");
        assert_eq!(file_name("", "tensors", "safetensors"), "tensors.safetensors");
    }
}
