//! Joints, limbs, names, ground truth and error vectors.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke};

use super::CanvasView;
use crate::app::theme;
use crate::pose::{KEYPOINT_NAMES, LIMBS, Labels, Pose};

/// Opacity of a joint below the threshold: shown, never hidden.
const FAINT: f32 = 0.28;
const OUTLINE: Color32 = Color32::from_black_alpha(150);

/// How a skeleton is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Width of a limb in screen points.
    pub thickness: f32,
    /// Joints less confident are faint.
    pub threshold: f32,
    /// 0 … 1.
    pub opacity: f32,
}

impl Pen {
    fn strength(&self, confidence: f64) -> f32 {
        if confidence as f32 >= self.threshold { self.opacity } else { self.opacity * FAINT }
    }
}

/// Draws a skeleton; `place` puts a joint on the screen.
pub fn paint(pose: &Pose, pen: Pen, painter: &Painter, place: impl Fn(f64, f64) -> Pos2) {
    let at = pose.map(|joint| place(joint.x, joint.y));
    for limb @ (a, b) in LIMBS {
        let strength = pen.strength(pose[a].confidence.min(pose[b].confidence));
        let ends = [at[a], at[b]];
        painter.line_segment(ends, Stroke::new(pen.thickness + 2.0, OUTLINE.gamma_multiply(strength)));
        painter.line_segment(ends, Stroke::new(pen.thickness, theme::of_limb(limb).gamma_multiply(strength)));
    }
    for (i, joint) in pose.iter().enumerate() {
        let strength = pen.strength(joint.confidence);
        let radius = pen.thickness * 1.25;
        painter.circle(
            at[i],
            radius,
            theme::of_joint(i).gamma_multiply(strength),
            Stroke::new(1.0, OUTLINE.gamma_multiply(strength)),
        );
    }
}

/// Writes name and confidence beside each joint above the threshold.
pub fn paint_names(pose: &Pose, pen: Pen, view: &CanvasView, painter: &Painter, viewport: Rect) {
    let font = FontId::proportional(12.0);
    for (i, joint) in pose.iter().enumerate() {
        if (joint.confidence as f32) < pen.threshold {
            continue;
        }
        let at = view.joint_to_screen(joint.x, joint.y, viewport) + egui::vec2(7.0, -7.0);
        let text = format!("{} {:.0}%", KEYPOINT_NAMES[i], joint.confidence.clamp(0.0, 1.0) * 100.0);
        let galley = painter.layout_no_wrap(text, font.clone(), Color32::WHITE);
        let rect = Align2::LEFT_CENTER.anchor_size(at, galley.size());
        painter.rect_filled(rect.expand(2.0), 3.0, Color32::from_black_alpha((170.0 * pen.opacity) as u8));
        painter.galley(rect.min, galley, Color32::WHITE);
    }
}

/// Draws labelled joints as rings, dashed where they are labelled but hidden.
pub fn paint_truth(labels: &Labels, opacity: f32, view: &CanvasView, painter: &Painter, viewport: Rect) {
    let stroke = Stroke::new(2.0, theme::TRUTH.gamma_multiply(opacity));
    let dark = Stroke::new(4.0, OUTLINE.gamma_multiply(opacity));
    for label in labels.iter().filter(|label| label.is_labelled()) {
        let at = view.joint_to_screen(label.x, label.y, viewport);
        painter.circle_stroke(at, 6.0, dark);
        if label.visibility == 2 {
            painter.circle_stroke(at, 6.0, stroke);
        } else {
            let ring: Vec<Pos2> = (0..=16)
                .map(|i| at + 6.0 * egui::Vec2::angled(i as f32 * std::f32::consts::TAU / 16.0))
                .collect();
            painter.extend(Shape::dashed_line(&ring, stroke, 3.0, 3.0));
        }
    }
}

/// Draws a line from each labelled joint to where it was found.
pub fn paint_errors(
    pose: &Pose,
    labels: &Labels,
    opacity: f32,
    view: &CanvasView,
    painter: &Painter,
    viewport: Rect,
) {
    for (joint, label) in pose.iter().zip(labels).filter(|(_, label)| label.is_labelled()) {
        let ends = [
            view.joint_to_screen(label.x, label.y, viewport),
            view.joint_to_screen(joint.x, joint.y, viewport),
        ];
        painter.line_segment(ends, Stroke::new(3.5, OUTLINE.gamma_multiply(opacity)));
        painter.line_segment(ends, Stroke::new(1.8, theme::ERROR_VECTOR.gamma_multiply(opacity)));
    }
}
