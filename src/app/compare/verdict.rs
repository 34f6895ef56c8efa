//! Which side is better, and by how much.

use crate::app::what_if::movements;
use crate::pose::{KEYPOINT_COUNT, KEYPOINT_NAMES, Pose, oks};
use crate::study::Truth;

/// What two poses of one person say about the sides that found them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// OKS of A and of B with the labelled joints, 0 … 1, where there are some.
    pub oks: Option<(f64, f64)>,
    /// Mean distance between a joint of A and of B in picture pixels.
    pub mean_px: f64,
    /// The largest such distance.
    pub most_px: f64,
    /// The joint of which that is, in COCO order.
    pub joint: usize,
}

impl Verdict {
    /// The verdict on a person whose box is `height` picture pixels tall.
    pub fn of(a: &Pose, b: &Pose, truth: Option<&Truth>, height: f64) -> Self {
        let similarity = |pose| truth.and_then(|truth| oks(pose, &truth.labels, truth.area));
        let moved = movements(a, b, None, height);
        let (most_px, joint) = moved.first().map_or((0.0, 0), |joint| (joint.pixels, joint.joint));
        let mean_px = moved.iter().map(|joint| joint.pixels).sum::<f64>() / KEYPOINT_COUNT as f64;
        Self { oks: similarity(a).zip(similarity(b)), mean_px, most_px, joint }
    }

    /// The sentence for the bar: who is better where that is known, else how far the joints are apart.
    pub fn text(&self) -> String {
        let Some((a, b)) = self.oks else { return self.distance() };
        // By the figures that are shown, so that they add up.
        let shown = |oks: f64| (oks * 100.0).round() as i32;
        let (name, better, worse) = match shown(a) - shown(b) {
            0 => return format!("A and B are equally good: OKS {a:.2}"),
            1.. => ("A", a, b),
            _ => ("B", b, a),
        };
        let ahead = f64::from(shown(better) - shown(worse)) / 100.0;
        format!("{name} is better: OKS {better:.2} against {worse:.2} (+{ahead:.2})")
    }

    /// How far the joints are apart.
    pub fn distance(&self) -> String {
        if self.most_px == 0.0 {
            return "A and B find every joint at the same place".into();
        }
        let joint = KEYPOINT_NAMES.get(self.joint).copied().unwrap_or_default();
        format!("Joints moved {:.1} px in the mean, {:.1} px at most ({joint})", self.mean_px, self.most_px)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::{Keypoint, LabelledKeypoint};

    fn pose() -> Pose {
        [Keypoint { x: 10.0, y: 20.0, confidence: 0.5 }; KEYPOINT_COUNT]
    }

    /// Everything labelled where [`pose`] has it.
    fn truth() -> Truth {
        Truth { labels: [LabelledKeypoint { x: 10.0, y: 20.0, visibility: 2 }; KEYPOINT_COUNT], area: 400.0 }
    }

    #[test]
    fn without_labels_it_says_how_far_the_joints_moved() {
        let mut moved = pose();
        (moved[9].x, moved[9].y) = (13.0, 24.0);
        moved[3].x += 1.0;
        let verdict = Verdict::of(&pose(), &moved, None, 50.0);
        assert_eq!((verdict.oks, verdict.most_px, verdict.joint), (None, 5.0, 9));
        approx::assert_relative_eq!(verdict.mean_px, 6.0 / 17.0);
        assert_eq!(verdict.text(), "Joints moved 0.4 px in the mean, 5.0 px at most (left wrist)");
        let same = Verdict::of(&pose(), &pose(), None, 50.0);
        assert_eq!(same.text(), "A and B find every joint at the same place");
    }

    #[test]
    fn with_labels_it_says_who_is_better() {
        let mut off = pose();
        off.iter_mut().for_each(|joint| joint.x += 2.0);
        let expected = oks(&off, &truth().labels, 400.0).unwrap();
        let verdict = Verdict::of(&pose(), &off, Some(&truth()), 50.0);
        assert_eq!(verdict.oks, Some((1.0, expected)));
        let text = verdict.text();
        assert!(text.starts_with(&format!("A is better: OKS 1.00 against {expected:.2} (+0.")), "{text}");
        assert!(Verdict::of(&off, &pose(), Some(&truth()), 50.0).text().starts_with("B is better: OKS 1.00"));
        let equal = Verdict::of(&off, &off, Some(&truth()), 50.0).text();
        assert_eq!(equal, format!("A and B are equally good: OKS {expected:.2}"));
    }

    #[test]
    fn the_figures_add_up() {
        let verdict = Verdict { oks: Some((0.706, 0.514)), mean_px: 1.0, most_px: 2.0, joint: 0 };
        assert_eq!(verdict.text(), "A is better: OKS 0.71 against 0.51 (+0.20)");
    }
}
