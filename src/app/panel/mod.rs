//! The panels beside the picture.

pub mod attention;
pub mod camera;
pub mod clip;
pub mod ema;
mod gathering;
pub mod input;
pub mod joints;
mod kept_room;
pub mod layers;
pub mod legend;
pub mod multiples;
pub mod people;
mod progress;
pub mod resolution;
pub mod score;
mod stage_choice;
pub mod status;
pub mod sweep;
pub mod what_if;
pub mod what_matters;

use egui::{Color32, Response, RichText, Sense, Ui, vec2};

use super::document::Document;
use super::how_to_read::{self, HowTo};

/// Between a heading and what stands beside it, in points.
const BESIDE: f32 = 3.0;

/// A heading over a part of a panel.
pub fn heading(ui: &mut Ui, text: &str) -> Response {
    ui.add_space(8.0);
    let response = title(ui, text);
    ui.add_space(2.0);
    response
}

/// A heading with something beside it. Gives the heading.
pub fn heading_with(ui: &mut Ui, text: &str, beside: impl FnOnce(&mut Ui)) -> Response {
    ui.add_space(8.0);
    let response = ui.horizontal(|ui| {
        // Close together, so that a long heading and two signs fit the narrowest panel.
        ui.spacing_mut().item_spacing.x = BESIDE;
        let response = title(ui, text);
        beside(ui);
        response
    });
    ui.add_space(2.0);
    response.inner
}

/// A heading with the sign that leads to how to read what is under it. Gives the heading.
pub fn heading_explained(ui: &mut Ui, text: &str, how_to: HowTo) -> Response {
    ui.add_space(8.0);
    let response = ui.horizontal(|ui| {
        let response = title(ui, text);
        how_to_read::button(ui, how_to);
        response
    });
    ui.add_space(2.0);
    response.inner
}

fn title(ui: &mut Ui, text: &str) -> Response {
    ui.label(RichText::new(text).strong().size(14.0))
}

/// A sentence of explanation, in small weak letters.
pub fn note(ui: &mut Ui, text: impl Into<String>) {
    ui.label(RichText::new(text).small().weak());
}

/// A dot of a colour, before the text it explains.
pub fn dot(ui: &mut Ui, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 9.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.0, colour);
}

/// Why there is nothing to show about the selected person.
pub fn nothing_found(document: &Document) -> &'static str {
    match (document.people.is_empty(), document.selected) {
        (true, _) if document.is_looking() => "Looking for people…",
        (true, _) => "There is no box. Drag one over a person in the picture, or click there with Ctrl held.",
        (false, None) => "Nobody is selected. Click a box.",
        (false, Some(_)) => "Waiting for the network…",
    }
}
