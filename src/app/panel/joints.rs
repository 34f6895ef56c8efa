//! The table of joints.

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use super::kept_room::KeptRoom;
use super::{dot, nothing_found};
use crate::app::document::Document;
use crate::app::glossary;
use crate::app::how_to_read::{HowTo, note_with_button};
use crate::app::preferences::{Preferences, Query};
use crate::app::theme;
use crate::app::threshold::Thresholds;
use crate::engine::NetworkInfo;
use crate::pose::{KEYPOINT_COUNT, KEYPOINT_NAMES, Pose};

/// Between columns.
const GAP: f32 = 4.0;
/// The least that name, x, y, confidence and OKS need, each with its longest text.
const NARROWEST: [f32; 5] = [106.0, 44.0, 44.0, 38.0, 32.0];
/// How much wider a column gets where there is room; beyond it, numbers stand too far from their joint.
const LOOSEST: f32 = 24.0;

/// What the cells of the table are made from.
struct Cells<'a> {
    pose: &'a Pose,
    scores: [Option<f64>; KEYPOINT_COUNT],
    thresholds: Thresholds,
    /// Whether all of it is of before.
    stale: bool,
}

/// One row a joint: where it is, how sure the network is, how good that is. A click marks it.
pub fn ui(ui: &mut Ui, document: &Document, network: Option<&NetworkInfo>, preferences: &mut Preferences) {
    let room = KeptRoom::of("joints");
    let (Some(index), Some(found)) = (document.selected, document.selected_answer()) else {
        room.leave(ui, nothing_found(document));
        return;
    };
    let cells = Cells {
        pose: &found.pose,
        scores: document.joint_scores(index),
        thresholds: preferences.thresholds(network),
        stale: document.is_stale(index),
    };
    let told = match network.filter(|network| network.config.is_none()) {
        Some(network) => format!("{} gives positions alone, no heatmaps.", network.name),
        None => "Click a joint to see its heatmap and where its pixel looks.".to_owned(),
    };
    room.fill(ui, |ui| {
        note_with_button(ui, told, HowTo::Joints);
        ui.add_space(4.0);
        if let Some(joint) = table(ui, &cells, preferences.attention.query) {
            preferences.attention.query = Query::Joint(joint);
            preferences.layers.heatmap_joint = Some(joint);
        }
    });
}

/// The table; gives the joint that was clicked.
fn table(ui: &mut Ui, cells: &Cells<'_>, query: Query) -> Option<usize> {
    ui.spacing_mut().item_spacing.x = GAP;
    let [name, x, y, confidence] = column_widths(ui.available_width());
    let table = TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        // One baseline for names and numbers.
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(name))
        .column(Column::exact(x))
        .column(Column::exact(y))
        .column(Column::exact(confidence))
        .column(Column::remainder());
    let table = table.header(20.0, |mut header| {
        for title in ["Joint", "x", "y", "Conf.", "OKS"] {
            header.col(|ui| {
                let response = ui.strong(title);
                if let Some(meaning) = glossary::meaning(title) {
                    response.on_hover_text(meaning);
                }
            });
        }
    });
    let mut clicked = None;
    table.body(|body| {
        body.rows(21.0, KEYPOINT_COUNT, |mut row| {
            let joint = row.index();
            row.set_selected(query == Query::Joint(joint));
            cells.row(&mut row, joint);
            if row.response().clicked() {
                clicked = Some(joint);
            }
        });
    });
    clicked
}

impl Cells<'_> {
    fn is_faint(&self, joint: usize) -> bool {
        self.stale || !self.thresholds.is_sure(joint, self.pose[joint].confidence)
    }

    /// Name, place, confidence and OKS of a joint; weak where it is unsure, or of before.
    fn row(&self, row: &mut TableRow<'_, '_>, joint: usize) {
        let (found, faint) = (self.pose[joint], self.is_faint(joint));
        let text = |text: String| {
            if faint { RichText::new(text).weak() } else { RichText::new(text) }
        };
        row.col(|ui| {
            dot(ui, theme::of_joint(joint));
            ui.label(text(KEYPOINT_NAMES[joint].into()));
        });
        let oks = self.scores[joint].map_or_else(|| "–".into(), |oks| format!("{oks:.2}"));
        let (x, y) = (format!("{:.1}", found.x), format!("{:.1}", found.y));
        for value in [x, y, format!("{:.2}", found.confidence), oks] {
            row.col(|ui| {
                ui.label(text(value));
            });
        }
    }
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
    use crate::app::threshold::Threshold;
    use crate::pose::{InputSize, Keypoint};

    #[test]
    fn unsure_joints_and_those_of_before_are_faint() {
        let mut pose = [Keypoint { x: 1.0, y: 2.0, confidence: 0.9 }; KEYPOINT_COUNT];
        pose[3].confidence = 0.01;
        let thresholds = Threshold::default().at(None, InputSize::STANDARD[0]);
        let cells = |stale| Cells { pose: &pose, scores: [None; KEYPOINT_COUNT], thresholds, stale };
        assert!(cells(false).is_faint(3) && !cells(false).is_faint(4));
        assert!((0..KEYPOINT_COUNT).all(|joint| cells(true).is_faint(joint)));
    }

    #[test]
    fn every_column_fits_the_narrowest_panel() {
        // A panel of 300 points has a margin of 8 on each side.
        let widths = column_widths(284.0);
        let left = 284.0 - widths.iter().sum::<f32>() - 4.0 * GAP;
        assert!(left >= NARROWEST[4], "{left} are left for the last column");
        assert_eq!(column_widths(1000.0)[0], NARROWEST[0] + LOOSEST);
    }
}
