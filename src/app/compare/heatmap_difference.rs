//! One heatmap less another.

use crate::network::Grid;

/// B less A over the same region, on the cells of the finer of the two. The coarser is interpolated between the middles
/// of its cells.
pub fn difference(a: &Grid, b: &Grid) -> Grid {
    let (rows, columns) = (a.rows.max(b.rows), a.columns.max(b.columns));
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let values = cells.map(|(row, column)| {
        let (down, across) = (middle(row, rows), middle(column, columns));
        at(b, down, across) - at(a, down, across)
    });
    Grid { rows, columns, values: values.collect() }
}

/// Where the middle of a cell lies, 0 … 1.
fn middle(cell: usize, count: usize) -> f32 {
    (cell as f32 + 0.5) / count as f32
}

/// The value of a grid at a place, 0 … 1 from top to bottom and left to right.
fn at(grid: &Grid, down: f32, across: f32) -> f32 {
    let (above, below, lower) = neighbours(down, grid.rows);
    let (left, right, later) = neighbours(across, grid.columns);
    let value =
        |row: usize, column: usize| grid.values.get(row * grid.columns + column).copied().unwrap_or_default();
    let mix = |from: f32, to: f32, share: f32| from + (to - from) * share;
    let upper = mix(value(above, left), value(above, right), later);
    mix(upper, mix(value(below, left), value(below, right), later), lower)
}

/// The two cells around a place, and how much of the second is in it.
fn neighbours(share: f32, count: usize) -> (usize, usize, f32) {
    let last = count.saturating_sub(1);
    let position = (share * count as f32 - 0.5).clamp(0.0, last as f32);
    let first = (position as usize).min(last);
    (first, (first + 1).min(last), position - first as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::scale::{Scale, coloured_by_strength};
    use crate::app::theme::Palette;

    fn grid(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f32) -> Grid {
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Grid { rows, columns, values: cells.map(|(row, column)| value(row, column)).collect() }
    }

    #[test]
    fn equal_heatmaps_differ_nowhere() {
        let map = grid(16, 12, |row, column| (row * 7 + column * 3) as f32 % 11.0 / 11.0);
        let none = difference(&map, &map);
        assert_eq!((none.rows, none.columns), (16, 12));
        assert!(none.values.iter().all(|value| *value == 0.0));
        let picture = coloured_by_strength(&none, Scale::HEATMAP_DIFFERENCE, Palette::default());
        assert!(picture.pixels.iter().all(|pixel| pixel.a() == 0));
    }

    #[test]
    fn it_is_b_less_a_cell_by_cell() {
        let (a, b) = (grid(2, 2, |_, _| 0.25), grid(2, 2, |row, _| row as f32));
        let values = difference(&a, &b).values;
        for (found, expected) in values.iter().zip([-0.25, -0.25, 0.75, 0.75]) {
            approx::assert_relative_eq!(*found, expected, epsilon = 1e-5);
        }
    }

    #[test]
    fn the_finer_grid_gives_the_cells() {
        let (coarse, fine) = (grid(4, 3, |row, _| row as f32), grid(8, 6, |row, _| row as f32 * 0.5 - 0.25));
        let left = difference(&coarse, &fine);
        assert_eq!((left.rows, left.columns), (8, 6));
        // A ramp over the region stays a ramp, but for the outer halves of the outermost cells.
        let inside = &left.values[6..42];
        assert!(inside.iter().all(|value| value.abs() < 1e-5), "{inside:?}");
        let swapped = difference(&fine, &coarse);
        assert!(swapped.values.iter().zip(&left.values).all(|(a, b)| (a + b).abs() < 1e-6));
    }
}
