//! One attention map, small, over the dimmed input.

use egui::{Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::Context;
use crate::app::attention_choice::AttentionChoice;
use crate::app::canvas::{frame_colour, maps};
use crate::app::panel::multiples::MAP_ASPECT;
use crate::app::textures::{Textures, to_screen};
use crate::app::theme::{self, Palette};

/// A map that can be clicked.
pub(super) struct SmallMap<'a> {
    /// What it shows.
    pub choice: &'a AttentionChoice<'a>,
    /// In points.
    pub width: f32,
    /// Its name for screen readers and in the tooltip.
    pub label: String,
    /// What is written on it.
    pub caption: Option<String>,
    /// Whether it is the one on the picture.
    pub chosen: bool,
}

impl SmallMap<'_> {
    /// Draws it, and gives whether it was clicked.
    pub(super) fn ui(
        &self,
        ui: &mut Ui,
        context: &Context<'_>,
        palette: Palette,
        textures: &mut Textures,
    ) -> bool {
        let size = vec2(self.width, self.width / MAP_ASPECT);
        let (response, painter) = ui.allocate_painter(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, self.chosen, &self.label));
        let rect = response.rect;
        painter.rect_filled(rect, 0.0, frame_colour(ui));
        let key = (context.ticket, context.selected, "input");
        let input = textures.sharp(ui.ctx(), key, || to_screen(&context.found.seen.input));
        maps::paint_dimmed(&painter, input, rect);
        maps::paint_attention(&painter, textures, self.choice, palette, rect, 0.8);
        let frame = if self.chosen {
            Some(Stroke::new(2.5, theme::SELECTED))
        } else if response.hovered() || response.has_focus() {
            Some(Stroke::new(1.5, ui.visuals().strong_text_color()))
        } else {
            None
        };
        if let Some(frame) = frame {
            painter.rect_stroke(rect, 0.0, frame, StrokeKind::Inside);
        }
        if let Some(caption) = &self.caption {
            maps::paint_caption(&painter, rect.left_top(), caption);
        }
        response.on_hover_text(format!("{}. Click to draw it on the picture.", self.label)).clicked()
    }
}
