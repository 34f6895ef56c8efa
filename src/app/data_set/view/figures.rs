//! The figures of every run beside each other.

use egui::{Button, Grid, Label, RichText, Role, ScrollArea, Ui, WidgetInfo};

use crate::app::data_set::act::Wish;
use crate::app::data_set::figure_rows::{FigureRow, figure_rows};
use crate::app::data_set::run::Run;
use crate::app::panel::{dot, heading, note};

/// Width of a run's column in points.
const COLUMN: f32 = 104.0;

/// Draws the table, and gives a run that is to be listed or taken away.
pub fn ui(ui: &mut Ui, runs: &[Run], chosen: Option<u64>) -> Option<Wish> {
    heading(ui, "Figures").on_hover_text("In %, from labelled boxes; the best of several stands out");
    if runs.is_empty() {
        note(
            ui,
            "Run the network to see its figures here. Another network (Network menu of the main window) gets a column beside it.",
        );
        return None;
    }
    let mut wish = None;
    ScrollArea::both().id_salt("data set figures").auto_shrink(false).show(ui, |ui| {
        let grid =
            Grid::new("data set figures").num_columns(runs.len() + 1).striped(true).spacing([10.0, 2.0]);
        grid.show(ui, |ui| {
            ui.label("");
            for run in runs {
                wish = wish.take().or(title(ui, run, Some(run.id) == chosen));
            }
            ui.end_row();
            for group in figure_rows(runs) {
                group.iter().for_each(|row| line(ui, row));
                ui.label("");
                ui.end_row();
            }
        });
    });
    wish
}

/// The head of a column: its input, which lists its people, and its network.
fn title(ui: &mut Ui, run: &Run, is_chosen: bool) -> Option<Wish> {
    let mut wish = None;
    ui.vertical(|ui| {
        ui.set_width(COLUMN);
        ui.horizontal(|ui| {
            dot(ui, run.colour());
            let choose = ui.selectable_label(is_chosen, run.input_name());
            let name = format!("List the people of {}", run.title());
            choose.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
            if choose.on_hover_text(format!("{}. Click to list its people", run.explanation())).clicked() {
                wish = Some(Wish::Choose(run.id));
            }
            let remove = ui.add(Button::new("×").small().frame(false));
            remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Remove {}", run.title())));
            if remove.on_hover_text("Take this run away").clicked() {
                wish = Some(Wish::Remove(run.id));
            }
        });
        ui.add(Label::new(RichText::new(&run.network.name).small().weak()).truncate());
    });
    wish
}

fn line(ui: &mut Ui, row: &FigureRow) {
    let title = ui.label(&row.title);
    if !row.meaning.is_empty() {
        title.on_hover_text(row.meaning);
    }
    for (run, value) in row.values.iter().enumerate() {
        let text = RichText::new(row.unit.text(*value));
        ui.label(if row.is_best(run) { text.strong() } else { text });
    }
    ui.end_row();
}
