//! Boxes that nobody can be cut out of: passed over, and told of in one line.

use thiserror::Error;

use crate::pose::BoxError;

/// A box that nobody can be cut out of.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("person {number}: {why}")]
pub struct UnusableBox {
    /// The person's place in the picture, counted from 1.
    pub number: usize,
    /// What is wrong with the box.
    pub why: BoxError,
}

/// What is said of a picture that has no other boxes than these; nothing where there are none.
pub fn refusal(boxes: &[UnusableBox]) -> Option<String> {
    match boxes {
        [] => None,
        [only] => Some(only.to_string()),
        [first, ..] => Some(format!("none of its {} boxes can be used; {first}", boxes.len())),
    }
}

/// The boxes that were passed over so far.
#[derive(Clone, Debug, Default)]
pub struct PassedOver {
    count: usize,
    first: Option<String>,
}

impl PassedOver {
    /// Adds those of one picture.
    pub fn add(&mut self, file: &str, boxes: &[UnusableBox]) {
        self.count += boxes.len();
        if self.first.is_none() {
            self.first = boxes.first().map(|first| format!("{file}, {first}"));
        }
    }

    /// What is said of all of them; nothing where there are none.
    pub fn warning(&self) -> Option<String> {
        let first = self.first.as_ref()?;
        Some(match self.count {
            1 => format!("1 box cannot be used and was passed over: {first}"),
            count => format!("{count} boxes cannot be used and were passed over, the first: {first}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(number: usize) -> UnusableBox {
        UnusableBox { number, why: BoxError::TooSmall { width: 0.5, height: 20.0 } }
    }

    #[test]
    fn boxes_are_counted_and_the_first_is_named() {
        let mut passed_over = PassedOver::default();
        passed_over.add("a.png", &[]);
        assert_eq!(passed_over.warning(), None);
        passed_over.add("b.png", &[flat(2)]);
        let why = "b.png, person 2: a box needs sides of at least 1 pixel, found 0.5 × 20";
        let single = format!("1 box cannot be used and was passed over: {why}");
        assert_eq!(passed_over.warning(), Some(single));
        passed_over.add("c.png", &[flat(1), flat(3)]);
        let three = format!("3 boxes cannot be used and were passed over, the first: {why}");
        assert_eq!(passed_over.warning(), Some(three));
    }

    #[test]
    fn a_picture_of_such_boxes_only_is_refused() {
        assert_eq!(refusal(&[]), None);
        assert!(refusal(&[flat(1)]).unwrap().starts_with("person 1: a box needs sides"));
        let both = refusal(&[flat(1), flat(2)]).unwrap();
        assert!(both.starts_with("none of its 2 boxes can be used; person 1: "), "{both}");
    }
}
