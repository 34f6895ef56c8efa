//! Small pictures of one kind, in rows that use the width there is.

use std::ops::RangeInclusive;

use egui::{Align, Layout, Ui, vec2};

/// A narrower map would clip the lines of text under it.
pub const NARROWEST_MAP: f32 = 84.0;
/// Width over height of everything that lies over the network's input.
pub const MAP_ASPECT: f32 = 0.75;
/// The share of the visible height that one map may take, so that its text stays in sight with it.
const TALLEST_MAP: f32 = 0.6;

/// How wide a map over the network's input may be.
pub fn map_widths(ui: &Ui) -> RangeInclusive<f32> {
    let widest = ui.clip_rect().height() * TALLEST_MAP * MAP_ASPECT;
    NARROWEST_MAP..=widest.max(NARROWEST_MAP)
}

/// Shows `count` things in rows; `each` is told which one and how wide it is.
pub fn show(
    ui: &mut Ui,
    count: usize,
    widths: &RangeInclusive<f32>,
    mut each: impl FnMut(&mut Ui, usize, f32),
) {
    let (columns, width) = fit(ui.available_width(), ui.spacing().item_spacing.x, count, widths);
    for first in (0..count).step_by(columns) {
        ui.horizontal_top(|ui| {
            for index in first..count.min(first + columns) {
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    each(ui, index, width);
                });
            }
        });
    }
}

/// How many stand in a row, at least one, and how wide each is: as few rows as the narrowest allows, all of them
/// about equally full.
fn fit(available: f32, gap: f32, count: usize, widths: &RangeInclusive<f32>) -> (usize, f32) {
    let count = count.max(1);
    let most = ((available + gap) / (widths.start() + gap)).floor().max(1.0) as usize;
    let columns = count.div_ceil(count.div_ceil(most));
    let share = (available - gap * (columns - 1) as f32) / columns as f32;
    (columns, share.floor().min(*widths.end()).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: RangeInclusive<f32> = 84.0..=400.0;

    #[test]
    fn nothing_is_wider_than_the_panel() {
        for available in [60.0, 284.0, 384.0, 1000.0, 1264.0] {
            for count in 1..40 {
                let (columns, width) = fit(available, 8.0, count, &WIDTHS);
                let row = width * columns as f32 + 8.0 * (columns - 1) as f32;
                assert!(row <= available && columns <= count, "{count} in {available}: {columns} of {width}");
                assert!(width >= 84.0 || available < 84.0, "{count} in {available}: {width}");
            }
        }
    }

    #[test]
    fn rows_are_equally_full_and_grow_with_the_panel() {
        assert_eq!(fit(284.0, 8.0, 3, &WIDTHS), (3, 89.0));
        assert_eq!(fit(384.0, 8.0, 5, &WIDTHS), (3, 122.0), "3 and 2 rather than 4 and 1");
        assert_eq!(fit(384.0, 8.0, 8, &WIDTHS), (4, 90.0));
        assert_eq!(fit(1264.0, 8.0, 8, &WIDTHS), (8, 151.0));
        assert_eq!(fit(1264.0, 8.0, 2, &WIDTHS), (2, 400.0), "no wider than it may be");
        assert_eq!(fit(1264.0, 8.0, 0, &WIDTHS).0, 1);
    }
}
