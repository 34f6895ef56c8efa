//! What triangles are painted with.

use std::collections::HashMap;

use egui::epaint::{ImageData, ImageDelta, textures::TextureFilter};
use egui::{Color32, ColorImage, Pos2, TextureId};

/// An image that is laid over triangles.
pub struct Texture {
    image: ColorImage,
    /// How it is enlarged; nothing that is drawn here shrinks one by much.
    filter: TextureFilter,
}

impl Texture {
    /// The colour at a place, 0 … 1 along both sides: that of the pixel there, or mixed from the four around it.
    pub fn at(&self, uv: Pos2) -> [f32; 4] {
        let [width, height] = self.image.size;
        let texel = |x: usize, y: usize| parts(self.image.pixels[y * width + x]);
        if self.filter == TextureFilter::Nearest {
            let along = |share: f32, length: usize| ((share * length as f32) as usize).min(length - 1);
            return texel(along(uv.x, width), along(uv.y, height));
        }
        let along = |share: f32, length: usize| {
            let at = (share * length as f32 - 0.5).clamp(0.0, length as f32 - 1.0);
            (at.floor() as usize, (at.floor() as usize + 1).min(length - 1), at.fract())
        };
        let ((x0, x1, dx), (y0, y1, dy)) = (along(uv.x, width), along(uv.y, height));
        let [p00, p10, p01, p11] = [texel(x0, y0), texel(x1, y0), texel(x0, y1), texel(x1, y1)];
        std::array::from_fn(|i| {
            let (upper, lower) = (p00[i] + (p10[i] - p00[i]) * dx, p01[i] + (p11[i] - p01[i]) * dx);
            upper + (lower - upper) * dy
        })
    }
}

/// Textures by the names that meshes call them by.
#[derive(Default)]
pub struct TextureSet(HashMap<TextureId, Texture>);

impl TextureSet {
    /// Takes a new texture, or a change of a part of one.
    pub fn take(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            let filter = delta.options.magnification;
            self.0.insert(id, Texture { image: ColorImage::clone(image), filter });
            return;
        };
        let Some(Texture { image: whole, .. }) = self.0.get_mut(&id) else { return };
        let width = whole.size[0];
        for (row, pixels) in image.pixels.chunks_exact(image.size[0].max(1)).enumerate() {
            let start = (top + row) * width + left;
            if let Some(place) = whole.pixels.get_mut(start..start + pixels.len()) {
                place.copy_from_slice(pixels);
            }
        }
    }

    /// The texture of this name; none where it has no pixels.
    pub fn of(&self, id: TextureId) -> Option<&Texture> {
        self.0.get(&id).filter(|texture| !texture.image.pixels.is_empty())
    }
}

/// Red, green, blue and opacity, 0 … 255.
pub(super) fn parts(colour: Color32) -> [f32; 4] {
    colour.to_array().map(f32::from)
}
