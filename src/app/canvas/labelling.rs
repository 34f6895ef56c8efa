//! The joints that are placed by hand.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Response, Stroke, vec2};

use super::CanvasView;
use crate::app::document::Document;
use crate::app::theme;
use crate::pose::{KEYPOINT_NAMES, Labels};

/// How near to a joint the pointer must be, in screen points.
const REACH: f32 = 10.0;
/// Radius of a joint that can be taken hold of, in screen points.
const RADIUS: f32 = 4.5;
/// What is written over the picture meanwhile.
pub const NOTICE: &str =
    "Drag each joint to where it is. Right-click: visible, hidden, not labelled. J ends.";

/// The joint under a screen point, while joints are placed.
pub fn under(at: Pos2, document: &Document, view: &CanvasView, viewport: Rect) -> Option<usize> {
    let labels = document.labelled_by_hand()?;
    let distance = |joint: usize| place(labels, joint, view, viewport).distance(at);
    let near = (0..labels.len()).filter(|joint| distance(*joint) < REACH);
    near.min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
}

/// Draws the joints so that they can be taken hold of, and names the one under the pointer.
pub fn paint(painter: &Painter, document: &Document, view: &CanvasView, viewport: Rect, response: &Response) {
    let Some(labels) = document.labelled_by_hand() else { return };
    for joint in 0..labels.len() {
        let (at, colour) = (place(labels, joint, view, viewport), theme::of_joint(joint));
        let dark = Color32::from_black_alpha(200);
        match labels[joint].visibility {
            // A cross, where it could come back. In white, as the joint that was found may be at the same place.
            0 => {
                for (x, y) in [(RADIUS, RADIUS), (RADIUS, -RADIUS)] {
                    let ends = [at - vec2(x, y), at + vec2(x, y)];
                    painter.line_segment(ends, Stroke::new(5.0, dark));
                    painter.line_segment(ends, Stroke::new(2.0, Color32::WHITE));
                }
            }
            1 => {
                painter.circle(at, RADIUS, dark, Stroke::new(2.0, Color32::WHITE));
            }
            _ => {
                painter.circle(at, RADIUS, colour, Stroke::new(1.5, Color32::WHITE));
            }
        }
    }
    let pointed = response.hover_pos().and_then(|at| under(at, document, view, viewport));
    if let Some(joint) = pointed {
        let state = ["not labelled", "hidden", "visible"][usize::from(labels[joint].visibility.min(2))];
        let text = format!("{}, {state}", KEYPOINT_NAMES[joint]);
        let galley = painter.layout_no_wrap(text, FontId::proportional(12.0), Color32::WHITE);
        let at = place(labels, joint, view, viewport) + vec2(12.0, -12.0);
        let plate = Align2::LEFT_BOTTOM.anchor_size(at, galley.size());
        painter.rect_filled(plate.expand(3.0), 3.0, Color32::from_black_alpha(190));
        painter.galley(plate.min, galley, Color32::WHITE);
    }
}

fn place(labels: &Labels, joint: usize, view: &CanvasView, viewport: Rect) -> Pos2 {
    view.joint_to_screen(labels[joint].x, labels[joint].y, viewport)
}
