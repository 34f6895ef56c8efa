//! Heatmaps, attention and the window grid, laid over the selected person's region.

use std::hash::Hash;

use egui::{Color32, Context, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, TextureId, pos2, vec2};

use crate::app::attention_choice::{AttentionChoice, Shown};
use crate::app::scale::{Scale, coloured, coloured_by_strength};
use crate::app::textures::Textures;
use crate::app::theme::{self, Palette};
use crate::network::Grid;
use crate::pose::{Heatmaps, Region};

const WHOLE: Rect = Rect { min: Pos2::ZERO, max: pos2(1.0, 1.0) };
/// How dark the network's input stands behind a small map.
const DIMMED: Color32 = Color32::from_gray(120);
/// Behind white letters: as readable over the brightest cell of a map as over the darkest.
const CAPTION_BACKING: Color32 = Color32::from_black_alpha(190);

/// A region as a rectangle of the picture.
pub fn rect_of_region(region: &Region) -> Rect {
    Rect::from_min_size(
        pos2(region.x0 as f32, region.y0 as f32),
        vec2(region.width as f32, region.height as f32),
    )
}

/// Draws a texture over a rectangle of the screen.
pub fn paint_texture(painter: &Painter, texture: TextureId, rect: Rect, opacity: f32) {
    painter.image(texture, rect, WHOLE, Color32::WHITE.gamma_multiply(opacity));
}

/// Draws the network's input behind a small map, darker than it is.
pub fn paint_dimmed(painter: &Painter, input: TextureId, rect: Rect) {
    painter.image(input, rect, WHOLE, DIMMED);
}

/// Writes a name or a number into the upper left corner of a map.
pub fn paint_caption(painter: &Painter, corner: Pos2, text: &str) {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(11.5), Color32::WHITE);
    let rect = Rect::from_min_size(corner + vec2(7.0, 5.0), galley.size());
    painter.rect_filled(rect.expand2(vec2(4.0, 1.0)), 3.0, CAPTION_BACKING);
    painter.galley(rect.min, galley, Color32::WHITE);
}

/// The heatmap of one joint, or the highest value of all joints at each cell.
pub fn heatmap_grid(heatmaps: &Heatmaps, joint: Option<usize>) -> Grid {
    let values = match joint {
        Some(joint) => heatmaps.joint(joint).to_vec(),
        None => (0..heatmaps.height() * heatmaps.width())
            .map(|cell| (0..heatmaps.joints()).map(|j| heatmaps.joint(j)[cell]).fold(0.0, f32::max))
            .collect(),
    };
    Grid { rows: heatmaps.height(), columns: heatmaps.width(), values }
}

/// The texture of a heatmap, transparent where it is low.
pub fn heatmap_texture(
    textures: &mut Textures,
    ctx: &Context,
    key: impl Hash,
    heatmaps: &Heatmaps,
    joint: Option<usize>,
    palette: Palette,
) -> TextureId {
    textures.sharp(ctx, (key, "heatmap", joint, palette), || {
        coloured_by_strength(&heatmap_grid(heatmaps, joint), Scale::HEATMAP, palette)
    })
}

/// Draws an attention map over a person's region: the whole map, or a query's window with the query marked.
pub fn paint_attention(
    painter: &Painter,
    textures: &mut Textures,
    choice: &AttentionChoice<'_>,
    palette: Palette,
    region: Rect,
    opacity: f32,
) {
    let map = choice.map;
    let cell = vec2(region.width() / map.columns as f32, region.height() / map.rows as f32);
    let part = |top: usize, left: usize, rows: usize, columns: usize| {
        let corner = region.min + vec2(left as f32 * cell.x, top as f32 * cell.y);
        Rect::from_min_size(corner, vec2(columns as f32 * cell.x, rows as f32 * cell.y))
    };
    let ctx = painter.ctx().clone();
    match choice.shown() {
        Shown::Map(grid, scale) => {
            let texture = textures.sharp(&ctx, (choice.key(), palette), || coloured(&grid(), scale, palette));
            paint_texture(painter, texture, region, opacity);
        }
        Shown::Query { row, column, view } => {
            let (wh, ww) = map.window();
            let window = part(view.top, view.left, wh, ww);
            let texture = textures.sharp(&ctx, (choice.key(), row, column, palette), || {
                coloured(&view.grid, Scale::ATTENTION, palette)
            });
            paint_texture(painter, texture, window, opacity);
            painter.rect_stroke(window, 0.0, Stroke::new(1.5, theme::WINDOW_GRID), StrokeKind::Outside);
            let query = part(row, column, 1, 1);
            painter.rect_stroke(
                query.expand(1.0),
                0.0,
                Stroke::new(3.5, Color32::BLACK),
                StrokeKind::Outside,
            );
            painter.rect_stroke(query.expand(1.0), 0.0, Stroke::new(2.0, theme::QUERY), StrokeKind::Outside);
        }
    }
}

/// Draws the borders of the attention windows over a person's region.
pub fn paint_window_grid(painter: &Painter, choice: &AttentionChoice<'_>, region: Rect, opacity: f32) {
    let map = choice.map;
    let (wh, ww) = map.window();
    let stroke = Stroke::new(1.0, theme::WINDOW_GRID.gamma_multiply(opacity));
    for row in (0..=map.rows).step_by(wh) {
        let y = region.top() + region.height() * row as f32 / map.rows as f32;
        painter.hline(region.x_range(), y, stroke);
    }
    for column in (0..=map.columns).step_by(ww) {
        let x = region.left() + region.width() * column as f32 / map.columns as f32;
        painter.vline(x, region.y_range(), stroke);
    }
}
