//! What differs: how far each joint lies from A to B, and one heatmap less the other.

use egui::{Align2, Color32, Layout, Painter, Rect, Stroke, Ui, UiBuilder, Vec2, Visuals, vec2};

use super::{View, paint_label};
use crate::app::canvas::skeleton::{self, Pen};
use crate::app::canvas::{Canvas, Drawn, maps};
use crate::app::compare::heatmap_difference::difference;
use crate::app::layers::Layer;
use crate::app::panel::{legend, note};
use crate::app::scale::{Scale, coloured_by_strength};
use crate::app::threshold::Thresholds;
use crate::engine::PersonAnswer;
use crate::pose::{KEYPOINT_NAMES, Pose};

/// Distances between a joint of A and of B, as shares of the height of the person's box.
const MOVED: Scale = Scale::Linear(0.0, 0.1);
/// The plate of the legends, and what it leaves to the corner of the view, in points.
const LEGENDS: Vec2 = vec2(236.0, 116.0);
const MARGIN: f32 = 12.0;
/// What stands inside of the plate's edge, in points.
const PADDING: f32 = 6.0;
/// Layers of A that are of no use under the difference.
const HIDDEN: [Layer; 7] = [
    Layer::Skeleton,
    Layer::Heatmap,
    Layer::Attention,
    Layer::Matters,
    Layer::WindowGrid,
    Layer::Names,
    Layer::Errors,
];

/// Draws A dashed, B in colours, and what lies between.
pub(super) fn ui(view: &mut View<'_>, ui: &mut Ui, labels: &[String; 2]) {
    let Drawn { painter, viewport, .. } = view.picture_of_a(ui);
    let no_heatmap = paint(view, &painter, viewport).err();
    Canvas::notice(ui, viewport, view.document);
    explain(view, ui, viewport, no_heatmap, labels);
}

/// Draws all of that over a picture that lies there already.
pub(super) fn overlays(view: &mut View<'_>, ui: &mut Ui, place: Rect, labels: &[String; 2]) {
    let no_heatmap = paint(view, &ui.painter_at(place), place).err();
    explain(view, ui, place, no_heatmap, labels);
}

