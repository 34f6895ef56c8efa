//! Which attention map is looked at, and how.

mod reading;

use std::hash::Hash;

use super::preferences::{AttentionMode, AttentionView, Query};
use super::scale::Scale;
use crate::engine::PersonAnswer;
use crate::network::{AttentionMap, Grid, QueryView, Trace};
use crate::pose::{KEYPOINT_NAMES, Region};

/// One attention map, seen in one mode.
pub struct AttentionChoice<'a> {
    /// The map.
    pub map: &'a AttentionMap,
    /// Tells the pictures apart that maps of one name are of.
    source: (u64, usize),
    head: Option<usize>,
    mode: AttentionMode,
    query: Query,
    /// The query in the region, 0 … 1.
    place: (f32, f32),
    /// What the map covers of the picture.
    region: Region,
    pixels_per_cell: f32,
}

/// Where a map that is of no answer came from.
pub struct MapSource<'a> {
    /// The map.
    pub map: &'a AttentionMap,
    /// Names the picture that it is of, together with `number`.
    pub generation: u64,
    /// Tells maps of one generation apart, counted from 0.
    pub number: usize,
    /// What it covers of the picture.
    pub region: Region,
    /// Rows of the network's input.
    pub input_rows: u32,
    /// Where the query is in the region, 0 … 1.
    pub place: (f32, f32),
}

/// What a choice shows: numbers over the whole map, or the window of a query.
pub enum Shown<'a> {
    /// Makes the numbers, on the scale given.
    Map(Box<dyn Fn() -> Grid + 'a>, Scale),
    /// A query cell of the map and where it looks.
    Query {
        /// Row of the query.
        row: usize,
        /// Column of the query.
        column: usize,
        /// Where it looks.
        view: QueryView,
    },
}

impl<'a> AttentionChoice<'a> {
    /// The map that the panel has chosen for `scale`; none where the network has no such block or scale.
    pub fn new(ticket: u64, answer: &'a PersonAnswer, view: &AttentionView, scale: usize) -> Option<Self> {
        Self::of_block(ticket, answer, view, (view.block, scale))
    }

    /// The map of a block and scale of the chosen stage; none where the network has no such block or scale.
    pub fn of_block(
        ticket: u64,
        answer: &'a PersonAnswer,
        view: &AttentionView,
        (block, scale): (usize, usize),
    ) -> Option<Self> {
        let trace: &Trace = answer.trace.as_ref()?;
        let map = trace.attention_of(view.stage, block, scale)?;
        Some(Self {
            map,
            source: (ticket, 0),
            head: view.head,
            mode: view.mode,
            query: view.query,
            place: query_place(view.query, answer),
            region: answer.region,
            pixels_per_cell: pixels_per_cell(map, answer.seen.input.height()),
        })
    }

    /// A map that is of no answer, looked at as the panel has chosen.
    pub fn of_source(source: &MapSource<'a>, view: &AttentionView) -> Self {
        Self {
            map: source.map,
            // Answers have the number 0.
            source: (source.generation, 1 + source.number),
            head: view.head,
            mode: view.mode,
            query: view.query,
            place: source.place,
            region: source.region,
            pixels_per_cell: pixels_per_cell(source.map, source.input_rows),
        }
    }

    /// The same map with one head alone, or the mean of all heads.
    pub fn with_head(self, head: Option<usize>) -> Self {
        Self { head, ..self }
    }

    /// Pixels of the network's input that a cell of the map covers along each side: the stages and the stem's stride
    /// make the map smaller than the input.
    pub fn pixels_per_cell(&self) -> f32 {
        self.pixels_per_cell
    }

    /// Names what is shown, but for the query.
    pub fn key(&self) -> impl Hash + use<> {
        (self.source, self.map.name(), self.head, self.mode)
    }

    /// What to draw.
    pub fn shown(&self) -> Shown<'a> {
        let (map, head, pixels) = (self.map, self.head, self.pixels_per_cell);
        match self.mode {
            AttentionMode::Received => Shown::Map(Box::new(move || map.received(head)), self.scale()),
            AttentionMode::Reach => {
                Shown::Map(Box::new(move || times(map.reach(head), pixels)), self.scale())
            }
            AttentionMode::Entropy => Shown::Map(Box::new(move || map.entropy(head)), self.scale()),
            AttentionMode::Query => {
                let (row, column) = self.cell_at(self.place);
                match map.query(row, column, head) {
                    Some(view) => Shown::Query { row, column, view },
                    None => Shown::Map(Box::new(move || map.received(head)), self.scale()),
                }
            }
        }
    }

    /// Row and column of the map at a place of the region, 0 … 1.
    fn cell_at(&self, (x, y): (f32, f32)) -> (usize, usize) {
        let cell = |place: f32, count: usize| ((place * count as f32) as usize).min(count.saturating_sub(1));
        (cell(y, self.map.rows), cell(x, self.map.columns))
    }

    /// The colour scale, the same for every picture: of the mode, and for distances also of the window, so that the
    /// farthest there can be has the last colour.
    pub fn scale(&self) -> Scale {
        match self.mode {
            AttentionMode::Query | AttentionMode::Received => Scale::ATTENTION,
            AttentionMode::Reach => Scale::Pixels(self.map.farthest() * self.pixels_per_cell),
            AttentionMode::Entropy => Scale::UNIT,
        }
    }
}

fn pixels_per_cell(map: &AttentionMap, input_rows: u32) -> f32 {
    input_rows as f32 / map.rows.max(1) as f32
}

fn times(grid: Grid, factor: f32) -> Grid {
    Grid { values: grid.values.into_iter().map(|value| value * factor).collect(), ..grid }
}

/// What a query is called.
pub fn query_name(query: Query) -> &'static str {
    match query {
        Query::Joint(joint) => KEYPOINT_NAMES[joint.min(KEYPOINT_NAMES.len() - 1)],
        Query::Place(..) => "marked pixel",
    }
}

/// Where the query lies in a person's region, 0 … 1 from left to right and top to bottom.
pub fn query_place(query: Query, answer: &PersonAnswer) -> (f32, f32) {
    match query {
        Query::Place(x, y) => (x, y),
        Query::Joint(joint) => {
            let joint = answer.pose[joint.min(answer.pose.len() - 1)];
            let region = &answer.region;
            let share = |at: f64, from: f64, size: f64| ((at + 0.5 - from) / size).clamp(0.0, 1.0) as f32;
            (share(joint.x, region.x0, region.width), share(joint.y, region.y0, region.height))
        }
    }
}
