//! What the network sees: its input at true pixels.

use egui::{RichText, Sense, Ui, vec2};

use super::{heading, note, nothing_found};
use crate::app::canvas::maps;
use crate::app::canvas::skeleton::{self, Pen};
use crate::app::document::Document;
use crate::app::layers::Layer;
use crate::app::preferences::{Preferences, Query};
use crate::app::textures::{Textures, to_screen};

/// Height of the view in screen points.
const HEIGHT: f32 = 232.0;

/// The selected person's network input, every pixel a square. A click marks the query pixel.
pub fn ui(ui: &mut Ui, document: &Document, preferences: &mut Preferences, textures: &mut Textures) {
    heading(ui, "What the network sees");
    let size = vec2(HEIGHT * 0.75, HEIGHT);
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer()) else {
        ui.allocate_space(size);
        note(ui, nothing_found(document));
        return;
    };
    let input = &found.seen.input;
    ui.vertical_centered(|ui| {
        let (response, painter) = ui.allocate_painter(size, Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Network input"));
        let texture =
            textures.sharp(ui.ctx(), (document.selected_key(), "input"), || to_screen(input));
        maps::paint_texture(&painter, texture, response.rect, 1.0);
        if let Some(opacity) = preferences.layers.opacity(Layer::Skeleton) {
            let pen = Pen { thickness: 1.5, threshold: preferences.threshold, opacity: opacity * 0.85 };
            let region = found.region;
            let place = |x: f64, y: f64| {
                let share = vec2(
                    ((x + 0.5 - region.x0) / region.width) as f32,
                    ((y + 0.5 - region.y0) / region.height) as f32,
                );
                response.rect.min + share * response.rect.size()
            };
            let painter = painter.with_clip_rect(response.rect);
            if preferences.layers.unsure {
                skeleton::paint_unsure(&found.pose, pen, &painter, place);
            }
            skeleton::paint(&found.pose, pen, &painter, place);
        }
        if response.clicked()
            && let Some(at) = response.interact_pointer_pos()
        {
            let share = (at - response.rect.min) / response.rect.size();
            preferences.attention.query = Query::Place(share.x.clamp(0.0, 1.0), share.y.clamp(0.0, 1.0));
        }
        response.on_hover_text("The true input pixels. Click to ask where this pixel looks.");
        let capture = &found.seen.capture;
        let sizes = [input.height(), input.width(), capture.height(), capture.width()];
        let line = format!("{}×{} pixels, captured at {}×{}", sizes[0], sizes[1], sizes[2], sizes[3]);
        if capture.height() < answer.request.settings.capture.height {
            let warning = RichText::new(format!("{line}: the picture holds no more")).small();
            ui.label(warning.color(ui.visuals().warn_fg_color)).on_hover_text(
                "This person's region has fewer pixel rows in the picture than the capture asks for. A camera that \
                 spends more on it would show more; this picture cannot.",
            );
        } else {
            note(ui, line);
        }
    });
}
