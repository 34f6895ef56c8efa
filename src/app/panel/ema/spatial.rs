//! The spatial gates of an EMA module: a small map over the network's input for each group.

use egui::{Sense, TextureId, Ui, vec2};

use super::{describe, part};
use crate::app::canvas::maps;
use crate::app::glossary;
use crate::app::panel::multiples::{self, MAP_ASPECT};
use crate::app::panel::{heading, legend, note};
use crate::app::scale::{Scale, coloured};
use crate::app::textures::Textures;
use crate::app::theme::Palette;
use crate::network::{EmaTrace, Grid};

/// The maps, all on the scale 0 … 1. `ticket` names the answer, `input` is the texture of the network's input.
pub fn ui(
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
        describe(ui, response, &format!("Spatial gate of group {}", group + 1), values);
    });
    legend::ui(ui, Scale::UNIT, palette, "σ(w)");
    note(
        ui,
        "σ(w), one map a group, is the only gate on the output: every channel of the group is multiplied by it. The \
         scale is fixed at 0 … 1; 0.5 is where an undecided gate stands.",
    );
}
