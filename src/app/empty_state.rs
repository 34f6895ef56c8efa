//! The centre of the window while no picture is open: what is being read, or what failed, and ways to a picture.

use std::path::PathBuf;

use egui::{Button, Label, RichText, ScrollArea, Ui};

use super::command::Command;
use super::examples;
use super::opening::NotOpened;
use super::palette::Entry;
use super::reading::name_of;

/// Width of the buttons in points.
const BUTTON_WIDTH: f32 = 240.0;
/// Height of the buttons in points.
const BUTTON_HEIGHT: f32 = 26.0;
/// Longest line of the sentence that says what failed, in points.
const SENTENCE_WIDTH: f32 = 520.0;
/// Share of the height that is left free at the top.
const FREE_ABOVE: f32 = 0.08;
/// Recent files that get a button; the menu has the others.
const RECENT: usize = 5;

/// Why no picture is open.
pub enum EmptyState<'a> {
    /// This is being read.
    Working(&'a str),
    /// The last path could not be opened.
    Failed(&'a NotOpened),
    /// Nothing was asked for.
    Nothing,
}

/// The centre itself. Gives what was chosen.
pub fn ui(ui: &mut Ui, state: &EmptyState<'_>, recent: &[PathBuf]) -> Option<Entry> {
    if let EmptyState::Working(name) = state {
        ui.centered_and_justified(|ui| ui.weak(format!("Opening {name}…")));
        return None;
    }
    let mut chosen = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.add_space(ui.available_height() * FREE_ABOVE);
        ui.vertical_centered(|ui| {
            match state {
                EmptyState::Failed(failure) => failed(ui, failure),
                _ => {
                    ui.label(RichText::new("No picture is open").strong().size(15.0));
                }
            }
            ui.add_space(12.0);
            for command in [Command::OpenPicture, Command::OpenFolder] {
                if wide_button(ui, &command.text(), &command.tooltip()) {
                    chosen = Some(Entry::Command(command));
                }
            }
            ui.weak("or drop a picture or a video here");
            ui.add_space(12.0);
            ui.weak("Examples");
            if let Some(example) = examples::gallery(ui) {
                chosen = Some(Entry::Example(example));
            }
            if recent.is_empty() {
                return;
            }
            ui.add_space(12.0);
            ui.weak("Recent");
            for path in recent.iter().take(RECENT) {
                if wide_button(ui, &name_of(path), &path.display().to_string()) {
                    chosen = Some(Entry::Recent(path.clone()));
                }
            }
        });
    });
    chosen
}

/// What could not be opened, and why.
fn failed(ui: &mut Ui, failure: &NotOpened) {
    let colour = ui.visuals().error_fg_color;
    ui.label(RichText::new("This could not be opened").strong().size(15.0));
    ui.scope(|ui| {
        ui.set_max_width(SENTENCE_WIDTH);
        ui.add(Label::new(RichText::new(&failure.message).color(colour)).wrap());
        ui.add(Label::new(RichText::new(failure.path.display().to_string()).weak().small()).wrap());
    });
}

fn wide_button(ui: &mut Ui, text: &str, hint: &str) -> bool {
    let button = Button::new(text).truncate();
    ui.add_sized([BUTTON_WIDTH, BUTTON_HEIGHT], button).on_hover_text(hint).clicked()
}
