//! What EMA does as people get small: what starts it, how far it is, and the two plots.

use egui::{Align, Button, Label, Layout, RichText, Ui, vec2};

use super::curves::{self, stage_name};
use super::{EmaPanel, EmaWish};
use crate::app::ema::{Axis, EmaOver, Run, Subject};
use crate::app::how_to_read::HowTo;
use crate::app::panel::{dot, gathering, heading_explained, note, nothing_found, progress};
use crate::app::preferences::Preferences;
use crate::app::theme;
use crate::counted::counted;
use crate::engine::NetworkInfo;
use crate::study::EmaFigure;

/// Room for how far it is, in points; kept while there is nothing to say.
const STATE_HEIGHT: f32 = 32.0;
/// Room for what a figure means, in points.
const MEANING_HEIGHT: f32 = 46.0;
/// Width of the button that runs and cancels, in points.
const RUN_WIDTH: f32 = 64.0;

impl EmaPanel<'_> {
    /// The figures over people against resolution.
    pub(super) fn over_people(
        &self,
        ui: &mut Ui,
        network: &NetworkInfo,
        preferences: &mut Preferences,
    ) -> Option<EmaWish> {
        heading_explained(ui, "As people get small", HowTo::EmaOverPeople)
            .on_hover_text("Means over people, each looked at at every size");
        let folder = self.folder.filter(|folder| folder.paths().len() > 1);
        ui.horizontal_wrapped(|ui| {
            for over in EmaOver::ALL {
                let possible = over == EmaOver::Picture || folder.is_some();
                ui.add_enabled_ui(possible, |ui| {
                    ui.selectable_value(&mut preferences.ema.over, over, over.label())
                        .on_hover_text(over.explanation())
                        .on_disabled_hover_text("This picture is alone, or of no folder");
                });
            }
        });
        let over = preferences.ema.over;
        let subject = Subject::of(self.document, self.folder, over, &preferences.settings);
        let missing = match (&subject, over) {
            (Some(_), _) => None,
            (None, EmaOver::Picture) => Some(nothing_found(self.document)),
            (None, EmaOver::Folder) => Some("This picture is of no folder."),
        };
        let wish = self.buttons(ui, missing);
        self.state(ui, subject.as_ref(), network, missing);
        self.figures(ui, &mut preferences.ema.figure);
        let run = self.ema.run();
        let current = run.is_some_and(|run| run.is_current(subject.as_ref(), network));
        for axis in Axis::ALL {
            let present = match axis {
                Axis::Input => preferences.settings.input.height(),
                Axis::Capture => preferences.settings.capture.height,
            };
            note(ui, self.title(axis, preferences));
            curves::show(ui, axis, preferences.ema.figure, (run, current), present);
        }
        wish
    }

    fn buttons(&self, ui: &mut Ui, missing: Option<&str>) -> Option<EmaWish> {
        let mut wish = None;
        ui.horizontal_wrapped(|ui| {
            let size = vec2(RUN_WIDTH, 0.0);
            if self.ema.is_running() {
                let cancel = ui.add(Button::new("Cancel").min_size(size));
                if cancel.on_hover_text("End this; what is measured stays").clicked() {
                    wish = Some(EmaWish::Cancel);
                }
            } else {
                let run = ui
                    .add_enabled(missing.is_none(), Button::new("Run").min_size(size))
                    .on_hover_text("Look at everybody at every network input and capture height");
                if run.on_disabled_hover_text(missing.unwrap_or_default()).clicked() {
                    wish = Some(EmaWish::Run);
                }
            }
            let any = self.ema.run().is_some_and(|run| run.tally.people() > 0);
            let save = ui.add_enabled(any && !self.ema.is_running(), Button::new("Save CSV…"));
            let save =
                save.on_hover_text("Write every size and stage, with means and deviations over people");
            if save.on_disabled_hover_text("Nothing measured yet, or still at work").clicked() {
                wish = Some(EmaWish::Save);
            }
        });
        wish
    }

    /// One line in every case: how far it is, why it ended, or whom it is over.
    fn state(&self, ui: &mut Ui, subject: Option<&Subject>, network: &NetworkInfo, missing: Option<&str>) {
        let size = vec2(ui.available_width(), STATE_HEIGHT);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_height(STATE_HEIGHT);
            if let Some(gathering) = self.ema.gathering() {
                let (share, text, meaning) = gathering::told(gathering);
                progress::counted(ui, share, text, meaning);
                return;
            }
            match (self.ema.run(), self.ema.broken_off()) {
                (Some(run), _) if self.ema.is_running() => looking(ui, run),
                (_, Some(why)) => {
                    let text = RichText::new(why).small().color(ui.visuals().warn_fg_color);
                    ui.add(Label::new(text).truncate()).on_hover_text(why);
                }
                (Some(run), None) if run.is_current(subject, network) => {
                    note(ui, outcome(run));
                    left_out(ui, run);
                }
                (Some(_), None) => {
                    note(ui, "Of other people, settings or another network: run it again.");
                }
                (None, None) => note(ui, missing.unwrap_or("Nothing measured yet.")),
            }
        });
    }

    /// The choice of the figure, what it means, and whose line is whose.
    fn figures(&self, ui: &mut Ui, figure: &mut EmaFigure) {
        ui.horizontal_wrapped(|ui| {
            for known in EmaFigure::ALL {
                ui.selectable_value(figure, known, label(known));
            }
        });
        ui.scope(|ui| {
            ui.set_min_height(MEANING_HEIGHT);
            note(ui, meaning(*figure));
        });
        ui.horizontal_wrapped(|ui| {
            for (stage, colour) in theme::STAGES.into_iter().enumerate() {
                dot(ui, colour);
                ui.label(RichText::new(stage_name(stage)).small().weak());
                ui.add_space(4.0);
            }
        });
    }

    fn title(&self, axis: Axis, preferences: &Preferences) -> String {
        let input = self.ema.run().map_or(preferences.settings.input, |run| run.plan.input);
        match axis {
            Axis::Input => "Against rows of the network input, captured at the same size".to_owned(),
            Axis::Capture => format!("Against rows captured, at a network input of {input}"),
        }
    }
}

