//! Whom a sweep measures, the buttons that start and save it, and how far it is.

use egui::{Align, Button, Label, Layout, RichText, Ui, vec2};

use super::drawn::Drawn;
use super::{SweepPlace, SweepWish};
use crate::app::capitalised::capitalised;
use crate::app::panel::{gathering, note, nothing_found, progress};
use crate::app::preferences::Preferences;
use crate::app::sweep::{ENOUGH_FOR_AP, Measure, Stage, Standing, Sweep, SweepOver};

/// Room for how far a sweep is, in points; kept while there is none.
const STATE_HEIGHT: f32 = 50.0;
/// Width of the button that runs and cancels, in points.
const RUN_WIDTH: f32 = 64.0;

/// The choice of people.
pub fn whom(ui: &mut Ui, preferences: &mut Preferences) {
    ui.horizontal_wrapped(|ui| {
        for over in SweepOver::ALL {
            ui.selectable_value(&mut preferences.sweep_over, over, over.label())
                .on_hover_text(over.explanation());
        }
    });
}

/// Whether anybody can be measured, or what is missing.
pub fn missing(place: &SweepPlace<'_>, over: SweepOver, anybody: bool) -> Result<(), &'static str> {
    match (anybody, place.network) {
        (true, Some(_)) => Ok(()),
        (true, None) => Err("Waiting for the network…"),
        (false, _) if over == SweepOver::Folder => Err("The picture is in no folder."),
        (false, _) => Err(nothing_found(place.document)),
    }
}

/// The buttons, of which the first runs and cancels.
pub fn buttons(ui: &mut Ui, sweep: &Sweep, whom: Result<(), &str>) -> Option<SweepWish> {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        let size = vec2(RUN_WIDTH, 0.0);
        if sweep.stage().is_some() {
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
        let finished = sweep.is_finished();
        let any_to_clear = finished || (sweep.stage().is_none() && sweep.broken_off().is_some());
        let newest = sweep.runs().last().map_or("", |run| run.network.name.as_str());
        for (possible, text, meaning, wanted) in [
            (any_to_clear, "Clear", "Forget all curves".to_owned(), SweepWish::Clear),
            (
                finished,
                "Save CSV…",
                format!("Write the newest sweep, that of {newest}, with the columns of posescope sweep"),
                SweepWish::SaveCsv,
            ),
            (
                finished,
                "Save PNG…",
                "Write the plots as a picture, at twice the size of the screen".to_owned(),
                SweepWish::SavePicture,
            ),
        ] {
            let button = ui.add_enabled(possible, Button::new(text)).on_hover_text(meaning);
            if button.on_disabled_hover_text("No finished curves").clicked() {
                wish = Some(wanted);
            }
        }
    });
    wish
}

/// As high in every case: how far the sweep is, why it ended, or whether the curves are current.
pub fn state(ui: &mut Ui, sweep: &Sweep, curves: &[Drawn], missing: Option<&str>) {
    let size = vec2(ui.available_width(), STATE_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(STATE_HEIGHT);
        if let Some(stage) = sweep.stage() {
            progress_line(ui, stage);
            return;
        }
        let is_any = |standing| curves.iter().any(|curve| curve.standing == standing);
        match (sweep.broken_off(), missing) {
            _ if is_any(Standing::Stale) => {
                note(ui, "The picture, people or settings changed: run it again.");
            }
            (Some(why), _) => {
                let text = RichText::new(why).small().color(ui.visuals().warn_fg_color);
                ui.add(Label::new(text).truncate()).on_hover_text(why);
            }
            (None, Some(missing)) => note(ui, missing),
            (None, None) if sweep.runs().is_empty() => note(ui, "Nothing measured yet."),
            (None, None) if curves.is_empty() => {
                note(ui, "No joint is chosen, or this input was not measured.")
            }
            (None, None) if !is_any(Standing::Present) => {
                note(ui, "Measured with another network: run it again to compare.");
            }
            (None, None) => people(ui, sweep),
        }
    });
}

fn progress_line(ui: &mut Ui, stage: Stage) {
    let (share, text, meaning) = match stage {
        Stage::Measuring(progress) => (
            progress.share(),
            format!("{} of {}", progress.done, progress.of),
            "People, counted once a setting",
        ),
        Stage::Gathering(gathering) => gathering::told(gathering),
    };
    progress::counted(ui, share, text, meaning);
}

/// Who was measured, and what was left out.
fn people(ui: &mut Ui, sweep: &Sweep) {
    let Some(run) = sweep.runs().last() else { return };
    let who = run.cast.in_words();
    let told = match sweep.measure_shown() {
        Some(Measure::Precision) => format!("AP of {who}, taken together."),
        _ if !run.cast.is_several() => format!("{}.", capitalised(&who)),
        _ if sweep.chosen.by_joint => format!("Mean of {who}."),
        _ => format!("Mean of {who}; the band is their middle half."),
    };
    note(ui, told);
    if let [first, ..] = run.cast.left_out() {
        let text = RichText::new(format!("Left out: {first}")).small().weak();
        ui.add(Label::new(text).truncate()).on_hover_text(run.cast.left_out().join("\n"));
    }
}

/// What has a curve, and by which score.
pub fn curves(ui: &mut Ui, sweep: &mut Sweep) {
    let cast = sweep.runs().last().map(|run| &run.cast);
    let (compared, has_precision) = (
        cast.map_or(Measure::Accuracy, |cast| cast.measure(false)),
        cast.is_some_and(|cast| cast.has_precision()),
    );
    let chosen = &mut sweep.chosen;
    ui.horizontal_wrapped(|ui| {
        ui.selectable_value(&mut chosen.by_joint, false, "By input")
            .on_hover_text("A curve for each network input");
        ui.selectable_value(&mut chosen.by_joint, true, "By joint")
            .on_hover_text("A curve for each of some joints, at the network input at hand: which fail first");
        ui.separator();
        let precision = chosen.precision && has_precision && !chosen.by_joint;
        let mean = ui.selectable_label(!precision, format!("Mean {}", compared.name()));
        if mean.on_hover_text("The mean over people; the band is their middle half").clicked() {
            chosen.precision = false;
        }
        let ap = ui.add_enabled(
            has_precision && !chosen.by_joint,
            Button::selectable(precision, Measure::Precision.name()),
        );
        let ap = ap.on_hover_text("Average precision of all people together, as COCO counts it");
        let why = match chosen.by_joint {
            true => "A joint has no average precision".to_owned(),
            false => format!("Needs {ENOUGH_FOR_AP} people with labelled joints"),
        };
        if ap.on_disabled_hover_text(why).clicked() {
            chosen.precision = true;
        }
    });
}
