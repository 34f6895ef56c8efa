//! The colour bar under a map.

use egui::{Align2, Color32, FontId, Mesh, Pos2, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2};

use crate::app::scale::Scale;
use crate::app::theme::Palette;

const HEIGHT: f32 = 10.0;
const STEPS: usize = 48;

/// Draws a scale with its numbers. `unit` says what they are.
pub fn ui(ui: &mut Ui, scale: Scale, palette: Palette, unit: &str) {
    let (response, painter) = ui.allocate_painter(vec2(ui.available_width(), HEIGHT + 16.0), Sense::hover());
    let inner = response.rect.shrink2(vec2(10.0, 0.0));
    let bar = Rect::from_min_size(inner.min, vec2(inner.width(), HEIGHT));
    let mut mesh = Mesh::default();
    for step in 0..=STEPS {
        let share = step as f32 / STEPS as f32;
        let x = bar.left() + bar.width() * share;
        let colour = scale.colour(share, palette);
        mesh.colored_vertex(pos2(x, bar.top()), colour);
        mesh.colored_vertex(pos2(x, bar.bottom()), colour);
        if step > 0 {
            let last = 2 * step as u32;
            mesh.add_triangle(last - 2, last - 1, last);
            mesh.add_triangle(last - 1, last, last + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
    let colour: Color32 = ui.visuals().weak_text_color();
    let ticks = scale.ticks();
    if let (Some((_, first)), Some((_, last))) = (ticks.first(), ticks.last()) {
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Image, true, format!("Colours from {first} to {last}"))
        });
    }
    for (share, text) in ticks {
        let x = bar.left() + bar.width() * share;
        let align = match share {
            share if share < 0.02 => Align2::LEFT_TOP,
            share if share > 0.98 => Align2::RIGHT_TOP,
            _ => Align2::CENTER_TOP,
        };
        let at: Pos2 = pos2(x, bar.bottom() + 2.0);
        painter.text(at, align, text, FontId::proportional(10.5), colour);
    }
    response.on_hover_text(unit);
}
