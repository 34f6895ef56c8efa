//! B's network and settings on the left, and the choice of side on the right.

use std::path::PathBuf;

use egui::{Button, ComboBox, Context, Key, RichText, ScrollArea, Ui, Window};

use super::{App, Compare, RightPanel, Side};
use crate::app::command::Command;
use crate::app::file_dialog::Wanted;
use crate::app::how_to_read::HowTo;
use crate::app::panel::ema::EmaPanel;
use crate::app::panel::{self, heading_explained};
use crate::app::reading::name_of;
use crate::borrowed::MoveNetVariant;
use crate::engine::{NetworkChoice, Weights};
use crate::shipped;

/// Width of the window of B's parts in points.
const PARTS_WIDTH: f32 = 300.0;

impl Compare {
    /// Has B use the weights of a file.
    pub fn use_weights(&mut self, path: PathBuf) {
        if let Some(setup) = &mut self.setup {
            setup.network = Some(path.into());
        }
    }
}

impl App {
    /// The section of side B, while two sides are compared. Gives what is wished for in it.
    pub(in crate::app) fn side_b(&mut self, ui: &mut Ui) -> Option<Command> {
        if !self.compare.is_on() {
            return None;
        }
        let mut wish = None;
        ui.push_id("side B", |ui| {
            heading_explained(ui, "Side B", HowTo::SideBySide)
                .on_hover_text("Everything else on the left is of side A. C ends the comparison.");
            self.network_of_b(ui);
            self.resolution_of_b(ui);
            self.parts_of_b(ui);
            ui.horizontal_wrapped(|ui| {
                for (command, text) in [(Command::SwapSides, "Swap with A"), (Command::CopyToB, "Copy A")] {
                    if ui.button(text).on_hover_text(command.tooltip()).clicked() {
                        wish = Some(command);
                    }
                }
            });
        });
        wish
    }

    /// The choice of B's network, and how far that is.
    fn network_of_b(&mut self, ui: &mut Ui) {
        let Compare { setup: Some(setup), rival: Some(rival), .. } = &mut self.compare else { return };
        let choices = choices(self.preferences.weights.as_ref(), setup.network.as_ref());
        let label = ui.label("Network");
        let shown = choices.iter().find(|(choice, _)| *choice == setup.network);
        let text = shown.map_or("", |(_, name)| name.as_str());
        let combo = ComboBox::from_id_salt("network").width(ui.available_width() - 8.0).truncate();
        let mut opens = false;
        let response = combo.selected_text(text).show_ui(ui, |ui| {
            for (choice, name) in &choices {
                ui.selectable_value(&mut setup.network, choice.clone(), name);
            }
            opens = ui.button("Open weights…").clicked();
        });
        response.response.labelled_by(label.id).on_hover_text("What side B finds the joints with");
        let state = match (rival.failure(), rival.is_loading(), &rival.network) {
            (Some(failure), ..) => RichText::new(failure).color(ui.visuals().error_fg_color),
            (None, true, _) => RichText::new("Loading…").weak(),
            (None, false, Some(network)) => {
                RichText::new(format!("{} on {}", network.name, network.device)).weak()
            }
            (None, false, None) => RichText::new("No network").weak(),
        };
        ui.label(state.small());
        if opens {
            self.opener.ask(Wanted::OtherWeights);
        }
    }

    fn resolution_of_b(&mut self, ui: &mut Ui) {
        let Compare { setup: Some(setup), rival: Some(rival), .. } = &mut self.compare else { return };
        // The sliders are those of A, and change preferences.
        let mut preferences = self.preferences.clone();
        (preferences.settings, preferences.linked) = (setup.settings.clone(), setup.linked);
        panel::resolution::controls(ui, &mut preferences, rival.network.as_deref());
        (setup.settings, setup.linked) = (preferences.settings, preferences.linked);
    }

    /// The button that opens the window of B's parts, and the window.
    fn parts_of_b(&mut self, ui: &mut Ui) {
        let Compare { setup: Some(setup), rival: Some(rival), parts_open, .. } = &mut self.compare else {
            return;
        };
        let config = rival.network.as_ref().and_then(|network| network.config.as_ref());
        let ablations = &mut setup.settings.ablations;
        ui.horizontal(|ui| {
            let button = ui.add_enabled(config.is_some(), Button::new("Leave out parts…"));
            let hint = "Heads, scales, cascades and EMA modules that side B does without";
            if button
                .on_hover_text(hint)
                .on_disabled_hover_text("This network has none of these parts")
                .clicked()
            {
                *parts_open = !*parts_open;
            }
            if !ablations.is_empty() {
                ui.colored_label(ui.visuals().warn_fg_color, ablations.len().to_string())
                    .on_hover_text(crate::app::what_if::count_in_words(ablations));
            }
        });
        let Some(config) = config else { return };
        *parts_open &= !ui.input(|input| input.key_pressed(Key::Escape));
        parts_window(ui.ctx(), parts_open, |ui| {
            if ui.add_enabled(!ablations.is_empty(), Button::new("Reset")).clicked() {
                ablations.clear();
            }
            panel::what_if::stages(ui, config, ablations);
        });
    }

