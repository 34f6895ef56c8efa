//! What an experiment gives for each setting.

use super::by_joint::{ByJoint, JointMeans};
use super::figures::detections;
use super::pass::Pass;
use super::people::People;
use super::spread::Spread;
use crate::engine::Settings;
use crate::pose::coco::evaluate;
use crate::pose::{KEYPOINT_COUNT, LabelledKeypoint, Labels, Pose, joint_oks};

/// What was found at one setting over all people. Every share is 0 … 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The setting's place among those asked for.
    pub index: usize,
    /// The setting.
    pub settings: Settings,
    /// People seen.
    pub people: usize,
    /// Average precision, over a data set.
    pub ap: Option<f64>,
    /// Similarity with labelled joints: accuracy.
    pub oks: Option<Spread>,
    /// Similarity with the same network at the reference setting, where there is one: agreement.
    pub agreement: Option<Spread>,
    /// Mean over people of each joint's similarity with its label.
    pub joint_oks: ByJoint,
    /// Mean over people of each joint's agreement.
    pub joint_agreement: ByJoint,
    /// Milliseconds in the network, mirrored pass included.
    pub network_ms_per_person: f64,
}

impl Row {
    /// The figures of one setting but for average precision, compared with what was found at the reference where there
    /// is one.
    pub(super) fn of(
        (index, settings): (usize, &Settings),
        people: &People,
        pass: &Pass,
        reference: Option<&Pass>,
    ) -> Self {
        let (mut oks, mut agreement) = (Tally::default(), Tally::default());
        for (place, ((pose, area), truth)) in
            pass.poses.iter().zip(&pass.areas).zip(&people.truths).enumerate()
        {
            let (Some(pose), Some(area)) = (pose, area) else { continue };
            if let Some(truth) = truth {
                oks.add(pose, &truth.labels, truth.area);
            }
            let reference = reference.and_then(|pass| pass.poses.get(place).copied().flatten());
            if let Some(reference) = reference {
                agreement.add(pose, &as_labels(&reference), *area);
            }
        }
        Self {
            index,
            settings: settings.clone(),
            people: pass.seen(),
            ap: None,
            oks: Spread::of(&oks.people),
            agreement: Spread::of(&agreement.people),
            joint_oks: oks.joints.means(),
            joint_agreement: agreement.joints.means(),
            network_ms_per_person: pass.ms_per_person(),
        }
    }

    /// The same with the average precision of that setting, where the people are those of a data set.
    pub(super) fn with_precision(mut self, people: &People, pass: &Pass) -> Self {
        self.ap = people.set().and_then(|set| {
            let found = people.found(pass);
            evaluate(&set.dataset, &detections(&set.dataset, &found)).ap
        });
        self
    }
}

/// Similarities of the people so far.
#[derive(Default)]
struct Tally {
    people: Vec<f64>,
    joints: JointMeans,
}

impl Tally {
    /// Adds one person's similarity with `labels`.
    fn add(&mut self, pose: &Pose, labels: &Labels, area: f64) {
        let similarities = joint_oks(pose, labels, area);
        let labelled: Vec<f64> = similarities.iter().flatten().copied().collect();
        if !labelled.is_empty() {
            self.people.push(labelled.iter().sum::<f64>() / labelled.len() as f64);
        }
        self.joints.add(&similarities);
    }
}

/// A found pose in the place of labels, to compare another with it.
fn as_labels(pose: &Pose) -> Labels {
    let mut labels = [LabelledKeypoint::default(); KEYPOINT_COUNT];
    for (label, joint) in labels.iter_mut().zip(pose) {
        *label = LabelledKeypoint { x: joint.x, y: joint.y, visibility: 2 };
    }
    labels
}
