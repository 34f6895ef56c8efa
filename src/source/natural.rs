//! The order people expect of file names: `frame2` before `Frame10`.

/// Sort key of a name: upper and lower case alike, runs of digits by their value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NaturalKey(Vec<Part>);

/// Numbers come before words; among numbers the one with fewer digits, leading zeros aside, is smaller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number { length: usize, digits: String },
    Word(String),
}

impl NaturalKey {
    pub(super) fn new(name: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = name;
        while let Some(first) = rest.chars().next() {
            let numeric = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != numeric).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            parts.push(if numeric { number(run) } else { Part::Word(run.to_lowercase()) });
            rest = after;
        }
        Self(parts)
    }
}

fn number(run: &str) -> Part {
    let digits = run.trim_start_matches('0').to_owned();
    Part::Number { length: digits.len(), digits }
}

#[cfg(test)]
mod tests {
    use super::NaturalKey;

    #[test]
    fn counts_digits_by_value_and_ignores_case() {
        let ordered = [
            "",
            "7",
            "0010",
            "a",
            "A1",
            "a2b",
            "a2c",
            "a10",
            "a100000000000000000000000",
            "ab",
            "frame-2",
            "Frame-10",
            "ä",
        ];
        for pair in ordered.windows(2) {
            assert!(NaturalKey::new(pair[0]) < NaturalKey::new(pair[1]), "{pair:?}");
        }
        assert_eq!(NaturalKey::new("IMG_007.JPG"), NaturalKey::new("img_7.jpg"));
    }
}
