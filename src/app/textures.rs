//! Textures made once and kept as long as they are drawn.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};
use image::RgbImage;

/// Frames a texture survives without being drawn.
const KEPT_FRAMES: u64 = 3;

/// Textures by what they show.
#[derive(Default)]
pub struct Textures {
    frame: u64,
    entries: HashMap<u64, (TextureHandle, u64)>,
}

impl Textures {
    /// The texture of whatever `key` names, made by `make` if it is not at hand. Pixels are drawn as squares.
    pub fn sharp(&mut self, ctx: &Context, key: impl Hash, make: impl FnOnce() -> ColorImage) -> TextureId {
        self.get(ctx, (key, "sharp"), make, TextureOptions::NEAREST)
    }

    /// As [`Self::sharp`], with smooth shrinking for photographs; still squares when enlarged.
    pub fn photo(&mut self, ctx: &Context, key: impl Hash, make: impl FnOnce() -> ColorImage) -> TextureId {
        let options = TextureOptions {
            minification: egui::TextureFilter::Linear,
            mipmap_mode: Some(egui::TextureFilter::Linear),
            ..TextureOptions::NEAREST
        };
        self.get(ctx, (key, "photo"), make, options)
    }

    fn get(
        &mut self,
        ctx: &Context,
        key: impl Hash,
        make: impl FnOnce() -> ColorImage,
        options: TextureOptions,
    ) -> TextureId {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let key = hasher.finish();
        let frame = self.frame;
        let (texture, last) = self
            .entries
            .entry(key)
            .or_insert_with(|| (ctx.load_texture(format!("{key:x}"), make(), options), frame));
        *last = frame;
        texture.id()
    }

    /// Lets go of what has not been drawn lately; call once a frame.
    pub fn end_frame(&mut self) {
        let frame = self.frame;
        self.entries.retain(|_, (_, last)| frame - *last < KEPT_FRAMES);
        self.frame += 1;
    }
}

/// A picture for the screen.
pub fn to_screen(picture: &RgbImage) -> ColorImage {
    let size = [picture.width() as usize, picture.height() as usize];
    ColorImage::from_rgb(size, picture.as_raw())
}

/// A picture for the screen, no side longer than a graphics card takes; zooming in on the rest loses detail.
pub fn to_screen_within(picture: &RgbImage, longest: u32) -> ColorImage {
    let (width, height) = picture.dimensions();
    let side = width.max(height);
    if side <= longest {
        return to_screen(picture);
    }
    let shrunk = |n: u32| ((u64::from(n) * u64::from(longest) / u64::from(side)) as u32).max(1);
    to_screen(&image::imageops::thumbnail(picture, shrunk(width), shrunk(height)))
}
