//! The row and column gates of an EMA module, group by group.

use egui::{Sense, Ui, vec2};

use super::{describe, part};
use crate::app::canvas::maps;
use crate::app::panel::{legend, multiples, note};
use crate::app::scale::{Scale, coloured};
use crate::app::textures::Textures;
use crate::app::theme::Palette;
use crate::network::{EmaTrace, Grid};

/// Height of the line of one channel.
const LINE: f32 = 4.0;

/// σ(a) and σ(b): a line along the rows and one along the columns for each channel of each group.
pub fn ui(ui: &mut Ui, ema: &EmaTrace, ticket: u64, palette: Palette, textures: &mut Textures) {
    ui.collapsing("Row and column gates σ(a), σ(b)", |ui| {
        let gates = [("σ(a)", "over the rows", &ema.gate_h), ("σ(b)", "over the columns", &ema.gate_w)];
        for (name, direction, gate) in gates {
            let [groups, channels, length] = gate.shape[..] else {
                continue;
            };
            note(
                ui,
                format!("{name}, {direction}, from left to right; a line for each of {channels} channels"),
            );
            let widths = multiples::NARROWEST_MAP..=f32::INFINITY;
            multiples::show(ui, groups, &widths, |ui, group, width| {
                note(ui, format!("Group {}", group + 1));
                let size = vec2(width, channels as f32 * LINE);
                let (response, painter) = ui.allocate_painter(size, Sense::hover());
                let values = part(gate, group);
                let texture = textures.sharp(ui.ctx(), (ticket, ema.stage, group, name, palette), || {
                    let grid = Grid { rows: channels, columns: length, values: values.to_vec() };
                    coloured(&grid, Scale::UNIT, palette)
                });
                maps::paint_texture(&painter, texture, response.rect, 1.0);
                describe(ui, response, &format!("{name} of group {}", group + 1), values);
            });
        }
        legend::ui(ui, Scale::UNIT, palette, "σ(a), σ(b)");
        note(ui, "A normalisation follows, so only how a line varies along its length matters.");
    });
}
