//! What the attention map on the picture says under the pointer.

use egui::{Rect, Response};

use super::{CanvasView, maps};
use crate::app::attention_choice::AttentionChoice;
use crate::app::document::Document;
use crate::app::layers::Layer;
use crate::app::preferences::Preferences;

/// Shows the number under the resting pointer, where the attention layer is drawn and nothing is dragged.
pub fn show(
    response: &Response,
    view: &CanvasView,
    viewport: Rect,
    document: &Document,
    preferences: &Preferences,
) {
    let dragged = response.ctx.dragged_id().is_some();
    if preferences.layers.opacity(Layer::Attention).is_none() || dragged {
        return;
    }
    let hidden = document.selected.and_then(|index| document.people.get(index)).is_none_or(|p| p.hidden);
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer().filter(|_| !hidden))
    else {
        return;
    };
    let attention = &preferences.attention;
    let choice = AttentionChoice::new(answer.ticket, found, attention, attention.scale);
    let (Some(choice), Some(at)) = (choice, response.hover_pos()) else { return };
    let region = maps::rect_of_region(&found.region);
    let share = (view.to_picture(at, viewport) - region.min) / region.size();
    if let Some(reading) = choice.reading((share.x, share.y)) {
        response.clone().on_hover_text_at_pointer(reading);
    }
}
