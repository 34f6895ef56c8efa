//! The "What if" panel: parts of the network are left out, and what that changes is told.

mod ema_choice;
mod moved;
mod parts;
mod table;

use egui::Ui;

use super::note;
use crate::app::document::Document;
use crate::app::preferences::Preferences;
use crate::app::what_if::{WhatIf, count_in_words};
use crate::engine::NetworkInfo;
use crate::network::STAGES;

/// The whole panel. Gives whether all parts are to be compared.
pub fn ui(
    ui: &mut Ui,
    document: &Document,
    network: Option<&NetworkInfo>,
    preferences: &mut Preferences,
    what_if: &mut WhatIf,
) -> bool {
    let Some(network) = network else {
        note(ui, "Waiting for the network…");
        return false;
    };
    let Some(config) = &network.config else {
        note(ui, format!("{} has no attention and no EMA modules: none of these parts.", network.name));
        return false;
    };
    let ablations = &mut preferences.settings.ablations;
    ui.horizontal(|ui| {
        let reset = ui.add_enabled(!ablations.is_empty(), egui::Button::new("Reset"));
        if reset.on_hover_text("The network as it is, with all its parts").clicked() {
            ablations.clear();
        }
        match ablations.is_empty() {
            true => ui.weak("The network as it is"),
            false => ui.colored_label(ui.visuals().warn_fg_color, count_in_words(ablations)),
        };
    });
    note(
        ui,
        "Click a part to leave it out: S a scale, h one of its heads, c the cascade into it, which is what the next \
         coarser scale hands on. What is left out is crossed through.",
    );
    for stage in 0..STAGES {
        ui.push_id(stage, |ui| {
            parts::heading(ui, config, stage, ablations);
            parts::ui(ui, config, stage, ablations);
        });
    }
    ui.separator();
    moved::ui(ui, document, !ablations.is_empty(), what_if.untouched.failure());
    ui.separator();
    table::ui(ui, document, &mut preferences.settings, what_if)
}

/// A change with its sign, in two decimals; a dash where there is none.
fn signed(change: Option<f64>) -> String {
    // Adding 0 makes the −0 of what was rounded a 0.
    change.map_or_else(|| "–".to_owned(), |change| format!("{:+.2}", (change * 100.0).round() / 100.0 + 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_a_sign() {
        let texts = [Some(0.126), Some(-0.001), Some(-0.5), None].map(signed);
        assert_eq!(texts, ["+0.13", "+0.00", "-0.50", "–"]);
    }
}
