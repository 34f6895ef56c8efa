//! Who takes part in a run.

use super::measure::Measure;
use crate::counted::counted;
use crate::study::{FolderPeople, People};

/// So many people have to be labelled for an average precision to say anything.
pub const ENOUGH_FOR_AP: usize = 10;

/// Who takes part in a run.
#[derive(Clone, Debug)]
pub struct Cast {
    people: usize,
    labelled: usize,
    pictures: usize,
    is_set: bool,
    /// The people of a folder, kept for the next network.
    pub folder: Option<FolderPeople>,
}

impl Cast {
    /// These people, who are those of a folder where one is given.
    pub fn of(people: &People, folder: Option<FolderPeople>) -> Self {
        Self {
            people: people.len(),
            labelled: people.labelled_count(),
            pictures: people.picture_count(),
            is_set: people.set().is_some(),
            folder,
        }
    }

    /// What joints are compared with: labels where anybody has some. With `precision` average precision, where there is
    /// some.
    pub fn measure(&self, precision: bool) -> Measure {
        match self.labelled {
            0 => Measure::Agreement,
            _ if precision && self.has_precision() => Measure::Precision,
            _ => Measure::Accuracy,
        }
    }

    /// Whether enough people are labelled for an average precision.
    pub fn has_precision(&self) -> bool {
        self.is_set && self.labelled >= ENOUGH_FOR_AP
    }

    /// Whether there are several people whose joints are compared.
    pub fn is_several(&self) -> bool {
        self.compared() > 1
    }

    fn compared(&self) -> usize {
        if self.labelled > 0 { self.labelled } else { self.people }
    }

    /// How many they are, for people to read.
    pub fn in_words(&self) -> String {
        let people = match self.compared() {
            1 => "one person".to_owned(),
            several => format!("{several} people"),
        };
        match self.folder {
            Some(_) => format!("{people} in {}", counted(self.pictures, "picture", "pictures")),
            None => people,
        }
    }

    /// A sentence for each thing that was left out.
    pub fn left_out(&self) -> &[String] {
        self.folder.as_ref().map_or(&[], |folder| &folder.left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast(people: usize, labelled: usize, is_set: bool) -> Cast {
        Cast { people, labelled, pictures: 1, is_set, folder: None }
    }

    #[test]
    fn average_precision_is_measured_where_it_is_wanted_and_enough_are_labelled() {
        assert_eq!(cast(12, 12, true).measure(true), Measure::Precision);
        assert_eq!(cast(12, 12, true).measure(false), Measure::Accuracy);
        assert_eq!(cast(12, 9, true).measure(true), Measure::Accuracy);
        assert_eq!(cast(12, 12, false).measure(true), Measure::Accuracy);
        assert_eq!(cast(12, 0, false).measure(true), Measure::Agreement);
    }

    #[test]
    fn those_who_are_compared_are_counted() {
        assert_eq!(cast(1, 0, false).in_words(), "one person");
        assert_eq!(cast(5, 3, false).in_words(), "3 people");
        let folder = FolderPeople { people: Default::default(), left_out: vec!["some".to_owned()] };
        let cast = Cast { pictures: 7, folder: Some(folder), ..cast(20, 0, false) };
        assert_eq!(cast.in_words(), "20 people in 7 pictures");
        assert_eq!(cast.left_out(), ["some"]);
    }
}
