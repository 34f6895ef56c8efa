//! The attention of one scale of one block, and the ways of looking at it.

mod at_cell;

use super::channel_weights::evenness;
use super::checkpoint::HostTensor;
use super::scale_layout::{ScaleLayout, scales_of_stage};
pub use at_cell::CellPlace;

/// Softmaxed attention of one scale (head group) of one block for one picture.
#[derive(Clone, Debug)]
pub struct AttentionMap {
    /// Stage, 0 … 2.
    pub stage: usize,
    /// Block within the stage.
    pub block: usize,
    /// Head group within the block, in the order of the cascade.
    pub scale: usize,
    /// Window and pooling of this scale.
    pub layout: ScaleLayout,
    /// Rows of the stage's map.
    pub rows: usize,
    /// Columns of the stage's map.
    pub columns: usize,
    /// `[windows, heads, queries, keys]`, windows, queries and keys row-major; each row of keys sums to 1.
    pub weights: HostTensor,
}

/// A grid of numbers over the whole map or one window of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Rows of cells.
    pub rows: usize,
    /// Columns of cells.
    pub columns: usize,
    /// Row-major values.
    pub values: Vec<f32>,
}

/// Where one query looks: a grid of key cells inside its window.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryView {
    /// First map row of the window.
    pub top: usize,
    /// First map column of the window.
    pub left: usize,
    /// Map cells that one key cell covers along each side (the pooling).
    pub cell: usize,
    /// Weight of each key times the number of keys, so that 1 is "as much as any other".
    pub grid: Grid,
}

impl AttentionMap {
    /// The map of a stage, block and scale, counted from 0, on a grid of so many rows and columns. `weights`: as in
    /// [`Self::weights`].
    pub fn new(
        (stage, block, scale): (usize, usize, usize),
        (rows, columns): (usize, usize),
        weights: HostTensor,
    ) -> Self {
        Self { stage, block, scale, layout: scales_of_stage(stage)[scale], rows, columns, weights }
    }

    /// `attention/stage_blocks.{stage}.trains_block{block}.attn.attn_modules.{scale}`
    pub fn name(&self) -> String {
        let Self { stage, block, scale, .. } = self;
        format!("attention/stage_blocks.{stage}.trains_block{block}.attn.attn_modules.{scale}")
    }

    /// Attention heads of this scale.
    pub fn heads(&self) -> usize {
        self.weights.shape.get(1).copied().unwrap_or(0)
    }

    /// Rows and columns of one window in map cells.
    pub fn window(&self) -> (usize, usize) {
        (self.layout.window.0 as usize, self.layout.window.1 as usize)
    }

    fn key_window(&self) -> (usize, usize) {
        let (rows, columns) = self.layout.key_window();
        (rows as usize, columns as usize)
    }

    fn windows_across(&self) -> usize {
        self.columns / self.window().1
    }

    /// Weights of one query of one head: `keys` numbers that sum to 1.
    fn row(&self, window: usize, head: usize, query: usize) -> &[f32] {
        let (wh, ww) = self.window();
        let (kh, kw) = self.key_window();
        let start = ((window * self.heads() + head) * wh * ww + query) * kh * kw;
        self.weights.values.get(start..start + kh * kw).unwrap_or(&[])
    }

    /// The heads to look at: one, or all for their mean.
    fn chosen(&self, head: Option<usize>) -> std::ops::Range<usize> {
        match head {
            Some(head) if head < self.heads() => head..head + 1,
            _ => 0..self.heads(),
        }
    }

    /// Where the query at a map cell looks. `head`: one head, or none for the mean of all.
    /// None where the cell lies outside the map.
    pub fn query(&self, row: usize, column: usize, head: Option<usize>) -> Option<QueryView> {
        if row >= self.rows || column >= self.columns {
            return None;
        }
        let ((wh, ww), (kh, kw)) = (self.window(), self.key_window());
        let (window, query) = self.query_cell(row, column);
        let heads = self.chosen(head);
        let factor = (kh * kw) as f32 / heads.len().max(1) as f32;
        let mut values = vec![0.0; kh * kw];
        for head in heads {
            for (sum, weight) in values.iter_mut().zip(self.row(window, head, query)) {
                *sum += weight * factor;
            }
        }
        Some(QueryView {
            top: row / wh * wh,
            left: column / ww * ww,
            cell: self.layout.pooling as usize,
            grid: Grid { rows: kh, columns: kw, values },
        })
    }

    /// What is looked at most: for each key cell of the whole map the mean weight that the queries of its
    /// window give it, times the number of keys (1 is "as much as any other").
    pub fn received(&self, head: Option<usize>) -> Grid {
        let ((wh, ww), (kh, kw)) = (self.window(), self.key_window());
        let pooling = self.layout.pooling as usize;
        let (rows, columns) = (self.rows / pooling, self.columns / pooling);
        let heads = self.chosen(head);
        let factor = (kh * kw) as f32 / (wh * ww * heads.len().max(1)) as f32;
        let mut values = vec![0.0; rows * columns];
        self.each_query(heads, |window, _, weights| {
            let (top, left) = (window / self.windows_across() * kh, window % self.windows_across() * kw);
            for (line, cells) in weights.chunks_exact(kw).enumerate() {
                let start = (top + line) * columns + left;
                for (sum, weight) in values[start..start + kw].iter_mut().zip(cells) {
                    *sum += weight * factor;
                }
            }
        });
        Grid { rows, columns, values }
    }

