//! Filling triangles.

use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect, Vec2, pos2};
use image::{Rgb, RgbImage};

use super::texture::{Texture, parts};

/// A picture that triangles are filled in, as egui's painters do: colours are premultiplied and mixed as they are
/// stored, and a texture multiplies them.
pub struct Raster {
    width: usize,
    height: usize,
    scale: f32,
    /// Red, green and blue, 0 … 255, row by row.
    pixels: Vec<[f32; 3]>,
}

impl Raster {
    /// A picture of `size` pixels in one colour; places are given in points of `scale` pixels.
    pub fn new(size: Vec2, scale: f32, background: Color32) -> Self {
        let (width, height) = (size.x.max(1.0) as usize, size.y.max(1.0) as usize);
        let [red, green, blue, _] = parts(background);
        Self { width, height, scale, pixels: vec![[red, green, blue]; width * height] }
    }

    /// A picture to fill triangles in over what is there; places are given in points of `scale` pixels.
    pub fn over(picture: &RgbImage, scale: f32) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixels = picture.pixels().map(|pixel| pixel.0.map(f32::from)).collect();
        Self { width, height, scale, pixels }
    }

    /// Fills the triangles of a mesh, as far as they lie inside of `clip`; white where there is no texture.
    pub fn fill(&mut self, mesh: &Mesh, clip: Rect, texture: Option<&Texture>) {
        let clip = (clip * self.scale)
            .intersect(Rect::from_min_max(Pos2::ZERO, pos2(self.width as f32, self.height as f32)));
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |index: u32| mesh.vertices.get(index as usize);
            if let [Some(a), Some(b), Some(c)] = [corner(corners[0]), corner(corners[1]), corner(corners[2])]
            {
                self.triangle([a, b, c], clip, texture);
            }
        }
    }

    /// The picture as it is now.
    pub fn into_picture(self) -> RgbImage {
        let byte = |part: f32| part.round().clamp(0.0, 255.0) as u8;
        RgbImage::from_fn(self.width as u32, self.height as u32, |x, y| {
            Rgb(self.pixels[y as usize * self.width + x as usize].map(byte))
        })
    }

    fn triangle(&mut self, [a, b, c]: [&Vertex; 3], clip: Rect, texture: Option<&Texture>) {
        let at = |vertex: &Vertex| (vertex.pos.to_vec2() * self.scale).to_pos2();
        let area = edge(at(a), at(b), at(c));
        let [a, b, c] = if area < 0.0 { [a, c, b] } else { [a, b, c] };
        let corners = [at(a), at(b), at(c)];
        let area = area.abs();
        let bounds = Rect::from_points(&corners).intersect(clip);
        if !area.is_normal() || !bounds.is_positive() {
            return;
        }
        let (left, right) =
            (bounds.left().floor() as usize, (bounds.right().ceil() as usize).min(self.width));
        let (top, bottom) =
            (bounds.top().floor() as usize, (bounds.bottom().ceil() as usize).min(self.height));
        let colours = [a, b, c].map(|vertex| parts(vertex.color));
        for y in top..bottom {
            for x in left..right {
                let place = pos2(x as f32 + 0.5, y as f32 + 0.5);
                if !clip.contains(place) {
                    continue;
                }
                let Some(shares) = shares(corners, place, area) else { continue };
                let mix = |of: [f32; 3]| of.iter().zip(shares).map(|(part, share)| part * share).sum::<f32>();
                let mut colour: [f32; 4] = std::array::from_fn(|i| mix(colours.map(|colour| colour[i])));
                if let Some(texture) = texture {
                    let uv = pos2(mix([a.uv.x, b.uv.x, c.uv.x]), mix([a.uv.y, b.uv.y, c.uv.y]));
                    let texel = texture.at(uv);
                    colour.iter_mut().zip(texel).for_each(|(part, texel)| *part *= texel / 255.0);
                }
                let rest = 1.0 - colour[3] / 255.0;
                let pixel = &mut self.pixels[y * self.width + x];
                pixel.iter_mut().zip(colour).for_each(|(below, part)| *below = part + *below * rest);
            }
        }
    }
}

/// Twice the area of the triangle, positive where its corners go around with the clock on the screen.
fn edge(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// How near a place is to each corner, together 1; none outside. A place on an edge belongs to one of the two triangles
/// that meet there: the one it is a top or left edge of.
fn shares([a, b, c]: [Pos2; 3], place: Pos2, area: f32) -> Option<[f32; 3]> {
    let inside = |from: Pos2, to: Pos2| {
        let side = edge(from, to, place);
        let owns = (from.y == to.y && to.x > from.x) || to.y < from.y;
        (side > 0.0 || (side == 0.0 && owns)).then_some(side / area)
    };
    Some([inside(b, c)?, inside(c, a)?, inside(a, b)?])
}
