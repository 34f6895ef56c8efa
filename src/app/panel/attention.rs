//! The attention panel: every scale side by side, every head of one, and the choice of both.

use egui::{Align2, Color32, FontId, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::{heading, legend, note, nothing_found};
use crate::app::attention_choice::{AttentionChoice, scale_of};
use crate::app::canvas::{frame_colour, maps};
use crate::app::document::Document;
use crate::app::layers::Layer;
use crate::app::preferences::{AttentionMode, Preferences, Query};
use crate::app::textures::{Textures, to_screen};
use crate::app::theme;
use crate::engine::PersonAnswer;
use crate::network::{NetworkConfig, STAGES, scales_of_stage};
use crate::pose::KEYPOINT_NAMES;

/// How dark the picture stands behind a map.
const BACKDROP: Color32 = Color32::from_gray(120);

/// The whole panel.
pub fn ui(
    ui: &mut Ui,
    document: &Document,
    config: Option<&NetworkConfig>,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    let Some(config) = config else {
        note(ui, "No network is loaded yet.");
        return;
    };
    choose_block(ui, config, preferences);
    choose_mode(ui, preferences);
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer()) else {
        note(ui, nothing_found(document));
        return;
    };
    if found.trace.is_none() {
        note(ui, "Waiting for the network…");
        return;
    }
    let context = Context { ticket: answer.ticket, selected: document.selected, found };
    scales(ui, &context, config, preferences, textures);
    ui.add_space(4.0);
    let (mode, palette) = (preferences.attention.mode, preferences.palette);
    legend::ui(ui, scale_of(mode), palette, unit(mode));
    note(ui, unit(mode));
    heads(ui, &context, preferences, textures);
}

/// What the small maps are made from.
struct Context<'a> {
    ticket: u64,
    selected: Option<usize>,
    found: &'a PersonAnswer,
}

fn unit(mode: AttentionMode) -> &'static str {
    match mode {
        AttentionMode::Query | AttentionMode::Received => "Attention; 1× is an even spread over the window",
        AttentionMode::Reach => "Mean distance in cells of the stage's map",
        AttentionMode::Entropy => "Entropy: 0 looks at one cell, 1 at all alike",
    }
}

fn choose_block(ui: &mut Ui, config: &NetworkConfig, preferences: &mut Preferences) {
    let view = &mut preferences.attention;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label("Stage");
        for stage in 0..STAGES {
            let hint =
                format!("Map of {} of the input's rows and columns", ["all", "half", "a quarter"][stage]);
            if ui
                .selectable_label(view.stage == stage, format!("{}", stage + 1))
                .on_hover_text(hint)
                .clicked()
            {
                view.stage = stage;
            }
        }
        ui.add_space(10.0);
        ui.label("Block");
        let blocks = config.depths[view.stage].max(1) as usize;
        view.block = view.block.min(blocks - 1);
        for block in 0..blocks {
            ui.selectable_value(&mut view.block, block, format!("{}", block + 1));
        }
    });
    view.scale = view.scale.min(scales_of_stage(view.stage).len() - 1);
    let heads = config.heads[view.stage].get(view.scale).copied().unwrap_or(1) as usize;
    view.head = view.head.filter(|head| *head < heads);
}

fn choose_mode(ui: &mut Ui, preferences: &mut Preferences) {
    let view = &mut preferences.attention;
    ui.horizontal(|ui| {
        for mode in AttentionMode::ALL {
            ui.selectable_value(&mut view.mode, mode, mode.label()).on_hover_text(mode.explanation());
        }
    });
    ui.horizontal(|ui| {
        if view.mode == AttentionMode::Query {
            let name = match view.query {
                Query::Joint(joint) => KEYPOINT_NAMES[joint.min(KEYPOINT_NAMES.len() - 1)],
                Query::Place(..) => "marked pixel",
            };
            let label = ui.label("From");
            egui::ComboBox::from_id_salt("query joint")
                .selected_text(name)
                .show_ui(ui, |ui| {
                    for (joint, name) in KEYPOINT_NAMES.iter().enumerate() {
                        ui.selectable_value(&mut view.query, Query::Joint(joint), *name);
                    }
                })
                .response
                .labelled_by(label.id)
                .on_hover_text("The query: a joint, wherever it is found, or a pixel that you click");
        }
        let shown = &mut preferences.layers.state_mut(Layer::Attention).shown;
        ui.checkbox(shown, "On the picture").on_hover_text("Draw the chosen scale over the person (A)");
    });
}

