//! Matching the detections of one picture with its ground truth, as the reference COCO evaluation does.

use std::ops::RangeInclusive;

use super::super::oks::similarity;
use super::super::skeleton::SIGMAS;
use super::annotations::Person;
use super::check::labelled;
use super::results::Detection;

/// Most detections of a picture that count.
pub(super) const MAX_DETECTIONS: usize = 20;

/// Number of similarity thresholds.
pub(super) const THRESHOLDS: usize = 10;

/// The similarity threshold of an index: .50, .55 … .95.
pub(super) fn threshold(index: usize) -> f64 {
    0.5 + index as f64 * ((0.95 - 0.5) / (THRESHOLDS - 1) as f64)
}

/// A picture with its people, its best detections by falling score, and how alike they are.
pub(super) struct Scene<'a> {
    people: Vec<&'a Person>,
    detections: Vec<&'a Detection>,
    /// Similarity of every detection (outer) with every person (inner).
    similarities: Vec<Vec<f64>>,
}

/// What became of a detection at one threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It found a person that counts.
    Hit,
    /// It found nobody.
    Miss,
    /// It found somebody who does not count, or nobody and is itself outside the range of areas.
    Ignored,
}

/// The outcomes of one scene over one range of areas.
pub(super) struct Matches {
    /// Number of people that count.
    pub people: usize,
    /// Score and outcome per threshold of every detection, by falling score.
    pub detections: Vec<(f64, [Outcome; THRESHOLDS])>,
}

impl<'a> Scene<'a> {
    /// A scene of one picture; detections of equal score stay in their order.
    pub(super) fn new(people: Vec<&'a Person>, mut detections: Vec<&'a Detection>) -> Self {
        detections.sort_by(|a, b| b.score.total_cmp(&a.score));
        detections.truncate(MAX_DETECTIONS);
        let row = |detection: &&Detection| people.iter().map(|person| overlap(detection, person)).collect();
        let similarities = detections.iter().map(row).collect();
        Self { people, detections, similarities }
    }

    /// Matches people and detections, where only people with an area in `areas` count.
    pub(super) fn matches(&self, areas: &RangeInclusive<f64>) -> Matches {
        let ignored: Vec<bool> = self
            .people
            .iter()
            .map(|person| person.iscrowd || person.num_keypoints == 0 || !areas.contains(&person.area))
            .collect();
        // People who count come first; a detection that found one of them looks at no other.
        let mut order: Vec<usize> = (0..self.people.len()).collect();
        order.sort_by_key(|person| ignored[*person]);

        let columns: [Vec<Outcome>; THRESHOLDS] =
            std::array::from_fn(|index| self.outcomes(threshold(index), &order, &ignored, areas));
        let outcomes = |detection: usize| std::array::from_fn(|index| columns[index][detection]);
        let detections = self.detections.iter().enumerate();
        Matches {
            people: ignored.iter().filter(|ignored| !**ignored).count(),
            detections: detections.map(|(index, detection)| (detection.score, outcomes(index))).collect(),
        }
    }

    fn outcomes(
        &self,
        threshold: f64,
        order: &[usize],
        ignored: &[bool],
        areas: &RangeInclusive<f64>,
    ) -> Vec<Outcome> {
        let mut taken = vec![false; self.people.len()];
        let found = self.similarities.iter().map(|similarities| {
            let best = self.best_match(similarities, threshold, order, ignored, &taken);
            if let Some(person) = best {
                taken[person] = true;
            }
            best
        });
        found
            .zip(&self.detections)
            .map(|(found, detection)| match found {
                Some(person) if ignored[person] => Outcome::Ignored,
                Some(_) => Outcome::Hit,
                None if areas.contains(&extent(detection)) => Outcome::Miss,
                None => Outcome::Ignored,
            })
            .collect()
    }

    /// The person a detection is most like, of those still free; a crowd is never used up. Of equals the last
    /// wins.
    fn best_match(
        &self,
        similarities: &[f64],
        threshold: f64,
        order: &[usize],
        ignored: &[bool],
        taken: &[bool],
    ) -> Option<usize> {
        let mut highest = threshold.min(1.0 - 1e-10);
        let mut best: Option<usize> = None;
        for &person in order {
            if taken[person] && !self.people[person].iscrowd {
                continue;
            }
            if ignored[person] && best.is_some_and(|best| !ignored[best]) {
                break;
            }
            if similarities[person] >= highest {
                highest = similarities[person];
                best = Some(person);
            }
        }
        best
    }
}

/// Similarity of a detection with a person. For a person without labelled joints the distance of every joint
/// to the box, doubled on all sides, takes the place of the distance to a label.
fn overlap(detection: &Detection, person: &Person) -> f64 {
    let bbox = &person.bbox;
    let beyond = |position: f64, start: f64, side: f64| {
        (start - side - position).max(0.0) + (position - (start + side * 2.0)).max(0.0)
    };
    let joints = detection.pose.iter().zip(&person.labels).zip(SIGMAS);
    let unlabelled = labelled(&person.labels) == 0;
    let (sum, count) = joints
        .filter(|((_, label), _)| unlabelled || label.is_labelled())
        .map(|((found, label), sigma)| {
            let (dx, dy) = if unlabelled {
                (beyond(found.x, bbox.x, bbox.width), beyond(found.y, bbox.y, bbox.height))
            } else {
                (found.x - label.x, found.y - label.y)
            };
            similarity(dx, dy, sigma, person.area)
        })
        .fold((0.0, 0_u32), |(sum, count), similarity| (sum + similarity, count + 1));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

/// Area in square pixels of the rectangle around all joints of a detection, as the reference measures
/// detections.
fn extent(detection: &Detection) -> f64 {
    let side = |position: fn(&super::super::keypoint::Keypoint) -> f64| {
        let (low, high) = detection
            .pose
            .iter()
            .map(position)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), next| (low.min(next), high.max(next)));
        high - low
    };
    side(|keypoint| keypoint.x) * side(|keypoint| keypoint.y)
}
