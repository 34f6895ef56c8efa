//! Joints, limbs, names, ground truth and error vectors.

use egui::{Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::{CanvasView, labels};
use crate::app::theme;
use crate::app::threshold::Thresholds;
use crate::pose::{KEYPOINT_NAMES, LIMBS, Labels, Pose, Region};

/// Opacity of what the untouched network finds, over a picture and under what is found without parts of it.
const GHOST: f32 = 0.55;
/// Opacity of joints below the threshold, where they are asked for.
const FAINT: f32 = 0.28;
/// Radius of the ring around a labelled joint, in screen points.
const RING: f32 = 6.0;
/// What the dark plate behind a name leaves around it, in screen points.
const PLATE: f32 = 2.0;
/// From this distance on, in screen points, a line leads from a joint to its name.
const FAR: f32 = 10.0;
const OUTLINE: Color32 = Color32::from_black_alpha(150);

/// How a skeleton is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Width of a limb in screen points.
    pub thickness: f32,
    /// Which joints are sure.
    pub threshold: Thresholds,
    /// 0 … 1.
    pub opacity: f32,
}

/// Draws the joints that reach the threshold and the limbs between them: limbs of the others go anywhere. `place`
/// puts a joint on the screen.
pub fn paint(pose: &Pose, pen: Pen, painter: &Painter, place: impl Fn(f64, f64) -> Pos2) {
    paint_those(pose, pen, painter, place, true);
}

/// Draws the joints below the threshold and the limbs that end in one, faintly.
pub fn paint_unsure(pose: &Pose, pen: Pen, painter: &Painter, place: impl Fn(f64, f64) -> Pos2) {
    let faint = Pen { opacity: pen.opacity * FAINT, ..pen };
    paint_those(pose, faint, painter, place, false);
}

/// Where a joint of the picture stands when its region fills a rectangle of the screen.
pub fn in_region(region: &Region, rect: Rect, x: f64, y: f64) -> Pos2 {
    let share =
        vec2(((x + 0.5 - region.x0) / region.width) as f32, ((y + 0.5 - region.y0) / region.height) as f32);
    rect.min + share * rect.size()
}

/// Draws faintly, in one colour and dashed, what the network finds with all its parts.
pub fn paint_untouched(pose: &Pose, pen: Pen, painter: &Painter, place: impl Fn(f64, f64) -> Pos2) {
    let colour = theme::UNTOUCHED.gamma_multiply(pen.opacity * GHOST);
    let at = pose.map(|joint| place(joint.x, joint.y));
    let is_sure = |joint: usize| pen.threshold.is_sure(joint, pose[joint].confidence);
    for (a, b) in LIMBS {
        if is_sure(a) && is_sure(b) {
            let stroke = Stroke::new(pen.thickness, colour);
            painter.extend(Shape::dashed_line(&[at[a], at[b]], stroke, 5.0, 3.0));
        }
    }
    for (joint, at) in at.into_iter().enumerate() {
        if is_sure(joint) {
            painter.circle_stroke(at, pen.thickness * 1.25, Stroke::new(1.5, colour));
        }
    }
}

fn paint_those(pose: &Pose, pen: Pen, painter: &Painter, place: impl Fn(f64, f64) -> Pos2, sure: bool) {
    let at = pose.map(|joint| place(joint.x, joint.y));
    let outline = OUTLINE.gamma_multiply(pen.opacity);
    for limb @ (a, b) in LIMBS {
        let is_sure = |joint: usize| pen.threshold.is_sure(joint, pose[joint].confidence);
        if (is_sure(a) && is_sure(b)) == sure {
            let colour = theme::of_limb(limb).gamma_multiply(pen.opacity);
            painter.line_segment([at[a], at[b]], Stroke::new(pen.thickness + 2.0, outline));
            painter.line_segment([at[a], at[b]], Stroke::new(pen.thickness, colour));
        }
    }
    for (i, joint) in pose.iter().enumerate() {
        if pen.threshold.is_sure(i, joint.confidence) == sure {
            let colour = theme::of_joint(i).gamma_multiply(pen.opacity);
            painter.circle(at[i], pen.thickness * 1.25, colour, Stroke::new(1.0, outline));
        }
    }
}

