//! The strip as it is drawn: the choice of its row, and the cells beside each other.

use egui::{
    Align, Align2, Context, EventFilter, Id, Key, Layout, Modifiers, Rect, RichText, ScrollArea, TextStyle,
    Ui, UiBuilder, pos2, vec2,
};

use super::Strip;
use super::cell::{self, Cell, LINE};
use super::plan::{Stop, StripRow};
use super::shown::Shown;
use crate::app::how_to_read::{self, HowTo};
use crate::app::preferences::Preferences;
use crate::app::textures::Textures;
use crate::engine::NetworkInfo;

/// Height of the strip in points: usually, where the window is large, and without milliseconds, where it is small.
const HEIGHT: f32 = 132.0;
const HIGH_HEIGHT: f32 = 200.0;
const LOW_HEIGHT: f32 = 96.0;
/// Below this height or width of the window, in points, the strip is low.
const LOW_WINDOW: f32 = 760.0;
const NARROW_WINDOW: f32 = 1100.0;
/// From this height of the window on, in points, the strip is high.
const HIGH_WINDOW: f32 = 1200.0;
/// Width of the choice at the left end, in points.
const CHOICE_WIDTH: f32 = 90.0;
/// In a narrower cell, texts would touch; with less room the strip scrolls.
const NARROWEST_CELL: f32 = 36.0;
/// Between two cells, in points.
const GAP: f32 = 4.0;

/// Whether the window is too small for milliseconds.
fn is_low(ctx: &Context) -> bool {
    let window = ctx.content_rect();
    window.height() < LOW_WINDOW || window.width() < NARROW_WINDOW
}

/// How high the strip is, margins included, in points.
pub fn height(ctx: &Context) -> f32 {
    match ctx.content_rect().height() {
        _ if is_low(ctx) => LOW_HEIGHT,
        window if window >= HIGH_WINDOW => HIGH_HEIGHT,
        _ => HEIGHT,
    }
}

/// What the strip is drawn from.
pub struct StripView<'a> {
    /// Its passes.
    pub strip: &'a Strip,
    /// The network at work.
    pub network: Option<&'a NetworkInfo>,
    /// Whether a camera runs, before which the strip is not filled.
    pub frames_run: bool,
}

