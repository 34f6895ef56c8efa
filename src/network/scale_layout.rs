//! The scales of each stage: their windows, and how far keys and values are pooled in them.

/// Stages of the network; each halves the map of the one before.
pub const STAGES: usize = 3;

/// A head group of a stage: its window on the map (rows, columns), and how far keys and values are pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleLayout {
    /// Window of the queries in map cells: rows, columns.
    pub window: (i64, i64),
    /// Keys and values are averaged over `pooling` × `pooling` cells.
    pub pooling: i64,
}

impl ScaleLayout {
    /// Rows and columns of the pooled key/value grid inside one window.
    pub fn key_window(&self) -> (i64, i64) {
        (self.window.0 / self.pooling, self.window.1 / self.pooling)
    }
}

const fn scale(rows: i64, columns: i64, pooling: i64) -> ScaleLayout {
    ScaleLayout { window: (rows, columns), pooling }
}

const STAGE_1: [ScaleLayout; 3] = [scale(32, 24, 2), scale(16, 12, 2), scale(8, 6, 1)];
const STAGE_2: [ScaleLayout; 2] = [scale(16, 12, 2), scale(8, 6, 2)];
const STAGE_3: [ScaleLayout; 2] = [scale(8, 6, 1), scale(8, 6, 2)];

/// The scales (head groups) of stage `stage` (0 … 2), coarse to fine.
pub fn scales_of_stage(stage: usize) -> &'static [ScaleLayout] {
    match stage {
        0 => &STAGE_1,
        1 => &STAGE_2,
        _ => &STAGE_3,
    }
}
