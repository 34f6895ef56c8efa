//! The figures by which keypoint networks are compared.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::annotations::{Dataset, Person};
use super::curve::{Accuracy, accuracies};
use super::matching::{Scene, THRESHOLDS};
use super::results::Detection;

/// People under this area in square pixels are small.
const MEDIUM_FROM: f64 = 32.0 * 32.0;

/// People over this area in square pixels are large.
const LARGE_FROM: f64 = 96.0 * 96.0;

/// Beyond the area of any person, in square pixels.
const UNBOUNDED: f64 = 1e10;

/// Index of the similarity threshold .75.
const AT_75: usize = 5;

/// Average precision and recall over a data set, 0 … 1; `None` where nobody of that size is labelled, for
/// which the reference evaluation prints -1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// AP: precision averaged over similarity thresholds of .50, .55 … .95.
    pub ap: Option<f64>,
    /// AP at a similarity of .50.
    pub ap50: Option<f64>,
    /// AP at a similarity of .75.
    pub ap75: Option<f64>,
    /// AP of people of 32² … 96² square pixels.
    pub ap_medium: Option<f64>,
    /// AP of people over 96² square pixels.
    pub ap_large: Option<f64>,
    /// AR: recall averaged over the same thresholds as `ap`.
    pub ar: Option<f64>,
    /// AR at a similarity of .50.
    pub ar50: Option<f64>,
    /// AR at a similarity of .75.
    pub ar75: Option<f64>,
    /// AR of people of 32² … 96² square pixels.
    pub ar_medium: Option<f64>,
    /// AR of people over 96² square pixels.
    pub ar_large: Option<f64>,
    /// AP of people under 32² square pixels, which the reference evaluation leaves out.
    pub small_ap: Option<f64>,
    /// AR of people under 32² square pixels, which the reference evaluation leaves out.
    pub small_ar: Option<f64>,
}

/// Compares detections with ground truth as the reference COCO evaluation (`COCOeval` for keypoints) does: at
/// most 20 detections a picture, 101 points of recall, and neither hits nor misses for crowds and people
/// without labelled joints. Detections must be in pixels of the original pictures; those of pictures outside
/// `ground_truth` do not count.
pub fn evaluate(ground_truth: &Dataset, detections: &[Detection]) -> Evaluation {
    let scenes = scenes(ground_truth, detections);
    let over = |areas: RangeInclusive<f64>| {
        let pictures: Vec<_> = scenes.iter().map(|scene| scene.matches(&areas)).collect();
        accuracies(&pictures)
    };
    let all = over(0.0..=UNBOUNDED);
    let medium = over(MEDIUM_FROM..=LARGE_FROM);
    let large = over(LARGE_FROM..=UNBOUNDED);
    let small = over(0.0..=MEDIUM_FROM.next_down());
    let at = |index: usize| all.map(|accuracies| accuracies[index]);
    Evaluation {
        ap: mean(all, |accuracy| accuracy.precision),
        ap50: at(0).map(|accuracy| accuracy.precision),
        ap75: at(AT_75).map(|accuracy| accuracy.precision),
        ap_medium: mean(medium, |accuracy| accuracy.precision),
        ap_large: mean(large, |accuracy| accuracy.precision),
        ar: mean(all, |accuracy| accuracy.recall),
        ar50: at(0).map(|accuracy| accuracy.recall),
        ar75: at(AT_75).map(|accuracy| accuracy.recall),
        ar_medium: mean(medium, |accuracy| accuracy.recall),
        ar_large: mean(large, |accuracy| accuracy.recall),
        small_ap: mean(small, |accuracy| accuracy.precision),
        small_ar: mean(small, |accuracy| accuracy.recall),
    }
}

/// One scene for every picture, by rising image id.
fn scenes<'a>(ground_truth: &'a Dataset, detections: &'a [Detection]) -> Vec<Scene<'a>> {
    let mut people: HashMap<u64, Vec<&Person>> = HashMap::new();
    for person in &ground_truth.people {
        people.entry(person.image_id).or_default().push(person);
    }
    let mut found: BTreeMap<u64, Vec<&Detection>> =
        ground_truth.images.iter().map(|image| (image.id, Vec::new())).collect();
    for detection in detections {
        if let Some(found) = found.get_mut(&detection.image_id) {
            found.push(detection);
        }
    }
    found
        .into_iter()
        .map(|(image, found)| Scene::new(people.remove(&image).unwrap_or_default(), found))
        .collect()
}

fn mean(accuracies: Option<[Accuracy; THRESHOLDS]>, figure: impl Fn(&Accuracy) -> f64) -> Option<f64> {
    accuracies.map(|accuracies| accuracies.iter().map(figure).sum::<f64>() / THRESHOLDS as f64)
}
