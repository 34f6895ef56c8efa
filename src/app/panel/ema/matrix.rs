//! The channel weights of all groups of an EMA module as one matrix.

use egui::{
    Align2, Color32, EventFilter, FontId, Key, Modifiers, Painter, Pos2, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::part;
use crate::app::canvas::maps;
use crate::app::ema::{EmaView, WeightsShown};
use crate::app::hint;
use crate::app::panel::{legend, note};
use crate::app::scale::{Scale, coloured};
use crate::app::textures::Textures;
use crate::app::theme::{self, Palette};
use crate::network::{EmaTrace, Grid, evenness};

/// Room for a group's number, in points.
const LABEL: f32 = 20.0;
/// Width of each column of numbers, and the gap before it.
const NUMBER: f32 = 48.0;
const GAP: f32 = 6.0;
/// Widest that the cell of one channel grows.
const WIDEST_CELL: f32 = 44.0;
/// Height of a row, from narrow cells to wide ones.
const ROWS: std::ops::RangeInclusive<f32> = 14.0..=22.0;
/// Height of what stands above the columns.
const HEADER: f32 = 15.0;
/// Size of letters and numbers.
const LETTERS: f32 = 10.5;

/// What the matrix is drawn from.
pub struct Matrix<'a> {
    /// What the module weighs.
    pub ema: &'a EmaTrace,
    /// Names the answer.
    pub ticket: u64,
    /// Colours of amounts.
    pub palette: Palette,
    /// The total variation of each group against the largest size, where it is known.
    pub variations: Option<&'a [f32]>,
}

/// Where the matrix lies on the screen: a row for each group, a column for each of its channels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Area {
    cells: Rect,
    groups: usize,
    channels: usize,
}

impl Area {
    /// The area of a matrix in `width` points, from a corner on.
    fn new(corner: Pos2, width: f32, groups: usize, channels: usize) -> Self {
        let room = (width - LABEL - 2.0 * (GAP + NUMBER)).max(1.0);
        let cell = (room / channels.max(1) as f32).min(WIDEST_CELL);
        let row = (cell * 0.5).round().clamp(*ROWS.start(), *ROWS.end());
        let size = vec2(cell * channels as f32, row * groups as f32);
        Self { cells: Rect::from_min_size(corner + vec2(LABEL, HEADER), size), groups, channels }
    }

    fn row(&self, group: usize) -> Rect {
        let height = self.cells.height() / self.groups.max(1) as f32;
        let top = self.cells.top() + height * group as f32;
        Rect::from_min_size(pos2(self.cells.left(), top), vec2(self.cells.width(), height))
    }

    /// The place of a number beside a group's cells, in the first column or the second.
    fn number(&self, group: usize, column: usize) -> Rect {
        let row = self.row(group);
        let left = self.cells.right() + GAP + (NUMBER + GAP) * column as f32;
        Rect::from_min_size(pos2(left, row.top() + 1.0), vec2(NUMBER, row.height() - 2.0))
    }

    /// The group whose row a place is in, labels and numbers included.
    fn group_at(&self, place: Pos2) -> Option<usize> {
        let share = (place.y - self.cells.top()) / self.cells.height();
        (0.0..1.0).contains(&share).then_some((share * self.groups as f32) as usize)
    }

    /// The channel whose column a place is in.
    fn channel_at(&self, place: Pos2) -> Option<usize> {
        let share = (place.x - self.cells.left()) / self.cells.width();
        (0.0..1.0).contains(&share).then_some((share * self.channels as f32) as usize)
    }
}

