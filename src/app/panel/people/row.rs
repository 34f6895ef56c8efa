//! A row of the list of people.

use egui::{
    Align2, Color32, Id, Painter, Rect, Response, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::canvas::outlines::person_colour;
use crate::app::document::{Document, Score};
use crate::app::hint;
use crate::pose::instance_score;

/// Height of a row in screen points.
pub const HEIGHT: f32 = 22.0;
/// What a row leaves free on the left and right.
const MARGIN: f32 = 8.0;
/// Width of the places for the eye and the cross.
const SIGN: f32 = 18.0;
/// Width of the place for the score.
const SCORE: f32 = 38.0;
/// Width of the place for the height.
const PIXELS: f32 = 54.0;
/// From this width on there is room to say who found the person.
const ROOMY: f32 = 250.0;

/// What is wanted of a person, by their place in the document.
#[derive(Clone, Copy, Debug)]
pub enum Wish {
    /// Hide them, or show them again.
    Hide(usize),
    /// Remove them.
    Delete(usize),
}

/// Names the row of a person.
pub fn id(number: u32) -> Id {
    Id::unique(("row of the people list", number))
}

/// Dot, number, who found them, height, score, an eye and a cross of a person.
pub fn ui(ui: &mut Ui, document: &Document, index: usize) -> (Response, Option<Wish>) {
    let person = &document.people[index];
    let number = person.number;
    let selected = document.selected == Some(index);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let response = ui.interact(rect, id(number), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, format!("Person {number}")));
    let (score, meaning) = score(document, index);
    let height = person.bounds.height;

    let style = ui.style().interact_selectable(&response, selected);
    let painter = ui.painter().with_clip_rect(rect);
    if selected || response.hovered() || response.has_focus() {
        painter.rect_filled(rect, style.corner_radius, style.weak_bg_fill);
    }
    if response.has_focus() {
        let stroke = ui.visuals().selection.stroke;
        painter.rect_stroke(rect.shrink(1.0), style.corner_radius, stroke, egui::StrokeKind::Inside);
    }
    let weak = ui.visuals().weak_text_color();
    let text = if person.hidden { weak } else { style.text_color() };
    let quiet = if selected { text } else { weak };
    let figure = if document.is_stale(index) { weak } else { text };
    let font = TextStyle::Body.resolve(ui.style());
    let left = rect.left() + MARGIN;
    let cross = rect.right() - MARGIN - SIGN;
    let right = cross - SIGN - 4.0;
    let colour = person_colour(number).gamma_multiply(if person.hidden { 0.4 } else { 1.0 });
    painter.circle_filled(pos2(left + 4.0, rect.center().y), 4.0, colour);
    let origin = if rect.width() >= ROOMY { person.origin.label() } else { "" };
    for (x, anchor, words, colour) in [
        (left + 16.0, Align2::LEFT_CENTER, number.to_string(), text),
        (left + 40.0, Align2::LEFT_CENTER, origin.into(), quiet),
        (right - SCORE, Align2::RIGHT_CENTER, format!("{height:.0} px"), quiet),
        (right, Align2::RIGHT_CENTER, score, figure),
    ] {
        let clip = if anchor == Align2::LEFT_CENTER { right - SCORE - PIXELS } else { right };
        let within = Rect::from_min_max(rect.min, pos2(clip, rect.bottom()));
        let painter = painter.with_clip_rect(within);
        painter.text(pos2(x, rect.center().y), anchor, words, font.clone(), colour);
    }
    let wish = signs(ui, &painter, rect, cross, (index, number, person.hidden), quiet);
    let origin = person.origin.explanation();
    let told = format!("{meaning}. The box is {height:.0} picture pixels high. {origin}");
    (hint::outside(ui, response, told), wish)
}

/// The eye and the cross at the end of a row. The person comes as place, number and whether they are hidden.
fn signs(
    ui: &Ui,
    painter: &Painter,
    row: Rect,
    cross: f32,
    (index, number, hidden): (usize, u32, bool),
    colour: Color32,
) -> Option<Wish> {
    let place = |left: f32| Rect::from_min_size(pos2(left, row.top()), vec2(SIGN, row.height()));
    let button = |rect: Rect, what: &str, on: Option<bool>| {
        let response = ui.interact(rect, id(number).with(what), Sense::click());
        let label = format!("{what} person {number}");
        response.widget_info(|| match on {
            Some(on) => WidgetInfo::selected(Role::Button, true, on, &label),
            None => WidgetInfo::labeled(Role::Button, true, &label),
        });
        let lit = response.hovered() || response.has_focus();
        (response, if lit { ui.visuals().strong_text_color() } else { colour })
    };
    let (hide, lit) = button(place(cross - SIGN), "Hide", Some(hidden));
    paint_eye(painter, hide.rect, hidden, lit);
    let (delete, lit) = button(place(cross), "Delete", None);
    paint_cross(painter, delete.rect, lit);
    let hint =
        if hidden { "Draw this person on the picture again (H)" } else { "Do not draw this person (H)" };
    if hide.on_hover_text(hint).clicked() {
        return Some(Wish::Hide(index));
    }
    delete.on_hover_text("Remove this box (Delete)").clicked().then_some(Wish::Delete(index))
}

/// An eye, struck through where `closed`.
fn paint_eye(painter: &Painter, rect: Rect, closed: bool, colour: Color32) {
    let (centre, stroke) = (rect.center(), Stroke::new(1.2, colour));
    for lid in [-1.0, 1.0] {
        let points = (0..=8).map(|i| {
            let along = i as f32 / 4.0 - 1.0;
            centre + vec2(6.0 * along, 3.5 * lid * (1.0 - along * along))
        });
        painter.line(points.collect(), stroke);
    }
    if closed {
        painter.line_segment([centre + vec2(-5.0, 5.0), centre + vec2(5.0, -5.0)], stroke);
    } else {
        painter.circle_filled(centre, 1.8, colour);
    }
}

fn paint_cross(painter: &Painter, rect: Rect, colour: Color32) {
    let (centre, stroke) = (rect.center(), Stroke::new(1.2, colour));
    for side in [-1.0, 1.0] {
        painter.line_segment([centre - vec2(3.5, 3.5 * side), centre + vec2(3.5, 3.5 * side)], stroke);
    }
}

/// A person's score as text, and what it means.
fn score(document: &Document, index: usize) -> (String, &'static str) {
    match (document.score(index), document.person_answer(index)) {
        (Some(Score::Accuracy { oks, .. }), _) => (format!("{oks:.2}"), "OKS with the ground truth"),
        (Some(Score::Agreement { oks }), _) => {
            (format!("{oks:.2}"), "Agreement with the same network at its reference resolution")
        }
        (None, Some(found)) if document.live => {
            (format!("{:.2}", instance_score(&found.pose)), "Mean confidence of the joints")
        }
        (None, Some(_)) if document.at_reference && document.people[index].truth.is_none() => {
            ("–".into(), "This is the reference itself")
        }
        _ => ("–".into(), "Nothing to compare the joints with yet"),
    }
}
