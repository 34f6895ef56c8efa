//! How good the joints are, in large figures.

use egui::{Color32, RichText, Ui};

use super::{heading, note};
use crate::app::document::{Document, PCK_THRESHOLD, Score};
use crate::engine::NetworkInfo;

/// The score of the selected person, or why there is none.
pub fn ui(ui: &mut Ui, document: &Document, network: Option<&NetworkInfo>) {
    let Some(index) = document.selected else { return };
    match document.score(index) {
        Some(Score::Accuracy { oks, pck, error_px }) => {
            heading(ui, "Accuracy");
            ui.horizontal(|ui| {
                figure(
                    ui,
                    "OKS",
                    &format!("{oks:.2}"),
                    quality(oks),
                    "Object keypoint similarity with the ground truth, 0 … 1",
                );
                ui.add_space(14.0);
                let percent = format!("{:.0}%", pck * 100.0);
                let hint = format!("Joints within {PCK_THRESHOLD} of the box's longer side");
                figure(ui, "PCK", &percent, quality(pck), &hint);
                ui.add_space(14.0);
                let plain = ui.visuals().strong_text_color();
                figure(
                    ui,
                    "Error",
                    &format!("{error_px:.1} px"),
                    plain,
                    "Mean distance from the ground truth in picture pixels",
                );
            });
            if let Some(name) = document.truth_path.as_ref().and_then(|path| path.file_name()) {
                note(ui, format!("against {}", name.to_string_lossy()));
            }
        }
        Some(Score::Agreement { oks }) => {
            heading(ui, "Agreement");
            ui.horizontal(|ui| {
                let reference = network.map_or(String::new(), |n| n.reference_input().to_string());
                let hint = format!(
                    "OKS against the same network at {reference}. It is no accuracy: both can be wrong together"
                );
                figure(ui, &format!("OKS against {reference}"), &format!("{oks:.2}"), quality(oks), &hint);
            });
            note(ui, "No ground truth for this person, so no accuracy.");
        }
        None => {
            heading(ui, "Agreement");
            note(ui, if document.live { "Not measured on live pictures." } else { "Being measured…" });
        }
    }
}

fn figure(ui: &mut Ui, label: &str, value: &str, colour: Color32, hint: &str) {
    ui.vertical(|ui| {
        ui.label(RichText::new(value).size(24.0).strong().color(colour));
        ui.label(RichText::new(label).small().weak());
    })
    .response
    .on_hover_text(hint);
}

/// Green, amber or red for a figure of 0 … 1, dark enough for the light theme.
fn quality(share: f64) -> Color32 {
    match share {
        share if share >= 0.75 => Color32::from_rgb(52, 180, 98),
        share if share >= 0.5 => Color32::from_rgb(222, 150, 20),
        _ => Color32::from_rgb(232, 80, 80),
    }
}
