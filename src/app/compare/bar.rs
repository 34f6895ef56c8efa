//! The bar over the picture: how the sides are shown, which is better and by how much.

use egui::{Align, Button, CentralPanel, Label, Layout, Panel, RichText, Ui};

use super::{App, CompareMode};
use crate::app::command::Command;

/// Height of the bar in points, margins included, whatever it says.
const HEIGHT: f32 = 58.0;
/// Width of the bar in points in which everything fits.
const ALL_FITS: f32 = 450.0;
/// Stands where a time is not known.
const UNKNOWN: &str = "–";

/// What the bar says.
struct Sentence {
    text: String,
    /// Whether it is about what is no longer, or not yet, on the screen.
    faint: bool,
    /// Whether something failed.
    failed: bool,
    /// More of it.
    hint: String,
}

impl App {
    /// The bar, and the views of both sides below it.
    pub(in crate::app) fn compare_centre(&mut self, ui: &mut Ui) {
        let panel = Panel::top("compare").exact_size(HEIGHT).resizable(false);
        let command = panel.show(ui, |ui| self.compare_bar(ui)).inner;
        CentralPanel::no_frame().show(ui, |ui| {
            if let Some(mut view) = self.compare_view() {
                view.ui(ui);
            }
        });
        if let Some(command) = command {
            let ctx = ui.ctx().clone();
            self.act(&ctx, command);
        }
    }

    fn compare_bar(&mut self, ui: &mut Ui) -> Option<Command> {
        let mut wish = None;
        let room = ui.available_width();
        ui.horizontal(|ui| {
            for mode in CompareMode::ALL {
                ui.selectable_value(&mut self.preferences.compare_mode, mode, mode.label())
                    .on_hover_text(mode.explanation());
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::new("Close")).on_hover_text("Show A alone (C)").clicked() {
                    wish = Some(Command::Compare);
                }
                if room < ALL_FITS {
                    return;
                }
                if ui.add(Button::new("Swap")).on_hover_text(Command::SwapSides.tooltip()).clicked() {
                    wish = Some(Command::SwapSides);
                }
                ui.checkbox(&mut self.compare.follows, "Move B with A").on_hover_text(
                    "When A's network input or capture moves, B's moves by the same step: a linked slider. Zoom and \
                     the attention's query are always the same.",
                );
            });
        });
        let Sentence { text, faint, failed, hint } = self.sentence();
        let (times, times_hint) = self.times();
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(times).small().weak()).on_hover_text(times_hint);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(text);
                    let text = match (failed, faint) {
                        (true, _) => text.color(ui.visuals().error_fg_color),
                        (false, true) => text.weak(),
                        (false, false) => text.strong(),
                    };
                    ui.add(Label::new(text).truncate()).on_hover_text(hint);
                });
            });
        });
        wish
    }

    /// Who is better, or why that is not known.
    fn sentence(&self) -> Sentence {
        let waiting = |text: &str| Sentence {
            text: text.to_owned(),
            faint: true,
            failed: false,
            hint: text.to_owned(),
        };
        let Some(rival) = &self.compare.rival else { return waiting("") };
        if let Some(failure) = rival.failure() {
            let text = format!("Side B: {failure}");
            return Sentence { hint: text.clone(), text, faint: false, failed: true };
        }
        if rival.is_loading() {
            return waiting("Loading the network of side B…");
        }
        match self.verdict() {
            Some(verdict) => Sentence {
                text: verdict.text(),
                faint: rival.is_asked() || self.answered < self.ticket,
                failed: false,
                hint: format!(
                    "{}. The selected person, all 17 joints, in pixels of the picture.",
                    verdict.distance()
                ),
            },
            None if self.document.as_ref().is_some_and(|document| document.selected.is_none()) => {
                waiting("Nobody is selected. Click a box.")
            }
            None => waiting("Waiting for side B…"),
        }
    }

    /// How long both took, and what that means.
    fn times(&self) -> (String, &'static str) {
        let found = self.compare.rival.as_ref().and_then(|rival| rival.found.as_ref());
        let figure = |milliseconds: Option<f64>| {
            milliseconds.map_or_else(|| UNKNOWN.to_owned(), |time| format!("{time:.1} ms"))
        };
        let a = figure(found.and_then(|found| found.question.against.milliseconds));
        let b = figure(found.and_then(|found| found.milliseconds));
        let hint = "From the picture to the joints, for everybody who had to be looked at. – where the answer came \
                    from memory: then nothing was measured.";
        (format!("A {a} · B {b}"), hint)
    }
}