impl Matrix<'_> {
    /// Draws the matrix with its legend. A click on a row, or the arrows while it has the keyboard, choose a group.
    pub fn ui(&self, ui: &mut Ui, view: &mut EmaView, textures: &mut Textures) {
        let [groups, channels] = self.ema.channel_2.shape[..] else { return };
        if groups == 0 || channels == 0 {
            return;
        }
        let width = ui.available_width();
        let height = HEADER + Area::new(Pos2::ZERO, width, groups, channels).cells.height() + 2.0;
        let (response, painter) = ui.allocate_painter(vec2(width, height), Sense::click());
        let area = Area::new(response.rect.min, width, groups, channels);
        let group = arrows(ui, &response, view.group.min(groups - 1), groups);
        let palette = self.palette;
        let scale = match view.weights {
            WeightsShown::Caused => Scale::CHANNEL_WEIGHTS,
            WeightsShown::Difference => Scale::WEIGHT_DIFFERENCE,
        };
        let key = (self.ticket, self.ema.stage, view.weights, "channel weights", palette);
        let texture =
            textures.sharp(ui.ctx(), key, || coloured(&self.grid(channels, view.weights), scale, palette));
        maps::paint_texture(&painter, texture, area.cells, 1.0);
        self.numbers(ui, &painter, &area);
        let frame = match response.has_focus() {
            true => Stroke::new(2.5, theme::SELECTED),
            false => Stroke::new(1.5, theme::SELECTED),
        };
        painter.rect_stroke(area.row(group), 0.0, frame, StrokeKind::Outside);
        response.widget_info(|| {
            let name = format!("Channel weights of {groups} groups, group {} chosen", group + 1);
            WidgetInfo::labeled(Role::Button, true, name)
        });
        view.group = self.pointed(ui, &response, &area).unwrap_or(group);
        let unit = match view.weights {
            WeightsShown::Caused => "p2 in even shares",
            WeightsShown::Difference => "p2 less p1, in even shares",
        };
        legend::ui(ui, scale, palette, unit);
        note(ui, "A row for each group, a column for each of its channels. Click a row for its bars.");
    }

    /// The numbers of the matrix, in even shares.
    fn grid(&self, channels: usize, shown: WeightsShown) -> Grid {
        let (learned, caused) = (&self.ema.channel_1.values, &self.ema.channel_2.values);
        let number = |(p2, p1): (&f32, &f32)| match shown {
            WeightsShown::Caused => p2 * channels as f32,
            WeightsShown::Difference => (p2 - p1) * channels as f32,
        };
        let values: Vec<f32> = caused.iter().zip(learned).map(number).collect();
        Grid { rows: values.len() / channels, columns: channels, values }
    }

    /// The names of the rows, and the two columns of numbers beside the cells.
    fn numbers(&self, ui: &Ui, painter: &Painter, area: &Area) {
        let (text, weak) = (ui.visuals().text_color(), ui.visuals().weak_text_color());
        let font = FontId::proportional(LETTERS);
        let above = pos2(area.cells.left(), area.cells.top() - 2.0);
        painter.text(above, Align2::LEFT_BOTTOM, "Channels", font.clone(), weak);
        for (column, title) in ["Evenness", "Moved"].into_iter().enumerate() {
            let at = pos2(area.number(0, column).left(), area.cells.top() - 2.0);
            painter.text(at, Align2::LEFT_BOTTOM, title, font.clone(), weak);
        }
        for group in 0..area.groups {
            let row = area.row(group);
            let at = pos2(row.left() - 5.0, row.center().y);
            painter.text(at, Align2::RIGHT_CENTER, group + 1, font.clone(), weak);
            let numbers = [Some(evenness(part(&self.ema.channel_2, group))), self.variation(group)];
            for (column, number) in numbers.into_iter().enumerate() {
                let rect = area.number(group, column);
                bar(painter, rect, number.unwrap_or(0.0), ui.visuals().faint_bg_color);
                let told = number.map_or_else(|| "–".to_owned(), |number| format!("{number:.2}"));
                let at = pos2(rect.left() + 4.0, rect.center().y);
                painter.text(at, Align2::LEFT_CENTER, told, font.clone(), text);
            }
        }
    }

    fn variation(&self, group: usize) -> Option<f32> {
        self.variations?.get(group).copied()
    }

    /// Tells what is under the pointer; gives the group whose row was clicked.
    fn pointed(&self, ui: &Ui, response: &Response, area: &Area) -> Option<usize> {
        let place = response.hover_pos()?;
        let group = area.group_at(place)?;
        let clicked = response.clicked();
        if clicked {
            response.request_focus();
        }
        let told = match area.channel_at(place) {
            Some(channel) => self.cell_text(group, channel, area),
            None => Some(self.row_text(group)),
        };
        if let Some(told) = told {
            hint::outside(ui, response.clone(), told);
        }
        clicked.then_some(group)
    }

    fn cell_text(&self, group: usize, channel: usize, area: &Area) -> Option<String> {
        let p1 = part(&self.ema.channel_1, group).get(channel)?;
        let p2 = part(&self.ema.channel_2, group).get(channel)?;
        let (number, all) = (group * area.channels + channel + 1, area.groups * area.channels);
        Some(format!(
            "Group {}, channel {}\nNumber {number} of the stage's {all} channels\n\
             p2 {p2:.3}, p1 {p1:.3}\np2 is {:.2} × p1 and {:.2} × an even share",
            group + 1,
            channel + 1,
            p2 / p1.max(f32::MIN_POSITIVE),
            p2 * area.channels as f32,
        ))
    }

    fn row_text(&self, group: usize) -> String {
        let even = evenness(part(&self.ema.channel_2, group));
        let moved = self.variation(group).map_or_else(
            || "not known yet".to_owned(),
            |moved| format!("{moved:.3} of the weight is on other channels there"),
        );
        format!(
            "Group {}\nEvenness {even:.3}, the entropy of p2: 0 one channel has all, 1 all alike\n\
             Against the largest size (total variation): {moved}",
            group + 1
        )
    }
}

