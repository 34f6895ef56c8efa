//! Two views of one picture: where each stands.

use egui::{Rect, Vec2, pos2, vec2};

/// Between the views, in points.
const GAP: f32 = 2.0;

/// Two parts of `room` of one size: beside each other, or one above the other where a picture of this shape becomes
/// larger so.
pub fn halves(room: Rect, picture: Vec2) -> [Rect; 2] {
    let half = |length: f32| ((length - GAP) / 2.0).floor().max(1.0);
    let beside = vec2(half(room.width()), room.height());
    let stacked = vec2(room.width(), half(room.height()));
    let enlarged = |size: Vec2| (size.x / picture.x.max(1.0)).min(size.y / picture.y.max(1.0));
    match enlarged(stacked) > enlarged(beside) {
        true => [room.min, pos2(room.left(), room.bottom() - stacked.y)]
            .map(|at| Rect::from_min_size(at, stacked)),
        false => {
            [room.min, pos2(room.right() - beside.x, room.top())].map(|at| Rect::from_min_size(at, beside))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_have_one_size_and_no_point_in_common() {
        for width in [524.0, 525.0, 740.0, 1700.5] {
            let room = Rect::from_min_size(pos2(200.0, 80.0), vec2(width, 470.0));
            for picture in [vec2(300.0, 400.0), vec2(1600.0, 500.0)] {
                let [a, b] = halves(room, picture);
                assert_eq!(a.size(), b.size());
                assert!(room.contains_rect(a) && room.contains_rect(b) && !a.intersects(b), "{a} {b}");
            }
        }
    }

    #[test]
    fn a_wide_picture_is_stacked() {
        let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(600.0, 500.0));
        let [a, b] = halves(room, vec2(300.0, 400.0));
        assert!(a.right() < b.left() && a.top() == b.top());
        let [a, b] = halves(room, vec2(1600.0, 500.0));
        assert!(a.bottom() < b.top() && a.left() == b.left());
    }
}
