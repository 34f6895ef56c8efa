//! Runs as files: everybody of every run, as CSV or as JSON.

use std::sync::Arc;

use serde::Serialize;

use super::run::Run;
use crate::app::file_dialog::Target;
use crate::engine::Settings;
use crate::pose::coco::Person;
use crate::pose::{KEYPOINT_COUNT, KEYPOINT_NAMES, joint_oks};
use crate::study::{Figures, LabelledSet, PersonResult, coco_name};

/// The titles before those of the joints.
const TITLES: [&str; 12] = [
    "network",
    "input",
    "capture",
    "flip_test",
    "picture",
    "image_id",
    "annotation_id",
    "box_height",
    "area",
    "labelled_joints",
    "oks",
    "score",
];

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A row for each person of each run.
    Csv,
    /// The figures of each run, and its people.
    Json,
}

impl Format {
    /// What a dialog for such a file of a set of this name asks.
    pub fn target(self, name: String) -> Target {
        match self {
            Self::Csv => Target {
                title: "Export people",
                name: format!("{name}.csv"),
                kind: ("Comma-separated values", "csv"),
            },
            Self::Json => Target {
                title: "Export figures and people",
                name: format!("{name}.json"),
                kind: ("JSON", "json"),
            },
        }
    }
}

/// The runs on a set, to be written. Cloning is cheap.
#[derive(Clone)]
pub struct Export {
    /// The set.
    pub set: Arc<LabelledSet>,
    /// Its runs.
    pub runs: Vec<Run>,
}

#[derive(Serialize)]
struct Report<'a> {
    annotations: String,
    pictures: usize,
    runs: Vec<RunReport<'a>>,
}

#[derive(Serialize)]
struct RunReport<'a> {
    network: &'a str,
    weights: String,
    parameters: usize,
    /// Side of the square that it always gets, where it minds no network input.
    square: Option<u32>,
    device: &'a str,
    settings: &'a Settings,
    unusable_boxes: usize,
    #[serde(flatten)]
    figures: &'a Figures,
    network_ms_per_person: f64,
    people: Vec<PersonReport<'a>>,
}

#[derive(Serialize)]
struct PersonReport<'a> {
    picture: &'a str,
    image_id: u64,
    annotation_id: u64,
    box_height: f64,
    area: f64,
    oks: Option<f64>,
    score: Option<f64>,
    /// Column, row and confidence of each joint, in COCO's order; none for a box that nobody can be cut out of.
    keypoints: Option<Vec<f64>>,
}

impl Export {
    /// The content of a file.
    ///
    /// # Errors
    /// When it cannot be put in that form: a sentence for the user.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, String> {
        match format {
            Format::Csv => self.csv().map_err(|error| error.to_string()),
            Format::Json => serde_json::to_vec_pretty(&self.report()).map_err(|error| error.to_string()),
        }
    }

    /// Everybody of every run, one a row, after a row of titles. Shares are 0 … 1, and a figure there is none of is an
    /// empty field.
    fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let parts = ["x", "y", "confidence", "oks"];
        let joints =
            KEYPOINT_NAMES.iter().flat_map(|name| parts.map(|part| format!("{}_{part}", coco_name(name))));
        writer.write_record(TITLES.map(str::to_owned).into_iter().chain(joints))?;
        for (run, result) in
            self.runs.iter().flat_map(|run| run.measured.people.iter().map(move |r| (run, r)))
        {
            if let Some((person, picture)) = self.labels_of(result) {
                writer.write_record(record(run, result, person, picture))?;
            }
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }

    fn report(&self) -> Report<'_> {
        let runs = self.runs.iter().map(|run| RunReport {
            network: &run.network.name,
            weights: run.network.source(),
            parameters: run.network.parameters,
            square: run.network.square(),
            device: &run.network.device,
            settings: run.settings(),
            unusable_boxes: run.measured.unusable_boxes(),
            figures: &run.measured.figures,
            network_ms_per_person: run.measured.row.network_ms_per_person,
            people: run.measured.people.iter().filter_map(|result| self.person(result)).collect(),
        });
        Report {
            annotations: self.set.path.display().to_string(),
            pictures: self.set.dataset.images.len(),
            runs: runs.collect(),
        }
    }

    fn person(&self, result: &PersonResult) -> Option<PersonReport<'_>> {
        let (person, picture) = self.labels_of(result)?;
        let joints = |pose: &crate::pose::Pose| pose.iter().flat_map(|j| [j.x, j.y, j.confidence]).collect();
        Some(PersonReport {
            picture,
            image_id: person.image_id,
            annotation_id: person.id,
            box_height: result.height,
            area: person.area,
            oks: result.oks,
            score: result.score,
            keypoints: result.pose.as_ref().map(joints),
        })
    }

    /// The labelled person of a result, and the name of the picture.
    fn labels_of(&self, result: &PersonResult) -> Option<(&Person, &str)> {
        let dataset = &self.set.dataset;
        Some((dataset.people.get(result.person)?, dataset.images.get(result.picture)?.file_name.as_str()))
    }
}

