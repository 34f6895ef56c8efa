//! Everybody in the picture, a row each.

use egui::{Align2, Response, Role, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use super::heading;
use crate::app::canvas::outlines::person_colour;
use crate::app::document::{Document, Score};

/// Height of a row in screen points.
const ROW: f32 = 22.0;
/// What a row leaves free on the left and right.
const MARGIN: f32 = 8.0;

/// The list, where there is more than one person; a click selects.
pub fn ui(ui: &mut Ui, document: &mut Document) {
    if document.people.len() < 2 {
        return;
    }
    heading(ui, "People");
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for index in 0..document.people.len() {
            if row(ui, document, index).clicked() {
                document.selected = Some(index);
            }
        }
    });
}

/// Dot, number, height and score of a person.
fn row(ui: &mut Ui, document: &Document, index: usize) -> Response {
    let selected = document.selected == Some(index);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, selected, format!("Person {}", index + 1)));
    let (score, meaning) = score(document, index);
    let height = document.people[index].bounds.height;

    let style = ui.style().interact_selectable(&response, selected);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(rect));
    if selected || response.hovered() || response.has_focus() {
        painter.rect_filled(rect, style.corner_radius, style.weak_bg_fill);
    }
    let weak = ui.visuals().weak_text_color();
    let quiet = if selected { style.text_color() } else { weak };
    let figure = if document.is_stale(index) { weak } else { style.text_color() };
    let font = TextStyle::Body.resolve(ui.style());
    let right = rect.right() - MARGIN;
    painter.circle_filled(pos2(rect.left() + MARGIN + 4.0, rect.center().y), 4.0, person_colour(index));
    for (x, anchor, text, colour) in [
        (rect.left() + MARGIN + 16.0, Align2::LEFT_CENTER, (index + 1).to_string(), style.text_color()),
        (right - 48.0, Align2::RIGHT_CENTER, format!("{height:.0} px"), quiet),
        (right, Align2::RIGHT_CENTER, score, figure),
    ] {
        painter.text(pos2(x, rect.center().y), anchor, text, font.clone(), colour);
    }
    response.on_hover_text(format!("{meaning}. The box is {height:.0} picture pixels high."))
}

/// A person's score as text, and what it means.
fn score(document: &Document, index: usize) -> (String, &'static str) {
    match document.score(index) {
        Some(Score::Accuracy { oks, .. }) => (format!("{oks:.2}"), "OKS with the ground truth"),
        Some(Score::Agreement { oks }) => {
            (format!("{oks:.2}"), "Agreement with the same network at its largest input")
        }
        None => ("–".into(), "Nothing to compare the joints with yet"),
    }
}
