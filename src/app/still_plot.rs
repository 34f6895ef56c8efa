//! Plots that are read and not moved, and the point of one under the pointer.

use egui::{AsIdSalt, Pos2, Sense, Ui};
use egui_plot::{GridMark, Plot, PlotPoint, PlotTransform};

/// Room for the numbers left of a plot, in points: the same in all, so that plots below each other begin alike.
const AXIS: f32 = 34.0;
/// How strong the lines of the grid are: weaker than whatever is drawn over them.
const GRID: f32 = 0.4;
/// A step between marks so wide that a plot leaves out the numbers of none of them.
const EVERY_MARK: f64 = 4.0;

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
}
