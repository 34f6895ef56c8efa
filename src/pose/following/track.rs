//! One person who is followed.

use super::joints_box::CONFIDENT;
use crate::pose::{BoundingBox, Pose};

/// How long a person who is not seen is taken to walk on, in seconds.
const COAST_SECS: f64 = 0.5;
/// The weight of the newest speed.
const NEWEST_SPEED: f64 = 0.5;
/// What the box in which a missed person is looked for grows by on each side with every miss, as a share of its
/// sides, and how often it does.
const GROWTH: f64 = 0.1;
const MOST_GROWTHS: u32 = 4;

/// A person with a number, and where they were last.
#[derive(Clone, Debug)]
pub(super) struct Track {
    pub number: u32,
    /// Where they were seen last; may reach beyond the picture.
    pub bounds: BoundingBox,
    /// The joints there, once there were any.
    pub pose: Option<Pose>,
    /// How often they were looked for since and not seen.
    pub misses: u32,
    /// When they were seen last, in seconds.
    pub seen_secs: f64,
    /// Pixels a second, once they were seen twice.
    speed: Option<(f64, f64)>,
}

impl Track {
    /// Somebody in a box, whose joints are not known yet.
    pub fn new(number: u32, bounds: BoundingBox, seen_secs: f64) -> Self {
        Self { number, bounds, pose: None, misses: 0, seen_secs, speed: None }
    }

    /// Takes in joints and the box around them.
    pub fn see(&mut self, pose: &Pose, bounds: BoundingBox, now_secs: f64) {
        let elapsed = now_secs - self.seen_secs;
        if let Some(moved) =
            self.pose.as_ref().and_then(|before| moved(before, pose)).filter(|_| elapsed > 0.0)
        {
            let newest = (moved.0 / elapsed, moved.1 / elapsed);
            let before = self.speed.unwrap_or(newest);
            let mixed = |before: f64, newest: f64| before + NEWEST_SPEED * (newest - before);
            self.speed = Some((mixed(before.0, newest.0), mixed(before.1, newest.1)));
        }
        (self.pose, self.bounds, self.misses, self.seen_secs) = (Some(*pose), bounds, 0, now_secs);
    }

    /// The box and the joints where they would be now if the person went on as before.
    pub fn expected(&self, now_secs: f64) -> (BoundingBox, Option<Pose>) {
        let elapsed = (now_secs - self.seen_secs).clamp(0.0, COAST_SECS);
        let (x, y) = self.speed.unwrap_or_default();
        let (x, y) = (x * elapsed, y * elapsed);
        let bounds = BoundingBox { x: self.bounds.x + x, y: self.bounds.y + y, ..self.bounds };
        let mut pose = self.pose;
        for joint in pose.iter_mut().flatten() {
            (joint.x, joint.y) = (joint.x + x, joint.y + y);
        }
        (bounds, pose)
    }

    /// Where to look for them: around their joints, or, while they are missed, in a wider box farther on.
    pub fn search_box(&self, now_secs: f64) -> BoundingBox {
        if self.misses == 0 {
            return self.bounds;
        }
        let (bounds, _) = self.expected(now_secs);
        let growth = GROWTH * f64::from(self.misses.min(MOST_GROWTHS));
        let (wider, higher) = (bounds.width * growth, bounds.height * growth);
        BoundingBox {
            x: bounds.x - wider,
            y: bounds.y - higher,
            width: bounds.width + 2.0 * wider,
            height: bounds.height + 2.0 * higher,
        }
    }
}

/// How far the joints went that both poses are confident of, in pixels on average.
fn moved(before: &Pose, now: &Pose) -> Option<(f64, f64)> {
    let sure = before.iter().zip(now).filter(|(a, b)| a.confidence.min(b.confidence) >= CONFIDENT);
    let (x, y, count) =
        sure.fold((0.0, 0.0, 0.0), |(x, y, count), (a, b)| (x + b.x - a.x, y + b.y - a.y, count + 1.0));
    (count > 0.0).then(|| (x / count, y / count))
}
