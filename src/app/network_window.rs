//! The small window that tells what the network is: its make, what it learned from, and its card.

use egui::{Context, Grid, ScrollArea, Ui};

use super::dialogs::centred;
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use crate::engine::NetworkInfo;
use crate::network::NetworkConfig;
use crate::pose::InputSize;

/// Width of the window's text in points: a table of the card fits.
const WIDTH: f32 = 680.0;
/// What the screen must leave for everything but the card.
const OTHER_HEIGHT: f32 = 300.0;
/// Height of the card on the smallest screen.
const LEAST_CARD_HEIGHT: f32 = 120.0;

/// Whether the window is open, and how its card was laid out.
#[derive(Default)]
pub struct NetworkWindow {
    /// Whether it is shown.
    pub open: bool,
    cache: CommonMarkCache,
}

impl NetworkWindow {
    /// Draws the window, if it is open.
    pub fn show(&mut self, ctx: &Context, network: Option<&NetworkInfo>) {
        let mut open = self.open;
        centred("About this network").open(&mut open).show(ctx, |ui| {
            ui.set_width(WIDTH);
            let Some(network) = network else {
                ui.weak("Loading the network…");
                return;
            };
            facts(ui, network);
            ui.separator();
            self.card(ui, network);
        });
        self.open = open;
    }

    fn card(&mut self, ui: &mut Ui, network: &NetworkInfo) {
        let Some(card) = &network.card else {
            ui.weak(match network.square() {
                Some(_) => "The card of this network, models/movenet.md, is not beside the program.",
                None if network.path.is_some() => {
                    "These weights have no card: a text of the same name ending in .md, beside the file."
                }
                None => "Random weights: nobody trained them, and their joints mean nothing.",
            });
            return;
        };
        let height = (ui.ctx().content_rect().height() - OTHER_HEIGHT).max(LEAST_CARD_HEIGHT);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            CommonMarkViewer::new().show(ui, &mut self.cache, card);
        });
    }
}

fn facts(ui: &mut Ui, network: &NetworkInfo) {
    let mut rows = vec![
        (
            "Network",
            format!("{}, {:.2} M parameters, on {}", network.name, millions(network), network.device),
        ),
        ("Weights", network.source()),
    ];
    if let Some(side) = network.square() {
        rows.push(("Input", format!("always {side}×{side}, a square enlarged from the capture")));
    }
    if let Some(config) = &network.config {
        rows.extend(facts_of_cmsa(network, config));
    }
    Grid::new("network facts").num_columns(2).show(ui, |ui| {
        for (name, value) in rows {
            ui.weak(name);
            ui.add(egui::Label::new(value).wrap());
            ui.end_row();
        }
    });
}

fn facts_of_cmsa(network: &NetworkInfo, config: &NetworkConfig) -> [(&'static str, String); 5] {
    let trained = match (network.trained, network.trained_sizes.is_empty()) {
        (false, _) => "not at all".to_owned(),
        (true, true) => "sizes not told".to_owned(),
        (true, false) => listed(network.trained_sizes.iter().map(InputSize::to_string)),
    };
    let ema = config.ema_groups.map_or("none".to_owned(), |groups| format!("{groups} channel groups"));
    let heads = config.heads.iter().map(|groups| listed(groups.iter().map(i64::to_string)));
    [
        ("Trained at", trained),
        ("Channels of the stages", listed(config.channels.iter().map(i64::to_string))),
        ("Blocks of the stages", listed(config.depths.iter().map(i64::to_string))),
        ("Heads of each scale", heads.collect::<Vec<_>>().join("; ")),
        ("EMA", ema),
    ]
}

fn millions(network: &NetworkInfo) -> f64 {
    network.parameters as f64 / 1e6
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
