//! Every block of the stage, a row each, with its scales beside each other.

use egui::Ui;

use super::small_map::SmallMap;
use super::{Context, switch};
use crate::app::attention_choice::AttentionChoice;
use crate::app::command::Command;
use crate::app::panel::multiples::{self, MAP_ASPECT, NARROWEST_MAP};
use crate::app::panel::note;
use crate::app::preferences::Preferences;
use crate::app::textures::Textures;
use crate::network::{NetworkConfig, scales_of_stage};

/// The share of the visible height that all blocks take together, where that leaves their maps wide enough.
const TALLEST: f32 = 0.85;

/// The switch, and where it is on a row for each block of the stage. A click on a map chooses its block and scale.
pub(super) fn ui(
    ui: &mut Ui,
    context: &Context<'_>,
    config: &NetworkConfig,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    switch(ui, &mut preferences.attention.all_blocks, "All blocks of this stage", Command::AllBlocks);
    if !preferences.attention.all_blocks {
        return;
    }
    let stage = preferences.attention.stage;
    let (blocks, scales) = (config.depths[stage].max(1) as usize, scales_of_stage(stage).len());
    let widest = ui.clip_rect().height() * TALLEST / blocks as f32 * MAP_ASPECT;
    let widths = NARROWEST_MAP..=widest.max(NARROWEST_MAP);
    for block in 0..blocks {
        note(ui, format!("Block {}", block + 1));
        multiples::show(ui, scales, &widths, |ui, scale, width| {
            let view = &preferences.attention;
            let chosen = (view.block, view.scale) == (block, scale);
            let choice = AttentionChoice::of_block(context.ticket, context.found, view, (block, scale))
                .map(|choice| choice.with_head(None));
            let map = SmallMap {
                choice: choice.as_ref(),
                input: Some(context.input(ui, textures)),
                width,
                label: format!("Scale {} of block {}", scale + 1, block + 1),
                caption: (block == 0).then(|| format!("Scale {}", scale + 1)),
                chosen,
                current: true,
                click: "Click to choose this block and scale.",
            };
            if map.ui(ui, preferences.palette, textures) {
                let view = &mut preferences.attention;
                (view.block, view.scale, view.head) = (block, scale, None);
            }
        });
    }
}
