//! Plots that are read and not moved, and the point of one under the pointer.

use egui::{AsIdSalt, Pos2, Sense, Ui};
use egui_plot::{GridInput, GridMark, Plot, PlotPoint, PlotTransform};

/// Room for the numbers left of a plot, in points: the same in all, so that plots below each other begin alike.
const AXIS: f32 = 34.0;
/// How strong the lines of the grid are: weaker than whatever is drawn over them.
const GRID: f32 = 0.4;
/// A step between marks so wide that a plot leaves out the numbers of none of them.
const EVERY_MARK: f64 = 4.0;

/// How far [`round_marks`] are apart at least, in steps of 8 points of the screen: a plot leaves out the numbers of
/// nearer ones, or draws them faintly.
const APART: f64 = 3.75;

/// A plot as wide as the room, in which nothing is dragged, zoomed or scrolled, and whose points say themselves what
/// they are.
pub fn still_plot<'a>(ui: &Ui, id: impl AsIdSalt) -> Plot<'a> {
    Plot::new(id)
        .width(ui.available_width())
        .sense(Sense::hover())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .y_axis_min_width(AXIS)
        .grid_color(ui.visuals().text_color().gamma_multiply(GRID))
}

/// Marks of an axis at these values, with a number at each; the axis is a few units long.
pub fn marks(values: impl IntoIterator<Item = f64>) -> Vec<GridMark> {
    values.into_iter().map(|value| GridMark { value, step_size: EVERY_MARK }).collect()
}

/// Marks of an axis from 0 up, at 1, 2 or 5 times a power of ten, that all have room for their number. On an axis from 0
/// that is 80 points long or longer, two at least.
pub fn round_marks(input: GridInput) -> Vec<GridMark> {
    let least = APART * input.base_step_size;
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    let Some(step) = steps.into_iter().find(|step| *step > 0.0 && step.is_finite() && *step >= least) else {
        return Vec::new();
    };
    let count = (input.bounds.1 / step) as usize;
    (0..=count).map(|number| GridMark { value: number as f64 * step, step_size: step }).collect()
}

/// Where a number of rows stands on an axis: numbers that double are equally far apart.
pub fn place(rows: u32) -> f64 {
    f64::from(rows.max(1)).log2()
}

/// Of points with their places in a plot the one nearest to the pointer, at most `within` points of the screen away,
/// and where that is on the screen.
pub fn nearest<T>(
    points: impl Iterator<Item = (T, [f64; 2])>,
    transform: &PlotTransform,
    pointer: Pos2,
    within: f32,
) -> Option<(T, Pos2)> {
    points
        .map(|(point, [x, y])| (point, transform.position_from_point(&PlotPoint::new(x, y))))
        .filter(|(_, at)| at.distance(pointer) <= within)
        .min_by(|a, b| a.1.distance(pointer).total_cmp(&b.1.distance(pointer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_heights_are_equally_far_apart() {
        assert_eq!((place(8), place(16), place(128)), (3.0, 4.0, 7.0));
        assert_eq!(place(0), 0.0);
    }

    #[test]
    fn every_axis_of_milliseconds_has_two_numbers_or_more() {
        // From so many points of the screen between numbers on, a plot draws them in full strength.
        let full = 30.0 - 1e-6;
        for height in [80.0, 90.0, 130.0, 220.0] {
            for highest in (0..=200).map(|share| 0.5 * 10_f64.powf(4.0 * f64::from(share) / 200.0)) {
                let bounds = (-0.05 * highest, 1.05 * highest);
                let points_each = height / (bounds.1 - bounds.0);
                let marks = round_marks(GridInput { bounds, base_step_size: 8.0 / points_each });
                let values: Vec<f64> = marks.iter().map(|mark| mark.value).collect();
                assert!(values.len() >= 2, "{highest} ms on {height} points: {values:?}");
                assert!(values.iter().all(|value| (bounds.0..=bounds.1).contains(value)), "{values:?}");
                for pair in values.windows(2) {
                    let apart = (pair[1] - pair[0]) * points_each;
                    assert!(apart >= full, "{highest} ms on {height} points: {values:?}");
                }
                assert!(marks.iter().all(|mark| mark.step_size * points_each >= full));
            }
        }
    }

    #[test]
    fn an_axis_without_length_has_no_marks() {
        for base_step_size in [0.0, f64::INFINITY, f64::NAN] {
            assert!(round_marks(GridInput { bounds: (0.0, 1.0), base_step_size }).is_empty());
        }
    }
}
