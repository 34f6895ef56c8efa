//! What of an annotation file is not as it says, and why.

use std::fmt;

/// Why something was left out, or read otherwise than the file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutKind {
    /// A picture without an id or a name.
    UnnamedPicture,
    /// A picture that is listed again under its id.
    RepeatedPicture,
    /// A picture whose id another one has, too: nobody can tell whose people are whose.
    SharedId,
    /// An annotation that is no object.
    NoEntry,
    /// A person that names no picture.
    NoPicture,
    /// A person of a picture that is not listed.
    UnlistedPicture,
    /// Somebody of another category, where nobody is left but for those.
    OtherCategory,
    /// A detection that is no object.
    NoDetection,
    /// A detection without joints.
    NoJoints,
    /// A detection without a score.
    NoScore,
    /// A detection with a joint that has no position.
    DetectionWithoutPlace,
    /// A person annotated twice in the same words.
    RepeatedPerson,
    /// A person without joints in a box with negative sides.
    NegativeBox,
    /// A person with neither joints nor the numbers of a box.
    NoBox,
    /// A person whose box is that of the joints, for want of a usable one.
    BoxOfJoints,
    /// A person whose area is that of the box, for want of a usable one.
    AreaOfBox,
    /// A person whose area is under a hundredth of the box: the similarity with the labels will be low.
    TinyArea,
    /// A joint that is marked as labelled, but has no position.
    JointWithoutPlace,
    /// A picture whose id is no whole number from 0 up, and is counted anew.
    NumberedAnew,
    /// The category that is taken for people because no other is used.
    OnlyCategory,
}

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Picture,
    Person,
    Reading,
}

impl LeftOutKind {
    fn subject(self) -> Subject {
        match self {
            Self::UnnamedPicture | Self::RepeatedPicture | Self::SharedId => Subject::Picture,
            Self::NoEntry
            | Self::NoPicture
            | Self::UnlistedPicture
            | Self::OtherCategory
            | Self::NoDetection
            | Self::NoJoints
            | Self::NoScore
            | Self::DetectionWithoutPlace
            | Self::RepeatedPerson
            | Self::NegativeBox
            | Self::NoBox => Subject::Person,
            Self::BoxOfJoints
            | Self::AreaOfBox
            | Self::TinyArea
            | Self::JointWithoutPlace
            | Self::NumberedAnew
            | Self::OnlyCategory => Subject::Reading,
        }
    }

    /// What stands behind a number that is one, or another.
    fn words(self, one: bool) -> &'static str {
        let plural = |single: &'static str, several: &'static str| if one { single } else { several };
        match self {
            Self::UnnamedPicture => "without id or name",
            Self::RepeatedPicture => "listed again",
            Self::SharedId => "with the id of another picture",
            Self::NoEntry => plural("no annotation", "no annotations"),
            Self::NoDetection => plural("no detection", "no detections"),
            Self::NoPicture => "without a picture",
            Self::UnlistedPicture => {
                plural("of a picture that is not listed", "of pictures that are not listed")
            }
            Self::OtherCategory => plural("of another category", "of other categories"),
            Self::NoJoints => "without joints",
            Self::NoScore => "without a score",
            Self::DetectionWithoutPlace => "with a joint that has no position",
            Self::RepeatedPerson => "annotated twice",
            Self::NegativeBox => plural("box with negative sides", "boxes with negative sides"),
            Self::NoBox => "without box and joints",
            Self::BoxOfJoints => plural("box taken from the joints", "boxes taken from the joints"),
            Self::AreaOfBox => plural("area taken from the box", "areas taken from the box"),
            Self::TinyArea => plural(
                "area under a hundredth of the box, which makes similarities low",
                "areas under a hundredth of the box, which makes similarities low",
            ),
            Self::JointWithoutPlace => plural(
                "joint without a position taken as unlabelled",
                "joints without a position taken as unlabelled",
            ),
            Self::NumberedAnew => plural("picture id counted anew", "picture ids counted anew"),
            Self::OnlyCategory => "category taken for people, as no other is used",
        }
    }
}

/// What was left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The reason.
    pub kind: LeftOutKind,
    /// How often.
    pub count: usize,
    /// The first place, such as `id 77`.
    pub first: String,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {} (first: {})",
            grouped(self.count),
            self.kind.words(self.count == 1),
            self.first
        )
    }
}

/// Counts what is left out, by kind in the order in which they are met.
#[derive(Debug, Default)]
pub(super) struct Tally(pub Vec<LeftOut>);

impl Tally {
    pub(super) fn add(&mut self, kind: LeftOutKind, place: impl FnOnce() -> String) {
        match self.0.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.count += 1,
            None => self.0.push(LeftOut { kind, count: 1, first: place() }),
        }
    }
}

/// All of it in one line; none where everything was read as it stands. `pictures` and `people` are how many the file
/// lists.
pub(super) fn line(left_out: &[LeftOut], pictures: usize, people: usize) -> Option<String> {
    let about = |subject: Subject| left_out.iter().filter(move |entry| entry.kind.subject() == subject);
    let list = |subject| about(subject).map(LeftOut::to_string).collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    for (subject, name, total) in [
        (Subject::Picture, ["picture", "pictures"], pictures),
        (Subject::Person, ["person", "people"], people),
    ] {
        let count: usize = about(subject).map(|entry| entry.count).sum();
        if count > 0 {
            let name = name[usize::from(total != 1)];
            let (count, total) = (grouped(count), grouped(total));
            parts.push(format!("left out {count} of {total} {name}: {}", list(subject)));
        }
    }
    if about(Subject::Reading).next().is_some() {
        parts.push(list(Subject::Reading));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A number with its digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_told_in_one_line_with_its_first_place() {
        let entry = |kind, count, first: &str| LeftOut { kind, count, first: first.to_owned() };
        let left_out = [
            entry(LeftOutKind::NegativeBox, 2, "id 77"),
            entry(LeftOutKind::BoxOfJoints, 4, "id 9"),
            entry(LeftOutKind::NoBox, 1, "id 80"),
        ];
        assert_eq!(
            line(&left_out, 3, 1204).unwrap(),
            "left out 3 of 1,204 people: 2 boxes with negative sides (first: id 77), 1 without box and joints (first: \
             id 80); 4 boxes taken from the joints (first: id 9)"
        );
        assert_eq!(line(&[], 3, 4), None);
        assert_eq!((grouped(7), grouped(1_234_567)), ("7".to_owned(), "1,234,567".to_owned()));
    }
}
