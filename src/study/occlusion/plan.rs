//! Where patches are laid: a coarse grid first, then ever smaller ones.

use serde::{Deserialize, Serialize};

use super::patch::Patch;

/// The side of a patch as a share of the input's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PatchSize {
    /// A quarter, side by side.
    Quarter,
    /// An eighth, overlapping by half.
    Eighth,
    /// A sixteenth, overlapping by half.
    #[default]
    Sixteenth,
}

impl PatchSize {
    /// Every size, coarse to fine.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Eighth, Self::Sixteenth];

    /// The rows of the input over the side.
    pub fn divisor(self) -> u32 {
        match self {
            Self::Quarter => 4,
            Self::Eighth => 8,
            Self::Sixteenth => 16,
        }
    }

    /// The side in pixels of an input of so many rows.
    pub fn side(self, rows: u32) -> u32 {
        let divisor = self.divisor();
        ((rows + divisor / 2) / divisor).max(1)
    }

    /// Pixels from one patch to the next.
    fn step(self, rows: u32) -> u32 {
        match self {
            Self::Quarter => self.side(rows),
            Self::Eighth | Self::Sixteenth => (self.side(rows) / 2).max(1),
        }
    }
}

/// Every patch over an input of `width` × `height` pixels, from the coarsest size to `finest`. Each size covers every
/// pixel. One whose patches would be as large as those before it, for lack of pixels, is left out.
pub fn patches(width: u32, height: u32, finest: PatchSize) -> Vec<(PatchSize, Patch)> {
    let mut patches = Vec::new();
    let mut last_side = None;
    for size in PatchSize::ALL.into_iter().filter(|size| *size <= finest) {
        let (side, step) = (size.side(height), size.step(height));
        if last_side.replace(side) == Some(side) {
            continue;
        }
        for y in starts(height, side, step) {
            patches.extend(starts(width, side, step).map(|x| (size, Patch { x, y, side })));
        }
    }
    patches
}

/// Where patches begin along an axis of `length` pixels; the last ends where the axis does.
fn starts(length: u32, side: u32, step: u32) -> impl Iterator<Item = u32> {
    let last = length.saturating_sub(side);
    (0..last).step_by(step.max(1) as usize).chain((length > 0).then_some(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coarse_patches_come_first_and_finer_ones_overlap_by_half() {
        let plan = patches(48, 64, PatchSize::Sixteenth);
        let count = |size| plan.iter().filter(|(known, _)| *known == size).count();
        assert_eq!(PatchSize::ALL.map(count), [3 * 4, 11 * 15, 23 * 31]);
        assert!(plan.is_sorted_by_key(|(size, _)| *size));
        assert_eq!(plan[1], (PatchSize::Quarter, Patch { x: 16, y: 0, side: 16 }));
        assert_eq!(plan[13], (PatchSize::Eighth, Patch { x: 4, y: 0, side: 8 }));
        assert_eq!(
            plan[..12],
            patches(48, 64, PatchSize::Quarter),
            "a finer plan begins with the coarser one"
        );
    }

    #[test]
    fn every_size_covers_every_pixel_of_any_input() {
        for (width, height) in [(24, 32), (96, 128), (38, 50), (6, 8), (2, 3), (1, 1)] {
            let plan = patches(width, height, PatchSize::Sixteenth);
            for size in PatchSize::ALL {
                let own: Vec<Patch> =
                    plan.iter().filter(|(known, _)| *known == size).map(|(_, patch)| *patch).collect();
                let covered = |x, y| own.iter().any(|patch| patch.covers(x, y));
                let all = (0..height).all(|y| (0..width).all(|x| covered(x, y)));
                assert!(own.is_empty() || all, "{size:?} over {width}×{height}");
            }
            assert!(plan.iter().any(|(size, _)| *size == PatchSize::Quarter));
            assert!(plan.iter().all(|(_, patch)| patch.x < width && patch.y < height));
        }
        assert!(patches(0, 0, PatchSize::Sixteenth).is_empty());
        assert_eq!(
            patches(6, 8, PatchSize::Sixteenth).last().map(|(size, _)| *size),
            Some(PatchSize::Eighth)
        );
    }
}
