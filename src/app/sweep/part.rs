//! Joints that get a curve of their own.

use super::curve::Score;
use crate::pose::{KEYPOINT_COUNT, KEYPOINT_NAMES};
use crate::study::ByJoint;

/// Joints that are alike, from the head down, in COCO order.
const GROUPS: [(&str, &[usize]); 7] = [
    ("head", &[0, 1, 2, 3, 4]),
    ("shoulders", &[5, 6]),
    ("elbows", &[7, 8]),
    ("wrists", &[9, 10]),
    ("hips", &[11, 12]),
    ("knees", &[13, 14]),
    ("ankles", &[15, 16]),
];

/// A joint, or joints that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Both sides of a joint, or the whole head: a place among the groups from the head down.
    Group(usize),
    /// A single joint, in COCO order.
    Joint(usize),
}

impl Part {
    /// How many groups there are.
    pub const GROUPS: usize = GROUPS.len();

    /// Every group, from the head down.
    pub fn groups() -> impl Iterator<Item = Self> {
        (0..GROUPS.len()).map(Self::Group)
    }

    /// Every joint, in COCO order.
    pub fn joints() -> impl Iterator<Item = Self> {
        (0..KEYPOINT_COUNT).map(Self::Joint)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Group(group) => GROUPS.get(group).map_or("", |(name, _)| name),
            Self::Joint(joint) => KEYPOINT_NAMES.get(joint).copied().unwrap_or_default(),
        }
    }

    /// The group that it is or belongs to.
    pub fn group(self) -> usize {
        match self {
            Self::Group(group) => group,
            Self::Joint(joint) => {
                GROUPS.iter().position(|(_, joints)| joints.contains(&joint)).unwrap_or_default()
            }
        }
    }

    /// The mean score of its joints, of those that have one.
    pub fn score(self, figures: &ByJoint) -> Option<Score> {
        let of = |joint: &usize| figures.0.get(*joint).copied().flatten();
        let own: Vec<f64> = match self {
            Self::Group(group) => {
                GROUPS.get(group).map_or(&[][..], |(_, joints)| joints).iter().filter_map(of).collect()
            }
            Self::Joint(joint) => of(&joint).into_iter().collect(),
        };
        (!own.is_empty()).then(|| Score::alone(own.iter().sum::<f64>() / own.len() as f64))
    }
}

/// What is drawn of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Whether there is a curve for each of some joints, at the network input at hand; else one for each input.
    pub by_joint: bool,
    /// Average precision where there is some; else the mean over people.
    pub precision: bool,
    /// Which joints have a curve.
    parts: Vec<Part>,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { by_joint: false, precision: false, parts: Part::groups().collect() }
    }
}

impl Chosen {
    /// The joints that have a curve: groups first, then single ones.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether a part has a curve.
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// Gives a part a curve, or takes it away.
    pub fn toggle(&mut self, part: Part) {
        match self.parts.binary_search(&part) {
            Ok(place) => {
                self.parts.remove(place);
            }
            Err(place) => self.parts.insert(place, part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_joint_is_in_one_group() {
        let mut joints: Vec<usize> = GROUPS.iter().flat_map(|(_, joints)| joints.iter().copied()).collect();
        joints.sort_unstable();
        assert_eq!(joints, (0..KEYPOINT_COUNT).collect::<Vec<_>>());
        assert_eq!((Part::Joint(10).group(), Part::Joint(10).name()), (3, "right wrist"));
        assert_eq!((Part::Group(3).group(), Part::Group(3).name()), (3, "wrists"));
    }

    #[test]
    fn a_part_is_the_mean_of_its_joints_that_have_a_figure() {
        let mut figures = ByJoint::default();
        (figures.0[0], figures.0[4], figures.0[15]) = (Some(0.25), Some(0.75), Some(1.0));
        let score = |part: Part| part.score(&figures).map(|score| score.value);
        assert_eq!(score(Part::Group(0)), Some(0.5));
        assert_eq!((score(Part::Group(6)), score(Part::Group(1))), (Some(1.0), None));
        assert_eq!((score(Part::Joint(4)), score(Part::Joint(16))), (Some(0.75), None));
    }

    #[test]
    fn parts_are_switched_and_keep_their_order() {
        let mut chosen = Chosen::default();
        assert_eq!(chosen.parts().len(), Part::GROUPS);
        chosen.toggle(Part::Joint(3));
        chosen.toggle(Part::Group(1));
        chosen.toggle(Part::Group(0));
        chosen.toggle(Part::Group(0));
        assert!(chosen.has(Part::Joint(3)) && !chosen.has(Part::Group(1)));
        assert_eq!(chosen.parts().first(), Some(&Part::Group(0)));
        assert_eq!(chosen.parts().last(), Some(&Part::Joint(3)));
    }
}
