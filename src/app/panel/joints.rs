//! The table of joints.

use egui::{RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::{dot, note, nothing_found};
use crate::app::document::Document;
use crate::app::preferences::{Preferences, Query};
use crate::app::theme;
use crate::pose::KEYPOINT_NAMES;

/// One row a joint: where it is, how sure the network is, how good that is. A click marks it.
pub fn ui(ui: &mut Ui, document: &Document, preferences: &mut Preferences) {
    let Some(found) = document.selected_answer() else {
        note(ui, nothing_found(document));
        return;
    };
    let scores = document.selected.map(|index| document.joint_scores(index)).unwrap_or_default();
    note(ui, "Click a joint to see its heatmap and where its pixel looks.");
    ui.add_space(4.0);
    let marked = match preferences.attention.query {
        Query::Joint(joint) => Some(joint),
        Query::Place(..) => None,
    };
    TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        .column(Column::exact(118.0))
        .columns(Column::exact(56.0), 3)
        .column(Column::remainder())
        .header(20.0, |mut header| {
            for title in ["Joint", "x", "y", "Conf.", "OKS"] {
                header.col(|ui| {
                    ui.strong(title);
                });
            }
        })
        .body(|body| {
            body.rows(21.0, found.pose.len(), |mut row| {
                let i = row.index();
                let joint = found.pose[i];
                let faint = (joint.confidence as f32) < preferences.threshold;
                let text = |text: String| {
                    if faint { RichText::new(text).weak() } else { RichText::new(text) }
                };
                row.set_selected(marked == Some(i));
                row.col(|ui| {
                    ui.horizontal(|ui| {
                        dot(ui, theme::of_joint(i));
                        ui.label(text(KEYPOINT_NAMES[i].into()));
                    });
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
