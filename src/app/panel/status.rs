//! The line at the bottom: the picture, the zoom, and where the milliseconds go.

use egui::{Color32, RichText, Sense, Ui, vec2};

use super::dot;
use crate::app::document::Document;
use crate::counted::counted;
use crate::network::PartTime;

/// A colour for each part of the network, in order.
const COLOURS: [Color32; 10] = [
    Color32::from_rgb(100, 116, 139),
    Color32::from_rgb(45, 170, 190),
    Color32::from_rgb(79, 120, 225),
    Color32::from_rgb(150, 100, 225),
    Color32::from_rgb(215, 90, 160),
    Color32::from_rgb(230, 140, 60),
    Color32::from_rgb(120, 170, 60),
    Color32::from_rgb(240, 205, 90),
    Color32::from_rgb(150, 75, 60),
    Color32::from_rgb(190, 195, 205),
];

/// What the line tells besides the document.
pub struct Status<'a> {
    /// The picture and what was found.
    pub document: Option<&'a Document>,
    /// The picture's number in its folder and how many there are, where there are several.
    pub place: Option<(usize, usize)>,
    /// Screen points per picture pixel.
    pub zoom: f32,
    /// Answers and people a second, over the last second.
    pub rates: Option<(usize, usize)>,
    /// Whether an answer is being waited for.
    pub waiting: bool,
    /// Seconds that drawing the last frame took, once known.
    pub draw_secs: Option<f32>,
}

/// The line itself.
pub fn ui(ui: &mut Ui, status: &Status<'_>) {
    ui.horizontal(|ui| {
        let Some(document) = status.document else {
            ui.label("Open a picture, or drop one here");
            return;
        };
        let (width, height) = document.frame.picture.dimensions();
        ui.label(RichText::new(&document.frame.name).strong());
        if let Some((number, count)) = status.place {
            ui.weak(format!("{number}/{count}")).on_hover_text(
                "Which of the folder's pictures this is. Page Up and Page Down go to the others.",
            );
        }
        ui.weak(format!("{width}×{height}"));
        ui.weak(format!("{:.0}%", status.zoom * 100.0)).on_hover_text("Screen points per picture pixel");
        let people = document.people.len();
        ui.weak(counted(people, "person", "people"));
        ui.separator();
        if let Some(answer) = document.answer() {
            let total = answer.milliseconds();
            if answer.times.is_empty() {
                ui.label("from memory")
                    .on_hover_text("This was found a moment ago and did not need the network");
            } else {
                ui.label(format!("{total:.1} ms")).on_hover_text("From the picture to the joints");
                bar(ui, &answer.times, total);
            }
            if let Some((answers, people)) = status.rates {
                ui.weak(format!("{answers} answers/s · {people} people/s"))
                    .on_hover_text("Over the last second");
                // Blank again once nothing has come for a second.
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(1100));
            }
            if let Some(secs) = status.draw_secs {
                ui.weak(format!("draw {:.1} ms", secs * 1e3)).on_hover_text("The last frame of the window");
            }
        }
        if status.waiting {
            // No spinner: an animation would take the cores that the network works on.
            ui.weak("working…");
        }
    });
}

/// Where the milliseconds go, as a stacked bar with the numbers on hover.
fn bar(ui: &mut Ui, times: &[PartTime], total: f64) {
    let (response, painter) = ui.allocate_painter(vec2(180.0, 12.0), Sense::hover());
    let mut x = response.rect.left();
    for (i, part) in times.iter().enumerate() {
        let width = response.rect.width() * (part.milliseconds / total.max(1e-6)) as f32;
        let piece = egui::Rect::from_min_size(egui::pos2(x, response.rect.top()), vec2(width, 12.0));
        painter.rect_filled(piece, 0.0, COLOURS[i % COLOURS.len()]);
        x += width;
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Time of each part"));
    response.on_hover_ui(|ui| {
        egui::Grid::new("times").show(ui, |ui| {
            for (i, part) in times.iter().enumerate() {
                dot(ui, COLOURS[i % COLOURS.len()]);
                ui.label(&part.part);
                ui.label(format!("{:.2} ms", part.milliseconds));
                ui.end_row();
            }
        });
    });
}
