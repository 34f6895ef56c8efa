//! The figures of runs beside each other, a row for each.

use std::collections::BTreeSet;

use super::run::Run;
use crate::pose::KEYPOINT_NAMES;
use crate::pose::coco::Evaluation;
use crate::study::Measured;

/// What the numbers of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Shares of 1, shown in percent.
    Percent,
    /// Milliseconds.
    Milliseconds,
    /// Whole numbers.
    Count,
}

impl Unit {
    /// A number as it is shown; a dash where there is none.
    pub fn text(self, value: Option<f64>) -> String {
        match (self, value) {
            (_, None) => "–".to_owned(),
            (Self::Percent, Some(share)) => format!("{:.1}", 100.0 * share),
            (Self::Milliseconds, Some(milliseconds)) => format!("{milliseconds:.2}"),
            (Self::Count, Some(count)) => format!("{count:.0}"),
        }
    }
}

/// One figure of every run.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// What it is called.
    pub title: String,
    /// What it means; empty where the title says all.
    pub meaning: &'static str,
    /// What the numbers are.
    pub unit: Unit,
    /// The number of each run.
    pub values: Vec<Option<f64>>,
}

impl FigureRow {
    /// Whether a run has the best figure of several; nothing is best where all are alike or less is better.
    pub fn is_best(&self, run: usize) -> bool {
        let best = self.values.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
        let is_any_lower = self.values.iter().flatten().any(|value| *value < best);
        self.unit == Unit::Percent && is_any_lower && self.values.get(run).copied().flatten() == Some(best)
    }
}

/// Every figure of these runs, in groups: COCO's, those of joints, those of sources, and the work.
pub fn figure_rows(runs: &[&Run]) -> Vec<Vec<FigureRow>> {
    let row = |title: &str, meaning, unit, figure: &dyn Fn(&Measured) -> Option<f64>| FigureRow {
        title: title.to_owned(),
        meaning,
        unit,
        values: runs.iter().map(|run| figure(&run.measured)).collect(),
    };
    let share = |title: &str, meaning, figure: &dyn Fn(&Measured) -> Option<f64>| {
        row(title, meaning, Unit::Percent, figure)
    };
    let coco = Evaluation::FIGURES.map(|(title, figure)| {
        share(title, meaning_of(title), &move |measured| figure(&measured.figures.evaluation))
    });
    let mut joints = vec![
        share("PCK@0.2", "Labelled joints found within a fifth of the box's longer side", &|m| m.figures.pck),
        share("PCK-AUC", "The same over thresholds from 0 to one half, as an area", &|m| m.figures.pck_auc),
        share("Mean OKS", "Similarity with the labels, the mean over people", &|m| m.figures.mean_oks),
    ];
    joints.extend(KEYPOINT_NAMES.iter().enumerate().map(|(joint, name)| {
        let meaning = "OKS of this joint, the mean over people for whom it is labelled";
        share(&format!("  {name}"), meaning, &move |m| m.figures.joint_oks.0.get(joint).copied().flatten())
    }));
    let sources: BTreeSet<&String> =
        runs.iter().flat_map(|run| run.measured.figures.sources.keys()).collect();
    let sources = sources.iter().filter(|_| sources.len() > 1).map(|source| {
        let meaning = "AP of the pictures that the annotations say are from there";
        share(&format!("AP of {source}"), meaning, &|m| m.figures.sources.get(*source).and_then(|e| e.ap))
    });
    let unusable = |m: &Measured| Some(m.unusable_boxes() as f64);
    let work = vec![
        row("People", "", Unit::Count, &|m| Some(m.people.len() as f64)),
        row(
            "Not cut out",
            "Boxes outside their picture or without a size, counted as not found",
            Unit::Count,
            &unusable,
        ),
        row("ms a person", "In the network, mirrored pass included", Unit::Milliseconds, &|m| {
            Some(m.row.network_ms_per_person)
        }),
    ];
    [coco.to_vec(), joints, sources.collect(), work].into_iter().filter(|group| !group.is_empty()).collect()
}

fn meaning_of(title: &str) -> &'static str {
    let small = title.contains("small");
    match title {
        _ if small => {
            "People under 32² square pixels, whom COCO's evaluation leaves out. Areas are those in the pictures at hand, \
             which are smaller where these were scaled down"
        }
        "AP medium" | "AR medium" => {
            "People of 32² to 96² square pixels, as large as they are in the pictures at hand"
        }
        "AP large" | "AR large" => {
            "People over 96² square pixels, as large as they are in the pictures at hand"
        }
        "AP" => "Average precision over ten thresholds of OKS from 0.50 to 0.95",
        "AR" => "Average recall over the same thresholds",
        _ => "At this threshold of OKS alone",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::data_set::fixtures::{run_of, set_of};
    use crate::study::{Figures, Found};

    #[test]
    fn the_figures_are_those_of_the_study() {
        let set = Arc::new(set_of(4));
        let run = run_of(&set, 1, "CMSA-S");
        let found: Vec<Found> = run
            .measured
            .people
            .iter()
            .filter_map(|result| Some(Found { person: result.person, pose: result.pose? }))
            .collect();
        assert_eq!(found.len(), 3);
        let expected = Figures::of(&set.dataset, &found);
        let groups = figure_rows(&[&run, &run]);
        let value = |title: &str| {
            let row = groups.iter().flatten().find(|row| row.title == title).unwrap();
            assert_eq!(row.values[0], row.values[1]);
            row.values[0]
        };
        assert_eq!(value("AP"), expected.evaluation.ap);
        assert!(expected.evaluation.ap.is_some_and(|ap| ap > 0.0 && ap < 1.0));
        assert_eq!(value("AP small (not in COCO)"), expected.evaluation.small_ap);
        assert_eq!(value("AR .75"), expected.evaluation.ar75);
        assert_eq!((value("PCK@0.2"), value("PCK-AUC")), (expected.pck, expected.pck_auc));
        assert_eq!(value("Mean OKS"), expected.mean_oks);
        assert_eq!(value("  nose"), expected.joint_oks.0[0]);
        assert_eq!((value("  left hip"), value("Not cut out")), (None, Some(1.0)));
        assert_eq!((value("People"), value("ms a person")), (Some(4.0), Some(4.0)));
    }

    #[test]
    fn the_best_of_several_stands_out() {
        let row = |values: &[Option<f64>], unit| FigureRow {
            title: String::new(),
            meaning: "",
            unit,
            values: values.to_vec(),
        };
        let shares = row(&[Some(0.25), Some(0.5), None], Unit::Percent);
        assert_eq!([0, 1, 2, 3].map(|run| shares.is_best(run)), [false, true, false, false]);
        assert!(!row(&[Some(0.5), Some(0.5)], Unit::Percent).is_best(0));
        assert!(!row(&[Some(1.0), Some(2.0)], Unit::Milliseconds).is_best(1));
    }

    #[test]
    fn numbers_have_fixed_decimals() {
        assert_eq!(Unit::Percent.text(Some(0.2346)), "23.5");
        assert_eq!((Unit::Percent.text(None), Unit::Count.text(Some(3.0))), ("–".to_owned(), "3".to_owned()));
        assert_eq!(Unit::Milliseconds.text(Some(1.0)), "1.00");
    }
}
