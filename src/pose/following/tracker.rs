//! Who is who from frame to frame.
//!
//! Pairs are made greedily, the most alike first. Hungarian assignment would maximise the sum instead; with the few
//! people of a picture the two differ only where somebody is unlike everybody, and there the greedy one keeps the
//! sure pairs.

use super::joints_box::around_joints;
use super::resemblance;
use super::track::Track;
use crate::pose::{BoundingBox, Pose};

/// Object keypoint similarity with the expected joints from which on a pose may be a person's.
const SAME_POSE: f64 = 0.3;
/// Intersection over union with the expected box from which on a box may be a person's.
const SAME_BOX: f64 = 0.3;
/// Object keypoint similarity from which on two boxes show one person.
const ONE_PERSON: f64 = 0.7;
/// A person looked for more often than this in vain is lost.
const MISSES_ALLOWED: u32 = 8;
/// How long the number of a lost person is kept for them, in seconds.
const MEMORY_SECS: f64 = 5.0;
/// How far from where somebody was lost they can be found again, in longer sides of their box.
const NEAR: f64 = 1.0;
/// How much larger or smaller they can be then.
const LIKE_SIZE: f64 = 2.0;
/// A box with this share of its area in a larger one that nobody has is a part of the person there: joints of which
/// only some are sure narrow a box down, to the head for instance.
const PART: f64 = 0.8;
/// Who has less than this share of their box in the picture has left.
const LEAST_INSIDE: f64 = 0.25;

/// Joints found in the box in which a person was looked for.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The number of the person whose box it was; the joints may be another's.
    pub looked_for: u32,
    /// Joints in picture pixels.
    pub pose: Pose,
}

/// Everybody who is followed, and who was lost not long ago. Times are in seconds from any beginning.
#[derive(Clone, Debug, Default)]
pub struct Tracker {
    tracks: Vec<Track>,
    lost: Vec<Track>,
}

impl Tracker {
    /// Whether somebody of this number is followed.
    pub fn follows(&self, number: u32) -> bool {
        self.tracks.iter().any(|track| track.number == number)
    }

    /// Whether this number is kept for somebody who was lost.
    pub fn remembers(&self, number: u32) -> bool {
        self.lost.iter().any(|track| track.number == number)
    }

    /// Where to look for a person in a picture of `size` (width, height); `None` where nobody of this number is
    /// followed, or the box lies beside the picture.
    pub fn search_box(&self, number: u32, size: (u32, u32), now_secs: f64) -> Option<BoundingBox> {
        let track = self.tracks.iter().find(|track| track.number == number)?;
        track.search_box(now_secs).clipped(size.0, size.1).ok()
    }

    /// The smallest number from 1 on that nobody has, lost people included.
    pub fn free_number(&self) -> u32 {
        (1..).find(|number| !self.follows(*number) && !self.remembers(*number)).unwrap_or(u32::MAX)
    }

    /// Follows a person from this box on, whoever had the number before.
    pub fn put(&mut self, number: u32, bounds: BoundingBox, now_secs: f64) {
        self.lost.retain(|track| track.number != number);
        match self.tracks.iter_mut().find(|track| track.number == number) {
            Some(track) => *track = Track::new(number, bounds, now_secs),
            None => self.tracks.push(Track::new(number, bounds, now_secs)),
        }
    }

    /// Follows a person no longer, and keeps no number for them.
    pub fn remove(&mut self, number: u32) {
        self.tracks.retain(|track| track.number != number);
        self.lost.retain(|track| track.number != number);
    }

    /// Takes in the joints of a frame of `size` (width, height). Gives, in the same order, whose each are: the
    /// person's whose expected joints and box they resemble most, else that of the person who was looked for. `None`
    /// for too few confident joints and for joints that another box shows as well.
    ///
    /// Those looked for and not seen are lost after a while; those beyond the edge are gone.
    pub fn see(&mut self, sightings: &[Sighting], size: (u32, u32), now_secs: f64) -> Vec<Option<u32>> {
        let boxes: Vec<_> = sightings.iter().map(|sighting| around_joints(&sighting.pose)).collect();
        let owners = self.owners(sightings, &boxes, now_secs);
        for (index, track) in self.tracks.iter_mut().enumerate() {
            let place = owners.iter().position(|owner| *owner == Some(index));
            match place.and_then(|place| Some((&sightings.get(place)?.pose, (*boxes.get(place)?)?))) {
                Some((pose, bounds)) => track.see(pose, bounds, now_secs),
                None if sightings.iter().any(|sighting| sighting.looked_for == track.number) => {
                    track.misses += 1
                }
                None => {}
            }
        }
        let number = |track: usize| self.tracks.get(track).map(|track| track.number);
        let numbers = owners.iter().map(|owner| owner.and_then(number)).collect();
        self.let_go(size, now_secs);
        numbers
    }

