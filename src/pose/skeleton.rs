//! The 17 COCO keypoints: their names, their mirror pairs, the limbs between them and how precisely people
//! label them.

/// Number of keypoints of a person.
pub const KEYPOINT_COUNT: usize = 17;

/// Names of the keypoints in COCO order, for people to read.
pub const KEYPOINT_NAMES: [&str; KEYPOINT_COUNT] = [
    "nose",
    "left eye",
    "right eye",
    "left ear",
    "right ear",
    "left shoulder",
    "right shoulder",
    "left elbow",
    "right elbow",
    "left wrist",
    "right wrist",
    "left hip",
    "right hip",
    "left knee",
    "right knee",
    "left ankle",
    "right ankle",
];

/// For every keypoint the one it becomes when the picture is mirrored.
pub const FLIP_INDEX: [usize; KEYPOINT_COUNT] = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15];

/// Pairs of keypoints joined by a line when a skeleton is drawn; COCO's `skeleton`, counted from 0.
pub const LIMBS: [(usize, usize); 19] = [
    (15, 13),
    (13, 11),
    (16, 14),
    (14, 12),
    (11, 12),
    (5, 11),
    (6, 12),
    (5, 6),
    (5, 7),
    (6, 8),
    (7, 9),
    (8, 10),
    (1, 2),
    (0, 1),
    (0, 2),
    (1, 3),
    (2, 4),
    (3, 5),
    (4, 6),
];

/// Spread of human labels per keypoint, as a fraction of the square root of the person's area: the σ of
/// COCO's object keypoint similarity.
pub const SIGMAS: [f64; KEYPOINT_COUNT] = [
    0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087,
    0.089, 0.089,
];

/// The side of the person's own body that a keypoint belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The person's left.
    Left,
    /// The person's right.
    Right,
    /// Neither: the nose.
    Middle,
}

/// The side of keypoint number `joint`; numbers past the last keypoint count as the middle.
pub fn side(joint: usize) -> Side {
    match joint {
        1..KEYPOINT_COUNT if joint % 2 == 1 => Side::Left,
        1..KEYPOINT_COUNT => Side::Right,
        _ => Side::Middle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flipping_twice_gives_the_same_keypoint_and_swaps_the_side_in_its_name() {
        for (joint, name) in KEYPOINT_NAMES.iter().enumerate() {
            let partner = FLIP_INDEX[joint];
            assert_eq!(FLIP_INDEX[partner], joint);
            let expected = match side(joint) {
                Side::Left => name.replace("left", "right"),
                Side::Right => name.replace("right", "left"),
                Side::Middle => (*name).to_owned(),
            };
            assert_eq!(KEYPOINT_NAMES[partner], expected);
        }
    }

    #[test]
    fn both_sides_are_labelled_equally_well_and_joined_by_the_same_limbs() {
        for joint in 0..KEYPOINT_COUNT {
            assert_eq!(SIGMAS[joint], SIGMAS[FLIP_INDEX[joint]]);
        }
        let joined = |a, b| LIMBS.contains(&(a, b)) || LIMBS.contains(&(b, a));
        for (a, b) in LIMBS {
            assert!(joined(FLIP_INDEX[a], FLIP_INDEX[b]), "{a}-{b} has no mirror image");
        }
    }
}
