//! A data set as measured at one setting: its figures, and what became of each person.

use super::figures::Figures;
use super::pass::Pass;
use super::people::People;
use super::row::Row;
use crate::pose::{Pose, instance_score, oks};

/// What was found of one person of a data set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PersonResult {
    /// Index in the data set's people.
    pub person: usize,
    /// Index in the data set's pictures.
    pub picture: usize,
    /// Height of the labelled box in picture pixels.
    pub height: f64,
    /// The joints, in picture pixels; none for a box that nobody can be cut out of, which counts as not found.
    pub pose: Option<Pose>,
    /// Object keypoint similarity with the labels, 0 … 1; none without joints.
    pub oks: Option<f64>,
    /// How sure the network is, 0 … 1; none without joints.
    pub score: Option<f64>,
}

/// A data set as measured at one setting.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Spreads over people, the setting and the time, with the average precision of the figures.
    pub row: Row,
    /// Everything that `posescope eval` reports of a setting.
    pub figures: Figures,
    /// Everybody looked for, picture by picture.
    pub people: Vec<PersonResult>,
}

impl Measured {
    /// What a complete pass over the people of a data set gives; none for people of no data set.
    pub fn of(people: &People, row: Row, pass: &Pass) -> Option<Self> {
        let dataset = &people.set()?.dataset;
        let figures = Figures::of(dataset, &people.found(pass));
        let looked_for = people.indexes().iter().zip(people.looks()).zip(&pass.poses);
        let results = looked_for.filter_map(|((&index, look), pose)| {
            let person = dataset.people.get(index)?;
            Some(PersonResult {
                person: index,
                picture: look.picture,
                height: person.bbox.height,
                pose: *pose,
                oks: pose.as_ref().and_then(|pose| oks(pose, &person.labels, person.area)),
                score: pose.as_ref().map(instance_score),
            })
        });
        let row = Row { ap: figures.evaluation.ap, ..row };
        Some(Self { row, figures, people: results.collect() })
    }

    /// People whose box nobody can be cut out of; they count as not found.
    pub fn unusable_boxes(&self) -> usize {
        self.people.iter().filter(|person| person.pose.is_none()).count()
    }
}
