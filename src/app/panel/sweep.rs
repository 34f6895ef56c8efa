//! The sweep panel: accuracy and time against capture height, a curve for each network input or for each of some joints.

mod controls;
mod drawn;
mod parts;
mod picture;
mod plot;
mod words;

use egui::Ui;

use super::heading;
use crate::app::centre;
use crate::app::document::Document;
use crate::app::glossary;
use crate::app::how_to_read::{HowTo, note_with_button};
use crate::app::preferences::Preferences;
use crate::app::sweep::{Measure, Subject, Sweep};
use crate::engine::NetworkInfo;
use crate::pose::InputSize;
use crate::source::Folder;
use drawn::drawn;
pub use picture::SweepPicture;
use plot::Figure;

/// Height of the scores in a panel, in points, and the least of a large view.
const SCORE_HEIGHT: f32 = 220.0;
/// The same of the times.
const TIME_HEIGHT: f32 = 110.0;
/// Width from which on the sentences stand beside the times, in points.
const TWO_COLUMNS: f32 = 680.0;
/// Share of a large view's height that the times get.
const TIME_SHARE: f32 = 0.26;
/// Room for the heading of the times, in points.
const HEADING_ROOM: f32 = 36.0;
/// Room between what stands in a large view, in points.
const BETWEEN: f32 = 24.0;

/// What the panel asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SweepWish {
    /// Measure the people chosen with the network at hand.
    Run,
    /// End what is at work.
    Cancel,
    /// Forget all curves.
    Clear,
    /// Write the newest sweep to a file.
    SaveCsv,
    /// Write a picture of the plot to a file.
    SavePicture,
    /// Give the sweep the middle of the window, or the picture again.
    Large,
    /// Look at this pair on the screen.
    GoTo {
        /// The network input; none to leave it as it is.
        input: Option<InputSize>,
        /// The capture height in pixels.
        capture: u32,
    },
}

/// What the panel looks at, and where it stands.
#[derive(Clone, Copy)]
pub struct SweepPlace<'a> {
    /// The picture.
    pub document: &'a Document,
    /// The folder it is in.
    pub folder: Option<&'a Folder>,
    /// The network.
    pub network: Option<&'a NetworkInfo>,
    /// Whether it has the middle of the window.
    pub large: bool,
}

/// Draws the curves there are, and what starts new ones. `room` is the height that a large view fills.
pub fn ui(
    ui: &mut Ui,
    place: SweepPlace<'_>,
    sweep: &mut Sweep,
    preferences: &mut Preferences,
    room: f32,
) -> Option<SweepWish> {
    let start = ui.cursor().top();
    let told = "The score as the camera spends fewer pixels on a person. Click a point to go there.";
    note_with_button(ui, told, HowTo::Sweep);
    controls::whom(ui, preferences);
    let over = preferences.sweep_over;
    let subject = Subject::of(place.document, place.folder, over, &preferences.settings);
    let whom = controls::missing(&place, over, subject.is_some());
    let mut wish = controls::buttons(ui, sweep, whom);
    let input = preferences.settings.input;
    let curves = drawn(sweep, subject.as_ref(), place.network, input);
    controls::state(ui, sweep, &curves, whom.err());
    controls::curves(ui, sweep);
    parts::ui(ui, &mut sweep.chosen);
    let sweep = &*sweep;

    let measure = sweep.measure_shown().or(subject.as_ref().and_then(Subject::measure));
    let measure = measure.unwrap_or(Measure::Accuracy);
    if title(ui, measure, place.large) {
        wish = Some(SweepWish::Large);
    }
    let wide = place.large && ui.available_width() >= TWO_COLUMNS;
    let [score_height, time_height] = match place.large {
        true => large_heights(room - (ui.cursor().top() - start), words::height(curves.len()), wide),
        false => [SCORE_HEIGHT, TIME_HEIGHT],
    };
    let present = Some(preferences.settings.capture.height);
    let score = plot::show(ui, Figure::Score(measure), &curves, present, score_height);
    ui.add_space(4.0);
    let told = |ui: &mut Ui| words::ui(ui, &curves, measure, sweep);
    let times = |ui: &mut Ui| {
        heading(ui, "Milliseconds a person").on_hover_text("In the network, mirrored pass included");
        plot::show(ui, Figure::Time(measure), &curves, present, time_height)
    };
    let time = match wide {
        true => ui.columns(2, |columns| {
            told(&mut columns[0]);
            times(&mut columns[1])
        }),
        false => {
            told(ui);
            times(ui)
        }
    };
    if let Some((input, capture)) = score.go_to.or(time.go_to) {
        wish = Some(SweepWish::GoTo { input, capture });
    } else if score.wants_room || time.wants_room {
        wish = Some(SweepWish::Large);
    }
    wish
}

/// What the plot shows, with the button that gives it room; gives whether that was pressed.
fn title(ui: &mut Ui, measure: Measure, large: bool) -> bool {
    ui.add_space(8.0);
    let pressed = ui.horizontal(|ui| {
        let meaning = glossary::meaning(measure.term()).unwrap_or_default();
        super::title(ui, measure.title()).on_hover_text(meaning);
        centre::button_at_end(ui, large)
    });
    ui.add_space(2.0);
    pressed.inner
}

/// The heights of both plots where `room` is left for them and for sentences that take `words`, which stand beside the
/// times where it is `wide`.
fn large_heights(room: f32, words: f32, wide: bool) -> [f32; 2] {
    let time = (room * TIME_SHARE).clamp(TIME_HEIGHT, 2.0 * TIME_HEIGHT);
    let times = time + HEADING_ROOM;
    let below = if wide { times.max(words) } else { times + words };
    [(room - below - BETWEEN).max(SCORE_HEIGHT), time]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_view_fills_the_room_it_has_and_scrolls_where_that_is_too_little() {
        let [score, time] = large_heights(700.0, 88.0, true);
        assert_eq!(score + time + HEADING_ROOM + BETWEEN, 700.0);
        let [stacked, _] = large_heights(700.0, 88.0, false);
        assert_eq!(stacked, score - 88.0);
        assert_eq!(large_heights(300.0, 160.0, false), [SCORE_HEIGHT, TIME_HEIGHT]);
    }
}
