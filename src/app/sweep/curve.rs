//! Curves of a sweep: a score against capture height.

use super::measure::Measure;
use crate::pose::InputSize;
use crate::study::{Row, Spread};

/// What was found at one capture height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Rows the camera spends on a person's region.
    pub capture: u32,
    /// The score over people, 0 … 1.
    pub score: Spread,
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
    /// The curve of an input, of all rows where the network has but one.
    pub fn of(input: Option<InputSize>, rows: &[Row], measure: Measure) -> Self {
        let own = |row: &&Row| input.is_none_or(|input| row.settings.input == input);
        let point = |row: &Row| {
            let (capture, milliseconds) = (row.settings.capture.height, row.network_ms_per_person);
            Some(Point { capture, score: measure.of(row)?, milliseconds })
        };
        let mut points: Vec<Point> = rows.iter().filter(own).filter_map(point).collect();
        points.sort_by_key(|point| point.capture);
        Self { input, points }
    }

    /// Heights in pixels with mean scores.
    pub fn means(&self) -> Vec<(f64, f64)> {
        self.points.iter().map(|point| (f64::from(point.capture), point.score.mean)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::Preferences;
    use crate::study::ByJoint;

    fn row(input: InputSize, height: u32, oks: Option<f64>, agreement: f64) -> Row {
        let mut settings = Preferences::default().settings;
        (settings.input, settings.capture.height) = (input, height);
        Row {
            index: 0,
            settings,
            people: 2,
            ap: None,
            oks: oks.and_then(|oks| Spread::of(&[oks, oks])),
            agreement: Spread::of(&[agreement]),
            joint_oks: ByJoint::default(),
            joint_agreement: ByJoint::default(),
            network_ms_per_person: 4.0,
        }
    }

    #[test]
    fn rows_become_the_curves_of_their_inputs_by_rising_height() {
        let [small, large, ..] = InputSize::STANDARD;
        let rows = [
            row(small, 32, Some(0.5), 0.75),
            row(large, 16, Some(0.25), 0.5),
            row(small, 8, Some(0.125), 0.25),
            row(small, 16, None, 0.375),
        ];
        let accuracy = Curve::of(Some(small), &rows, Measure::Accuracy);
        assert_eq!(accuracy.means(), [(8.0, 0.125), (32.0, 0.5)], "a row without the figure is no point");
        assert_eq!((accuracy.points[0].score.count, accuracy.points[0].milliseconds), (2, 4.0));
        let agreement = Curve::of(Some(small), &rows, Measure::Agreement);
        assert_eq!(agreement.means(), [(8.0, 0.25), (16.0, 0.375), (32.0, 0.75)]);
        assert_eq!(Curve::of(Some(large), &rows, Measure::Accuracy).means(), [(16.0, 0.25)]);
    }

    #[test]
    fn a_network_without_inputs_has_one_curve() {
        let [small, ..] = InputSize::STANDARD;
        let rows = [row(small, 64, Some(0.5), 1.0), row(small, 8, Some(0.25), 0.5)];
        assert_eq!(Curve::of(None, &rows, Measure::Accuracy).means(), [(8.0, 0.25), (64.0, 0.5)]);
        assert!(Curve::of(None, &[], Measure::Accuracy).points.is_empty());
    }
}
