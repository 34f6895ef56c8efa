//! What the curves of AP say in words, and which marker was published where.

use egui::{Color32, Pos2, RichText, ScrollArea, Sense, Shape, Stroke, Ui, vec2};
use egui_plot::{LineStyle, MarkerShape};

use super::ap_plot::MARKERS;
use super::plots::NOTES;
use crate::app::capitalised::capitalised;
use crate::app::data_set::curves::Curve;
use crate::app::data_set::published::{MEASURED_ON, PUBLISHED, SOURCE};
use crate::app::data_set::work::Work;
use crate::app::panel::note;

/// The line of a network and its way to look, by their place among those that were measured.
pub fn style(look: usize) -> LineStyle {
    match look {
        0 => LineStyle::Solid,
        1 => LineStyle::Dashed { length: 8.0 },
        _ => LineStyle::Dotted { spacing: 5.0 },
    }
}

/// A sentence for each curve beside its line, then the markers of the published figures and what those were measured
/// on; what has no room is scrolled to. `work` is the measurement that is going on.
pub fn ui(ui: &mut Ui, curves: &[Curve<'_>], work: Option<&Work>) {
    let text = ui.visuals().text_color();
    ScrollArea::vertical().id_salt("curves of AP").max_height(NOTES).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for curve in curves {
                let is_growing = work.is_some_and(|work| curve.grows_by(&work.network, &work.settings));
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    sample(ui, style(curve.look), curve.colour(text));
                    let sentence = RichText::new(curve.sentence(is_growing)).small();
                    ui.label(sentence).on_hover_text(capitalised(&curve.first.look()));
                });
            }
            markers(ui);
            note(ui, format!("Open markers: published in {SOURCE}, on {MEASURED_ON}."));
        },
    );
}

/// A piece of a line.
fn sample(ui: &mut Ui, style: LineStyle, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(18.0, 10.0), Sense::hover());
    let (ends, stroke) = ([rect.left_center(), rect.right_center()], Stroke::new(1.5, colour));
    match style {
        LineStyle::Solid => {
            ui.painter().line_segment(ends, stroke);
        }
        LineStyle::Dashed { length } => {
            ui.painter().extend(Shape::dashed_line(&ends, stroke, length, 0.6 * length));
        }
        LineStyle::Dotted { spacing } => {
            ui.painter().extend(Shape::dotted_line(&ends, colour, spacing, 1.0));
        }
    }
}

/// Which marker is which published network.
fn markers(ui: &mut Ui) {
    let weak = ui.visuals().weak_text_color();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (network, marker) in PUBLISHED.iter().zip(MARKERS) {
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 10.0), Sense::hover());
            let outline = outline(marker, rect.center());
            ui.painter().add(Shape::closed_line(outline, Stroke::new(1.2, weak)));
            note(ui, network.name);
        }
    });
}

/// The corners of a marker as plots draw it.
fn outline(marker: MarkerShape, centre: Pos2) -> Vec<Pos2> {
    let corners: &[(f32, f32)] = match marker {
        MarkerShape::Up => &[(0.0, -4.5), (4.0, 3.0), (-4.0, 3.0)],
        MarkerShape::Down => &[(0.0, 4.5), (4.0, -3.0), (-4.0, -3.0)],
        _ => &[(0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0)],
    };
    corners.iter().map(|(x, y)| centre + vec2(*x, *y)).collect()
}
