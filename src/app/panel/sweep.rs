//! The sweep panel: accuracy and time against capture height, a curve for each network input.

mod drawn;
mod plot;

use egui::{Align, Button, Layout, ProgressBar, RichText, Ui};

use super::{dot, heading, note, nothing_found};
use crate::app::document::Document;
use crate::app::glossary;
use crate::app::preferences::Preferences;
use crate::app::sweep::{Measure, Standing, Subject, Sweep, SweepOver, in_words};
use crate::engine::NetworkInfo;
use crate::pose::InputSize;
use crate::study::Progress;
use drawn::{Drawn, drawn};
use plot::Figure;

/// Room for how far a sweep is, in points; kept while there is none.
const STATE_HEIGHT: f32 = 32.0;
/// Room for the numbers beside the bar, in points.
const COUNT_WIDTH: f32 = 100.0;
/// Room for four sentences, in points.
const WORDS_HEIGHT: f32 = 88.0;
/// Width of the button that runs and cancels, in points.
const RUN_WIDTH: f32 = 64.0;

/// What the panel asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SweepWish {
    /// Measure the people chosen with the network at hand.
    Run,
    /// End what is at work.
    Cancel,
    /// Forget all curves.
    Clear,
    /// Write the newest sweep to a file.
    Save,
    /// Look at this pair on the screen.
    GoTo {
        /// The network input; none to leave it as it is.
        input: Option<InputSize>,
        /// The capture height in pixels.
        capture: u32,
    },
}

/// Draws the curves there are, and what starts new ones.
pub fn ui(
    ui: &mut Ui,
    document: &Document,
    network: Option<&NetworkInfo>,
    sweep: &Sweep,
    preferences: &mut Preferences,
) -> Option<SweepWish> {
    note(ui, "The score as the camera spends fewer pixels on a person. Click a point to go there.");
    ui.horizontal_wrapped(|ui| {
        for over in SweepOver::ALL {
            ui.selectable_value(&mut preferences.sweep_over, over, over.label())
                .on_hover_text(over.explanation());
        }
    });
    let subject = Subject::of(document, preferences.sweep_over, &preferences.settings);
    let whom = match (&subject, network) {
        (Some(_), Some(_)) => Ok(()),
        (Some(_), None) => Err("Waiting for the network…"),
        (None, _) => Err(nothing_found(document)),
    };
    let mut wish = buttons(ui, sweep, whom);
    let curves = drawn(sweep.runs(), subject.as_ref(), network);
    state(ui, sweep, &curves, whom.err());

    let measured = sweep.runs().last().map(|run| &run.subject).or(subject.as_ref());
    let measure = measured.map_or(Measure::Accuracy, Subject::measure);
    let present = preferences.settings.capture.height;
    let (term, title) = (if measure == Measure::Accuracy { "OKS" } else { "Agreement" }, measure.title());
    heading(ui, title).on_hover_text(glossary::meaning(term).unwrap_or_default());
    let scores = plot::show(ui, Figure::Score(measure), &curves, present);
    ui.add_space(4.0);
    words(ui, &curves, measure, sweep.progress().is_some());
    heading(ui, "Milliseconds a person").on_hover_text("In the network, mirrored pass included");
    let times = plot::show(ui, Figure::Time(measure), &curves, present);
    if let Some((input, capture)) = scores.or(times) {
        wish = Some(SweepWish::GoTo { input, capture });
    }
    wish
}

fn buttons(ui: &mut Ui, sweep: &Sweep, whom: Result<(), &str>) -> Option<SweepWish> {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        let size = egui::vec2(RUN_WIDTH, 0.0);
        if sweep.progress().is_some() {
            let cancel = ui.add(Button::new("Cancel").min_size(size));
            if cancel.on_hover_text("End this sweep; what is measured stays").clicked() {
                wish = Some(SweepWish::Cancel);
            }
        } else {
            let run = ui.add_enabled(whom.is_ok(), Button::new("Run").min_size(size)).on_hover_text(
                "Measure at every capture height and network input. Curves of other networks on the same people stay",
            );
            if run.on_disabled_hover_text(whom.err().unwrap_or_default()).clicked() {
                wish = Some(SweepWish::Run);
            }
        }
        let idle = sweep.progress().is_none() && !sweep.runs().is_empty();
        let any_to_clear = idle || (sweep.progress().is_none() && sweep.broken_off().is_some());
        let clear = ui.add_enabled(any_to_clear, Button::new("Clear")).on_hover_text("Forget all curves");
        if clear.on_disabled_hover_text("No finished curves").clicked() {
            wish = Some(SweepWish::Clear);
        }
        let newest = sweep.runs().last().map_or("", |run| run.network.name.as_str());
        let save = ui.add_enabled(idle, Button::new("Save CSV…")).on_hover_text(format!(
            "Write the newest sweep, that of {newest}, with the columns of posescope sweep"
        ));
        if save.on_disabled_hover_text("No finished curves").clicked() {
            wish = Some(SweepWish::Save);
        }
    });
    wish
}

/// One line in every case: how far the sweep is, why it ended, or whether the curves are current.
fn state(ui: &mut Ui, sweep: &Sweep, curves: &[Drawn], missing: Option<&str>) {
    let size = egui::vec2(ui.available_width(), STATE_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(STATE_HEIGHT);
        if let Some(progress) = sweep.progress() {
            progress_line(ui, progress);
            return;
        }
        let is_any = |standing| curves.iter().any(|curve| curve.standing == standing);
        match (sweep.broken_off(), missing) {
            _ if is_any(Standing::Stale) => note(ui, "The picture, boxes or settings changed: run it again."),
            (Some(why), _) => {
                ui.label(RichText::new(why).small().color(ui.visuals().warn_fg_color));
            }
            (None, Some(missing)) => note(ui, missing),
            (None, None) if curves.is_empty() => note(ui, "Nothing measured yet."),
            (None, None) if !is_any(Standing::Present) => {
                note(ui, "Measured with another network: run it again to compare.")
            }
            (None, None) => note(ui, people_text(sweep)),
        }
    });
}

fn progress_line(ui: &mut Ui, progress: Progress) {
    ui.horizontal(|ui| {
        let width = (ui.available_width() - COUNT_WIDTH).max(40.0);
        ui.add(ProgressBar::new(progress.share() as f32).desired_width(width).desired_height(6.0));
        let text = format!("{} of {}", progress.done, progress.of);
        ui.label(RichText::new(text).small()).on_hover_text("People, counted once a setting");
    });
}

fn people_text(sweep: &Sweep) -> String {
    match sweep.runs().last().map_or(0, |run| run.subject.comparable()) {
        1 => "One person.".to_owned(),
        people => format!("Mean of {people} people; the band is their middle half."),
    }
}

/// Where each curve falls too low, beside its colour; room for the usual four of them in every case.
fn words(ui: &mut Ui, curves: &[Drawn], measure: Measure, at_work: bool) {
    ui.vertical(|ui| {
        ui.set_min_height(WORDS_HEIGHT);
        for drawn in curves {
            let told = match (drawn.complete, in_words(measure.name(), &drawn.curve.means())) {
                (true, Some(told)) => told,
                (true, None) => "nobody could be measured".to_owned(),
                (false, _) if at_work => "being measured…".to_owned(),
                (false, _) => "not measured to the end".to_owned(),
            };
            let text = RichText::new(format!("{}: {told}", drawn.name)).small();
            ui.horizontal_wrapped(|ui| {
                dot(ui, drawn.colour);
                ui.label(if drawn.standing == Standing::Stale { text.weak() } else { text });
            });
        }
    });
}
