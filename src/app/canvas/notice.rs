//! A quiet line over the lower edge of the picture.

use egui::{Align2, Color32, Label, Rect, RichText, TextStyle, Ui, Vec2, pos2, vec2};

/// From the lower edge of the canvas, in screen points.
const ABOVE_EDGE: f32 = 12.0;
/// Around the text, in screen points.
const PADDING: Vec2 = vec2(8.0, 4.0);
/// How much of the picture the plate behind the text hides, 0 … 255.
const PLATE: u8 = 170;

/// Writes `text` in the middle of the lower edge of `viewport`. The pointer goes through it to the picture.
pub fn show(ui: &mut Ui, viewport: Rect, text: &str) {
    let room = viewport.width() - 4.0 * PADDING.x;
    let font = TextStyle::Body.resolve(ui.style());
    let size = ui.painter().layout(text.to_owned(), font, Color32::WHITE, room).size();
    let at = pos2(viewport.center().x, viewport.bottom() - ABOVE_EDGE);
    let plate = Align2::CENTER_BOTTOM.anchor_size(at, size + 2.0 * PADDING);
    ui.painter().rect_filled(plate, 4.0, Color32::from_black_alpha(PLATE));
    let label = Label::new(RichText::new(text).color(Color32::from_gray(225))).selectable(false).wrap();
    ui.put(plate.shrink2(PADDING), label);
}
