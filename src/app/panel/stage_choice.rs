//! Numbered buttons for the stage, and for whatever else is told by its number.

use egui::{Response, Role, Ui, WidgetInfo};

use crate::network::STAGES;

/// A label and a button for each stage, to be put in a row.
pub fn ui(ui: &mut Ui, stage: &mut usize) {
    ui.label("Stage");
    for number in 0..STAGES {
        let share = ["all", "half", "a quarter"][number];
        let hint = format!("Map of {share} of the input's rows and columns");
        if numbered(ui, "Stage", number, *stage == number).on_hover_text(hint).clicked() {
            *stage = number;
        }
    }
}

/// A button that shows only a number, counted from 1, and tells a screen reader of what.
pub fn numbered(ui: &mut Ui, what: &str, number: usize, chosen: bool) -> Response {
    let response = ui.selectable_label(chosen, format!("{}", number + 1));
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{what} {}", number + 1)));
    response
}
