//! What a map says about the cell under the pointer, in words and numbers: the same everywhere.

use super::{AttentionChoice, query_name};
use crate::app::preferences::AttentionMode;
use crate::network::CellPlace;

impl AttentionChoice<'_> {
    /// The number at a place of the region, 0 … 1 from left to right and top to bottom; the window and the key cell
    /// there, the cell, and the area of the picture that the key covers. Rows stand before columns, counted from 1.
    /// None beside the map.
    pub fn reading(&self, (x, y): (f32, f32)) -> Option<String> {
        let inside = |share: f32| (0.0..=1.0).contains(&share);
        if !inside(x) || !inside(y) {
            return None;
        }
        let (row, column) = self.cell_at((x, y));
        let place = self.map.place(row, column)?;
        let CellPlace { window, key, keys } = place;
        let mut first = format!(
            "{} · window {},{} · key {},{} of {}×{}",
            self.number(row, column, &place)?,
            window.0 + 1,
            window.1 + 1,
            key.0 + 1,
            key.1 + 1,
            keys.0,
            keys.1
        );
        if self.mode == AttentionMode::Query {
            first += &format!(" · query {}", query_name(self.query));
        }
        let (rows, columns) = (self.map.rows, self.map.columns);
        let area = self.picture_area(row, column)?;
        Some(format!(
            "{first}\nRow {}, column {} of {rows}×{columns} · {}\n{area}",
            row + 1,
            column + 1,
            self.heads_named()
        ))
    }

    /// The number that the colour of a cell stands for.
    fn number(&self, row: usize, column: usize, place: &CellPlace) -> Option<String> {
        let (map, head, keys) = (self.map, self.head, place.key_count() as f32);
        let number = match self.mode {
            AttentionMode::Query => {
                let (query_row, query_column) = self.cell_at(self.place);
                if map.place(query_row, query_column)?.window != place.window {
                    return Some("Not looked at, outside the query's window".into());
                }
                let view = map.query(query_row, query_column, head)?;
                let times = view.grid.values.get(place.key_index())?;
                format!("{:.3}, {times:.1}× an even spread", times / keys)
            }
            AttentionMode::Received => {
                let times = map.received_at(row, column, head)?;
                format!("{:.3} on average, {times:.1}× an even spread", times / keys)
            }
            AttentionMode::Reach => {
                let pixels = map.reach_at(row, column, head)? * self.pixels_per_cell;
                format!("Looks {pixels:.1} input pixels far")
            }
            AttentionMode::Entropy => format!("Entropy {:.2}", map.entropy_at(row, column, head)?),
        };
        Some(number)
    }

    fn heads_named(&self) -> String {
        match (self.head, self.map.heads()) {
            (_, 1) => "the only head".into(),
            (Some(head), _) => format!("head {}", head + 1),
            (None, heads) => format!("mean of {heads} heads"),
        }
    }

    /// The edges of the key cell that covers a cell, in picture pixels.
    fn picture_area(&self, row: usize, column: usize) -> Option<String> {
        let ((top, left), size) = self.map.key_cells(row, column)?;
        let across = |cell: usize| self.region.x0 + self.region.width * cell as f64 / self.map.columns as f64;
        let down = |cell: usize| self.region.y0 + self.region.height * cell as f64 / self.map.rows as f64;
        Some(format!(
            "The key covers x {:.1} … {:.1}, y {:.1} … {:.1} of the picture",
            across(left),
            across(left + size),
            down(top),
            down(top + size)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::MapSource;
    use super::*;
    use crate::app::preferences::{AttentionView, Query};
    use crate::network::AttentionMap;
    use crate::network::checkpoint::HostTensor;
    use crate::pose::Region;

    /// Stage 3, scale 2: 16×12 cells in four windows of 8×6 with keys of 2×2 cells, two heads. Every query of head 1
    /// gives the last key a half and shares the rest evenly; head 2 looks at all 12 keys alike.
    fn map() -> AttentionMap {
        let (windows, queries, keys) = (4, 48, 12);
        let mut values = Vec::new();
        for _ in 0..windows {
            let uneven = |key: usize| if key == keys - 1 { 0.5 } else { 0.5 / (keys - 1) as f32 };
            (0..queries).for_each(|_| values.extend((0..keys).map(uneven)));
            (0..queries).for_each(|_| values.extend(vec![1.0 / keys as f32; keys]));
        }
        let weights = HostTensor { shape: vec![windows, 2, queries, keys], values };
        AttentionMap::new((2, 0, 1), (16, 12), weights)
    }

    fn reading(view: &AttentionView, at: (f32, f32)) -> Option<String> {
        let map = map();
        let region = Region { x0: 100.0, y0: 40.0, width: 48.0, height: 64.0 };
        // The query stands in the lower right window, in row 10 and column 8.
        let place = (7.5 / 12.0, 9.5 / 16.0);
        let source = MapSource { map: &map, generation: 1, number: 0, region, input_rows: 64, place };
        AttentionChoice::of_source(&source, view).reading(at)
    }

    /// The middle of a cell.
    fn middle(row: usize, column: usize) -> (f32, f32) {
        ((column as f32 + 0.5) / 12.0, (row as f32 + 0.5) / 16.0)
    }

    fn view(mode: AttentionMode, head: Option<usize>) -> AttentionView {
        AttentionView { mode, head, query: Query::Joint(9), ..AttentionView::default() }
    }

    #[test]
    fn a_query_tells_number_window_key_and_area() {
        let told = reading(&view(AttentionMode::Query, Some(0)), middle(15, 10)).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(
            lines,
            [
                "0.500, 6.0× an even spread · window 2,2 · key 4,3 of 4×3 · query left wrist",
                "Row 16, column 11 of 16×12 · head 1",
                "The key covers x 140.0 … 148.0, y 96.0 … 104.0 of the picture",
            ]
        );
        let told = reading(&view(AttentionMode::Query, None), middle(12, 9)).unwrap();
        // (0.5 / 11 + 1 / 12) / 2 = 0.0644
        assert!(told.starts_with("0.064, 0.8× an even spread · window 2,2 · key 3,2 of 4×3"), "{told}");
        assert!(told.contains("Row 13, column 10 of 16×12 · mean of 2 heads"), "{told}");
        let told = reading(&view(AttentionMode::Query, None), middle(3, 9)).unwrap();
        assert!(
            told.starts_with("Not looked at, outside the query's window · window 1,2 · key 2,2"),
            "{told}"
        );
    }

    #[test]
    fn the_other_modes_tell_their_own_number_and_no_query() {
        let told = reading(&view(AttentionMode::Received, None), middle(7, 5)).unwrap();
        // Key 4,3: (0.5 + 1 / 12) / 2 = 0.2917
        assert!(told.starts_with("0.292 on average, 3.5× an even spread · window 1,1 · key 4,3"), "{told}");
        assert!(!told.contains("query"), "{told}");
        let told = reading(&view(AttentionMode::Entropy, Some(1)), middle(0, 0)).unwrap();
        assert!(told.starts_with("Entropy 1.00 · window 1,1 · key 1,1 of 4×3"), "{told}");
        let told = reading(&view(AttentionMode::Reach, Some(1)), middle(0, 0)).unwrap();
        // The mean distance from (.5, .5) to twelve centres is 4.7 cells, each of 4 input pixels.
        let centres = (0..12).map(|key| ((2 * (key / 3)) as f32 + 0.5).hypot((2 * (key % 3)) as f32 + 0.5));
        let expected = centres.sum::<f32>() / 12.0 * 4.0;
        assert!(told.starts_with(&format!("Looks {expected:.1} input pixels far")), "{told}");
    }

    #[test]
    fn there_is_nothing_to_read_beside_the_map() {
        let view = view(AttentionMode::Query, None);
        assert_eq!(reading(&view, (-0.01, 0.5)), None);
        assert_eq!(reading(&view, (0.5, 1.01)), None);
        assert!(reading(&view, (1.0, 1.0)).is_some_and(|told| told.contains("Row 16, column 12 of")));
    }
}
