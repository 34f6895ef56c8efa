//! Everybody of a run in a list, of which only the rows in sight are drawn.

use egui::{Align, ComboBox, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::thumbnail;
use crate::app::data_set::act::Wish;
use crate::app::data_set::rows::{Order, Rows};
use crate::app::data_set::run::Run;
use crate::app::data_set::thumbnails::Thumbnails;
use crate::app::panel::{heading_with, note};
use crate::study::{LabelledSet, PersonResult};

/// Height of a row in points.
const ROW: f32 = thumbnail::SIZE.y + 4.0;
/// Height of the titles in points.
const TITLES: f32 = 20.0;

/// Draws the list; gives a person who was clicked.
pub fn ui(
    ui: &mut Ui,
    set: &LabelledSet,
    run: Option<&Run>,
    (rows, order): (&mut Rows, &mut Order),
    thumbnails: Option<&mut Thumbnails>,
) -> Option<Wish> {
    let title = run.map_or_else(|| "People".to_owned(), |run| format!("People, {}", run.title()));
    heading_with(ui, &title, |ui| orders(ui, order));
    let Some(run) = run else {
        note(ui, "Whoever the network finds worst stands first here, once it has run.");
        return None;
    };
    let people = &run.measured.people;
    let places = rows.list(run.id, people, *order);
    // A text that can be marked would take the click that is meant for its row.
    ui.style_mut().interaction.selectable_labels = false;
    let mut list = List { set, people, thumbnails, wish: None };
    TableBuilder::new(ui)
        .id_salt(("data set people", run.id, order.label()))
        .striped(true)
        .auto_shrink(false)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(44.0))
        .column(Column::exact(thumbnail::SIZE.x + 4.0))
        .column(Column::remainder().at_least(110.0).clip(true))
        .columns(Column::exact(62.0), 4)
        .header(TITLES, titles)
        .body(|body| body.rows(ROW, places.len(), |mut row| list.row(&mut row, places)));
    list.wish
}

fn orders(ui: &mut Ui, order: &mut Order) {
    let combo = ComboBox::from_id_salt("data set order").selected_text(order.label()).show_ui(ui, |ui| {
        for choice in Order::ALL {
            ui.selectable_value(order, choice, choice.label());
        }
    });
    combo.response.widget_info(|| WidgetInfo {
        current_text_value: Some(order.label().into()),
        ..WidgetInfo::labeled(Role::ComboBox, true, "Order of the people")
    });
}

fn titles(mut row: TableRow<'_, '_>) {
    for (title, meaning) in [
        ("#", "Place in the list"),
        ("Crop", "What a network sees, with the joints that were found"),
        ("Picture", "A click shows the person in the main window: its network, at the settings of this run"),
        ("OKS", "Similarity with the labels, 0 to 1; a dash where nobody could be cut out"),
        ("Score", "How sure the network is, 0 to 1"),
        ("Height", "Of the labelled box, in picture pixels"),
        ("Label", "The id of the annotation in the COCO file"),
    ] {
        row.col(|ui| {
            ui.strong(title).on_hover_text(meaning);
        });
    }
}

/// What rows are drawn from.
struct List<'a> {
    set: &'a LabelledSet,
    people: &'a [PersonResult],
    thumbnails: Option<&'a mut Thumbnails>,
    wish: Option<Wish>,
}

impl List<'_> {
    fn row(&mut self, row: &mut TableRow<'_, '_>, places: &[usize]) {
        let number = row.index() + 1;
        let Some(&place) = places.get(row.index()) else { return };
        let Some(result) = self.people.get(place) else { return };
        let dataset = &self.set.dataset;
        let person = dataset.people.get(result.person);
        let name = dataset.images.get(result.picture).map_or("", |image| image.file_name.as_str());
        let figure =
            |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.2}"));
        row.col(|ui| {
            ui.weak(number.to_string());
        });
        row.col(|ui| thumbnail::show(ui, result, name, self.thumbnails.as_deref_mut()));
        let mut linked = false;
        row.col(|ui| linked = ui.link(name).on_hover_text("Show this person in the main window").clicked());
        for text in [
            figure(result.oks),
            figure(result.score),
            format!("{:.0} px", result.height),
            person.map_or_else(String::new, |person| person.id.to_string()),
        ] {
            row.col(|ui| {
                ui.label(text);
            });
        }
        if linked || row.response().clicked() {
            self.wish = Some(Wish::Show(place));
        }
    }
}