    /// Takes in the boxes that a search of the whole frame found. Gives, in the same order, the numbers of the people
    /// in them: of those followed, of those lost near by, and new ones. Who is being seen keeps the box of their
    /// joints, unless that has become a part of one found; who is missed, lost or new is looked for in the one found.
    pub fn find(&mut self, found: &[BoundingBox], now_secs: f64) -> Vec<u32> {
        self.forget(now_secs);
        let overlap = |track: &Track, bounds: &BoundingBox| {
            let overlap = track.expected(now_secs).0.overlap(bounds);
            (overlap >= SAME_BOX).then_some(overlap)
        };
        let number = |owner: Option<usize>| Some(self.tracks.get(owner?)?.number);
        let owners = pairs(&self.tracks, found, overlap);
        let mut numbers: Vec<Option<u32>> = owners.into_iter().map(number).collect();
        let narrowed = self.narrowed(found, &mut numbers, now_secs);
        let missed: Vec<Track> = self.tracks.iter().filter(|track| track.misses > 0).cloned().collect();
        let away: Vec<Track> = missed.into_iter().chain(self.lost.iter().cloned()).collect();
        let left: Vec<Track> =
            away.into_iter().filter(|track| !numbers.contains(&Some(track.number))).collect();
        let again = pairs(&left, found, nearness);
        for (number, owner) in numbers.iter_mut().zip(again) {
            *number = number.or(owner.and_then(|owner| Some(left.get(owner)?.number)));
        }
        let mut everybody = Vec::with_capacity(found.len());
        for (bounds, number) in found.iter().zip(numbers) {
            let number = number.unwrap_or_else(|| self.free_number());
            let seen = self.tracks.iter().any(|track| track.number == number && track.misses == 0);
            if !seen || narrowed.contains(&number) {
                self.put(number, *bounds, now_secs);
            }
            everybody.push(number);
        }
        everybody
    }

    /// Gives boxes that nobody has to those of whom a part is followed in them. Gives whom.
    fn narrowed(&self, found: &[BoundingBox], numbers: &mut [Option<u32>], now_secs: f64) -> Vec<u32> {
        let left: Vec<Track> =
            self.tracks.iter().filter(|track| !numbers.contains(&Some(track.number))).cloned().collect();
        let free: Vec<usize> = (0..found.len()).filter(|place| numbers[*place].is_none()).collect();
        let boxes: Vec<BoundingBox> = free.iter().map(|place| found[*place]).collect();
        let part = |track: &Track, bounds: &BoundingBox| {
            let expected = track.expected(now_secs).0;
            let inside = expected.shared_area(bounds) / expected.area();
            (inside >= PART).then_some(inside)
        };
        let mut whose = Vec::new();
        for (place, owner) in free.into_iter().zip(pairs(&left, &boxes, part)) {
            if let Some(track) = owner.and_then(|owner| left.get(owner)) {
                numbers[place] = Some(track.number);
                whose.push(track.number);
            }
        }
        whose
    }

    /// For each sighting the place of the track that it belongs to.
    fn owners(
        &self,
        sightings: &[Sighting],
        boxes: &[Option<BoundingBox>],
        now_secs: f64,
    ) -> Vec<Option<usize>> {
        let mut ranked = Vec::new();
        for (t, track) in self.tracks.iter().enumerate() {
            let (expected, joints) = track.expected(now_secs);
            for (s, (sighting, bounds)) in sightings.iter().zip(boxes).enumerate() {
                let Some(bounds) = bounds else { continue };
                let overlap = expected.overlap(bounds);
                // Somebody whose joints are not known yet yields to those whose are.
                let alike = joints
                    .as_ref()
                    .map_or(0.0, |joints| resemblance::poses(joints, &sighting.pose, expected.area()));
                if alike >= SAME_POSE || overlap >= SAME_BOX {
                    ranked.push((1.0 + alike + overlap, t, s));
                } else if sighting.looked_for == track.number {
                    ranked.push((0.0, t, s));
                }
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut owners = vec![None; sightings.len()];
        for (_, t, s) in ranked {
            let (Some(sighting), Some(Some(bounds))) = (sightings.get(s), boxes.get(s)) else { continue };
            let shown_twice = sightings.iter().zip(&owners).any(|(other, owner)| {
                owner.is_some()
                    && resemblance::poses(&other.pose, &sighting.pose, bounds.area()) >= ONE_PERSON
            });
            if !owners.contains(&Some(t)) && !shown_twice {
                owners[s] = Some(t);
            }
        }
        owners
    }

    /// Lets go who left the picture, and remembers who was lost in it.
    fn let_go(&mut self, size: (u32, u32), now_secs: f64) {
        self.forget(now_secs);
        self.tracks
            .retain(|track| resemblance::share_inside(&track.expected(now_secs).0, size) >= LEAST_INSIDE);
        let lost = self.tracks.extract_if(.., |track| track.misses > MISSES_ALLOWED);
        self.lost.extend(lost);
    }

    /// Forgets who was lost long ago.
    fn forget(&mut self, now_secs: f64) {
        self.lost.retain(|track| now_secs - track.seen_secs <= MEMORY_SECS);
    }
}

/// For each box the place of the track it belongs to: the most alike first, each once. `alike` gives `None` for those
/// that cannot belong together.
fn pairs(
    tracks: &[Track],
    boxes: &[BoundingBox],
    alike: impl Fn(&Track, &BoundingBox) -> Option<f64>,
) -> Vec<Option<usize>> {
    let mut ranked = Vec::new();
    for (t, track) in tracks.iter().enumerate() {
        let known = boxes.iter().enumerate().filter_map(|(b, bounds)| Some((alike(track, bounds)?, t, b)));
        ranked.extend(known);
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut owners = vec![None; boxes.len()];
    for (_, t, b) in ranked {
        if owners[b].is_none() && !owners.contains(&Some(t)) {
            owners[b] = Some(t);
        }
    }
    owners
}

/// How near a box is to where somebody was seen last, higher for nearer; `None` for one too far away or of another
/// size.
fn nearness(track: &Track, bounds: &BoundingBox) -> Option<f64> {
    let ((x0, y0), (x1, y1)) = (track.bounds.centre(), bounds.centre());
    let longer = |bounds: &BoundingBox| bounds.width.max(bounds.height);
    let distance = (x1 - x0).hypot(y1 - y0) / longer(&track.bounds);
    let growth = longer(bounds) / longer(&track.bounds);
    let like = (1.0 / LIKE_SIZE..=LIKE_SIZE).contains(&growth);
    (like && distance <= NEAR).then_some(-distance)
}
