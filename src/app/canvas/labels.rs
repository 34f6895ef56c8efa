//! Where the names of joints stand, so that none covers another.

use egui::{Align2, Pos2, Rect, Vec2, vec2};

/// Between a joint and the name beside it, in points.
const GAP: f32 = 8.0;
/// The least between two names, one above the other.
const APART: f32 = 1.0;

/// A place for each name, given where its joint is and how large it is: on the right of the joint, on the left, above or
/// below it, whichever is free first; else above or below the place on the right, as near as there is room.
pub fn place(names: &[(Pos2, Vec2)]) -> Vec<Rect> {
    let mut placed: Vec<Rect> = Vec::with_capacity(names.len());
    for (joint, size) in names {
        let free = free_place(*joint, *size, &placed);
        placed.push(free);
    }
    placed
}

fn free_place(joint: Pos2, size: Vec2, placed: &[Rect]) -> Rect {
    let right = Align2::LEFT_CENTER.anchor_size(joint + vec2(GAP, 0.0), size);
    let around = [
        right,
        Align2::RIGHT_CENTER.anchor_size(joint - vec2(GAP, 0.0), size),
        Align2::CENTER_BOTTOM.anchor_size(joint - vec2(0.0, GAP), size),
        Align2::CENTER_TOP.anchor_size(joint + vec2(0.0, GAP), size),
    ];
    // A name of the same height is in the way of two steps at most, so one of these is free.
    let farther = (1..=2 * placed.len() + 1).flat_map(|steps| {
        let by = vec2(0.0, steps as f32 * (size.y + APART));
        [right.translate(-by), right.translate(by)]
    });
    let is_free = |rect: &Rect| !placed.iter().any(|other| rect.intersects(*other));
    around.into_iter().chain(farther).find(is_free).unwrap_or(right)
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const NAME: Vec2 = vec2(80.0, 18.0);

    #[test]
    fn names_go_right_left_above_and_below_of_their_joint_in_this_order() {
        let joint = pos2(300.0, 200.0);
        let placed = place(&[(joint, NAME); 4]);
        assert_eq!(placed[0].left_center(), joint + vec2(GAP, 0.0));
        assert_eq!(placed[1].right_center(), joint - vec2(GAP, 0.0));
        // Above and below the joint there is the height of the other two to clear.
        assert!(placed[2..].iter().all(|rect| rect.left() == placed[0].left()));
        let small = place(&[(joint, vec2(40.0, 10.0)); 4]);
        assert_eq!(small[2].center_bottom(), joint - vec2(0.0, GAP));
        assert_eq!(small[3].center_top(), joint + vec2(0.0, GAP));
    }

    #[test]
    fn no_name_covers_another_however_close_the_joints_are() {
        for spread in [0.0, 3.0, 12.0, 40.0] {
            let joint = |i: usize| pos2((i % 4) as f32 * spread, (i / 4) as f32 * spread);
            let names: Vec<_> =
                (0..17).map(|i| (joint(i), vec2(60.0 + 5.0 * (i % 5) as f32, 18.0))).collect();
            let placed = place(&names);
            for (i, rect) in placed.iter().enumerate() {
                assert!(
                    placed[..i].iter().all(|other| !rect.intersects(*other)),
                    "name {i}, spread {spread}"
                );
            }
        }
    }

    #[test]
    fn far_apart_joints_have_their_names_on_the_right() {
        let joints = [pos2(0.0, 0.0), pos2(0.0, 40.0), pos2(200.0, 0.0)];
        for (rect, joint) in place(&joints.map(|joint| (joint, NAME))).iter().zip(joints) {
            assert_eq!(rect.left_center(), joint + vec2(GAP, 0.0));
        }
    }
}
