//! How far the joints are from those of the untouched network.

use egui::{Align, Grid, Layout, Response, RichText, TextStyle, Ui, WidgetText, vec2};

use super::signed;
use crate::app::document::Document;
use crate::app::panel::{dot, heading, note, nothing_found};
use crate::app::theme;
use crate::app::what_if::{Movement, movements};
use crate::pose::{KEYPOINT_COUNT, KEYPOINT_NAMES, oks};

/// Width of a figure in points: "Δconf." in the font at hand.
const FIGURE: f32 = 38.0;

/// A row for each joint, the one that moved farthest first. Takes as much room while nothing is known; `failure` says
/// why the untouched network gave no answer, where it gave none.
pub fn ui(ui: &mut Ui, document: &Document, any_left_out: bool, failure: Option<&str>) {
    heading(ui, "Moved joints")
        .on_hover_text("From where the untouched network finds them at the same input and capture");
    let person = document.selected.and_then(|index| document.people.get(index));
    let truth = person.and_then(|person| person.truth.as_ref()).map(|truth| (&truth.labels, truth.area));
    let (mut moved, mut summary) = (Vec::new(), waiting_for(document, any_left_out, failure));
    if let (Some(untouched), Some(found)) = (&document.untouched, document.selected_answer()) {
        let similarity = |pose| truth.and_then(|(labels, area)| oks(pose, labels, area));
        moved = movements(untouched, &found.pose, truth, found.bounds.height);
        summary = total(&moved, similarity(untouched).zip(similarity(&found.pose)));
    }
    let two_lines = 2.0 * ui.text_style_height(&TextStyle::Small);
    ui.scope(|ui| {
        ui.set_min_height(two_lines);
        note(ui, summary);
    });
    Grid::new("moved joints").num_columns(5).min_col_width(0.0).striped(true).spacing([5.0, 3.0]).show(
        ui,
        |ui| {
            for (title, meaning) in [
                ("Joint", ""),
                ("px", "How far it moved, in picture pixels"),
                ("%", "That distance in percent of the height of the person's box"),
                ("ΔOKS", "OKS less that of the untouched network; only of labelled joints"),
                ("Δconf.", "Confidence less that of the untouched network"),
            ] {
                let response = match meaning.is_empty() {
                    true => ui.strong(title),
                    false => figure_cell(ui, RichText::new(title).strong()),
                };
                if !meaning.is_empty() {
                    response.on_hover_text(meaning);
                }
            }
            ui.end_row();
            for row in 0..KEYPOINT_COUNT {
                joint_row(ui, moved.get(row), row);
                ui.end_row();
            }
        },
    );
}

/// Why no movement is known.
fn waiting_for(document: &Document, any_left_out: bool, failure: Option<&str>) -> String {
    match (document.selected_answer(), failure) {
        (None, _) => nothing_found(document).into(),
        (Some(_), _) if !any_left_out => "Leave a part out to see which joints it moves.".into(),
        (Some(_), _) if document.live => "Not measured on live pictures.".into(),
        (Some(_), Some(failure)) => format!("The untouched network gave no answer: {failure}"),
        (Some(_), None) => "Waiting for the untouched network…".into(),
    }
}

/// A row; only the joint's name while its movement is not known.
fn joint_row(ui: &mut Ui, movement: Option<&Movement>, row: usize) {
    let joint = movement.map_or(row, |movement| movement.joint);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        dot(ui, theme::of_joint(joint));
        ui.label(KEYPOINT_NAMES.get(joint).copied().unwrap_or_default());
    });
    let figure = |digits: usize, value: Option<f64>| {
        value.map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"))
    };
    let figures = [
        figure(1, movement.map(|movement| movement.pixels)),
        figure(1, movement.map(|movement| 100.0 * movement.share)),
        signed(movement.and_then(|movement| movement.oks_change)),
        signed(movement.map(|movement| movement.confidence_change)),
    ];
    for figure in figures {
        figure_cell(ui, figure);
    }
}

/// A figure, or what stands above some, at the right end of its column.
fn figure_cell(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    let size = vec2(FIGURE, ui.spacing().interact_size.y);
    let cell = |ui: &mut Ui| {
        ui.set_min_width(FIGURE);
        ui.label(text)
    };
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), cell).inner
}

/// All joints together, in words.
fn total(moved: &[Movement], oks: Option<(f64, f64)>) -> String {
    let mean = |figure: fn(&Movement) -> f64| moved.iter().map(figure).sum::<f64>() / moved.len() as f64;
    let (pixels, share) = (mean(|joint| joint.pixels), mean(|joint| joint.share));
    let confidence = signed(Some(mean(|joint| joint.confidence_change)));
    let oks = oks.map_or_else(String::new, |(before, after)| {
        format!(", OKS {before:.2} to {after:.2} ({})", signed(Some(after - before)))
    });
    format!("Mean {pixels:.1} px ({:.1} % of the height){oks}, confidence {confidence}", 100.0 * share)
}
