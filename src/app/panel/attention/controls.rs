//! What the attention panel looks at: stage, block, which numbers, and the query.

use egui::{ComboBox, Ui};

use crate::app::attention_choice::query_name;
use crate::app::glossary;
use crate::app::how_to_read::{self, HowTo};
use crate::app::layers::Layer;
use crate::app::panel::stage_choice::{self, numbered};
use crate::app::preferences::{AttentionMode, AttentionView, Preferences, Query};
use crate::network::{NetworkConfig, scales_of_stage};
use crate::pose::KEYPOINT_NAMES;

/// Rows of choices; leaves the preferences at a block, scale and head that the network has.
pub fn ui(ui: &mut Ui, config: &NetworkConfig, preferences: &mut Preferences) {
    choose_block(ui, config, &mut preferences.attention);
    choose_mode(ui, &mut preferences.attention);
    ui.horizontal(|ui| {
        if preferences.attention.mode == AttentionMode::Query {
            choose_query(ui, &mut preferences.attention.query);
        }
        let shown = &mut preferences.layers.state_mut(Layer::Attention).shown;
        ui.checkbox(shown, "On the picture").on_hover_text("Draw the chosen scale over the person (A)");
    });
}

fn choose_block(ui: &mut Ui, config: &NetworkConfig, view: &mut AttentionView) {
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        // Close together, so that three stages and four blocks stand in one row of the narrowest panel.
        ui.spacing_mut().item_spacing.x = 4.0;
        stage_choice::ui(ui, &mut view.stage);
        ui.add_space(8.0);
        ui.label("Block");
        let blocks = config.depths[view.stage].max(1) as usize;
        view.block = view.block.min(blocks - 1);
        for block in 0..blocks {
            if numbered(ui, "Block", block, view.block == block).clicked() {
                view.block = block;
            }
        }
    });
    view.scale = view.scale.min(scales_of_stage(view.stage).len() - 1);
    let heads = config.heads[view.stage].get(view.scale).copied().unwrap_or(1) as usize;
    view.head = view.head.filter(|head| heads > 1 && *head < heads);
}

fn choose_mode(ui: &mut Ui, view: &mut AttentionView) {
    ui.horizontal_wrapped(|ui| {
        for mode in AttentionMode::ALL {
            let hint = match mode {
                AttentionMode::Query => glossary::hint(mode.explanation(), mode.label()),
                // What they say is the meaning of their names.
                AttentionMode::Received | AttentionMode::Reach | AttentionMode::Entropy => {
                    mode.explanation().to_owned()
                }
            };
            ui.selectable_value(&mut view.mode, mode, mode.label()).on_hover_text(hint);
        }
        how_to_read::button(ui, HowTo::of_mode(view.mode));
    });
}

fn choose_query(ui: &mut Ui, query: &mut Query) {
    let label = ui.label("From");
    ComboBox::from_id_salt("query joint")
        .selected_text(query_name(*query))
        .show_ui(ui, |ui| {
            for (joint, name) in KEYPOINT_NAMES.iter().enumerate() {
                ui.selectable_value(query, Query::Joint(joint), *name);
            }
        })
        .response
        .labelled_by(label.id)
        .on_hover_text("The query: a joint, wherever it is found, or a pixel that you click");
}
