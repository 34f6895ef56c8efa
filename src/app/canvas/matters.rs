//! The layer of what matters, over the selected person's region.

use egui::{Painter, Rect, Response};

use super::CanvasView;
use super::maps::{paint_texture, rect_of_region};
use crate::app::document::Document;
use crate::app::layers::Layer;
use crate::app::preferences::Preferences;
use crate::app::textures::Textures;
use crate::app::what_matters::MattersMap;

/// The map to draw and its opacity: none where the layer is off, nothing is known, or the person is hidden.
pub fn shown<'a>(document: &'a Document, preferences: &Preferences) -> Option<(&'a MattersMap, f32)> {
    let person = document.people.get(document.selected?)?;
    let opacity = preferences.layers.opacity(Layer::Matters)?;
    document.matters.as_ref().filter(|_| !person.hidden).map(|map| (map, opacity))
}

/// Draws the map.
pub fn paint(
    painter: &Painter,
    view: &CanvasView,
    viewport: Rect,
    document: &Document,
    preferences: &Preferences,
    textures: &mut Textures,
) {
    let Some((map, opacity)) = shown(document, preferences) else { return };
    let texture = map.texture(textures, painter.ctx(), preferences.palette);
    let rect = view.rect_to_screen(rect_of_region(&map.region), viewport);
    paint_texture(painter, texture, rect, opacity);
}

/// Writes the number under the pointer beside it, unless something is dragged.
pub fn paint_number(
    painter: &Painter,
    view: &CanvasView,
    viewport: Rect,
    document: &Document,
    preferences: &Preferences,
    response: &Response,
) {
    let at = response.hover_pos().filter(|_| !response.dragged());
    if let (Some(at), Some((map, _))) = (at, shown(document, preferences)) {
        map.paint_number(painter, view.rect_to_screen(rect_of_region(&map.region), viewport), at);
    }
}
