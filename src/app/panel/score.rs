//! How good the joints are, in large figures.

use egui::{Color32, RichText, TextWrapMode, Ui, Visuals};

use super::{heading_explained, note, nothing_found};
use crate::app::document::{Document, PCK_THRESHOLD, Score, SecondOpinion};
use crate::app::glossary;
use crate::app::how_to_read::HowTo;
use crate::engine::NetworkInfo;

/// Below this width, in points, figures are smaller and stand closer.
const NARROW: f32 = 240.0;
/// Stands where a figure is not known.
const UNKNOWN: &str = "–";

/// The score of the selected person, or why there is none: a heading, figures and a line in every case, and one more
/// where there can be a second opinion, so that nothing below moves when one is known.
pub fn ui(ui: &mut Ui, document: &Document, network: Option<&NetworkInfo>, second_opinion: bool) {
    person(ui, document, network);
    // MoveNet has none about itself.
    if second_opinion && network.is_none_or(|network| network.config.is_some()) {
        opinion(ui, document.selected.and_then(|index| document.second_opinion(index)));
    }
}

fn person(ui: &mut Ui, document: &Document, network: Option<&NetworkInfo>) {
    let Some(index) = document.selected.filter(|index| *index < document.people.len()) else {
        heading_explained(ui, "Accuracy", HowTo::Score);
        figures(ui, vec![Figure::unknown("OKS", "Nobody is selected")], false);
        note(ui, nothing_found(document));
        return;
    };
    let stale = document.is_stale(index);
    match document.people[index].truth {
        Some(_) => accuracy(ui, document, document.score(index), stale),
        None => agreement(ui, document, document.score(index), stale, network),
    }
}

fn accuracy(ui: &mut Ui, document: &Document, score: Option<Score>, stale: bool) {
    heading_explained(ui, "Accuracy", HowTo::Score);
    let known = match score {
        Some(Score::Accuracy { oks, pck, error_px }) => Some((oks, pck, error_px)),
        _ => None,
    };
    let colour = known.map(|(oks, ..)| quality(oks));
    let text = |value: Option<String>| value.unwrap_or_else(|| UNKNOWN.into());
    let pck_hint = format!(
        "Share of labelled joints within {PCK_THRESHOLD} of the box's longer side. Much wider than OKS allows for, so \
         the two can differ a lot."
    );
    figures(
        ui,
        vec![
            Figure {
                label: "OKS".into(),
                value: text(known.map(|(oks, ..)| format!("{oks:.2}"))),
                colour,
                hint: glossary::hint("With the ground truth, 0 … 1", "OKS"),
            },
            Figure {
                label: format!("PCK@{PCK_THRESHOLD}"),
                value: text(known.map(|(_, pck, _)| format!("{:.0}%", pck * 100.0))),
                colour: None,
                hint: pck_hint,
            },
            Figure {
                label: "Error".into(),
                value: text(known.map(|(.., error_px)| format!("{error_px:.1} px"))),
                colour: None,
                hint: "Mean distance from the ground truth in picture pixels".into(),
            },
        ],
        stale,
    );
    let file = document.truth_path.as_ref().and_then(|path| path.file_name());
    let file = file.map(|name| name.to_string_lossy());
    note(
        ui,
        match (file, document.hand_labelled) {
            (Some(name), false) => format!("against {name}"),
            (Some(name), true) => format!("against {name}, changed by hand"),
            (None, true) => "against joints placed by hand".to_owned(),
            (None, false) => String::new(),
        },
    );
}

