//! The "What if" panel: parts of the network are left out, and what that changes is told.

mod ema_choice;
mod moved;
mod parts;
mod table;

use egui::Ui;

use super::note;
use crate::app::centre;
use crate::app::document::Document;
use crate::app::how_to_read::{HowTo, note_with_button};
use crate::app::preferences::Preferences;
use crate::app::what_if::{WhatIf, count_in_words};
use crate::engine::NetworkInfo;
use crate::network::{Ablation, NetworkConfig, STAGES};

/// What the panel asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhatIfWish {
    /// Compare all parts.
    Compare,
    /// Give the table the middle of the window, or the picture again.
    Large,
}

/// What the panel looks at.
#[derive(Clone, Copy)]
pub struct WhatIfPlace<'a> {
    /// The picture.
    pub document: &'a Document,
    /// The network.
    pub network: Option<&'a NetworkInfo>,
    /// Whether the table of all parts has the middle of the window.
    pub table_is_large: bool,
}

/// The whole panel, but for the table where that is elsewhere.
pub fn ui(
    ui: &mut Ui,
    place: WhatIfPlace<'_>,
    preferences: &mut Preferences,
    what_if: &mut WhatIf,
) -> Option<WhatIfWish> {
    let (document, config) = (place.document, config(ui, place.network)?);
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
    note_with_button(
        ui,
        "Click a part to leave it out: S a scale, h one of its heads, c the cascade into it, which is what the next \
         coarser scale hands on. What is left out is crossed through.",
        HowTo::WhatIf,
    );
    stages(ui, config, ablations);
    ui.separator();
    moved::ui(ui, document, !ablations.is_empty(), what_if.untouched.failure());
    ui.separator();
    if place.table_is_large {
        return centre::elsewhere(ui, "The table of all parts").then_some(WhatIfWish::Large);
    }
    table::ui(ui, document, &mut preferences.settings, what_if, None)
}

/// The table of all parts alone, in a view `room` points high.
pub fn large(
    ui: &mut Ui,
    place: WhatIfPlace<'_>,
    preferences: &mut Preferences,
    what_if: &mut WhatIf,
    room: f32,
) -> Option<WhatIfWish> {
    match config(ui, place.network) {
        Some(_) => table::ui(ui, place.document, &mut preferences.settings, what_if, Some(room)),
        None => centre::button(ui, true).then_some(WhatIfWish::Large),
    }
}

/// What the network is made of; says so where that is not known or has no such parts.
fn config<'a>(ui: &mut Ui, network: Option<&'a NetworkInfo>) -> Option<&'a NetworkConfig> {
    let Some(network) = network else {
        note(ui, "Waiting for the network…");
        return None;
    };
    if network.config.is_none() {
        note(ui, format!("{} has no attention and no EMA modules: none of these parts.", network.name));
    }
    network.config.as_ref()
}

/// The parts of every stage, each to be left out with a click.
pub fn stages(ui: &mut Ui, config: &NetworkConfig, ablations: &mut Vec<Ablation>) {
    for stage in 0..STAGES {
        ui.push_id(stage, |ui| {
            parts::heading(ui, config, stage, ablations);
            parts::ui(ui, config, stage, ablations);
        });
    }
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
