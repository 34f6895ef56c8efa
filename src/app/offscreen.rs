//! A part of the window drawn for a picture alone: at any scale, whatever the screen is like, and on any thread.
//!
//! egui lays it out in a context of its own; its triangles are filled here, as a graphics card would.

mod raster;

use std::collections::HashMap;

use egui::epaint::{ImageData, ImageDelta, Primitive};
use egui::{
    CentralPanel, ColorImage, Context, FullOutput, Pos2, RawInput, Rect, TextureId, Theme, Ui, Vec2,
    ViewportId,
};
use image::RgbImage;

use super::theme;
use raster::Raster;

/// Times the content is laid out: some sizes are only known after the first.
const PASSES: usize = 2;
/// Longest side of a texture, in pixels; only letters need one.
const TEXTURE_SIDE: usize = 4096;

/// Draws `content` on an area of `size` points at `scale` pixels a point, as the window looks in this theme.
pub fn draw(size: Vec2, scale: f32, theme: Theme, mut content: impl FnMut(&mut Ui)) -> RgbImage {
    let ctx = Context::default();
    theme::apply(&ctx);
    ctx.set_theme(theme);
    let background = ctx.style_of(theme).visuals.panel_fill;
    let mut textures = Textures::default();
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
    let mut raster = Raster::new((size * scale).round(), scale, background);
    for part in ctx.tessellate(output.shapes, scale) {
        if let Primitive::Mesh(mesh) = &part.primitive {
            raster.fill(mesh, part.clip_rect, textures.of(mesh.texture_id));
        }
    }
    raster.into_picture()
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

/// What the triangles are painted with.
#[derive(Default)]
struct Textures(HashMap<TextureId, ColorImage>);

impl Textures {
    /// Takes a new texture, or a change of a part of one.
    fn take(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            self.0.insert(id, ColorImage::clone(image));
            return;
        };
        let Some(whole) = self.0.get_mut(&id) else { return };
        let width = whole.size[0];
        for (row, pixels) in image.pixels.chunks_exact(image.size[0].max(1)).enumerate() {
            let start = (top + row) * width + left;
            if let Some(place) = whole.pixels.get_mut(start..start + pixels.len()) {
                place.copy_from_slice(pixels);
            }
        }
    }

    fn of(&self, id: TextureId) -> Option<&ColorImage> {
        self.0.get(&id).filter(|texture| !texture.pixels.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, Stroke, pos2, vec2};

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
}
