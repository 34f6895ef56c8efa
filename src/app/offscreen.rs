//! A part of the window drawn for a picture alone: at any scale, whatever the screen is like, and on any thread.
//!
//! egui lays it out in a context of its own; its triangles are filled here, as a graphics card would.

mod raster;
mod texture;

use std::io::Cursor;

use egui::epaint::{ClippedPrimitive, Primitive};
use egui::{CentralPanel, Color32, Context, FullOutput, Pos2, RawInput, Rect, Theme, Ui, Vec2, ViewportId};
use image::{ImageFormat, RgbImage};

use super::theme;
use raster::Raster;
use texture::TextureSet;

/// Times the content is laid out: some sizes are only known after the first.
const PASSES: usize = 2;
/// Longest side of a texture, in pixels.
const TEXTURE_SIDE: usize = 4096;

/// Content that is laid out, which is quick, and can be filled in on another thread, which takes longer.
pub struct Drawing {
    triangles: Vec<ClippedPrimitive>,
    textures: TextureSet,
    /// In points.
    size: Vec2,
    /// Pixels a point.
    scale: f32,
    background: Color32,
}

impl Drawing {
    /// Lays `content` out on an area of `size` points at `scale` pixels a point, as the window looks in this theme.
    pub fn of(size: Vec2, scale: f32, theme: Theme, mut content: impl FnMut(&mut Ui)) -> Self {
        let ctx = Context::default();
        theme::apply(&ctx);
        ctx.set_theme(theme);
        let background = ctx.style_of(theme).visuals.panel_fill;
        let mut textures = TextureSet::default();
        let mut output = FullOutput::default();
        for _ in 0..PASSES {
            output = ctx.run_ui(input(size, scale), |ui| {
                CentralPanel::no_frame().show(ui, |ui| content(ui));
            });
            for (id, deltas) in &output.textures_delta.set {
                deltas.iter().for_each(|delta| textures.take(*id, delta));
            }
            output.textures_delta.clear();
        }
        let triangles = ctx.tessellate(output.shapes, scale);
        Self { triangles, textures, size, scale, background }
    }

    /// Pixels a point.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Fills it in on the colour of panels.
    pub fn alone(&self) -> RgbImage {
        self.filled(Raster::new((self.size * self.scale).round(), self.scale, self.background))
    }

    /// Fills it in over a picture, whose upper left corner is that of the content.
    pub fn over(&self, picture: &RgbImage) -> RgbImage {
        self.filled(Raster::over(picture, self.scale))
    }

    fn filled(&self, mut raster: Raster) -> RgbImage {
        for part in &self.triangles {
            if let Primitive::Mesh(mesh) = &part.primitive {
                raster.fill(mesh, part.clip_rect, self.textures.of(mesh.texture_id));
            }
        }
        raster.into_picture()
    }
}

/// Draws `content` on an area of `size` points at `scale` pixels a point, as the window looks in this theme.
pub fn draw(size: Vec2, scale: f32, theme: Theme, content: impl FnMut(&mut Ui)) -> RgbImage {
    Drawing::of(size, scale, theme, content).alone()
}

/// A picture as the bytes of a PNG file.
///
/// # Errors
/// When it cannot be encoded: a sentence for the user.
pub fn png(picture: &RgbImage) -> Result<Vec<u8>, String> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

fn input(size: Vec2, scale: f32) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
        max_texture_side: Some(TEXTURE_SIDE),
        ..RawInput::default()
    };
    input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(scale);
    input
}

#[cfg(test)]
mod tests {
    use egui::{ColorImage, Stroke, TextureHandle, TextureOptions, pos2, vec2};

    use super::*;

    #[test]
    fn shapes_and_letters_are_drawn_at_their_scale() {
        let red = Color32::from_rgb(220, 30, 20);
        let square = Rect::from_min_max(pos2(10.0, 20.0), pos2(30.0, 30.0));
        let picture = draw(vec2(100.0, 50.0), 2.0, Theme::Light, |ui| {
            ui.painter().rect_filled(square, 0.0, red);
            ui.painter().hline(40.0..=90.0, 10.0, Stroke::new(2.0, red));
            ui.put(Rect::from_min_max(pos2(40.0, 20.0), pos2(95.0, 45.0)), egui::Label::new("MMMM"));
        });
        assert_eq!(picture.dimensions(), (200, 100));
        let [background, inside, line] =
            [(2, 2), (40, 50), (120, 20)].map(|(x, y)| picture.get_pixel(x, y).0);
        assert!(background.iter().all(|part| *part > 200), "{background:?}");
        assert_eq!((inside, line), ([220, 30, 20], [220, 30, 20]));
        let whole = picture.pixels().filter(|pixel| pixel.0 == [220, 30, 20]).count();
        assert!((1000..=1300).contains(&whole), "{whole}");
        let letters = picture
            .enumerate_pixels()
            .filter(|(x, y, pixel)| *x > 80 && *y > 40 && pixel.0.iter().all(|part| *part < 120));
        assert!(letters.count() > 50);
    }

    #[test]
    fn what_shines_through_is_mixed_once_where_triangles_meet() {
        let half = Color32::from_black_alpha(128);
        let square = Rect::from_min_max(pos2(5.0, 5.0), pos2(45.0, 45.0));
        let picture = draw(vec2(50.0, 50.0), 1.0, Theme::Light, |ui| {
            ui.painter().rect_filled(square, 0.0, half);
        });
        let middle = picture.get_pixel(25, 24).0;
        for place in 8..42 {
            assert_eq!(picture.get_pixel(place, place).0, middle, "the diagonal at {place}");
        }
    }

    #[test]
    fn over_a_picture_what_is_not_painted_stays_and_maps_have_square_cells() {
        let below = RgbImage::from_fn(40, 20, |x, y| image::Rgb([x as u8, y as u8, 7]));
        let (red, clear) = (Color32::from_rgb(200, 0, 0), Color32::TRANSPARENT);
        let cells = ColorImage::new([2, 1], vec![red, clear]);
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        let mut map: Option<TextureHandle> = None;
        let drawing = Drawing::of(vec2(20.0, 10.0), 2.0, Theme::Dark, |ui| {
            let make = || ui.ctx().load_texture("map", cells.clone(), TextureOptions::NEAREST);
            let map = map.get_or_insert_with(make);
            let place = Rect::from_min_max(pos2(5.0, 0.0), pos2(15.0, 10.0));
            ui.painter().image(map.id(), place, whole, Color32::WHITE.gamma_multiply(0.5));
        });
        let picture = drawing.over(&below);
        assert_eq!(picture.dimensions(), below.dimensions());
        for x in (0..9).chain(21..29).chain(31..40) {
            assert_eq!(picture.get_pixel(x, 9), below.get_pixel(x, 9), "column {x}");
        }
        // Half of the cell's red and half of what is below.
        for x in 11..19_u8 {
            let [r, g, b] = picture.get_pixel(x.into(), 9).0;
            assert!(r.abs_diff(100 + x / 2) <= 2 && g.abs_diff(4) <= 1 && b.abs_diff(3) <= 1, "{r} {g} {b}");
        }
    }
}
