//! The sign at a panel's heading that leads to its text.

use egui::{
    Align, Align2, Context, FontId, Id, Layout, Response, Role, Sense, Stroke, Ui, ViewportId, WidgetInfo,
    vec2,
};

use super::HowTo;
use crate::app::panel::note;

/// Side of the sign in points: small enough to stand beside a heading and its controls in the narrowest panel.
pub const SIDE: f32 = 14.0;
/// Size of the question mark in points.
const MARK: f32 = 10.0;
/// Where it is noted which text is wanted, until the window takes it up in the same frame.
const WANTED: &str = "text wanted of how to read this";

/// A question mark in a ring; a click opens the text about what it stands beside.
pub fn button(ui: &mut Ui, how_to: HowTo) {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::click());
    let visuals = ui.visuals();
    let lit = response.hovered() || response.has_focus();
    let colour = if lit { visuals.strong_text_color() } else { visuals.weak_text_color() };
    let ring = Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, colour);
    ui.painter().circle_stroke(rect.center(), SIDE / 2.0 - 1.0, ring);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, "?", FontId::proportional(MARK), colour);
    act(ui.ctx(), response, how_to);
}

fn act(ctx: &Context, response: Response, how_to: HowTo) {
    let name = how_to.command();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.on_hover_text(name).clicked() {
        ctx.data_mut(|data| data.insert_temp(Id::unique(WANTED), Some(how_to)));
        // The text opens in the main window, whichever the sign is in.
        ctx.request_repaint_of(ViewportId::ROOT);
    }
}

/// A sentence of explanation with the sign at the right end of its first line.
pub fn note_with_button(ui: &mut Ui, text: impl Into<String>, how_to: HowTo) {
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - SIDE - ui.spacing().item_spacing.x).max(SIDE);
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            note(ui, text);
        });
        button(ui, how_to);
    });
}

/// The text that a sign was clicked for since the last call.
pub fn take_wanted(ctx: &Context) -> Option<HowTo> {
    ctx.data_mut(|data| data.remove_temp::<Option<HowTo>>(Id::unique(WANTED))).flatten()
}