/// A bar behind a number, on the scale 0 … 1.
fn bar(painter: &Painter, rect: Rect, share: f32, background: Color32) {
    painter.rect_filled(rect, 2.0, background);
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * share.clamp(0.0, 1.0), rect.height()));
    painter.rect_filled(filled, 2.0, theme::LEFT.gamma_multiply(0.3));
}

/// The group that the arrows lead to while the matrix has the keyboard.
fn arrows(ui: &Ui, response: &Response, group: usize, groups: usize) -> usize {
    if !response.has_focus() {
        return group;
    }
    // Or the arrows would take the keyboard to whatever stands above or below.
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let step = ui.input_mut(|input| {
        let mut pressed = |key| isize::from(input.consume_key(Modifiers::NONE, key));
        pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
    });
    group.saturating_add_signed(step).min(groups.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_matrix_is_a_group_and_a_channel() {
        let area = Area::new(pos2(10.0, 100.0), 284.0, 8, 20);
        for group in 0..8 {
            // Not on the line between two cells, where rounding would decide.
            let place = area.row(group).center() + vec2(1.0, 0.0);
            assert_eq!((area.group_at(place), area.channel_at(place)), (Some(group), Some(10)));
            assert_eq!(area.group_at(area.number(group, 1).center()), Some(group));
            assert_eq!(area.channel_at(area.number(group, 0).center()), None);
        }
        let corner = area.cells.min + vec2(1.0, 1.0);
        assert_eq!((area.group_at(corner), area.channel_at(corner)), (Some(0), Some(0)));
        assert_eq!(area.group_at(pos2(20.0, 101.0)), None, "the header is no row");
    }

    #[test]
    fn the_matrix_fits_the_narrowest_panel_and_does_not_sprawl_in_the_widest() {
        for (groups, channels) in [(8, 2), (8, 6), (8, 40), (32, 10)] {
            for width in [284.0, 384.0, 1264.0] {
                let area = Area::new(Pos2::ZERO, width, groups, channels);
                assert!(area.number(0, 1).right() <= width + 0.5, "{channels} in {width}");
                assert!(area.cells.width() <= WIDEST_CELL * channels as f32 + 0.5);
                assert!(area.row(0).height() >= 14.0 && area.row(0).height() <= 22.0);
            }
        }
    }
}
