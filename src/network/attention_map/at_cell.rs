//! What an attention map says about one cell, at the price of that cell alone.

use super::AttentionMap;
use crate::network::channel_weights::evenness;

/// Where a cell of the map lies. Rows stand before columns; everything is counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// Row and column of its window among the windows.
    pub window: (usize, usize),
    /// Row and column of the key that covers it, on the key grid of its window.
    pub key: (usize, usize),
    /// Rows and columns of the key grid of a window.
    pub keys: (usize, usize),
}

impl CellPlace {
    /// The key's place in the row-major grid of its window.
    pub fn key_index(&self) -> usize {
        self.key.0 * self.keys.1 + self.key.1
    }

    /// How many keys a window has.
    pub fn key_count(&self) -> usize {
        self.keys.0 * self.keys.1
    }
}

impl AttentionMap {
    /// Where a cell lies; none outside the map.
    pub fn place(&self, row: usize, column: usize) -> Option<CellPlace> {
        let ((wh, ww), pooling) = (self.window(), self.layout.pooling as usize);
        (row < self.rows && column < self.columns).then(|| CellPlace {
            window: (row / wh, column / ww),
            key: (row % wh / pooling, column % ww / pooling),
            keys: self.key_window(),
        })
    }

    /// The map cells that the key of a cell covers: the first row and column of them, and how many there are each way.
    /// None outside the map.
    pub fn key_cells(&self, row: usize, column: usize) -> Option<((usize, usize), usize)> {
        let place = self.place(row, column)?;
        let ((wh, ww), pooling) = (self.window(), self.layout.pooling as usize);
        let first =
            (place.window.0 * wh + place.key.0 * pooling, place.window.1 * ww + place.key.1 * pooling);
        Some((first, pooling))
    }

    /// The number of [`Self::received`] for the key that covers a cell of the map; none outside the map.
    pub fn received_at(&self, row: usize, column: usize, head: Option<usize>) -> Option<f32> {
        let (place, (window, _)) = (self.place(row, column)?, self.query_cell(row, column));
        let ((wh, ww), heads) = (self.window(), self.chosen(head));
        let factor = place.key_count() as f32 / (wh * ww * heads.len().max(1)) as f32;
        let weight =
            |head: usize, query: usize| self.row(window, head, query).get(place.key_index()).copied();
        let weights = heads.flat_map(|head| (0..wh * ww).map(move |query| (head, query)));
        Some(factor * weights.filter_map(|(head, query)| weight(head, query)).sum::<f32>())
    }

    /// The number of [`Self::reach`] for a query cell, in map cells; none outside the map.
    pub fn reach_at(&self, row: usize, column: usize, head: Option<usize>) -> Option<f32> {
        self.of_query(row, column, head, |query, weights| self.mean_distance(query, weights))
    }

    /// The number of [`Self::entropy`] for a query cell, 0 … 1; none outside the map.
    pub fn entropy_at(&self, row: usize, column: usize, head: Option<usize>) -> Option<f32> {
        self.of_query(row, column, head, |_, weights| evenness(weights))
    }

    /// The row-major numbers of a query cell's window and of its place in there, from 0.
    pub(super) fn query_cell(&self, row: usize, column: usize) -> (usize, usize) {
        let (wh, ww) = self.window();
        (row / wh * self.windows_across() + column / ww, row % wh * ww + column % ww)
    }

    /// The mean over the chosen heads of a number of one query.
    fn of_query(
        &self,
        row: usize,
        column: usize,
        head: Option<usize>,
        number: impl Fn(usize, &[f32]) -> f32,
    ) -> Option<f32> {
        self.place(row, column)?;
        let ((window, query), heads) = (self.query_cell(row, column), self.chosen(head));
        let share = 1.0 / heads.len().max(1) as f32;
        Some(heads.map(|head| share * number(query, self.row(window, head, query))).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::checkpoint::HostTensor;

    /// 16×12 cells in four windows of 8×6, keys pooled by 2, two heads; every row of weights is different.
    fn map() -> AttentionMap {
        let (windows, heads, queries, keys) = (4, 2, 48, 12);
        let mut values = Vec::new();
        for row in 0..windows * heads * queries {
            let raw: Vec<f32> = (0..keys).map(|key| 1.0 + ((row * 7 + key * key) % 13) as f32).collect();
            let sum: f32 = raw.iter().sum();
            values.extend(raw.iter().map(|value| value / sum));
        }
        let weights = HostTensor { shape: vec![windows, heads, queries, keys], values };
        AttentionMap::new((2, 1, 1), (16, 12), weights)
    }

    #[test]
    fn a_cell_knows_its_window_and_the_key_that_covers_it() {
        let map = map();
        let place = map.place(13, 8).unwrap();
        assert_eq!(place, CellPlace { window: (1, 1), key: (2, 1), keys: (4, 3) });
        assert_eq!((place.key_index(), place.key_count()), (7, 12));
        assert_eq!(map.key_cells(13, 8), Some(((12, 8), 2)));
        assert_eq!(map.place(0, 0).map(|place| (place.window, place.key)), Some(((0, 0), (0, 0))));
        assert!(map.place(16, 0).is_none() && map.place(0, 12).is_none());
    }

    #[test]
    fn the_number_of_one_cell_is_that_of_the_whole_map() {
        let map = map();
        for head in [None, Some(1)] {
            let (received, reach, entropy) = (map.received(head), map.reach(head), map.entropy(head));
            for (row, column) in (0..16).flat_map(|row| (0..12).map(move |column| (row, column))) {
                let at = row * 12 + column;
                let near = |a: Option<f32>, b: f32| (a.unwrap() - b).abs() < 1e-4;
                let key = row / 2 * received.columns + column / 2;
                assert!(near(map.received_at(row, column, head), received.values[key]), "{row} {column}");
                assert!(near(map.reach_at(row, column, head), reach.values[at]), "{row} {column}");
                assert!(near(map.entropy_at(row, column, head), entropy.values[at]), "{row} {column}");
            }
        }
        assert_eq!(map.reach_at(16, 0, None), None);
        assert_eq!((map.received_at(0, 12, None), map.entropy_at(0, 12, None)), (None, None));
    }
}
