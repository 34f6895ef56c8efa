//! From the four outputs of MoveNet to joints.
//!
//! The person whose middle is most likely near the middle of the square says where it expects its joints; each joint is
//! the likeliest cell near that place, moved by that cell's offset.

use crate::pose::{KEYPOINT_COUNT, Keypoint, Pose};

/// Input pixels from cell to cell.
const STRIDE: usize = 4;
/// Cells at which a distance halves what a cell is worth: 1.8 in half precision, as the network was published.
const FADE: f32 = 1.799_804_7;
/// Planes of regression and offsets: down and right of each joint.
pub(super) const PAIRS: usize = 2 * KEYPOINT_COUNT;

/// The outputs for one square, each a stack of planes of `side` × `side` cells, row by row.
pub(super) struct Heads<'a> {
    /// Cells along a side.
    pub side: usize,
    /// Logits of a person's middle; 1 plane.
    pub centre: &'a [f32],
    /// Cells from a person's middle to its joints; [`PAIRS`] planes, down before right.
    pub regression: &'a [f32],
    /// Logits of each joint; [`KEYPOINT_COUNT`] planes.
    pub joints: &'a [f32],
    /// Cells from a cell's top left corner to the joint in it; [`PAIRS`] planes, down before right.
    pub offsets: &'a [f32],
}

/// Cells along a side of the outputs for a square of so many pixels.
pub(super) fn cells(pixels: u32) -> usize {
    pixels as usize / STRIDE
}

impl Heads<'_> {
    /// The joints, in pixels of the square with pixel centres at whole numbers.
    pub fn pose(&self) -> Pose {
        let middle = (self.side / 2) as f32;
        let (person, _) = self.best(self.centre, middle, middle);
        std::array::from_fn(|joint| {
            let (down, right) = self.pair(self.regression, joint, person);
            let logits = self.plane(self.joints, joint);
            let (cell, confidence) = self.best(logits, self.row(person) + down, self.column(person) + right);
            let (down, right) = self.pair(self.offsets, joint, cell);
            Keypoint {
                x: to_pixels(self.column(cell) + right),
                y: to_pixels(self.row(cell) + down),
                confidence: confidence.into(),
            }
        })
    }

    /// The cell with the largest probability after fading it by its distance from a place, the first of equal ones, and
    /// the probability itself.
    fn best(&self, logits: &[f32], row: f32, column: f32) -> (usize, f32) {
        let mut best = (0, 0.0);
        let mut largest = f32::NEG_INFINITY;
        for (cell, logit) in logits.iter().enumerate() {
            let probability = 1.0 / (1.0 + (-logit).exp());
            let (down, right) = (self.row(cell) - row, self.column(cell) - column);
            let worth = probability / ((down * down + right * right).sqrt() + FADE);
            if worth > largest {
                (best, largest) = ((cell, probability), worth);
            }
        }
        best
    }

    fn row(&self, cell: usize) -> f32 {
        (cell / self.side) as f32
    }

    fn column(&self, cell: usize) -> f32 {
        (cell % self.side) as f32
    }

    fn plane<'a>(&self, planes: &'a [f32], index: usize) -> &'a [f32] {
        planes.chunks_exact(self.side * self.side).nth(index).unwrap_or_default()
    }

    /// What a cell says of a joint in [`PAIRS`] planes: down, right.
    fn pair(&self, planes: &[f32], joint: usize, cell: usize) -> (f32, f32) {
        let at = |index| self.plane(planes, index).get(cell).copied().unwrap_or_default();
        (at(2 * joint), at(2 * joint + 1))
    }
}

/// From cells, counted from the square's edge, to pixels with centres at whole numbers.
fn to_pixels(cells: f32) -> f64 {
    f64::from(cells) * STRIDE as f64 - 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 48;
    const CELLS: usize = SIDE * SIDE;

    #[test]
    fn the_person_near_the_middle_says_where_its_joints_are() {
        let mut centre = vec![-20.0_f32; CELLS];
        let mut joints = vec![-20.0; KEYPOINT_COUNT * CELLS];
        let (mut regression, mut offsets) = (vec![0.0; PAIRS * CELLS], vec![0.0; PAIRS * CELLS]);
        let at = |row: usize, column: usize| row * SIDE + column;
        // A surer person at the edge, and the one meant.
        (centre[at(2, 2)], centre[at(22, 25)]) = (9.0, 2.0);
        // Its left eye (1) is expected 10 cells above the middle and 4 to the right: 12, 29.
        regression[2 * CELLS + at(22, 25)] = -10.0;
        regression[3 * CELLS + at(22, 25)] = 4.0;
        // One cell there, and a surer one far away.
        joints[CELLS + at(13, 29)] = 0.0;
        joints[CELLS + at(40, 3)] = 5.0;
        offsets[2 * CELLS + at(13, 29)] = 0.25;
        offsets[3 * CELLS + at(13, 29)] = -0.5;
        let pose = Heads {
            side: SIDE,
            centre: &centre,
            regression: &regression,
            joints: &joints,
            offsets: &offsets,
        }
        .pose();
        assert_eq!(pose[1], Keypoint { x: 28.5 * 4.0 - 0.5, y: 13.25 * 4.0 - 0.5, confidence: 0.5 });
        // The others are unsure and where they were expected.
        assert_eq!((pose[0].x, pose[0].y), (25.0 * 4.0 - 0.5, 22.0 * 4.0 - 0.5));
        assert!(pose[0].confidence < 1e-8);
    }

    #[test]
    fn of_equal_cells_the_first_is_taken_and_nothing_breaks_without_numbers() {
        let (nothing, planes) = (vec![f32::NAN; CELLS], vec![f32::NAN; PAIRS * CELLS]);
        let heads =
            Heads { side: SIDE, centre: &nothing, regression: &planes, joints: &planes, offsets: &planes };
        assert_eq!(heads.pose()[0].confidence, 0.0);
        let flat = vec![0.0; CELLS];
        // Between two cells of a row.
        assert_eq!(heads.best(&flat, 5.0, 7.5).0, 5 * SIDE + 7);
    }
}
