//! The table of joints.

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::{dot, note, nothing_found};
use crate::app::document::Document;
use crate::app::glossary;
use crate::app::how_to_read::{HowTo, note_with_button};
use crate::app::preferences::{Preferences, Query};
use crate::app::theme;
use crate::engine::NetworkInfo;
use crate::pose::KEYPOINT_NAMES;

/// Between columns.
const GAP: f32 = 4.0;
/// The least that name, x, y, confidence and OKS need, each with its longest text.
const NARROWEST: [f32; 5] = [106.0, 44.0, 44.0, 38.0, 32.0];
/// How much wider a column gets where there is room; beyond it, numbers stand too far from their joint.
const LOOSEST: f32 = 24.0;

/// One row a joint: where it is, how sure the network is, how good that is. A click marks it.
pub fn ui(ui: &mut Ui, document: &Document, network: Option<&NetworkInfo>, preferences: &mut Preferences) {
    let Some(found) = document.selected_answer() else {
        note(ui, nothing_found(document));
        return;
    };
    let scores = document.selected.map(|index| document.joint_scores(index)).unwrap_or_default();
    let told = match network.filter(|network| network.config.is_none()) {
        Some(network) => format!("{} gives positions alone, no heatmaps.", network.name),
        None => "Click a joint to see its heatmap and where its pixel looks.".to_owned(),
    };
    note_with_button(ui, told, HowTo::Joints);
    let thresholds = preferences.thresholds(network);
    ui.add_space(4.0);
    let marked = match preferences.attention.query {
        Query::Joint(joint) => Some(joint),
        Query::Place(..) => None,
    };
    ui.spacing_mut().item_spacing.x = GAP;
    let [name, x, y, confidence] = column_widths(ui.available_width());
    TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        // One baseline for names and numbers.
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(name))
        .column(Column::exact(x))
        .column(Column::exact(y))
        .column(Column::exact(confidence))
        .column(Column::remainder())
        .header(20.0, |mut header| {
            for title in ["Joint", "x", "y", "Conf.", "OKS"] {
                header.col(|ui| {
                    let response = ui.strong(title);
                    if let Some(meaning) = glossary::meaning(title) {
                        response.on_hover_text(meaning);
                    }
                });
            }
        })
        .body(|body| {
            body.rows(21.0, found.pose.len(), |mut row| {
                let i = row.index();
                let joint = found.pose[i];
                let faint = !thresholds.is_sure(i, joint.confidence);
                let text = |text: String| {
                    if faint { RichText::new(text).weak() } else { RichText::new(text) }
                };
                row.set_selected(marked == Some(i));
                row.col(|ui| {
                    dot(ui, theme::of_joint(i));
                    ui.label(text(KEYPOINT_NAMES[i].into()));
                });
                for value in
                    [format!("{:.1}", joint.x), format!("{:.1}", joint.y), format!("{:.2}", joint.confidence)]
                {
                    row.col(|ui| {
                        ui.label(text(value));
                    });
                }
                row.col(|ui| {
                    ui.label(scores[i].map_or(text("–".into()), |oks| text(format!("{oks:.2}"))));
                });
                if row.response().clicked() {
                    preferences.attention.query = Query::Joint(i);
                    preferences.layers.heatmap_joint = Some(i);
                }
            });
        });
}

/// The widths of all columns but the last, which takes the rest.
fn column_widths(available: f32) -> [f32; 4] {
    let gaps = GAP * (NARROWEST.len() - 1) as f32;
    let spare = (available - gaps - NARROWEST.iter().sum::<f32>()) / NARROWEST.len() as f32;
    let [name, x, y, confidence, _] = NARROWEST.map(|width| width + spare.clamp(0.0, LOOSEST));
    [name, x, y, confidence]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_fits_the_narrowest_panel() {
        // A panel of 300 points has a margin of 8 on each side.
        let widths = column_widths(284.0);
        let left = 284.0 - widths.iter().sum::<f32>() - 4.0 * GAP;
        assert!(left >= NARROWEST[4], "{left} are left for the last column");
        assert_eq!(column_widths(1000.0)[0], NARROWEST[0] + LOOSEST);
    }
}