/// Draws what both found and what differs.
///
/// # Errors
/// Why there is no difference of heatmaps, for the legend.
fn paint(view: &mut View<'_>, painter: &Painter, viewport: Rect) -> Result<(), &'static str> {
    let mut plain = view.preferences.clone();
    for layer in HIDDEN {
        plain.layers.state_mut(layer).shown = false;
    }
    view.canvas_a.overlays(painter, viewport, view.document, plain.thresholds(view.a), &plain, view.textures);
    let heatmaps = paint_heatmaps(view, painter, viewport);
    paint_people(view, painter, viewport);
    heatmaps
}

/// Says what the colours mean, and which side is which.
fn explain(view: &View<'_>, ui: &mut Ui, viewport: Rect, no_heatmap: Option<&str>, labels: &[String; 2]) {
    legends(view, ui, viewport, no_heatmap);
    let label = format!("{} (dashed)   {} (solid)", labels[0], labels[1]);
    paint_label(&ui.painter_at(viewport), viewport, Align2::LEFT_TOP, &label, true);
}

/// Draws B's heatmap of the chosen joint less A's over the selected person.
///
/// # Errors
/// Why there is none, for the legend.
fn paint_heatmaps(view: &mut View<'_>, painter: &Painter, viewport: Rect) -> Result<(), &'static str> {
    const WAITING: &str = "Waiting for both heatmaps";
    let other = view.rival.found.as_ref().and_then(|found| found.other.as_ref()).ok_or(WAITING)?;
    let index = view.document.selected.ok_or("Nobody is selected")?;
    let a = view.document.person_answer(index).ok_or(WAITING)?;
    let place = view.document.place_in_other(other, index).ok_or(WAITING)?;
    let b: &PersonAnswer = other.answer.people.get(place).ok_or(WAITING)?;
    let (Some(map_a), Some(map_b)) = (&a.heatmaps, &b.heatmaps) else {
        return Err("MoveNet gives no heatmaps");
    };
    if a.region != b.region {
        return Err(WAITING);
    }
    if view.document.people.get(index).is_some_and(|person| person.hidden) {
        return Ok(());
    }
    let layers = &view.preferences.layers;
    let joint = layers.heatmap_joint;
    let key = (view.document.selected_key(), other.answer.ticket, place, joint, "difference");
    let (ctx, palette) = (painter.ctx().clone(), view.preferences.palette);
    let texture = view.textures.sharp(&ctx, key, || {
        let [a, b] = [map_a, map_b].map(|map| maps::heatmap_grid(map, joint));
        coloured_by_strength(&difference(&a, &b), Scale::HEATMAP_DIFFERENCE, palette)
    });
    let region = view.canvas_a.view.rect_to_screen(maps::rect_of_region(&b.region), viewport);
    maps::paint_texture(painter, texture, region, layers.state(Layer::Heatmap).opacity);
    Ok(())
}

/// Draws both skeletons of everybody, with a line from each joint of A to that of B.
fn paint_people(view: &View<'_>, painter: &Painter, viewport: Rect) {
    let Some(found) = &view.rival.found else { return };
    let Some(other) = &found.other else { return };
    let of_a = view.preferences.thresholds(view.a);
    let of_b = view.rival.thresholds(view.preferences.threshold, &view.setup.settings);
    for (index, person) in view.document.people.iter().enumerate().filter(|(_, person)| !person.hidden) {
        let Some(place) = view.document.place_in_other(other, index) else { continue };
        let poses = (found.question.against.poses.get(place), other.answer.people.get(place));
        let (Some(a), Some(b)) = poses else { continue };
        let thickness = view.preferences.layers.thickness * view.canvas_a.scale_of(person);
        let at = |x, y| view.canvas_a.view.joint_to_screen(x, y, viewport);
        skeleton::paint(&b.pose, Pen { thickness, threshold: of_b, opacity: 0.8 }, painter, at);
        skeleton::paint_untouched(a, Pen { thickness, threshold: of_a, opacity: 1.0 }, painter, at);
        let sure = (of_a, of_b, view.preferences.layers.unsure);
        for (joint, share) in moved(a, &b.pose, b.bounds.height, sure) {
            let ends = [a[joint], b.pose[joint]].map(|joint| at(joint.x, joint.y));
            let colour = view.preferences.palette.colour(MOVED.share(share));
            painter.line_segment(ends, Stroke::new(thickness + 3.0, Color32::from_white_alpha(200)));
            painter.line_segment(ends, Stroke::new(thickness + 1.0, colour));
        }
    }
}

/// The joints of which both sides are sure, all of them where unsure ones are drawn too, and how far each lies from A to
/// B, as a share of `height`.
fn moved(
    a: &Pose,
    b: &Pose,
    height: f64,
    (of_a, of_b, unsure): (Thresholds, Thresholds, bool),
) -> Vec<(usize, f32)> {
    let joints = a.iter().zip(b).enumerate();
    let both = joints.filter(|(joint, (a, b))| {
        unsure || (of_a.is_sure(*joint, a.confidence) && of_b.is_sure(*joint, b.confidence))
    });
    let share = |(joint, (a, b)): (usize, (&crate::pose::Keypoint, &crate::pose::Keypoint))| {
        (joint, ((b.x - a.x).hypot(b.y - a.y) / height.max(f64::EPSILON)) as f32)
    };
    both.map(share).collect()
}

/// Both colour scales with their numbers, over the lower left corner of the view.
fn legends(view: &View<'_>, ui: &mut Ui, viewport: Rect, no_heatmap: Option<&str>) {
    let corner = viewport.left_bottom() + vec2(MARGIN, -MARGIN - LEGENDS.y);
    let plate = Rect::from_min_size(corner, LEGENDS);
    ui.painter().rect_filled(plate, 4.0, Color32::from_black_alpha(225));
    let inside = UiBuilder::new()
        .max_rect(plate.shrink(PADDING))
        .layout(Layout::top_down(egui::Align::Min))
        .id_salt("legends");
    let mut ui = ui.new_child(inside);
    *ui.visuals_mut() = Visuals::dark();
    ui.spacing_mut().item_spacing.y = 4.0;
    let joint = view.preferences.layers.heatmap_joint;
    let joint = joint.and_then(|joint| KEYPOINT_NAMES.get(joint)).copied().unwrap_or("all joints");
    match no_heatmap {
        Some(why) => note(&mut ui, why),
        None => note(&mut ui, format!("Heatmap, B less A ({joint})")),
    }
    let hint = "Below 0 A's heatmap is higher, above 0 B's. The joint is that of the heatmap layer.";
    legend::ui(&mut ui, Scale::HEATMAP_DIFFERENCE, view.preferences.palette, hint);
    note(&mut ui, "Joint moved, as a share of the height");
    let palette = view.preferences.palette;
    legend::ui(
        &mut ui,
        MOVED,
        palette,
        "From A to B, over the height of the person's box; 0.10 and more alike",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::threshold::Threshold;
    use crate::pose::{InputSize, KEYPOINT_COUNT, Keypoint};

    #[test]
    fn joints_move_by_a_share_of_the_height() {
        let a: Pose = [Keypoint { x: 10.0, y: 10.0, confidence: 0.9 }; KEYPOINT_COUNT];
        let mut b = a;
        (b[5].x, b[5].y) = (13.0, 14.0);
        b[6].confidence = 0.1;
        let usual = Threshold::default().at(None, InputSize::STANDARD[0]);
        let sure = moved(&a, &b, 50.0, (usual, usual, false));
        assert_eq!(sure.len(), KEYPOINT_COUNT - 1, "B is not sure of the seventh");
        assert_eq!((sure[5], sure[4]), ((5, 0.1), (4, 0.0)));
        assert_eq!(moved(&a, &b, 50.0, (usual, usual, true)).len(), KEYPOINT_COUNT);
    }
}
