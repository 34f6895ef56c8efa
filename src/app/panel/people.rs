//! Everybody in the picture, a row each.

mod row;

use egui::{Context, EventFilter, Id, Key, Modifiers, ScrollArea, Ui};

use super::heading_explained;
use crate::app::document::Document;
use crate::app::how_to_read::HowTo;

/// Rows that are shown at once; further ones are scrolled to.
const ROWS: f32 = 8.0;
/// Where it is noted which row has the keyboard.
const FOCUS: &str = "focused row of the people list";

/// The list, where somebody was found, labelled or drawn. A click selects; with the keyboard on the list the arrows
/// select, Delete removes and H hides.
pub fn ui(ui: &mut Ui, document: &mut Document) {
    if document.people.is_empty() || document.is_guess() {
        ui.data_mut(|data| data.remove::<Id>(Id::unique(FOCUS)));
        return;
    }
    heading_explained(ui, "People", HowTo::People).on_hover_text(
        "Everybody in the picture. Drag a box over a person to add one, or hold Ctrl (on a Mac Cmd) and click on them.",
    );
    let had_focus = ui.data(|data| data.get_temp::<Id>(Id::unique(FOCUS)));
    let step = if has_focus(ui.ctx()) { arrows(ui) } else { 0 };
    if step != 0 {
        let last = document.people.len() - 1;
        let next = document.selected.map_or(0, |index| index.saturating_add_signed(step).min(last));
        document.selected = Some(next);
    }
    let ids: Vec<Id> = document.people.iter().map(|person| row::id(person.number)).collect();
    // The keyboard goes along with the selection, also when the row it was on was deleted.
    let deleted = had_focus.is_some_and(|id| !ids.contains(&id))
        && ui.memory(|m| m.focused()).is_none_or(|id| Some(id) == had_focus);
    let selected = document.selected.and_then(|index| ids.get(index)).copied();
    if let Some(id) = selected.filter(|_| step != 0 || deleted) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    ScrollArea::vertical().id_salt("people").max_height(ROWS * row::HEIGHT).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut wish = None;
        for index in 0..document.people.len() {
            let (response, wanted) = row::ui(ui, document, index);
            wish = wish.or(wanted);
            if response.clicked() {
                response.request_focus();
            }
            if response.clicked() || response.gained_focus() {
                document.selected = Some(index);
            }
            if step != 0 && document.selected == Some(index) {
                response.scroll_to_me(None);
            }
        }
        match wish {
            Some(row::Wish::Hide(index)) => document.toggle_hidden(index),
            Some(row::Wish::Delete(index)) => {
                document.selected = Some(index);
                document.remove_selected();
            }
            None => {}
        }
    });
    let focused = ui.memory(|memory| memory.focused()).filter(|id| ids.contains(id));
    if focused.is_none() {
        ui.data_mut(|data| data.remove::<Id>(Id::unique(FOCUS)));
    }
    if let Some(id) = focused {
        ui.data_mut(|data| data.insert_temp(Id::unique(FOCUS), id));
        // Or the arrows would take the keyboard to whatever stands above or below.
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
}

/// Whether the keyboard is on a row of the list.
pub fn has_focus(ctx: &Context) -> bool {
    let row = ctx.data(|data| data.get_temp::<Id>(Id::unique(FOCUS)));
    row.is_some() && row == ctx.memory(|memory| memory.focused())
}

/// How far the arrows that were pressed go.
fn arrows(ui: &Ui) -> isize {
    ui.input_mut(|input| {
        let mut pressed = |key| isize::from(input.consume_key(Modifiers::NONE, key));
        pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
    })
}