fn record(run: &Run, result: &PersonResult, person: &Person, picture: &str) -> Vec<String> {
    let settings = run.settings();
    let field = |figure: Option<f64>| figure.map_or_else(String::new, |figure| figure.to_string());
    let input = match run.network.square() {
        Some(_) => String::new(),
        None => String::from(settings.input),
    };
    let mut fields = vec![
        run.network.name.clone(),
        input,
        settings.capture.height.to_string(),
        settings.flip_test.to_string(),
        picture.to_owned(),
        person.image_id.to_string(),
        person.id.to_string(),
        result.height.to_string(),
        person.area.to_string(),
        person.labels.iter().filter(|label| label.is_labelled()).count().to_string(),
        field(result.oks),
        field(result.score),
    ];
    let similarities = result.pose.as_ref().map(|pose| joint_oks(pose, &person.labels, person.area));
    for joint in 0..KEYPOINT_COUNT {
        let found = result.pose.as_ref().and_then(|pose| pose.get(joint));
        let oks = similarities.as_ref().and_then(|all| all.get(joint).copied().flatten());
        fields.extend([found.map(|j| j.x), found.map(|j| j.y), found.map(|j| j.confidence), oks].map(field));
    }
    fields
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::app::data_set::fixtures::{run_of, set_of};

    fn export() -> Export {
        let set = Arc::new(set_of(3));
        let runs = vec![run_of(&set, 1, "CMSA-S"), run_of(&set, 2, "CMSA-L")];
        Export { set, runs }
    }

    #[test]
    fn csv_has_a_row_for_each_person_of_each_run() {
        let text = String::from_utf8(export().bytes(Format::Csv).unwrap()).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let titles = reader.headers().unwrap().clone();
        assert_eq!(titles.len(), TITLES.len() + 4 * KEYPOINT_COUNT);
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), 6);
        let column: HashMap<&str, usize> =
            titles.iter().enumerate().map(|(index, title)| (title, index)).collect();
        let last = &records[5];
        assert_eq!((&last[column["network"]], &last[column["annotation_id"]]), ("CMSA-L", "1003"));
        assert_eq!((&last[column["input"]], &last[column["capture"]]), ("64x48", "64"));
        assert_eq!((&last[column["left_hip_oks"]], &last[column["labelled_joints"]]), ("", "16"));
        let oks: f64 = last[column["oks"]].parse().unwrap();
        let joints: Vec<f64> = titles
            .iter()
            .zip(last)
            .filter(|(title, _)| title.ends_with("_oks"))
            .filter_map(|(_, f)| f.parse().ok())
            .collect();
        approx::assert_relative_eq!(oks, joints.iter().sum::<f64>() / joints.len() as f64, epsilon = 1e-12);
        let (first, missing) = (&records[0], &records[1]);
        assert_eq!(&first[column["nose_x"]], "10");
        assert_eq!((&missing[column["oks"]], &missing[column["nose_x"]]), ("", ""), "nobody was cut out");
    }

    #[test]
    fn json_has_the_figures_of_the_study_and_everybody() {
        let export = export();
        let json: serde_json::Value = serde_json::from_slice(&export.bytes(Format::Json).unwrap()).unwrap();
        assert_eq!(json["annotations"], "set.json");
        let run = &json["runs"][0];
        assert_eq!(run["ap"].as_f64(), export.runs[0].measured.figures.evaluation.ap);
        assert_eq!((&run["unusable_boxes"], run["people"].as_array().unwrap().len()), (&1.into(), 3));
        assert_eq!(run["people"][0]["keypoints"].as_array().unwrap().len(), 3 * KEYPOINT_COUNT);
        assert!(run["people"][1]["keypoints"].is_null());
    }
}