    /// The scale made visible: for each query cell of the map the mean distance, in map cells, from the
    /// query's centre to the centres of what it attends to.
    pub fn reach(&self, head: Option<usize>) -> Grid {
        self.per_query(head, |query, weights| self.mean_distance(query, weights))
    }

    /// The mean distance, in map cells, from a query's centre to the centres of the keys it attends to.
    fn mean_distance(&self, query: usize, weights: &[f32]) -> f32 {
        let (ww, kw, pooling) = (self.window().1, self.key_window().1, self.layout.pooling as f32);
        let (row, column) = ((query / ww) as f32 + 0.5, (query % ww) as f32 + 0.5);
        let distance = |key: usize| {
            let (y, x) = (((key / kw) as f32 + 0.5) * pooling, ((key % kw) as f32 + 0.5) * pooling);
            (y - row).hypot(x - column)
        };
        weights.iter().enumerate().map(|(key, weight)| weight * distance(key)).sum()
    }

    /// The largest number that [`Self::reach`] can give: from a corner cell of the window to the key in the
    /// opposite corner.
    pub fn farthest(&self) -> f32 {
        let (wh, ww) = self.window();
        // Centres of the cell and of the key lie inside the window by half of their sides.
        let inside = (1.0 + self.layout.pooling as f32) / 2.0;
        (wh as f32 - inside).hypot(ww as f32 - inside)
    }

    /// How spread each query's attention is: its entropy over the logarithm of the number of keys, from
    /// 0 (one key) to 1 (all alike).
    pub fn entropy(&self, head: Option<usize>) -> Grid {
        self.per_query(head, |_, weights| evenness(weights))
    }

    /// A number for each query cell of the map, averaged over the chosen heads.
    fn per_query(&self, head: Option<usize>, number: impl Fn(usize, &[f32]) -> f32) -> Grid {
        let (wh, ww) = self.window();
        let heads = self.chosen(head);
        let share = 1.0 / heads.len().max(1) as f32;
        let mut values = vec![0.0; self.rows * self.columns];
        self.each_query(heads, |window, query, weights| {
            let row = window / self.windows_across() * wh + query / ww;
            let column = window % self.windows_across() * ww + query % ww;
            values[row * self.columns + column] += share * number(query, weights);
        });
        Grid { rows: self.rows, columns: self.columns, values }
    }

    /// Calls `f` with window, query and key weights for every query of the chosen heads.
    fn each_query(&self, heads: std::ops::Range<usize>, mut f: impl FnMut(usize, usize, &[f32])) {
        let (wh, ww) = self.window();
        let windows = self.windows_across() * (self.rows / wh);
        for window in 0..windows {
            for head in heads.clone() {
                for query in 0..wh * ww {
                    f(window, query, self.row(window, head, query));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two windows of 8×6 side by side, pooled by 2, one head: every query looks at one key only.
    fn map_looking_at(key_of: impl Fn(usize, usize) -> usize) -> AttentionMap {
        let mut values = vec![0.0; 2 * 48 * 12];
        for window in 0..2 {
            for query in 0..48 {
                values[(window * 48 + query) * 12 + key_of(window, query)] = 1.0;
            }
        }
        AttentionMap {
            stage: 2,
            block: 0,
            scale: 1,
            layout: ScaleLayout { window: (8, 6), pooling: 2 },
            rows: 8,
            columns: 12,
            weights: HostTensor { shape: vec![2, 1, 48, 12], values },
        }
    }

    #[test]
    fn a_query_is_found_in_its_own_window() {
        let map = map_looking_at(|window, query| if (window, query) == (1, 2 * 6 + 3) { 7 } else { 0 });
        let view = map.query(2, 9, None).unwrap();
        assert_eq!((view.top, view.left, view.cell), (0, 6, 2));
        let peak = view.grid.values.iter().position(|v| *v == 12.0);
        assert_eq!(peak, Some(7), "the one key has all 12 keys' share");
        assert!(map.query(8, 0, None).is_none());
    }

    #[test]
    fn received_adds_up_to_the_number_of_keys() {
        let map = map_looking_at(|window, query| (window * 5 + query) % 12);
        let grid = map.received(None);
        assert_eq!((grid.rows, grid.columns), (4, 6));
        let sum: f32 = grid.values.iter().sum();
        assert!((sum - 24.0).abs() < 1e-3, "mean share 1 over 24 cells, not {sum}");
        let left = map_looking_at(|_, _| 0).received(None);
        assert!((left.values[0] - 12.0).abs() < 1e-4 && (left.values[3] - 12.0).abs() < 1e-4);
    }

    #[test]
    fn reach_and_entropy_of_one_key() {
        let map = map_looking_at(|_, _| 0);
        let reach = map.reach(None);
        // The first key's centre is at (1, 1) of the window; the query at (0, 0) has its centre at (.5, .5).
        assert!((reach.values[0] - 0.5f32.hypot(0.5)).abs() < 1e-6);
        assert!((reach.values[5] - 0.5f32.hypot(4.5)).abs() < 1e-6);
        // The query at (7, 5) is as far from the first key as one can be.
        let farthest = reach.values.iter().copied().fold(0.0, f32::max);
        assert!((farthest - map.farthest()).abs() < 1e-5 && (farthest - 6.5f32.hypot(4.5)).abs() < 1e-5);
        assert!(map.entropy(None).values.iter().all(|v| *v == 0.0));
    }
}
