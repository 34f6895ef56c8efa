//! A small picture of somebody with the skeleton that was found.

use egui::{Color32, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::app::data_set::thumbnails::Thumbnails;
use crate::app::theme;
use crate::pose::{LIMBS, Pose, Region};
use crate::study::PersonResult;

/// Size in points.
pub const SIZE: Vec2 = vec2(45.0, 60.0);
/// Width of a limb in points.
const THICKNESS: f32 = 1.2;

/// Draws the picture once it is there, and grey until then. `name` is the file of the whole picture.
pub fn show(ui: &mut Ui, result: &PersonResult, name: &str, thumbnails: Option<&mut Thumbnails>) {
    let (rect, response) = ui.allocate_exact_size(SIZE, Sense::hover());
    let painter = ui.painter().with_clip_rect(rect);
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    match thumbnails.and_then(|thumbnails| thumbnails.of(result.person)) {
        Some(Ok((texture, region))) => {
            painter.image(texture, rect, whole, Color32::WHITE);
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Crop of {name}")));
            if let Some(pose) = &result.pose {
                skeleton(&painter, rect, pose, &region);
            }
        }
        Some(Err(why)) => {
            painter.rect_filled(rect, 0.0, ui.visuals().error_fg_color.gamma_multiply(0.3));
            response.on_hover_text(why);
        }
        None => {
            painter.rect_filled(rect, 0.0, ui.visuals().faint_bg_color);
        }
    }
}

fn skeleton(painter: &Painter, rect: Rect, pose: &Pose, region: &Region) {
    let place = |joint: usize| -> Option<Pos2> {
        let found = pose.get(joint)?;
        // A joint stands in the middle of its pixel, and areas count from the corner.
        let along = |value: f64, start: f64, side: f64| ((value + 0.5 - start) / side) as f32;
        let share = vec2(along(found.x, region.x0, region.width), along(found.y, region.y0, region.height));
        Some(rect.min + share * rect.size())
    };
    for limb in LIMBS {
        if let (Some(from), Some(to)) = (place(limb.0), place(limb.1)) {
            painter.line_segment([from, to], Stroke::new(THICKNESS, theme::of_limb(limb)));
        }
    }
}
