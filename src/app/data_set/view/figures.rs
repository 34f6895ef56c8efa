//! The figures of runs beside each other: those captured in one way at a time. A network measured at every height has
//! thirty columns and more, of which a window 1024 points wide has room for two or three; within one way of capturing
//! there is one for each input and network, and those are what is compared. How figures change with the rows captured
//! is read off the plot, where a click leads to the column.

use egui::{Button, ComboBox, Grid, Label, RichText, Role, ScrollArea, Ui, WidgetInfo};

use crate::app::data_set::act::Wish;
use crate::app::data_set::captured::{Captured, ways};
use crate::app::data_set::figure_rows::{FigureRow, figure_rows};
use crate::app::data_set::run::Run;
use crate::app::panel::{dot, heading_with, note};

/// Width of a run's column in points.
const COLUMN: f32 = 104.0;
/// Width of the list of ways to capture, in points, where there is room for it.
const WAYS: f32 = 196.0;
/// Height of that list, in points: room for every way there usually is.
const WAYS_HEIGHT: f32 = 280.0;

/// Draws the table of the runs that `captured` so, and gives a run that is to be listed or taken away, or another way of
/// capturing that is to be shown.
pub fn ui(ui: &mut Ui, runs: &[Run], captured: Captured, chosen: Option<u64>) -> Option<Wish> {
    let mut wish = None;
    let heading = heading_with(ui, "Figures", |ui| wish = way(ui, runs, captured));
    heading.on_hover_text("In %, from labelled boxes; the best of several stands out");
    if runs.is_empty() {
        note(
            ui,
            "Run the network to see its figures here. Another network (Network menu of the main window) gets a column beside it.",
        );
        return None;
    }
    let runs: Vec<&Run> = runs.iter().filter(|run| captured.holds(run.settings())).collect();
    ScrollArea::both().id_salt("data set figures").auto_shrink(false).show(ui, |ui| {
        let grid =
            Grid::new("data set figures").num_columns(runs.len() + 1).striped(true).spacing([10.0, 2.0]);
        grid.show(ui, |ui| {
            ui.label("");
            for run in &runs {
                wish = wish.take().or(title(ui, run, Some(run.id) == chosen));
            }
            ui.end_row();
            for group in figure_rows(&runs) {
                group.iter().for_each(|row| line(ui, row));
                ui.label("");
                ui.end_row();
            }
        });
    });
    wish
}

/// In which way the runs shown were captured, to be chosen where there are several ways; nothing where all captured as
/// many rows as their input has.
fn way(ui: &mut Ui, runs: &[Run], captured: Captured) -> Option<Wish> {
    let ways = ways(runs.iter().map(Run::settings));
    match ways.as_slice() {
        [] | [Captured::AsInput] => return None,
        [only] => {
            ui.weak(format!("{} captured", only.label()));
            return None;
        }
        _ => {}
    }
    let label = ui.weak("Captured");
    let width = (ui.available_width() - 8.0).min(WAYS);
    let combo = ComboBox::from_id_salt("figures captured").width(width).truncate().height(WAYS_HEIGHT);
    let mut wish = None;
    let shown = combo.selected_text(captured.label()).show_ui(ui, |ui| {
        for way in ways {
            if ui.selectable_label(way == captured, way.label()).clicked() {
                wish = Some(Wish::ShowCaptured(way));
            }
        }
    });
    let hint = "The figures and people of the runs that captured so; the plot has all of them";
    shown.response.labelled_by(label.id).on_hover_text(hint);
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
