//! A figure for each joint.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::pose::{KEYPOINT_COUNT, KEYPOINT_NAMES};

/// A figure for each joint that has one, in COCO order; in JSON an object with COCO's joint names.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ByJoint(pub [Option<f64>; KEYPOINT_COUNT]);

/// A joint's name as COCO files spell it.
pub fn coco_name(name: &str) -> String {
    name.replace(' ', "_")
}

impl Serialize for ByJoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(KEYPOINT_COUNT))?;
        for (name, figure) in KEYPOINT_NAMES.iter().zip(self.0) {
            map.serialize_entry(&coco_name(name), &figure)?;
        }
        map.end()
    }
}

/// Means over people of figures that not every person has for every joint.
#[derive(Clone, Copy, Debug, Default)]
pub struct JointMeans {
    sums: [f64; KEYPOINT_COUNT],
    counts: [u32; KEYPOINT_COUNT],
}

impl JointMeans {
    /// Adds a person.
    pub fn add(&mut self, figures: &[Option<f64>; KEYPOINT_COUNT]) {
        for ((sum, count), figure) in self.sums.iter_mut().zip(&mut self.counts).zip(figures) {
            if let Some(figure) = figure {
                *sum += figure;
                *count += 1;
            }
        }
    }

    /// The mean of each joint that anybody has a figure for.
    pub fn means(&self) -> ByJoint {
        let mut means = ByJoint::default();
        for ((mean, sum), count) in means.0.iter_mut().zip(self.sums).zip(self.counts) {
            *mean = (count > 0).then(|| sum / f64::from(count));
        }
        means
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joints_nobody_has_are_left_open() {
        let mut means = JointMeans::default();
        let mut figures = [None; KEYPOINT_COUNT];
        figures[0] = Some(0.5);
        figures[9] = Some(1.0);
        means.add(&figures);
        figures[9] = None;
        figures[0] = Some(1.0);
        means.add(&figures);
        let means = means.means();
        assert_eq!((means.0[0], means.0[9], means.0[16]), (Some(0.75), Some(1.0), None));
        let json = serde_json::to_value(means).unwrap();
        assert_eq!(json["left_wrist"], 1.0);
        assert!(json["right_ankle"].is_null());
    }
}