fn agreement(
    ui: &mut Ui,
    document: &Document,
    score: Option<Score>,
    stale: bool,
    network: Option<&NetworkInfo>,
) {
    heading_explained(ui, "Agreement", HowTo::Score)
        .on_hover_text(glossary::meaning("Agreement").unwrap_or_default());
    let reference = network.map_or(String::new(), NetworkInfo::reference_name);
    let known = match score {
        Some(Score::Agreement { oks }) => Some(oks),
        _ => None,
    };
    figures(
        ui,
        vec![Figure {
            label: format!("OKS against {reference}"),
            value: known.map_or_else(|| UNKNOWN.into(), |oks| format!("{oks:.2}")),
            colour: known.map(quality),
            hint: glossary::hint(
                &format!(
                    "Against the same network at {reference}. It is no accuracy: both can be wrong together"
                ),
                "OKS",
            ),
        }],
        stale,
    );
    let ablated = document.answer().is_some_and(|answer| !answer.request.settings.ablations.is_empty());
    note(
        ui,
        match (known, document.live, document.at_reference) {
            (_, true, _) => "Not measured on live pictures.",
            (_, _, true) => "This is the reference itself: no score.",
            (Some(_), ..) if ablated => "Against the untouched network.",
            (Some(_), ..) => "No ground truth, so no accuracy.",
            (None, ..) => "Being measured…",
        },
    );
}

/// The line of the second opinion, empty where there is none.
fn opinion(ui: &mut Ui, opinion: Option<SecondOpinion>) {
    let value = match opinion {
        Some(SecondOpinion::Agreement(oks)) => format!("{oks:.2}"),
        Some(SecondOpinion::Waiting) => UNKNOWN.into(),
        Some(SecondOpinion::Unsure) | None => {
            note(ui, " ");
            return;
        }
    };
    let hint = "How near the joints are to those of MoveNet thunder, a network of another make that sees this person at \
                full sharpness. It may be wrong too";
    ui.label(RichText::new(format!("Second opinion  {value}")).small())
        .on_hover_text(glossary::hint(hint, "OKS"));
}

/// A large number with its name below it.
struct Figure {
    label: String,
    value: String,
    /// None: a figure without a verdict.
    colour: Option<Color32>,
    hint: String,
}

impl Figure {
    fn unknown(label: &str, hint: &str) -> Self {
        Self { label: label.into(), value: UNKNOWN.into(), colour: None, hint: hint.into() }
    }

    /// Weak where it is not known or `stale`.
    fn shown_colour(&self, stale: bool, visuals: &Visuals) -> Color32 {
        match stale || self.value == UNKNOWN {
            true => visuals.weak_text_color(),
            false => self.colour.unwrap_or_else(|| visuals.strong_text_color()),
        }
    }
}

/// Large figures beside each other, weak where they are `stale`.
fn figures(ui: &mut Ui, figures: Vec<Figure>, stale: bool) {
    let size = if ui.available_width() < NARROW { 20.0 } else { 24.0 };
    ui.horizontal(|ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        ui.spacing_mut().item_spacing.x = if ui.available_width() < NARROW { 10.0 } else { 20.0 };
        for figure in figures {
            let colour = figure.shown_colour(stale, ui.visuals());
            let shown = ui.vertical(|ui| {
                ui.label(RichText::new(&figure.value).size(size).strong().color(colour));
                ui.label(RichText::new(&figure.label).small().weak());
            });
            shown.response.on_hover_text(figure.hint);
        }
    });
}

/// Green, amber or red for an OKS of 0 … 1, dark enough for the light theme.
fn quality(oks: f64) -> Color32 {
    match oks {
        oks if oks >= 0.75 => Color32::from_rgb(52, 180, 98),
        oks if oks >= 0.5 => Color32::from_rgb(222, 150, 20),
        _ => Color32::from_rgb(232, 80, 80),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_before_and_unknown_ones_are_weak() {
        let visuals = Visuals::dark();
        let known = |colour| Figure { value: "0.80".into(), colour, ..Figure::unknown("OKS", "") };
        let (plain, judged) = (known(None), known(Some(quality(0.8))));
        assert_eq!(judged.shown_colour(false, &visuals), quality(0.8));
        assert_eq!(plain.shown_colour(false, &visuals), visuals.strong_text_color());
        for weak in [&plain, &judged] {
            assert_eq!(weak.shown_colour(true, &visuals), visuals.weak_text_color());
        }
        let unknown = Figure::unknown("OKS", "");
        assert_eq!(unknown.shown_colour(false, &visuals), visuals.weak_text_color());
    }
}
