//! The first lines: which set is open, what is to be said about its labels, and how to open another one.

use egui::{Align, Label, Layout, RichText, Ui};

use super::{FILE_HINT, FOLDER_HINT};
use crate::app::data_set::DataSet;
use crate::app::data_set::act::Wish;
use crate::app::data_set::tasks::Purpose;
use crate::app::how_to_read::{self, HowTo};
use crate::counted::counted;

/// Draws the lines.
pub fn ui(ui: &mut Ui, data_set: &DataSet, is_embedded: bool) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            wish = buttons(ui, is_embedded);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| named(ui, data_set));
        });
    });
    if let Some(open) = data_set.set.as_ref().filter(|open| !open.set.warnings.is_empty()) {
        let warnings = counted(open.set.warnings.len(), "warning", "warnings");
        let text = format!("{warnings}: {}", open.set.warnings.join(" · "));
        let text = RichText::new(text).small().color(ui.visuals().warn_fg_color);
        ui.add(Label::new(text).truncate()).on_hover_text(open.set.warnings.join("\n"));
    }
    wish
}

/// From right to left.
fn buttons(ui: &mut Ui, is_embedded: bool) -> Option<Wish> {
    let mut wish = None;
    if is_embedded
        && ui.button("Close").on_hover_text("What was measured stays; what is being measured ends").clicked()
    {
        wish = Some(Wish::Close);
    }
    how_to_read::button(ui, HowTo::DataSet);
    if ui.button("Type path…").on_hover_text("Type the path of a file or folder").clicked() {
        wish = Some(Wish::Type(Purpose::File));
    }
    if ui.button("Open folder…").on_hover_text(FOLDER_HINT).clicked() {
        wish = Some(Wish::Ask(Purpose::Folder));
    }
    if ui.button("Open file…").on_hover_text(FILE_HINT).clicked() {
        wish = Some(Wish::Ask(Purpose::File));
    }
    wish
}

fn named(ui: &mut Ui, data_set: &DataSet) {
    let Some(open) = &data_set.set else {
        ui.weak("No data set is open");
        return;
    };
    ui.strong(&open.name);
    ui.label(open.size());
    let path = open.set.path.display().to_string();
    ui.add(Label::new(RichText::new(&path).weak()).truncate()).on_hover_text(path);
}
