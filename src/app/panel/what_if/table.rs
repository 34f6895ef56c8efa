//! What each part is worth, in a table.

use egui::{Grid, Label, Role, ScrollArea, Ui, WidgetInfo};

use super::{WhatIfWish, signed};
use crate::app::centre;
use crate::app::document::Document;
use crate::app::panel::{heading_with, note, progress};
use crate::app::what_if::{Comparison, Scope, WhatIf};
use crate::engine::Settings;
use crate::network::Ablation;
use crate::study::{AblationRow, AblationTable, Spread};

/// Height of the table in a panel, in points, and the least of a large view; further rows are scrolled to.
const HEIGHT: f32 = 300.0;
/// Room below the table of a large view, in points.
const BELOW: f32 = 8.0;
/// Room for how much is done, in points.
const PERCENT_WIDTH: f32 = 40.0;
/// Room for that and the button that ends it, in points.
const END_WIDTH: f32 = 108.0;

/// The button that starts it, and the rows so far. In a large view `room` is its height, and parts have their whole
/// names.
pub fn ui(
    ui: &mut Ui,
    document: &Document,
    settings: &mut Settings,
    what_if: &mut WhatIf,
    room: Option<f32>,
) -> Option<WhatIfWish> {
    let start = ui.cursor().top();
    let mut wish = None;
    heading_with(ui, "What each part is worth", |ui| {
        if centre::button_at_end(ui, room.is_some()) {
            wish = Some(WhatIfWish::Large);
        }
    });
    ui.horizontal_wrapped(|ui| {
        for scope in Scope::ALL {
            ui.selectable_value(&mut what_if.scope, scope, scope.label());
        }
        let anybody = match what_if.scope {
            Scope::Person => document.selected.is_some(),
            Scope::Everybody => !document.people.is_empty(),
        };
        let button = ui.add_enabled(anybody, egui::Button::new("Compare all"));
        let meaning = "Look again without each part, which is left out once, alone, and sort them by harm";
        if button.on_hover_text(meaning).clicked() {
            wish = Some(WhatIfWish::Compare);
        }
        if let Some(comparison) = &what_if.comparison
            && ui
                .add_enabled(!comparison.table.rows().is_empty(), egui::Button::new("Copy CSV"))
                .on_hover_text("The rows so far, as posescope ablate --csv writes them")
                .clicked()
        {
            copy(ui, &comparison.table);
        }
    });
    match &mut what_if.comparison {
        Some(comparison) => {
            let stale = comparison.is_stale(document, settings);
            state(ui, comparison, stale);
            let height = room.map(|room| (room - (ui.cursor().top() - start) - BELOW).max(HEIGHT));
            rows(ui, &comparison.table, stale, &mut settings.ablations, height);
        }
        None => note(ui, "Nothing was compared yet."),
    }
    wish
}

fn copy(ui: &Ui, table: &AblationTable) {
    match AblationTable::csv(std::slice::from_ref(table)) {
        Ok(bytes) => ui.ctx().copy_text(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => tracing::error!("CSV of the compared parts: {error}"),
    }
}

/// What is measured, and how far that is; a line of the same height once it has ended.
fn state(ui: &mut Ui, comparison: &mut Comparison, stale: bool) {
    note(ui, comparison.about.clone());
    let height = ui.spacing().interact_size.y;
    ui.horizontal(|ui| {
        ui.set_min_height(height);
        match (comparison.progress(), &comparison.failure) {
            (Some(share), _) => {
                let ended = progress::bar(ui, share, END_WIDTH, |ui| {
                    ui.add_sized([PERCENT_WIDTH, 0.0], Label::new(format!("{:.0} %", 100.0 * share)));
                    ui.button("Cancel").clicked()
                });
                if ended {
                    comparison.cancel();
                }
            }
            (None, Some(failure)) => {
                ui.colored_label(ui.visuals().error_fg_color, failure);
            }
            (None, None) if stale => {
                note(ui, "Person, picture or settings changed: compare again.");
            }
            (None, None) => note(ui, "Click a row to leave that part out."),
        }
    });
}

/// The rows, weak where they are `stale`; in a large view as high as given, with whole names.
fn rows(ui: &mut Ui, table: &AblationTable, stale: bool, ablations: &mut Vec<Ablation>, large: Option<f32>) {
    let height = large.unwrap_or(HEIGHT);
    let gap = if large.is_some() { 24.0 } else { 6.0 };
    ScrollArea::vertical().id_salt("compared parts").max_height(height).show(ui, |ui| {
        if stale {
            let weak = ui.visuals().weak_text_color();
            ui.visuals_mut().override_text_color = Some(weak);
        }
        Grid::new("compared parts").num_columns(4).min_col_width(0.0).striped(true).spacing([gap, 2.0]).show(
            ui,
            |ui| {
                for (title, meaning) in [
                    ("Part", "Stage, block, and scale, head, cascade or EMA"),
                    ("OKS", "With labelled joints: accuracy"),
                    ("ΔOKS", "OKS less that of the untouched network"),
                    ("Agrees", "Agreement with what the untouched network finds, measured as OKS is"),
                ] {
                    ui.strong(title).on_hover_text(meaning);
                }
                ui.end_row();
                for row in table.rows() {
                    part(ui, row, ablations, large.is_some());
                    let mean = |spread: Option<Spread>| {
                        spread.map_or_else(|| "–".to_owned(), |spread| format!("{:.2}", spread.mean))
                    };
                    ui.label(mean(row.row.oks));
                    ui.label(signed(row.oks_change));
                    ui.label(mean(row.row.agreement));
                    ui.end_row();
                }
            },
        );
    });
}

/// The part of a row; a click leaves it out. An EMA module has one change at a time.
fn part(ui: &mut Ui, row: &AblationRow, ablations: &mut Vec<Ablation>, whole_name: bool) {
    let Some(part) = &row.ablation else {
        ui.label("untouched").on_hover_text("The network as it is");
        return;
    };
    let left_out = ablations.contains(part);
    let response = ui.selectable_label(left_out, if whole_name { part.to_string() } else { part.id() });
    let name = format!("Leave out {part}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, left_out, &name));
    if response.on_hover_text(part.to_string()).clicked() && !left_out {
        if let Ablation::Ema { stage, .. } = part {
            ablations.retain(|known| !matches!(known, Ablation::Ema { stage: own, .. } if own == stage));
        }
        ablations.push(part.clone());
    }
}
