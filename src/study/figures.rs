//! How near found joints are to labelled ones, over a data set.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::by_joint::{ByJoint, JointMeans};
use crate::pose::coco::{Dataset, Detection, Evaluation, evaluate};
use crate::pose::{Pose, instance_score, joint_oks, oks, pck, pck_auc};

/// Share of the longer side of the box within which a joint counts as found.
pub const PCK_THRESHOLD: f64 = 0.2;

/// Somebody who was looked for, and what was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Index in the data set's people.
    pub person: usize,
    /// The joints, in picture pixels.
    pub pose: Pose,
}

/// Accuracy over a data set; every figure is 0 … 1.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    /// AP and AR of COCO.
    #[serde(flatten)]
    pub evaluation: Evaluation,
    /// Share of all labelled joints that are found within [`PCK_THRESHOLD`].
    pub pck: Option<f64>,
    /// Area under the curve of that share over thresholds of 0 … 0.5.
    pub pck_auc: Option<f64>,
    /// Object keypoint similarity, the mean over people.
    pub mean_oks: Option<f64>,
    /// Object keypoint similarity of each joint, the mean over people for whom it is labelled.
    pub joint_oks: ByJoint,
    /// AP and AR of the pictures of each source, where the annotations tell sources.
    pub sources: BTreeMap<String, Evaluation>,
}

impl Figures {
    /// Compares what was found with what is labelled. Somebody labelled who is not in `found` lowers AP and AR
    /// and takes no part in the other figures.
    pub fn of(dataset: &Dataset, found: &[Found]) -> Self {
        let detections = detections(dataset, found);
        let (mut pck_mean, mut auc_mean, mut oks_mean) = (Mean::default(), Mean::default(), Mean::default());
        let mut joints = JointMeans::default();
        for found in found {
            let Some(person) = dataset.people.get(found.person) else {
                continue;
            };
            let labelled = person.labels.iter().filter(|label| label.is_labelled()).count() as f64;
            pck_mean.add(pck(&found.pose, &person.labels, &person.bbox, PCK_THRESHOLD), labelled);
            auc_mean.add(pck_auc(&found.pose, &person.labels, &person.bbox), labelled);
            oks_mean.add(oks(&found.pose, &person.labels, person.area), 1.0);
            joints.add(&joint_oks(&found.pose, &person.labels, person.area));
        }
        Self {
            evaluation: evaluate(dataset, &detections),
            pck: pck_mean.value(),
            pck_auc: auc_mean.value(),
            mean_oks: oks_mean.value(),
            joint_oks: joints.means(),
            sources: by_source(dataset, &detections),
        }
    }
}

/// What was found, as COCO results.
pub fn detections(dataset: &Dataset, found: &[Found]) -> Vec<Detection> {
    let detection = |found: &Found| {
        let person = dataset.people.get(found.person)?;
        Some(Detection { image_id: person.image_id, pose: found.pose, score: instance_score(&found.pose) })
    };
    found.iter().filter_map(detection).collect()
}

/// AP and AR of the pictures of each source, where the annotations tell sources.
pub fn by_source(dataset: &Dataset, detections: &[Detection]) -> BTreeMap<String, Evaluation> {
    let mut images: HashMap<&str, HashSet<u64>> = HashMap::new();
    for image in &dataset.images {
        if let Some(source) = &image.source {
            images.entry(source).or_default().insert(image.id);
        }
    }
    let of_source = |(source, ids): (&str, HashSet<u64>)| {
        let part = Dataset {
            images: dataset.images.iter().filter(|image| ids.contains(&image.id)).cloned().collect(),
            people: dataset.people.iter().filter(|person| ids.contains(&person.image_id)).cloned().collect(),
        };
        (source.to_owned(), evaluate(&part, detections))
    };
    images.into_iter().map(of_source).collect()
}

/// A weighted mean of what there is.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    fn add(&mut self, figure: Option<f64>, weight: f64) {
        if let Some(figure) = figure {
            self.sum += weight * figure;
            self.weight += weight;
        }
    }

    fn value(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }
}