/// One map for each scale of the block.
fn scales(
    ui: &mut Ui,
    context: &Context<'_>,
    config: &NetworkConfig,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    heading(ui, "Scales, coarse to fine");
    let layouts = scales_of_stage(preferences.attention.stage);
    let size = small_size(ui, 3);
    ui.horizontal_top(|ui| {
        for (scale, layout) in layouts.iter().enumerate() {
            let Some(choice) =
                AttentionChoice::new(context.ticket, context.found, &preferences.attention, scale)
            else {
                continue;
            };
            ui.vertical(|ui| {
                let chosen = preferences.attention.scale == scale;
                let label = format!("Scale {} of stage {}", scale + 1, preferences.attention.stage + 1);
                if small_map(ui, context, &choice, size, chosen, &label, preferences, textures) {
                    preferences.attention.scale = scale;
                    preferences.attention.head = None;
                }
                let (wh, ww) = layout.window;
                let heads = config.heads[preferences.attention.stage].get(scale).copied().unwrap_or(0);
                note(ui, format!("window {wh}×{ww}"));
                let pooled = if layout.pooling > 1 {
                    format!("keys {0}×{0}", layout.pooling)
                } else {
                    "keys 1×1".into()
                };
                note(ui, format!("{pooled}, {heads} head{}", if heads == 1 { "" } else { "s" }));
            });
        }
    });
}

/// One map for each head of the chosen scale.
fn heads(ui: &mut Ui, context: &Context<'_>, preferences: &mut Preferences, textures: &mut Textures) {
    let view = preferences.attention.clone();
    let choice = || AttentionChoice::new(context.ticket, context.found, &view, view.scale);
    let count = choice().map_or(0, |choice| choice.map.heads());
    heading(ui, &format!("Heads of scale {}", view.scale + 1));
    let size = small_size(ui, 4);
    ui.horizontal_wrapped(|ui| {
        for head in 0..count {
            let Some(choice) = choice().map(|choice| choice.with_head(head)) else {
                continue;
            };
            let label = format!("Head {}", head + 1);
            if small_map(ui, context, &choice, size, view.head == Some(head), &label, preferences, textures) {
                let same = preferences.attention.head == Some(head);
                preferences.attention.head = if same { None } else { Some(head) };
            }
        }
    });
    match view.head {
        Some(head) => note(ui, format!("Head {} alone. Click it again for the mean of all.", head + 1)),
        None => note(ui, "The mean of all heads. Click one to see it alone."),
    }
}

fn small_size(ui: &Ui, columns: usize) -> Vec2 {
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() - gap * (columns - 1) as f32) / columns as f32 - 1.0;
    vec2(width, width / 0.75)
}

/// A map over the dimmed input. Gives whether it was clicked.
#[expect(clippy::too_many_arguments, reason = "one drawing function for scales and heads alike")]
fn small_map(
    ui: &mut Ui,
    context: &Context<'_>,
    choice: &AttentionChoice<'_>,
    size: Vec2,
    chosen: bool,
    label: &str,
    preferences: &Preferences,
    textures: &mut Textures,
) -> bool {
    let (response, painter) = ui.allocate_painter(size, Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, label));
    let rect = response.rect;
    painter.rect_filled(rect, 0.0, frame_colour(ui));
    let input = &context.found.seen.input;
    let key = (context.ticket, context.selected, "input");
    let texture = textures.sharp(ui.ctx(), key, || to_screen(input));
    painter.image(texture, rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), BACKDROP);
    let painter = painter.with_clip_rect(rect);
    maps::paint_attention(&painter, textures, choice, preferences.palette, rect, 0.8);
    if chosen {
        painter.rect_stroke(rect, 0.0, Stroke::new(2.5, theme::SELECTED), StrokeKind::Inside);
    } else if response.hovered() || response.has_focus() {
        painter.rect_stroke(
            rect,
            0.0,
            Stroke::new(1.5, ui.visuals().strong_text_color()),
            StrokeKind::Inside,
        );
    }
    let at = rect.left_top() + vec2(5.0, 4.0);
    let text = label.split(" of ").next().unwrap_or(label);
    for (offset, colour) in [(vec2(1.0, 1.0), Color32::BLACK), (Vec2::ZERO, Color32::WHITE)] {
        painter.text(at + offset, Align2::LEFT_TOP, text, FontId::proportional(11.5), colour);
    }
    response.on_hover_text(format!("{label}. Click to draw it on the picture.")).clicked()
}
