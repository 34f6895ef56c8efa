//! The numbers that the layer draws.

use std::hash::Hash;

use egui::{Align2, Color32, Context, FontId, Painter, Pos2, Rect, TextureId, vec2};

use super::view::Measure;
use crate::app::scale::{Scale, coloured_by_strength};
use crate::app::textures::Textures;
use crate::app::theme::Palette;
use crate::network::Grid;
use crate::pose::Region;

/// From the pointer to the number, in screen points.
const BESIDE: f32 = 14.0;
/// Behind the number.
const BACKING: Color32 = Color32::from_black_alpha(200);

/// Names what a map shows, for as long as the window runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct MapKey {
    /// Which subject.
    pub generation: u64,
    /// Which numbers.
    pub measure: Measure,
    /// Of which joint.
    pub joint: usize,
    /// How many patches went into it.
    pub patches: usize,
    /// The bits of the person's area, on which the colours hang.
    pub area: u64,
}

/// A number for each pixel of what the network is shown of a person.
#[derive(Clone, Debug)]
pub struct MattersMap {
    pub(super) key: MapKey,
    /// The area of the picture that it lies over.
    pub region: Region,
    pub(super) scale: Scale,
    pub(super) grid: Grid,
    /// Movement in pixels of what the network is shown, where the map is of that in picture pixels.
    pub(super) in_input: Option<Grid>,
}

impl MattersMap {
    /// Its texture, transparent where little hangs on a place.
    pub fn texture(&self, textures: &mut Textures, ctx: &Context, palette: Palette) -> TextureId {
        textures.sharp(ctx, (self.key, "what matters", palette), || {
            coloured_by_strength(&self.grid, self.scale, palette)
        })
    }

    /// The number at a place of the region, 0 … 1 from left to right and top to bottom, in words; none outside.
    pub fn number_at(&self, x: f32, y: f32) -> Option<String> {
        let value = at(&self.grid, x, y)?;
        if !value.is_finite() {
            return Some("not looked at yet".into());
        }
        Some(match self.key.measure {
            Measure::Moved => match self.in_input.as_ref().and_then(|grid| at(grid, x, y)) {
                Some(input) => format!("moves {value:.1} px, {input:.1} px of the input"),
                None => format!("moves {value:.1} px"),
            },
            Measure::Lost => format!("confidence {}", signed(-value, 2)),
            Measure::Gradient => format!("peak {}", signed(value, 4)),
        })
    }

    /// Writes the number under a pointer at `at` beside it; `rect` is the place of the region on the screen.
    pub fn paint_number(&self, painter: &Painter, rect: Rect, at: Pos2) {
        let share = (at - rect.min) / rect.size();
        let Some(text) = self.number_at(share.x, share.y) else { return };
        let galley = painter.layout_no_wrap(text, FontId::proportional(12.0), Color32::WHITE);
        let plate =
            Align2::LEFT_TOP.anchor_size(at + vec2(BESIDE, BESIDE), galley.size()).expand2(vec2(5.0, 2.0));
        let inside = painter.clip_rect();
        let over =
            vec2((plate.right() - inside.right()).max(0.0), (plate.bottom() - inside.bottom()).max(0.0));
        let plate = plate.translate(-over);
        painter.rect_filled(plate, 3.0, BACKING);
        painter.galley(plate.min + vec2(5.0, 2.0), galley, Color32::WHITE);
    }
}

/// The value of the cell at a place, 0 … 1 both ways; none outside.
fn at(grid: &Grid, x: f32, y: f32) -> Option<f32> {
    if !(0.0..1.0).contains(&x) || !(0.0..1.0).contains(&y) {
        return None;
    }
    let (row, column) = ((y * grid.rows as f32) as usize, (x * grid.columns as f32) as usize);
    grid.values.get(row * grid.columns + column).copied()
}

/// A number with its sign; one that is rounded to 0 is never below it.
fn signed(value: f32, digits: usize) -> String {
    let factor = 10_f32.powi(digits as i32);
    format!("{:+.digits$}", (value * factor).round() / factor + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(measure: Measure, values: [f32; 4]) -> MattersMap {
        let grid = Grid { rows: 2, columns: 2, values: values.to_vec() };
        MattersMap {
            key: MapKey { generation: 1, measure, joint: 0, patches: 4, area: 0 },
            region: Region { x0: 0.0, y0: 0.0, width: 30.0, height: 40.0 },
            scale: Scale::UNIT,
            in_input: (measure == Measure::Moved).then(|| grid.clone()),
            grid,
        }
    }

    #[test]
    fn the_number_under_the_pointer_is_that_of_its_cell() {
        let moved = map(Measure::Moved, [0.0, 1.25, 2.0, f32::NAN]);
        assert_eq!(moved.number_at(0.6, 0.2).as_deref(), Some("moves 1.2 px, 1.2 px of the input"));
        assert_eq!(moved.number_at(0.4, 0.6).as_deref(), Some("moves 2.0 px, 2.0 px of the input"));
        assert_eq!(moved.number_at(0.99, 0.99).as_deref(), Some("not looked at yet"));
        assert_eq!((moved.number_at(1.0, 0.5), moved.number_at(0.5, -0.01)), (None, None));
    }

    #[test]
    fn changes_have_a_sign() {
        let lost = map(Measure::Lost, [0.25, -0.5, 0.001, 0.0]);
        assert_eq!(lost.number_at(0.0, 0.0).as_deref(), Some("confidence -0.25"));
        assert_eq!(lost.number_at(0.5, 0.0).as_deref(), Some("confidence +0.50"));
        assert_eq!(lost.number_at(0.0, 0.5).as_deref(), Some("confidence +0.00"));
        let gradient = map(Measure::Gradient, [-0.01234, 0.0, 0.0, 0.0]);
        assert_eq!(gradient.number_at(0.0, 0.0).as_deref(), Some("peak -0.0123"));
    }
}
