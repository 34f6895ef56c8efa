//! The EMA panel: what the modules weigh, and what that does and does not mean.

use egui::{Color32, Rect, Sense, Ui, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot};

use super::{dot, heading, legend, note, nothing_found};
use crate::app::canvas::maps;
use crate::app::document::Document;
use crate::app::preferences::Preferences;
use crate::app::scale::{Scale, coloured};
use crate::app::textures::{Textures, to_screen};
use crate::app::theme;
use crate::network::checkpoint::HostTensor;
use crate::network::{EmaTrace, Grid, STAGES};

const BACKDROP: Color32 = Color32::from_gray(120);
/// Maps of σ(w) in one row.
const MAPS_IN_A_ROW: usize = 4;
const LEARNED: Color32 = Color32::from_rgb(148, 155, 172);

/// The whole panel.
pub fn ui(ui: &mut Ui, document: &Document, preferences: &mut Preferences, textures: &mut Textures) {
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer()) else {
        note(ui, nothing_found(document));
        return;
    };
    let Some(trace) = &found.trace else {
        note(ui, "Waiting for the network…");
        return;
    };
    if trace.ema.is_empty() {
        note(ui, "This network has no EMA modules.");
        return;
    }
    let stage = &mut preferences.attention.stage;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label("Stage");
        for number in 0..STAGES {
            ui.selectable_value(stage, number, format!("{}", number + 1));
        }
    });
    let Some(ema) = trace.ema.get(*stage) else { return };
    channel_weights(ui, ema);
    let key = (answer.ticket, document.selected, "input");
    let backdrop = textures.sharp(ui.ctx(), key, || to_screen(&found.seen.input));
    spatial_maps(ui, ema, answer.ticket, backdrop, preferences, textures);
    gates(ui, ema, answer.ticket, preferences, textures);
}

/// Part `index` of the first dimension.
fn part(tensor: &HostTensor, index: usize) -> &[f32] {
    let each = tensor.shape.iter().skip(1).product::<usize>();
    tensor.values.get(index * each..(index + 1) * each).unwrap_or(&[])
}

fn channel_weights(ui: &mut Ui, ema: &EmaTrace) {
    heading(ui, "Channel weights");
    let groups = ema.channel_2.shape[0];
    let channels = ema.channel_2.shape[1];
    let bars = |tensor: &HostTensor, shift: f64, colour: Color32| {
        let mut bars = Vec::with_capacity(groups * channels);
        for group in 0..groups {
            for (channel, weight) in part(tensor, group).iter().enumerate() {
                let at = (group * (channels + 2) + channel) as f64 + shift;
                let name = format!("group {}, channel {}", group + 1, channel + 1);
                bars.push(Bar::new(at, f64::from(*weight)).width(0.44).fill(colour).name(name));
            }
        }
        bars
    };
    ui.horizontal(|ui| {
        for (colour, text) in [(LEARNED, "p1: learned constant"), (theme::LEFT, "p2: caused by the picture")]
        {
            dot(ui, colour);
            note(ui, text);
            ui.add_space(8.0);
        }
    });
    let caused = BarChart::new("p2", bars(&ema.channel_2, 0.22, theme::LEFT)).color(theme::LEFT);
    let learned = BarChart::new("p1", bars(&ema.channel_1, -0.22, LEARNED)).color(LEARNED);
    Plot::new("EMA channel weights")
        .height(170.0)
        .allow_scroll(false)
        .include_y(0.0)
        .include_y(2.0 / channels as f64)
        .show_x(false)
        .x_grid_spacer(move |_| {
            (0..=groups)
                .map(|g| egui_plot::GridMark { value: (g * (channels + 2)) as f64 - 1.5, step_size: 40.0 })
                .collect()
        })
        .x_axis_formatter(move |mark, _| {
            let group = ((mark.value + 1.5) / (channels + 2) as f64).round() as usize;
            if group < groups { format!("g{}", group + 1) } else { String::new() }
        })
        .show(ui, |plot| {
            plot.bar_chart(learned);
            plot.bar_chart(caused);
        });
    note(
        ui,
        "p2 is the channel weighting that this picture causes, per group; each group adds up to 1. p1 is the same for \
         every picture: the module's normalisation removes what the picture would change. Neither gates a channel of \
         the output by itself.",
    );
}

fn spatial_maps(
    ui: &mut Ui,
    ema: &EmaTrace,
    ticket: u64,
    backdrop: egui::TextureId,
    preferences: &Preferences,
    textures: &mut Textures,
) {
    heading(ui, "Spatial gate σ(w)");
    let [groups, rows, columns] = ema.spatial.shape[..] else {
        return;
    };
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() - gap * (MAPS_IN_A_ROW - 1) as f32) / MAPS_IN_A_ROW as f32 - 1.0;
    ui.horizontal_wrapped(|ui| {
        for group in 0..groups {
            let (response, painter) = ui.allocate_painter(vec2(width, width / 0.75), Sense::hover());
            let rect = response.rect;
            painter.image(backdrop, rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), BACKDROP);
            let palette = preferences.palette;
            let texture = textures.sharp(ui.ctx(), (ticket, ema.stage, group, "sigma w", palette), || {
                let grid = Grid { rows, columns, values: part(&ema.spatial, group).to_vec() };
                coloured(&grid, Scale::UNIT, palette)
            });
            maps::paint_texture(&painter, texture, rect, 0.8);
            let values = part(&ema.spatial, group);
            let (low, high) = values.iter().fold((1f32, 0f32), |(l, h), v| (l.min(*v), h.max(*v)));
            let label = format!("Spatial gate of group {}", group + 1);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &label));
            response.on_hover_text(format!("{label}: {low:.2} … {high:.2}"));
        }
    });
    legend::ui(ui, Scale::UNIT, preferences.palette, "σ(w)");
    note(
        ui,
        "σ(w), one map a group, is the only gate on the output: every channel of the group is multiplied by it. The \
         scale is fixed at 0 … 1; 0.5 is where an undecided gate stands.",
    );
}

/// σ(a) and σ(b): a strip along rows and one along columns for each channel of each group.
fn gates(ui: &mut Ui, ema: &EmaTrace, ticket: u64, preferences: &Preferences, textures: &mut Textures) {
    ui.collapsing("Row and column gates σ(a), σ(b)", |ui| {
        let strips = [("σ(a), over the rows", &ema.gate_h), ("σ(b), over the columns", &ema.gate_w)];
        for (title, gate) in strips {
            let [groups, channels, length] = gate.shape[..] else {
                continue;
            };
            note(ui, format!("{title}: one line for each of {} channels", groups * channels));
            let size = vec2(ui.available_width(), (groups * channels) as f32 * 1.6);
            let (response, painter) = ui.allocate_painter(size, Sense::hover());
            let palette = preferences.palette;
            let texture = textures.sharp(ui.ctx(), (ticket, ema.stage, title, palette), || {
                let grid = Grid { rows: groups * channels, columns: length, values: gate.values.clone() };
                coloured(&grid, Scale::UNIT, palette)
            });
            maps::paint_texture(&painter, texture, response.rect, 1.0);
        }
        note(ui, "A normalisation follows, so only how a line varies along its length matters.");
    });
}
