//! One attention map, small, over the dimmed input.

use egui::{Role, Sense, Stroke, StrokeKind, TextureId, Ui, WidgetInfo, vec2};

use crate::app::attention_choice::AttentionChoice;
use crate::app::canvas::{frame_colour, maps};
use crate::app::hint;
use crate::app::panel::multiples::MAP_ASPECT;
use crate::app::textures::Textures;
use crate::app::theme::{self, Palette};

/// Opacity of the colours over the input.
const OPACITY: f32 = 0.8;

/// A map that can be clicked.
pub(super) struct SmallMap<'a> {
    /// What it shows; none where that is not known yet.
    pub choice: Option<&'a AttentionChoice<'a>>,
    /// The input behind it.
    pub input: Option<TextureId>,
    /// In points.
    pub width: f32,
    /// Its name for screen readers and in the tooltip.
    pub label: String,
    /// What is written on it.
    pub caption: Option<String>,
    /// Whether it is the one on the picture.
    pub chosen: bool,
    /// Whether it is about what is on the screen; if not it is drawn faintly.
    pub current: bool,
    /// What a click does, in a sentence.
    pub click: &'static str,
}

impl SmallMap<'_> {
    /// Draws it, and gives whether it was clicked. The number under the pointer stands in the tooltip.
    pub(super) fn ui(&self, ui: &mut Ui, palette: Palette, textures: &mut Textures) -> bool {
        let size = vec2(self.width, self.width / MAP_ASPECT);
        let (response, painter) = ui.allocate_painter(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, self.chosen, &self.label));
        let rect = response.rect;
        painter.rect_filled(rect, 0.0, frame_colour(ui));
        let mut map_painter = painter.clone();
        map_painter.multiply_opacity(if self.current { 1.0 } else { theme::NOT_CURRENT });
        if let Some(input) = self.input {
            maps::paint_dimmed(&map_painter, input, rect);
        }
        if let Some(choice) = self.choice {
            maps::paint_attention(&map_painter, textures, choice, palette, rect, OPACITY);
        }
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
        let share = response.hover_pos().map(|at| (at - rect.min) / rect.size());
        let reading = self.choice.zip(share).and_then(|(choice, share)| choice.reading((share.x, share.y)));
        let name = format!("{}. {}", self.label, self.click);
        let told = reading.map_or_else(|| name.clone(), |reading| format!("{reading}\n{name}"));
        hint::outside(ui, response, told).clicked()
    }
}