/// What a figure's button says.
pub(super) fn label(figure: EmaFigure) -> &'static str {
    match figure {
        EmaFigure::Entropy => "Evenness of p2",
        EmaFigure::Spatial => "σ(w)",
        EmaFigure::Rows => "σ(a)",
        EmaFigure::Columns => "σ(b)",
    }
}

fn meaning(figure: EmaFigure) -> &'static str {
    match figure {
        EmaFigure::Entropy => {
            "How evenly a group's channels are weighed: the entropy of p2, mean over groups. 0 one channel has all, \
             1 all alike."
        }
        EmaFigure::Spatial => {
            "The only gate on the output, mean over groups and places. 0.5 is where an undecided gate stands."
        }
        EmaFigure::Rows => {
            "The row gates, mean over channels and rows. A normalisation follows: only how they vary from row to row \
             reaches the output."
        }
        EmaFigure::Columns => {
            "The column gates, mean over channels and columns. A normalisation follows: only how they vary from column \
             to column reaches the output."
        }
    }
}

fn looking(ui: &mut Ui, run: &Run) {
    let people = counted(run.tally.people(), "person", "people");
    let (begun, pictures) = run.tally.pictures();
    let text = if pictures > 1 { format!("{begun} of {pictures}, {people}") } else { people };
    progress::counted(ui, run.tally.share(), text, "Pictures begun with, and people looked at");
}

/// What of a folder was left out, and which pictures could not be looked at.
fn left_out(ui: &mut Ui, run: &Run) {
    let all: Vec<&str> = run.left_out.iter().chain(run.tally.passed_over()).map(String::as_str).collect();
    if let [first, ..] = all[..] {
        let text = RichText::new(format!("Left out: {first}")).small().weak();
        ui.add(Label::new(text).truncate()).on_hover_text(all.join("\n"));
    }
}

fn outcome(run: &Run) -> String {
    match run.tally.people() {
        0 => "Nobody was looked at.".to_owned(),
        1 => "One person.".to_owned(),
        people => format!("Mean of {people} people; the band is their middle half."),
    }
}
