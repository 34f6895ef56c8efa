//! Boxes as they are drawn over the picture.

use egui::{Align2, Color32, FontId, Painter, Rect, Shape, Stroke, StrokeKind, vec2};

use super::CanvasView;
use super::boxes::{Drag, handles, rect_of};
use crate::app::document::Document;
use crate::app::theme;

/// One colour a person, told apart from those of limbs, truth and errors.
const PEOPLE: [Color32; 5] = [
    theme::SELECTED,
    Color32::from_rgb(178, 140, 255),
    Color32::from_rgb(45, 212, 191),
    Color32::from_rgb(244, 130, 190),
    Color32::from_rgb(205, 165, 115),
];

/// The colour of a person's box by their number, also in lists. Further people share one: colours that come again would
/// mislead.
pub fn person_colour(number: u32) -> Color32 {
    let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    place.and_then(|place| PEOPLE.get(place)).copied().unwrap_or(theme::UNSELECTED)
}

/// Draws the edge of what the network sees around the selected person, dashed: more than the box.
pub fn paint_region(region: Rect, painter: &Painter, opacity: f32) {
    let corners = [region.left_top(), region.right_top(), region.right_bottom(), region.left_bottom()];
    let path = [corners[0], corners[1], corners[2], corners[3], corners[0]];
    let stroke = Stroke::new(1.0, theme::SELECTED.gamma_multiply(opacity * 0.6));
    painter.extend(Shape::dashed_line(&path, stroke, 5.0, 5.0));
}

/// Draws every box that is not hidden, numbered where there are several, the selected one with handles, and those to
/// come: one that is being drawn, one that is looked for where the user clicked. Without a `drag`, not even an idle one,
/// boxes cannot be taken hold of and have no handles.
pub fn paint(
    document: &Document,
    drag: Option<Drag>,
    view: &CanvasView,
    painter: &Painter,
    viewport: Rect,
    opacity: f32,
) {
    for (i, person) in document.people.iter().enumerate().filter(|(_, person)| !person.hidden) {
        let selected = document.selected == Some(i);
        let rect = view.rect_to_screen(rect_of(&person.bounds), viewport);
        let colour = person_colour(person.number).gamma_multiply(opacity);
        let width = if selected { 2.0 } else { 1.0 };
        let shadow = Stroke::new(width + 1.5, Color32::from_black_alpha(90));
        painter.rect_stroke(rect, 2.0, shadow, StrokeKind::Middle);
        painter.rect_stroke(rect, 2.0, Stroke::new(width, colour), StrokeKind::Middle);
        if selected && drag.is_some() {
            paint_handles(rect, colour, painter);
        }
        if document.people.len() > 1 || person.number > 1 {
            paint_number(person.number, rect, colour, opacity, painter);
        }
    }
    if let Some(likely) = document.likely_box() {
        let rect = view.rect_to_screen(rect_of(&likely), viewport);
        let stroke = Stroke::new(1.5, theme::SELECTED.gamma_multiply(opacity * 0.5));
        painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Middle);
    }
    if let (Some(Drag::New(from)), Some(at)) = (drag, painter.ctx().pointer_latest_pos()) {
        let rect = Rect::from_two_pos(view.to_screen(from, viewport), at);
        painter.rect(
            rect,
            2.0,
            theme::SELECTED.gamma_multiply(0.12),
            Stroke::new(1.5, theme::SELECTED),
            StrokeKind::Middle,
        );
    }
}

fn paint_handles(rect: Rect, colour: Color32, painter: &Painter) {
    for (_, at) in handles(rect) {
        let handle = Rect::from_center_size(at, vec2(7.0, 7.0));
        let edge = Stroke::new(1.0, Color32::from_black_alpha(160));
        painter.rect(handle, 1.5, colour, edge, StrokeKind::Outside);
    }
}

/// Writes a person's number inside the top left corner of their box, clear of the handle there.
fn paint_number(number: u32, rect: Rect, colour: Color32, opacity: f32, painter: &Painter) {
    let galley = painter.layout_no_wrap(number.to_string(), FontId::proportional(12.0), colour);
    let plate = Align2::LEFT_TOP.anchor_size(rect.left_top() + vec2(8.0, 8.0), galley.size());
    let dark = Color32::from_black_alpha((170.0 * opacity) as u8);
    painter.rect_filled(plate.expand2(vec2(4.0, 1.0)), 3.0, dark);
    painter.galley(plate.min, galley, colour);
}
