//! What is to be said of pictures that were read in spite of something.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::counted::counted;

/// Something about a picture file that its pixels do not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureWarning {
    /// A JPEG of which only the end marker is missing.
    NoEnd,
    /// Sixteen bits that held the values of so many, and were stretched.
    FewBits(u32),
}

impl PictureWarning {
    /// A sentence about the picture that has this name.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        match self {
            Self::NoEnd => format!("{name} has no end marker, but every row of it is there"),
            Self::FewBits(bits) => {
                format!("{name} holds values of {bits} bits in 16: they were stretched to the whole range")
            }
        }
    }

    fn of_several(self, pictures: usize, first: &Path) -> String {
        let pictures = counted(pictures, "picture", "pictures");
        let said = match self {
            Self::NoEnd => format!("{pictures} have no end marker, but every row of them is there"),
            Self::FewBits(bits) => {
                format!("{pictures} hold values of {bits} bits in 16: they were stretched to the whole range")
            }
        };
        format!("{said} (first: {})", first.display())
    }
}

/// Counts what is to be said of many pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WarningTally(BTreeMap<PictureWarning, (usize, PathBuf)>);

impl WarningTally {
    /// Counts those of one picture.
    pub fn add(&mut self, picture: &Path, warnings: &[PictureWarning]) {
        for warning in warnings {
            self.0.entry(*warning).or_insert_with(|| (0, picture.to_owned())).0 += 1;
        }
    }

    /// A sentence for each thing, with the number of pictures and the first.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let sentence = |(warning, (count, first)): (&PictureWarning, &(usize, PathBuf))| match count {
            1 => warning.of(&first.display().to_string()),
            _ => warning.of_several(*count, first),
        };
        self.0.iter().map(sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_said_once_with_the_first_picture() {
        let mut tally = WarningTally::default();
        assert!(tally.sentences().is_empty());
        tally.add(Path::new("a.png"), &[PictureWarning::FewBits(10)]);
        tally.add(Path::new("b.jpg"), &[PictureWarning::NoEnd]);
        tally.add(Path::new("c.jpg"), &[PictureWarning::NoEnd]);
        tally.add(Path::new("d.jpg"), &[]);
        let expected = [
            "2 pictures have no end marker, but every row of them is there (first: b.jpg)",
            "a.png holds values of 10 bits in 16: they were stretched to the whole range",
        ];
        assert_eq!(tally.sentences(), expected);
    }
}