/// Writes name and confidence beside each joint above the threshold, none over another.
pub fn paint_names(pose: &Pose, pen: Pen, view: &CanvasView, painter: &Painter, viewport: Rect) {
    let font = FontId::proportional(12.0);
    let mut names = Vec::new();
    for (i, joint) in pose.iter().enumerate() {
        if pen.threshold.is_sure(i, joint.confidence) {
            let text = format!("{} {:.0}%", KEYPOINT_NAMES[i], joint.confidence.clamp(0.0, 1.0) * 100.0);
            let galley = painter.layout_no_wrap(text, font.clone(), Color32::WHITE);
            names.push((i, view.joint_to_screen(joint.x, joint.y, viewport), galley));
        }
    }
    let sizes: Vec<(Pos2, Vec2)> =
        names.iter().map(|(_, at, galley)| (*at, galley.size() + Vec2::splat(2.0 * PLATE))).collect();
    let dark = Color32::from_black_alpha((170.0 * pen.opacity) as u8);
    for ((i, at, galley), plate) in names.into_iter().zip(labels::place(&sizes)) {
        let end = plate.clamp(at);
        if end.distance(at) > FAR {
            let colour = theme::of_joint(i).gamma_multiply(pen.opacity);
            painter.line_segment([at, end], Stroke::new(1.0, colour));
        }
        painter.rect_filled(plate, 3.0, dark);
        painter.galley(plate.min + Vec2::splat(PLATE), galley, Color32::WHITE);
    }
}

/// Draws labelled joints as rings, dashed where they are labelled but hidden; `scale` is 1 for large people.
pub fn paint_truth(
    labels: &Labels,
    opacity: f32,
    scale: f32,
    view: &CanvasView,
    painter: &Painter,
    viewport: Rect,
) {
    let radius = RING * scale;
    let stroke = Stroke::new((2.0 * scale).max(1.0), theme::TRUTH.gamma_multiply(opacity));
    let dark = Stroke::new((4.0 * scale).max(1.8), OUTLINE.gamma_multiply(opacity));
    for label in labels.iter().filter(|label| label.is_labelled()) {
        let at = view.joint_to_screen(label.x, label.y, viewport);
        painter.circle_stroke(at, radius, dark);
        if label.visibility == 2 {
            painter.circle_stroke(at, radius, stroke);
        } else {
            let ring: Vec<Pos2> = (0..=16)
                .map(|i| at + radius * Vec2::angled(i as f32 * std::f32::consts::TAU / 16.0))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::threshold::Threshold;
    use crate::pose::{InputSize, KEYPOINT_COUNT, Keypoint};

    /// How many shapes a drawing leaves.
    fn shapes(draw: impl Fn(&Painter)) -> usize {
        let output = egui::Context::default().run_ui(egui::RawInput::default(), |ui| draw(ui.painter()));
        let count = output.shapes.len();
        output.drop_without_applying_deltas();
        count
    }

    #[test]
    fn joints_below_the_threshold_and_their_limbs_are_drawn_apart() {
        const UNSURE: usize = 9;
        let mut pose = [Keypoint { x: 10.0, y: 10.0, confidence: 0.9 }; KEYPOINT_COUNT];
        pose[UNSURE].confidence = 0.1;
        let pen = Pen {
            thickness: 3.0,
            threshold: Threshold::default().at(None, InputSize::STANDARD[0]),
            opacity: 1.0,
        };
        let place = |x: f64, y: f64| Pos2::new(x as f32, y as f32);
        let empty = shapes(|_| {});
        let sure = shapes(|painter| paint(&pose, pen, painter, place)) - empty;
        let unsure = shapes(|painter| paint_unsure(&pose, pen, painter, place)) - empty;
        // A limb is a line on a dark one.
        let its_limbs = LIMBS.iter().filter(|(a, b)| *a == UNSURE || *b == UNSURE).count();
        assert_eq!(sure, 2 * (LIMBS.len() - its_limbs) + KEYPOINT_COUNT - 1);
        assert_eq!(unsure, 2 * its_limbs + 1);
    }
}
