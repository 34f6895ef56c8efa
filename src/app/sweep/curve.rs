//! Curves of a sweep: a score against capture height.

use crate::pose::InputSize;
use crate::study::{Row, Spread};

/// A score, 0 … 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The score; where it is one of people, their mean.
    pub value: f64,
    /// How it is spread over people, where it is one of people.
    pub spread: Option<Spread>,
}

impl Score {
    /// A score that people have together.
    pub fn alone(value: f64) -> Self {
        Self { value, spread: None }
    }
}

impl From<Spread> for Score {
    fn from(spread: Spread) -> Self {
        Self { value: spread.mean, spread: Some(spread) }
    }
}

/// What was found at one capture height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Rows the camera spends on a person's region.
    pub capture: u32,
    /// The score.
    pub score: Score,
    /// Milliseconds in the network for a person.
    pub milliseconds: f64,
}

/// The points of one network input, by rising height.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The network input; none for a network that always gets the same square.
    pub input: Option<InputSize>,
    /// What was found so far.
    pub points: Vec<Point>,
}

impl Curve {
    /// The curve of an input, of all rows where the network has but one, with the score that each row has.
    pub fn of(input: Option<InputSize>, rows: &[Row], score: impl Fn(&Row) -> Option<Score>) -> Self {
        let own = |row: &&Row| input.is_none_or(|input| row.settings.input == input);
        let point = |row: &Row| {
            let (capture, milliseconds) = (row.settings.capture.height, row.network_ms_per_person);
            Some(Point { capture, score: score(row)?, milliseconds })
        };
        let mut points: Vec<Point> = rows.iter().filter(own).filter_map(point).collect();
        points.sort_by_key(|point| point.capture);
        Self { input, points }
    }

    /// Heights in pixels with scores.
    pub fn scores(&self) -> Vec<(f64, f64)> {
        self.points.iter().map(|point| (f64::from(point.capture), point.score.value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sweep::fixtures::row;
    use crate::app::sweep::{Measure, Part};

    #[test]
    fn rows_become_the_curves_of_their_inputs_by_rising_height() {
        let [small, large, ..] = InputSize::STANDARD;
        let rows = [
            row(small, 32, Some(0.5), 0.75),
            row(large, 16, Some(0.25), 0.5),
            row(small, 8, Some(0.125), 0.25),
            row(small, 16, None, 0.375),
        ];
        let of = |input, measure: Measure| Curve::of(Some(input), &rows, |row| measure.of(row));
        let accuracy = of(small, Measure::Accuracy);
        assert_eq!(accuracy.scores(), [(8.0, 0.125), (32.0, 0.5)], "a row without the figure is no point");
        let point = accuracy.points[0];
        assert_eq!((point.score.spread.unwrap().count, point.milliseconds), (2, 4.0));
        assert_eq!(of(small, Measure::Agreement).scores(), [(8.0, 0.25), (16.0, 0.375), (32.0, 0.75)]);
        assert_eq!(of(large, Measure::Accuracy).scores(), [(16.0, 0.25)]);
    }

    #[test]
    fn average_precision_is_a_figure_of_all_people_together() {
        let small = InputSize::STANDARD[0];
        let mut rows = [row(small, 8, Some(0.25), 0.5), row(small, 16, Some(0.5), 0.75)];
        rows[1].ap = Some(0.375);
        let curve = Curve::of(Some(small), &rows, |row| Measure::Precision.of(row));
        assert_eq!(curve.scores(), [(16.0, 0.375)]);
        assert_eq!(curve.points[0].score.spread, None);
    }

    #[test]
    fn a_part_has_a_curve_of_its_own_joints() {
        let small = InputSize::STANDARD[0];
        let mut rows = [row(small, 16, Some(0.5), 0.5), row(small, 8, Some(0.25), 0.5)];
        (rows[0].joint_oks.0[9], rows[0].joint_oks.0[10]) = (Some(0.25), Some(0.75));
        (rows[1].joint_oks.0[10], rows[1].joint_agreement.0[9]) = (Some(0.125), Some(1.0));
        let curve = |part: Part, measure: Measure| {
            Curve::of(Some(small), &rows, |row| part.score(measure.of_joints(row))).scores()
        };
        let wrists = Part::groups().find(|part| part.name() == "wrists").unwrap();
        assert_eq!(
            curve(wrists, Measure::Accuracy),
            [(8.0, 0.125), (16.0, 0.5)],
            "the mean of those there are"
        );
        assert_eq!(curve(Part::Joint(9), Measure::Accuracy), [(16.0, 0.25)]);
        assert_eq!(curve(Part::Joint(9), Measure::Agreement), [(8.0, 1.0)]);
    }

    #[test]
    fn a_network_without_inputs_has_one_curve() {
        let [small, ..] = InputSize::STANDARD;
        let rows = [row(small, 64, Some(0.5), 1.0), row(small, 8, Some(0.25), 0.5)];
        let of = |rows: &[Row]| Curve::of(None, rows, |row| Measure::Accuracy.of(row));
        assert_eq!(of(&rows).scores(), [(8.0, 0.25), (64.0, 0.5)]);
        assert!(of(&[]).points.is_empty());
    }
}
