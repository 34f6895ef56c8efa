//! Choosing the pixel whose attention is asked for.

use egui::{Rect, Response};

use super::{CanvasView, boxes, maps};
use crate::app::document::Document;
use crate::app::preferences::{AttentionMode, Preferences, Query};

/// A click on the selected person marks the pixel whose attention is asked for.
pub fn choose(
    response: &Response,
    view: &CanvasView,
    viewport: Rect,
    document: &Document,
    preferences: &mut Preferences,
) {
    let asking = preferences.attention.mode == AttentionMode::Query;
    let at = response
        .interact_pointer_pos()
        .filter(|_| asking && response.clicked() && !boxes::adds_box(response));
    if let (Some(at), Some(found)) = (at, document.selected_answer()) {
        let region = maps::rect_of_region(&found.region);
        let at = view.to_picture(at, viewport);
        if region.contains(at) {
            let share = (at - region.min) / region.size();
            preferences.attention.query = Query::Place(share.x, share.y);
        }
    }
}
