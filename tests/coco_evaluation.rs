//! The figures of the reference COCO evaluation, on files it was run on.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use posescope::pose::coco::{Dataset, Detection, Evaluation, ResultsReading, evaluate, write_results};
use serde_json::Value;

fn golden(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/coco_eval")).join(name)
}

fn ground_truth() -> Dataset {
    Dataset::read(&golden("gt.json")).unwrap()
}

fn read_results(path: &Path) -> Vec<Detection> {
    ResultsReading::of(path).unwrap().detections
}

fn detections() -> Vec<Detection> {
    read_results(&golden("dt.json"))
}

/// The reference's ten figures, by its names.
fn figures(evaluation: &Evaluation) -> [(&'static str, Option<f64>); 10] {
    [
        ("AP", evaluation.ap),
        ("AP50", evaluation.ap50),
        ("AP75", evaluation.ap75),
        ("APM", evaluation.ap_medium),
        ("APL", evaluation.ap_large),
        ("AR", evaluation.ar),
        ("AR50", evaluation.ar50),
        ("AR75", evaluation.ar75),
        ("ARM", evaluation.ar_medium),
        ("ARL", evaluation.ar_large),
    ]
}

#[test]
fn ten_figures_agree_with_the_reference() {
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(golden("stats.json")).unwrap()).unwrap();
    for (name, figure) in figures(&evaluate(&ground_truth(), &detections())) {
        let (figure, expected) = (figure.unwrap(), expected[name].as_f64().unwrap());
        assert!((figure - expected).abs() < 1e-9, "{name}: {figure} instead of {expected}");
    }
}

#[test]
fn writing_and_reading_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (annotations, results) = (folder.path().join("gt.json"), folder.path().join("dt.json"));
    ground_truth().write(&annotations).unwrap();
    write_results(&results, &detections()).unwrap();
    assert_eq!(Dataset::read(&annotations).unwrap(), ground_truth());
    assert_eq!(read_results(&results), detections());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "a temporary file was left behind");
}

#[test]
fn without_detections_every_figure_is_zero_and_without_people_there_is_none() {
    for (name, figure) in figures(&evaluate(&ground_truth(), &[])) {
        assert_eq!(figure, Some(0.0), "{name}");
    }
    let nobody = Dataset { people: Vec::new(), ..ground_truth() };
    assert_eq!(evaluate(&nobody, &detections()), Evaluation::default());
}

/// Ties of scores, crowds, areas of 0 and at the edges of the classes, 28 people in a picture, wrong counts of labelled
/// joints, copies of a detection; the answers are those of pycocotools 2.0.11.
#[test]
fn ten_figures_agree_with_the_reference_on_a_set_made_to_differ() {
    let file = |name: &str| golden("../coco_eval_adversarial").join(name);
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(file("stats.json")).unwrap()).unwrap();
    let (truth, found) = (Dataset::read(&file("gt.json")).unwrap(), read_results(&file("dt.json")));
    for (name, figure) in figures(&evaluate(&truth, &found)) {
        let (figure, expected) = (figure.unwrap(), expected[name].as_f64().unwrap());
        assert!((figure - expected).abs() < 1e-9, "{name}: {figure} instead of {expected}");
    }
}
