//! The words of names that other programs give.

/// The words of a name in small letters, whether they are joined by signs or by capitals: `left_eye`, `Left Eye` and
/// `leftEye` have the same two.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_is_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && before_is_small) {
            words.push(String::new());
        }
        before_is_small = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn words_are_told_apart_by_signs_and_capitals() {
        for name in ["left_eye", " Left  Eye", "leftEye", "LEFT-EYE", "left.eye"] {
            assert_eq!(words_of(name), ["left", "eye"], "{name}");
        }
        assert!(words_of(" _").is_empty());
    }
}