impl StripView<'_> {
    /// Draws the strip. A click on a cell, or the arrows while one has the keyboard, change the resolution.
    pub fn ui(&self, ui: &mut Ui, preferences: &mut Preferences, textures: &mut Textures) {
        let low = is_low(ui.ctx());
        let height = ui.available_height();
        let room = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.allocate_ui_with_layout(vec2(CHOICE_WIDTH, height), Layout::top_down(Align::Min), |ui| {
                ui.set_min_size(vec2(CHOICE_WIDTH, height));
                self.choice(ui, preferences, low);
            });
            match self.notice() {
                Some(text) => {
                    ui.centered_and_justified(|ui| ui.label(RichText::new(text).weak()));
                }
                None => {
                    ScrollArea::horizontal().id_salt("strip").auto_shrink(false).show(ui, |ui| {
                        self.cells(ui, height, low, preferences, textures);
                    });
                }
            }
        });
    }

    /// What stands in the place of the cells.
    fn notice(&self) -> Option<String> {
        match self.strip.job.failure() {
            _ if self.frames_run => {
                Some("The strip waits for a picture that stays, such as a held frame (Space).".into())
            }
            Some(error) => Some(format!("The strip cannot be filled: {error}")),
            None => None,
        }
    }

    fn square(&self) -> Option<u32> {
        self.network.and_then(NetworkInfo::square)
    }

    fn choice(&self, ui: &mut Ui, preferences: &mut Preferences, low: bool) {
        // Or the longer text would fill the width to the last point.
        ui.spacing_mut().button_padding.x = 2.0;
        for row in StripRow::ALL {
            let possible = row == StripRow::Captures || self.square().is_none();
            ui.add_enabled_ui(possible, |ui| {
                let text = RichText::new(row.label()).small();
                ui.selectable_value(&mut preferences.strip_row, row, text)
                    .on_hover_text(row.explanation())
                    .on_disabled_hover_text(
                        "This network has one input only: a square of whatever is captured.",
                    );
            });
        }
        let rect = ui.max_rect();
        let bottom = rect.bottom() - if low { 0.0 } else { LINE };
        let line = Rect::from_min_max(pos2(rect.left(), bottom - LINE), pos2(rect.right(), bottom));
        ui.scope_builder(UiBuilder::new().max_rect(line), |ui| how_to_read::button(ui, HowTo::Strip));
        // What the figures are, in line with them.
        let labelled = self.strip.subject.as_ref().is_some_and(|subject| subject.truth.is_some());
        let text = match (self.notice(), &self.strip.subject) {
            (None, Some(_)) if labelled => "OKS",
            (None, Some(_)) => "agreement",
            _ => return,
        };
        let (font, colour) = (TextStyle::Small.resolve(ui.style()), ui.visuals().weak_text_color());
        let at = pos2(rect.right() - GAP, bottom);
        ui.painter().text(at, Align2::RIGHT_BOTTOM, text, font, colour);
    }

    fn cells(
        &self,
        ui: &mut Ui,
        height: f32,
        low: bool,
        preferences: &mut Preferences,
        textures: &mut Textures,
    ) {
        let square = self.square();
        let row = if square.is_some() { StripRow::Captures } else { preferences.strip_row };
        let stops = Stop::all(self.network).into_iter().zip(&self.strip.shown).enumerate();
        let cells: Vec<(usize, Stop, Option<&Shown>)> = stops
            .filter(|(_, (stop, _))| row.shows(*stop))
            .map(|(place, (stop, shown))| (place, stop, shown.as_ref()))
            .collect();
        let width = cell_width(ui.available_width(), cells.len());
        let stops: Vec<Stop> = cells.iter().map(|(_, stop, _)| *stop).collect();
        let mut wish = arrows(ui, &stops);
        let reached = wish;
        ui.horizontal_top(|ui| {
            for (place, stop, shown) in cells {
                let cell = Cell {
                    stop,
                    row,
                    shown,
                    current: shown.is_some_and(|shown| shown.generation == self.strip.generation),
                    present: stop.is_present(&preferences.settings, square.is_some()),
                    low,
                    key: shown.map(|shown| (shown.generation, place)),
                    network: self.network,
                };
                let response = cell.ui(ui, vec2(width, height), preferences, textures);
                if response.clicked() {
                    response.request_focus();
                    wish = Some(stop);
                }
                if reached == Some(stop) || response.gained_focus() {
                    response.scroll_to_me(None);
                }
            }
        });
        if let Some(stop) = wish {
            stop.go(preferences);
        }
    }
}

/// The width of each of `count` cells beside each other.
fn cell_width(available: f32, count: usize) -> f32 {
    let count = count.max(1) as f32;
    ((available - GAP * (count - 1.0)) / count).floor().max(NARROWEST_CELL)
}

/// Where the arrows that were pressed lead while a cell has the keyboard, which goes along.
fn arrows(ui: &Ui, stops: &[Stop]) -> Option<Stop> {
    let ids: Vec<Id> = stops.iter().map(|stop| cell::id(*stop)).collect();
    let focused = ui.memory(|memory| memory.focused())?;
    let place = ids.iter().position(|id| *id == focused)?;
    // Or the arrows would take the keyboard to whatever stands beside.
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
    let step = ui.input_mut(|input| {
        let mut pressed = |key| isize::from(input.consume_key(Modifiers::NONE, key));
        pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)
    });
    let next = place.saturating_add_signed(step).min(stops.len() - 1);
    if next == place {
        return None;
    }
    let id = *ids.get(next)?;
    ui.memory_mut(|memory| memory.request_focus(id));
    stops.get(next).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::strip::plan::COUNT;

    #[test]
    fn every_cell_is_in_sight_in_a_small_window() {
        // 1024 points less the panels of 200 and 300, their edges, the margins of the strip, and its choice.
        let room = 1024.0 - 200.0 - 300.0 - 54.0 - CHOICE_WIDTH - GAP - 16.0;
        let width = cell_width(room, COUNT);
        assert!(width > NARROWEST_CELL, "{width}");
        assert!(width * COUNT as f32 + GAP * (COUNT - 1) as f32 <= room, "{width}");
        assert_eq!(cell_width(10.0, 0), NARROWEST_CELL);
    }
}
