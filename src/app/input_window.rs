//! The network's input large, in a window that can be resized.

use egui::{Context, Rect, Sense, Ui, Vec2, Window, vec2};

use super::canvas::skeleton::Pen;
use super::document::Document;
use super::panel::{input, multiples::MAP_ASPECT, note, nothing_found};
use super::preferences::Preferences;
use super::textures::Textures;
use crate::engine::NetworkInfo;

/// Size of the window at first, in points, where the screen is large enough.
const SIZE: Vec2 = vec2(480.0, 700.0);
/// Size that the window has at least.
const LEAST: Vec2 = vec2(180.0, 260.0);
/// Share of the screen that the window takes at most at first.
const SHARE: f32 = 0.85;
/// Width of a limb in points.
const THICKNESS: f32 = 3.0;

/// Draws the window, if it is open.
pub fn show(
    ctx: &Context,
    open: &mut bool,
    document: &Document,
    network: Option<&NetworkInfo>,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    let screen = ctx.content_rect();
    Window::new("Network input")
        .open(open)
        .default_rect(Rect::from_center_size(screen.center(), SIZE.min(screen.size() * SHARE)))
        .min_size(LEAST)
        .collapsible(false)
        .show(ctx, |ui| content(ui, document, network, preferences, textures));
}

/// The line of sizes, and the picture as large as the rest of the window allows: all of it is taken up, or the window
/// would shrink to the picture.
fn content(
    ui: &mut Ui,
    document: &Document,
    network: Option<&NetworkInfo>,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer()) else {
        note(ui, nothing_found(document));
        ui.allocate_space(ui.available_size());
        return;
    };
    input::sizes(ui, answer, found);
    let (id, room) = ui.allocate_space(ui.available_size());
    let height = room.height().min(room.width() / MAP_ASPECT);
    let rect = Rect::from_center_size(room.center(), vec2(height * MAP_ASPECT, height));
    let response = ui.interact(rect, id.with("input"), Sense::click());
    let pen =
        Pen { thickness: THICKNESS, threshold: preferences.thresholds(network), opacity: input::OPACITY };
    input::picture(ui, response, "Network input, enlarged", document, pen, preferences, textures);
}