    /// The line that says which side the panel on the right shows, while two are compared, and lets it be chosen where
    /// there is a choice.
    pub(in crate::app) fn side_choice(&mut self, ui: &mut Ui) -> Side {
        let panel = self.preferences.right;
        if self.compare.is_on() {
            let has_choice = !matches!(panel, RightPanel::WhatIf | RightPanel::Sweep);
            ui.horizontal(|ui| {
                ui.weak("Shows side");
                ui.add_enabled_ui(has_choice, |ui| {
                    let mut shown = self.compare.side_of(panel);
                    for (side, name) in [(Side::A, "A"), (Side::B, "B")] {
                        let hint = format!("What side {name} found");
                        ui.selectable_value(&mut shown, side, name)
                            .on_hover_text(hint)
                            .on_disabled_hover_text("This panel measures with the network of side A");
                    }
                    if has_choice {
                        self.compare.side = shown;
                    }
                });
            });
        }
        self.compare.side_of(panel)
    }

    /// The panel on the right, as what B found has it.
    pub(in crate::app) fn right_of_b(&mut self, ui: &mut Ui) {
        let Compare { rival: Some(rival), .. } = &mut self.compare else { return };
        let Some(document) = &mut self.document else { return };
        let network = rival.network.clone();
        let network = network.as_deref();
        let mut nothing = None;
        let other = rival.found.as_mut().map_or(&mut nothing, |found| &mut found.other);
        let (ema, preferences, textures) = (&self.ema, &mut self.preferences, &mut self.textures);
        document.with_other(other, |document| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match preferences.right {
                RightPanel::Attention => {
                    panel::attention::ui(ui, document, network, None, preferences, textures)
                }
                RightPanel::Ema => {
                    let panel = EmaPanel { document, network, ema, of_side_b: true, folder: None };
                    // It asks for nothing: what could be asked for is about side A.
                    panel.ui(ui, preferences, textures);
                }
                RightPanel::Joints => panel::joints::ui(ui, document, network, preferences),
                // These measure with the network of A.
                RightPanel::WhatIf | RightPanel::Sweep => {}
            });
        });
    }
}

fn parts_window(ctx: &Context, open: &mut bool, content: impl FnOnce(&mut Ui)) {
    let window = Window::new("Parts of side B").open(open).collapsible(false).resizable(false);
    window.default_width(PARTS_WIDTH).vscroll(true).show(ctx, |ui| {
        ui.set_width(PARTS_WIDTH);
        content(ui);
    });
}

/// The networks that B can use, with their names: that of A first.
fn choices(
    weights: Option<&PathBuf>,
    chosen: Option<&NetworkChoice>,
) -> Vec<(Option<NetworkChoice>, String)> {
    let mut choices = vec![(None, "Same as A".to_owned())];
    let mut add = |choice: NetworkChoice, name: String| {
        if !choices.iter().any(|(known, _)| known.as_ref() == Some(&choice)) {
            choices.push((Some(choice), name));
        }
    };
    if let Some(bundled) = shipped::network() {
        add(bundled.into(), "CMSA (bundled)".into());
    }
    for variant in MoveNetVariant::ALL {
        add(variant.into(), variant.name().into());
    }
    if let Some(path) = weights {
        add(path.clone().into(), name_of(path));
    }
    if let Some(choice) = chosen {
        let name = match choice {
            NetworkChoice::Weights(Weights::File(path)) => name_of(path),
            NetworkChoice::Weights(Weights::Untrained(_)) => "Random weights".into(),
            NetworkChoice::MoveNet(variant) => variant.name().into(),
        };
        add(choice.clone(), name);
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_stands_in_the_list_once() {
        let (own, other) = (PathBuf::from("a/own.safetensors"), PathBuf::from("b/other.safetensors"));
        let names = |chosen: Option<&NetworkChoice>| {
            choices(Some(&own), chosen).into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        let usual = names(None);
        assert_eq!(usual.first().map(String::as_str), Some("Same as A"));
        assert!(
            usual.contains(&"MoveNet thunder".to_owned()) && usual.contains(&"own.safetensors".to_owned())
        );
        assert_eq!(names(Some(&MoveNetVariant::Thunder.into())), usual);
        assert_eq!(names(Some(&other.into())).last().map(String::as_str), Some("other.safetensors"));
    }
}
