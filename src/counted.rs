//! Numbers of things in words.

/// A number with what it counts, such as `1 picture` and `0 pictures`.
pub(crate) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_not_several() {
        assert_eq!(counted(0, "box", "boxes"), "0 boxes");
        assert_eq!(counted(1, "box", "boxes"), "1 box");
        assert_eq!(counted(2, "box", "boxes"), "2 boxes");
    }
}
