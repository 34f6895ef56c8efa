//! What the network sees: its input at true pixels.

use egui::{Atom, AtomPaintArgs, Button, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::multiples::MAP_ASPECT;
use super::{heading_with, note, nothing_found};
use crate::app::canvas::skeleton::{self, Pen};
use crate::app::canvas::{maps, matters};
use crate::app::command::Command;
use crate::app::document::Document;
use crate::app::hint;
use crate::app::how_to_read::{self, HowTo};
use crate::app::layers::Layer;
use crate::app::preferences::{Preferences, Query};
use crate::app::textures::{Textures, to_screen};
use crate::engine::{Answer, NetworkInfo, PersonAnswer};

/// Height of the view in screen points.
const HEIGHT: f32 = 232.0;
/// Width of a limb in screen points.
const THICKNESS: f32 = 1.5;
/// Opacity of the joints: the pixels under them are to be seen.
pub const OPACITY: f32 = 0.85;
/// Side of the sign for enlarging, in screen points.
const SIGN: f32 = 10.0;

/// The selected person's network input, every pixel a square; the capture, where the network gets a square of that. A click marks the query pixel. Gives whether it is wanted
/// large.
pub fn ui(
    ui: &mut Ui,
    document: &Document,
    network: Option<&NetworkInfo>,
    preferences: &mut Preferences,
    textures: &mut Textures,
) -> bool {
    let enlarge = head(ui);
    let size = vec2(HEIGHT * MAP_ASPECT, HEIGHT);
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer()) else {
        ui.allocate_space(size);
        note(ui, nothing_found(document));
        return enlarge;
    };
    ui.vertical_centered(|ui| {
        let (_, response) = ui.allocate_exact_size(size, Sense::click());
        let pen = Pen { thickness: THICKNESS, threshold: preferences.thresholds(network), opacity: OPACITY };
        picture(ui, response, "Network input", document, pen, preferences, textures);
        sizes(ui, answer, found);
    });
    enlarge
}

/// The heading, and what stands beside it. Gives whether the picture is wanted large.
fn head(ui: &mut Ui) -> bool {
    let mut enlarge = false;
    heading_with(ui, "What the network sees", |ui| {
        enlarge = enlarge_button(ui).clicked();
        how_to_read::button(ui, HowTo::NetworkInput);
    });
    enlarge
}

/// A small button with the corners of a frame.
fn enlarge_button(ui: &mut Ui) -> Response {
    let sign = Atom::paint(vec2(SIGN, SIGN), |ui: &Ui, args: AtomPaintArgs| {
        let at = |x: f32, y: f32| args.rect.min + vec2(x, y) * args.rect.size();
        let stroke = Stroke::new(1.5, args.fallback_text_color);
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            let inwards = |side: f32| if side == 0.0 { 0.35 } else { 0.65 };
            ui.painter().line_segment([at(x, y), at(inwards(x), y)], stroke);
            ui.painter().line_segment([at(x, y), at(x, inwards(y))], stroke);
        }
    });
    let command = Command::EnlargeInput;
    // Narrow, so that the heading and both signs fit the narrowest panel.
    ui.spacing_mut().button_padding.x = 1.0;
    let response = ui.add(Button::new(sign).small());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, command.text()));
    response.on_hover_text(format!("{} (I)", command.tooltip()))
}

/// Draws the input of the selected person, what matters in it, and their joints over the place that `response` stands for,
/// and names it `label`. A click marks the query pixel.
pub fn picture(
    ui: &Ui,
    response: Response,
    label: &str,
    document: &Document,
    pen: Pen,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    let Some(found) = document.selected_answer() else { return };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
    let rect = response.rect;
    let painter = ui.painter().with_clip_rect(rect);
    let texture = textures.sharp(ui.ctx(), (document.selected_key(), "input"), || to_screen(found.pixels()));
    maps::paint_texture(&painter, texture, rect, 1.0);
    let matters = matters::shown(document, preferences);
    if let Some((map, opacity)) = matters {
        let texture = map.texture(textures, ui.ctx(), preferences.palette);
        maps::paint_texture(&painter, texture, rect, opacity);
    }
    if let Some(opacity) = preferences.layers.opacity(Layer::Skeleton) {
        let pen = Pen { opacity: opacity * pen.opacity, ..pen };
        let place = |x, y| skeleton::in_region(&found.region, rect, x, y);
        if preferences.layers.unsure {
            skeleton::paint_unsure(&found.pose, pen, &painter, place);
        }
        skeleton::paint(&found.pose, pen, &painter, place);
    }
    if response.clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        let share = (at - rect.min) / rect.size();
        preferences.attention.query = Query::Place(share.x.clamp(0.0, 1.0), share.y.clamp(0.0, 1.0));
    }
    if let Some((map, _)) = matters {
        if let Some(at) = response.hover_pos() {
            map.paint_number(ui.painter(), rect, at);
        }
        return;
    }
    let told = match found.heatmaps {
        Some(_) => "The true input pixels. Click to ask where this pixel looks.",
        None => "The captured pixels. The network gets a square of them, enlarged.",
    };
    hint::outside(ui, response, told);
}

/// How large input and capture are, coloured as a warning where the picture holds less than the capture asks for.
pub fn sizes(ui: &mut Ui, answer: &Answer, found: &PersonAnswer) {
    let (input, capture) = (&found.seen.input, &found.seen.capture);
    let sizes = [input.height(), input.width(), capture.height(), capture.width()];
    let line = match found.heatmaps {
        Some(_) => format!("{}×{} pixels, captured at {}×{}", sizes[0], sizes[1], sizes[2], sizes[3]),
        None => format!("Captured at {}×{}, a square of it enlarged", sizes[2], sizes[3]),
    };
    if capture.height() < answer.request.settings.capture.height {
        let warning = RichText::new(&line).small().color(ui.visuals().warn_fg_color);
        let response = ui.label(warning);
        let name = format!("{line}: the picture holds no more");
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        response.on_hover_text(
            "The picture holds no more: this person's region has fewer pixel rows in it than the capture asks for. A \
             camera that spends more on it would show more; this picture cannot.",
        );
    } else {
        note(ui, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme;

    #[test]
    fn the_heading_and_its_signs_fit_the_narrowest_panel() {
        let ctx = egui::Context::default();
        theme::apply(&ctx);
        let mut width = f32::INFINITY;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let shown = ui.scope(|ui| {
                head(ui);
            });
            width = shown.response.rect.width();
        });
        // Nothing is painted.
        output.textures_delta.clear();
        // A panel of 200 points has a margin of 8 on each side.
        assert!(width > 100.0 && width <= 184.0, "{width}");
    }
}
