//! How good the joints are that another program has written to a results file.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde::Serialize;

use super::error::StudyError;
use super::figures::by_source;
use super::labelled_set::is_looked_for;
use super::set_description::SetDescription;
use crate::counted::counted;
use crate::pose::coco::{Evaluation, Reading, ResultsReading, evaluate};

/// A COCO keypoint results file compared with labels. No picture is opened: both are taken to be in pixels of the same
/// frame.
#[derive(Clone, Debug, Serialize)]
pub struct ResultsScore {
    /// The results file.
    pub results: String,
    /// The annotation file.
    pub annotations: String,
    /// How many pictures count.
    pub pictures: usize,
    /// How many labelled people count: no crowds, none without labelled joints.
    pub people: usize,
    /// How many people were found in those pictures.
    pub detections: usize,
    /// AP and AR of COCO, 0 … 1.
    #[serde(flatten)]
    pub evaluation: Evaluation,
    /// AP and AR of the pictures of each source, where the annotations tell sources.
    pub sources: BTreeMap<String, Evaluation>,
    /// What was left out of both files, in sentences.
    pub warnings: Vec<String>,
}

impl ResultsScore {
    /// Reads both files and compares them.
    ///
    /// # Errors
    /// When one cannot be read, nobody is labelled in the pictures asked for, or no detection is of a listed picture.
    pub fn of(description: &SetDescription, results: &Path) -> Result<Self, StudyError> {
        let path = &description.annotations;
        let reading = Reading::of(path)?;
        let found = ResultsReading::belonging_to(&reading, results)?;
        let mut warnings: Vec<String> =
            reading.warning(path).into_iter().chain(found.warning(results)).collect();
        let mut dataset = reading.dataset;
        let listed: HashSet<u64> = dataset.images.iter().map(|image| image.id).collect();
        let mut strange = found.detections.iter().filter(|detection| !listed.contains(&detection.image_id));
        if let Some(first) = strange.next() {
            let count = 1 + strange.count();
            let (detections, id) = (counted(count, "detection", "detections"), first.image_id);
            if count == found.detections.len() {
                let (results, annotations) = (results.to_owned(), path.clone());
                return Err(StudyError::OtherPictures { results, annotations, detections, id });
            }
            warnings.push(format!(
                "{}: {detections} of pictures that {} does not list do not count (first: image {id})",
                results.display(),
                path.display()
            ));
        }
        if found.detections.is_empty() {
            warnings.push(format!(
                "{}: it holds no detections of people (the category of the annotations, or category_id 1)",
                results.display()
            ));
        }
        description.narrow(&mut dataset)?;
        let people = dataset.people.iter().filter(|person| is_looked_for(person)).count();
        if people == 0 {
            return Err(StudyError::Nobody { annotations: path.clone() });
        }
        let counting: HashSet<u64> = dataset.images.iter().map(|image| image.id).collect();
        let detections = found.detections;
        Ok(Self {
            results: results.display().to_string(),
            annotations: path.display().to_string(),
            pictures: dataset.images.len(),
            people,
            detections: detections.iter().filter(|detection| counting.contains(&detection.image_id)).count(),
            evaluation: evaluate(&dataset, &detections),
            sources: by_source(&dataset, &detections),
            warnings,
        })
    }
}
