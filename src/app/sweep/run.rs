//! One network measured on one subject.

use std::sync::Arc;

use super::cast::Cast;
use super::curve::Curve;
use super::measure::Measure;
use super::part::Part;
use super::plan;
use super::subject::Subject;
use crate::app::captures::CAPTURES;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;
use crate::study::{Row, SweepRow, sweep_csv};

/// One network measured on one subject, as far as it got.
#[derive(Clone, Debug)]
pub struct Run {
    /// The network.
    pub network: Arc<NetworkInfo>,
    /// Who was to be measured.
    pub subject: Subject,
    /// Who that is.
    pub cast: Cast,
    /// What agreement is measured against.
    pub reference: Settings,
    /// The inputs that get a curve each.
    inputs: Vec<Option<InputSize>>,
    /// What has come so far.
    rows: Vec<Row>,
}

/// What a run has to do with what is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is about the people and the network at hand.
    Present,
    /// It is about the people at hand and another network.
    OtherNetwork,
    /// It is about other people, another picture or other settings.
    Stale,
}

impl Run {
    /// A run of which nothing has come yet.
    pub fn new(network: Arc<NetworkInfo>, subject: Subject, cast: Cast) -> Self {
        let (inputs, reference) = (plan::inputs(&network), network.reference_settings(&subject.view));
        Self { network, subject, cast, reference, inputs, rows: Vec::new() }
    }

    /// The settings to measure.
    pub fn settings(&self) -> Vec<Settings> {
        plan::settings(&self.inputs, &self.subject.view)
    }

    /// Takes in a row.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Whether nothing has come of it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether every row has come.
    pub fn is_complete(&self) -> bool {
        self.rows.len() == self.inputs.len() * CAPTURES.len()
    }

    /// A curve for each input, small to large, of the rows so far.
    pub fn curves(&self, measure: Measure) -> Vec<Curve> {
        self.inputs.iter().map(|input| Curve::of(*input, &self.rows, |row| measure.of(row))).collect()
    }

    /// The curve of a part of the body at a network input, of the rows so far; none where that input is not measured.
    pub fn part_curve(&self, input: InputSize, part: Part, measure: Measure) -> Option<Curve> {
        let input = self.inputs.iter().find(|own| own.is_none_or(|own| own == input))?;
        Some(Curve::of(*input, &self.rows, |row| part.score(measure.of_joints(row))))
    }

    /// What it has to do with the subject and the network at hand.
    pub fn standing(&self, subject: Option<&Subject>, network: Option<&NetworkInfo>) -> Standing {
        let present = network.is_some_and(|network| network.choice == self.network.choice);
        match subject == Some(&self.subject) {
            true if present => Standing::Present,
            true => Standing::OtherNetwork,
            false => Standing::Stale,
        }
    }

    /// The rows so far, as `posescope sweep` writes them.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut ordered: Vec<&Row> = self.rows.iter().collect();
        ordered.sort_by_key(|row| row.index);
        let mut rows: Vec<SweepRow> =
            ordered.into_iter().map(|row| SweepRow::of(row, &self.reference)).collect();
        if self.network.square().is_some() {
            rows.iter_mut().for_each(SweepRow::forget_inputs);
        }
        sweep_csv(&rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::Preferences;
    use crate::app::sweep::fixtures::row;
    use crate::app::sweep::subject::Whom;
    use crate::borrowed::MoveNetVariant;
    use crate::pose::{BoundingBox, MIN_HEIGHT};
    use crate::study::{ByJoint, People, Spread, StoredPicture};

    fn network(variant: MoveNetVariant) -> NetworkInfo {
        NetworkInfo::plain(variant.into(), variant.name(), None)
    }

    fn subject(version: u64) -> Subject {
        let mut view = Preferences::default().settings;
        (view.input, view.capture.height) = (InputSize::STANDARD[0], MIN_HEIGHT);
        let whom = Whom::InPicture { version, people: vec![(BoundingBox::whole(20, 40), None)] };
        Subject { whom, view }
    }

    fn run() -> Run {
        let mut people = People::default();
        people.add(StoredPicture::Held(Arc::default()), [(BoundingBox::whole(20, 40), None)]);
        Run::new(Arc::new(network(MoveNetVariant::Thunder)), subject(1), Cast::of(&people, None))
    }

    #[test]
    fn a_part_has_a_curve_at_the_input_at_hand() {
        let mut run = run();
        let [small, large, ..] = InputSize::STANDARD;
        run.inputs = vec![Some(small)];
        let mut measured = row(small, 16, None, 0.5);
        measured.joint_agreement.0[9] = Some(0.25);
        run.add(measured);
        let curve = |input| run.part_curve(input, Part::Joint(9), Measure::Agreement);
        assert_eq!(curve(small).unwrap().scores(), [(16.0, 0.25)]);
        assert_eq!(curve(large), None);
        run.inputs = vec![None];
        let curve = run.part_curve(large, Part::Joint(9), Measure::Agreement).unwrap();
        assert_eq!(
            (curve.input, curve.scores()),
            (None, vec![(16.0, 0.25)]),
            "a square is the same at every input"
        );
    }

    #[test]
    fn a_run_is_present_only_with_its_subject_and_network() {
        let (own, other) = (network(MoveNetVariant::Thunder), network(MoveNetVariant::Lightning));
        let (here, elsewhere) = (subject(1), subject(2));
        assert_eq!(run().standing(Some(&here), Some(&own)), Standing::Present);
        assert_eq!(run().standing(Some(&here), Some(&other)), Standing::OtherNetwork);
        assert_eq!(run().standing(Some(&elsewhere), Some(&own)), Standing::Stale);
        assert_eq!(run().standing(None, Some(&own)), Standing::Stale);
    }

    #[test]
    fn rows_fill_the_curve_and_are_written_in_the_order_of_the_settings() {
        let mut run = run();
        let settings = run.settings();
        assert_eq!(settings.len(), CAPTURES.len());
        for (index, settings) in settings.into_iter().enumerate().rev() {
            assert!(!run.is_complete());
            run.add(Row {
                index,
                settings,
                people: 1,
                ap: None,
                oks: None,
                agreement: Spread::of(&[0.5]),
                joint_oks: ByJoint::default(),
                joint_agreement: ByJoint::default(),
                network_ms_per_person: 2.0,
            });
        }
        assert!(run.is_complete());
        let heights: Vec<u32> =
            run.curves(Measure::Agreement)[0].points.iter().map(|point| point.capture).collect();
        assert_eq!(heights, CAPTURES);
        let text = String::from_utf8(run.csv().unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("input,capture,people,ap,oks,oks_deviation,reference,agreement"));
        assert!(lines[1].starts_with(",8,1,,,,,0.5,0,2,") && lines[8].starts_with(",128,1,"), "{text}");
        assert_eq!(lines.len(), 9);
    }
}
