//! The EMA panel: what the modules weigh, and what that does and does not mean.

mod channel_weights;
mod gates;

use egui::{Response, Role, Sense, TextureId, Ui, WidgetInfo, vec2};

use super::multiples::{self, MAP_ASPECT};
use super::{heading, legend, note, nothing_found, stage_choice};
use crate::app::canvas::maps;
use crate::app::document::Document;
use crate::app::glossary;
use crate::app::preferences::Preferences;
use crate::app::scale::{Scale, coloured};
use crate::app::textures::{Textures, to_screen};
use crate::app::theme::Palette;
use crate::engine::NetworkInfo;
use crate::network::checkpoint::HostTensor;
use crate::network::{EmaTrace, Grid};

/// The whole panel.
pub fn ui(
    ui: &mut Ui,
    document: &Document,
    network: Option<&NetworkInfo>,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    if let Some(network) = network.filter(|network| network.config.is_none()) {
        note(ui, format!("{} has no EMA modules.", network.name));
        return;
    }
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer()) else {
        note(ui, nothing_found(document));
        return;
    };
    let Some(trace) = &found.trace else {
        note(ui, "Waiting for the network…");
        return;
    };
    let config = network.and_then(|network| network.config.as_ref());
    if config.is_some_and(|config| config.ema_groups.is_none()) {
        note(ui, "This network has no EMA modules.");
        return;
    }
    let stage = &mut preferences.attention.stage;
    ui.add_space(4.0);
    ui.horizontal(|ui| stage_choice::ui(ui, stage));
    let Some(ema) = trace.ema_of(*stage) else {
        note(ui, "The EMA module of this stage is left out.");
        return;
    };
    channel_weights::ui(ui, ema);
    let key = (document.selected_key(), "input");
    let input = textures.sharp(ui.ctx(), key, || to_screen(&found.seen.input));
    spatial_maps(ui, ema, answer.ticket, input, preferences.palette, textures);
    gates::ui(ui, ema, answer.ticket, preferences.palette, textures);
}

/// Part `index` of the first dimension.
fn part(tensor: &HostTensor, index: usize) -> &[f32] {
    let each = tensor.shape.iter().skip(1).product::<usize>();
    tensor.values.get(index * each..(index + 1) * each).unwrap_or(&[])
}

/// Names a drawing, and tells the range of its numbers when pointed at.
fn describe(response: Response, label: &str, values: &[f32]) {
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
    let (low, high) = values.iter().fold((1f32, 0f32), |(l, h), v| (l.min(*v), h.max(*v)));
    response.on_hover_text(format!("{label}, from {low:.2} to {high:.2}"));
}

fn spatial_maps(
    ui: &mut Ui,
    ema: &EmaTrace,
    ticket: u64,
    input: TextureId,
    palette: Palette,
    textures: &mut Textures,
) {
    heading(ui, "Spatial gate σ(w)").on_hover_text(glossary::meaning("σ(w)").unwrap_or_default());
    let [groups, rows, columns] = ema.spatial.shape[..] else {
        return;
    };
    let widths = multiples::map_widths(ui);
    multiples::show(ui, groups, &widths, |ui, group, width| {
        let (response, painter) = ui.allocate_painter(vec2(width, width / MAP_ASPECT), Sense::hover());
        let rect = response.rect;
        maps::paint_dimmed(&painter, input, rect);
        let values = part(&ema.spatial, group);
        let texture = textures.sharp(ui.ctx(), (ticket, ema.stage, group, "sigma w", palette), || {
            coloured(&Grid { rows, columns, values: values.to_vec() }, Scale::UNIT, palette)
        });
        maps::paint_texture(&painter, texture, rect, 0.8);
        maps::paint_caption(&painter, rect.left_top(), &format!("Group {}", group + 1));
        describe(response, &format!("Spatial gate of group {}", group + 1), values);
    });
    legend::ui(ui, Scale::UNIT, palette, "σ(w)");
    note(
        ui,
        "σ(w), one map a group, is the only gate on the output: every channel of the group is multiplied by it. The \
         scale is fixed at 0 … 1; 0.5 is where an undecided gate stands.",
    );
}
