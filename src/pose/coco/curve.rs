//! Precision over recall, from the matches of all pictures.

use super::matching::{Matches, Outcome, THRESHOLDS};

/// Points of recall at which precision is read: 0, .01 … 1.
const RECALL_POINTS: usize = 101;

/// Average precision and highest recall at one similarity threshold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accuracy {
    pub precision: f64,
    pub recall: f64,
}

/// Accuracy at every threshold; `None` when nobody counts. Detections of equal score keep the order of their
/// pictures.
pub(super) fn accuracies(pictures: &[Matches]) -> Option<[Accuracy; THRESHOLDS]> {
    let people: usize = pictures.iter().map(|matches| matches.people).sum();
    if people == 0 {
        return None;
    }
    let mut detections: Vec<_> = pictures.iter().flat_map(|matches| &matches.detections).collect();
    detections.sort_by(|a, b| b.0.total_cmp(&a.0));
    Some(std::array::from_fn(|index| {
        accuracy(detections.iter().map(|(_, outcomes)| outcomes[index]), people)
    }))
}

fn accuracy(outcomes: impl Iterator<Item = Outcome>, people: usize) -> Accuracy {
    let (mut recalls, mut precisions) = (Vec::new(), Vec::new());
    let (mut hits, mut misses) = (0.0, 0.0);
    for outcome in outcomes {
        match outcome {
            Outcome::Hit => hits += 1.0,
            Outcome::Miss => misses += 1.0,
            Outcome::Ignored => {}
        }
        recalls.push(hits / people as f64);
        precisions.push(hits / (misses + hits + f64::EPSILON));
    }
    fall_only(&mut precisions);
    let at = |point: usize| {
        let recall = point as f64 * 0.01;
        precisions.get(recalls.partition_point(|reached| *reached < recall)).copied().unwrap_or(0.0)
    };
    Accuracy {
        precision: (0..RECALL_POINTS).map(at).sum::<f64>() / RECALL_POINTS as f64,
        recall: recalls.last().copied().unwrap_or(0.0),
    }
}

/// Raises every value to the highest that follows it.
fn fall_only(values: &mut [f64]) {
    let mut highest = 0.0_f64;
    for value in values.iter_mut().rev() {
        highest = highest.max(*value);
        *value = highest;
    }
}
