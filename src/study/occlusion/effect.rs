//! What covering a patch of the input does to the joints.

use super::patch::Patch;
use super::plan::PatchSize;
use crate::network::Grid;
use crate::pose::{KEYPOINT_COUNT, Pose, Region};

/// What covering a patch does to one joint.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct JointEffect {
    /// How far it moves, in picture pixels.
    pub moved_px: f32,
    /// How far it moves, in pixels of the picture that the patch is laid over.
    pub moved_input_px: f32,
    /// Confidence without the patch less that with it; below 0 where the joint gets surer.
    pub lost: f32,
}

/// What covering one patch does to each joint.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchEffect {
    /// How fine the patch is.
    pub size: PatchSize,
    /// Where it lies.
    pub patch: Patch,
    /// In COCO order.
    pub joints: [JointEffect; KEYPOINT_COUNT],
}

/// The difference between the joints found with a patch and those without, in a region that is shown at so many pixels
/// (width, height).
pub(super) fn effects(
    untouched: &Pose,
    covered: &Pose,
    region: &Region,
    (width, height): (u32, u32),
) -> [JointEffect; KEYPOINT_COUNT] {
    std::array::from_fn(|joint| {
        let (before, after) = (untouched[joint], covered[joint]);
        let (dx, dy) = (after.x - before.x, after.y - before.y);
        let across = dx * f64::from(width) / region.width;
        let down = dy * f64::from(height) / region.height;
        JointEffect {
            moved_px: dx.hypot(dy) as f32,
            moved_input_px: across.hypot(down) as f32,
            lost: (before.confidence - after.confidence) as f32,
        }
    })
}

/// A number for each pixel of `width` × `height`: the mean of `number` over the patches that cover it, of the finest
/// size that has any there. Not a number where no patch was laid yet.
pub fn occlusion_map(
    effects: &[PatchEffect],
    (width, height): (u32, u32),
    joint: usize,
    number: impl Fn(&JointEffect) -> f32,
) -> Grid {
    let (rows, columns) = (height as usize, width as usize);
    let mut values = vec![f32::NAN; rows * columns];
    for of_one_size in effects.chunk_by(|a, b| a.size == b.size) {
        let mut sums = vec![(0.0_f32, 0.0_f32); rows * columns];
        for effect in of_one_size {
            let Some(number) = effect.joints.get(joint).map(&number) else { continue };
            let Patch { x, y, side } = effect.patch;
            let range =
                |from: u32, end: u32| from.min(end) as usize..from.saturating_add(side).min(end) as usize;
            for row in range(y, height) {
                for (sum, count) in &mut sums[row * columns..][range(x, width)] {
                    (*sum, *count) = (*sum + number, *count + 1.0);
                }
            }
        }
        for (value, (sum, count)) in values.iter_mut().zip(sums) {
            if count > 0.0 {
                *value = sum / count;
            }
        }
    }
    Grid { rows, columns, values }
}

#[cfg(test)]
mod tests {
    use super::super::plan::patches;
    use super::*;
    use crate::pose::Keypoint;

    fn effect(size: PatchSize, patch: Patch, lost: f32) -> PatchEffect {
        PatchEffect { size, patch, joints: [JointEffect { lost, ..JointEffect::default() }; KEYPOINT_COUNT] }
    }

    #[test]
    fn movement_is_told_in_pixels_of_both_pictures_and_lost_confidence_has_a_sign() {
        let before: Pose = [Keypoint { x: 10.0, y: 10.0, confidence: 0.5 }; KEYPOINT_COUNT];
        let mut after = before;
        after[3] = Keypoint { x: 16.0, y: 18.0, confidence: 0.75 };
        let region = Region { x0: 0.0, y0: 0.0, width: 96.0, height: 128.0 };
        let found = effects(&before, &after, &region, (24, 32));
        assert_eq!(found[0], JointEffect::default());
        assert_eq!(found[3], JointEffect { moved_px: 10.0, moved_input_px: 2.5, lost: -0.25 });
    }

    #[test]
    fn finer_patches_take_the_place_of_coarser_ones_as_they_come() {
        let coarse = Patch { x: 0, y: 0, side: 4 };
        let mut all = vec![effect(PatchSize::Quarter, coarse, 1.0)];
        let map = |all: &[PatchEffect]| occlusion_map(all, (6, 4), 0, |joint| joint.lost);
        let grid = map(&all);
        assert_eq!((grid.rows, grid.columns), (4, 6));
        assert!(grid.values[3] == 1.0 && grid.values[4].is_nan());
        all.push(effect(PatchSize::Eighth, Patch { x: 0, y: 0, side: 2 }, 0.5));
        all.push(effect(PatchSize::Eighth, Patch { x: 1, y: 0, side: 2 }, 0.25));
        let grid = map(&all);
        assert_eq!(grid.values[..4], [0.5, 0.375, 0.25, 1.0]);
        assert_eq!(grid.values[12], 1.0, "the third row has no fine patch yet");
    }

    #[test]
    fn the_first_size_alone_fills_the_map() {
        let all: Vec<PatchEffect> = patches(38, 50, PatchSize::Quarter)
            .into_iter()
            .map(|(size, patch)| effect(size, patch, 0.5))
            .collect();
        let grid = occlusion_map(&all, (38, 50), 16, |joint| joint.lost);
        assert!(grid.values.iter().all(|value| *value == 0.5));
        assert!(
            occlusion_map(&all, (38, 50), 17, |joint| joint.lost).values.iter().all(|value| value.is_nan())
        );
    }
}
