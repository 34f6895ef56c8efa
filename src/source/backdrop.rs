//! What transparent pixels show.

use image::{DynamicImage, RgbImage};

/// The grey that transparent parts show.
const BACKDROP: u8 = 128;

/// Eight-bit RGB: grey is repeated, sixteen bits are rounded, transparency is laid over grey.
pub(super) fn to_rgb(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let (width, height) = picture.dimensions();
    let pixels = over_backdrop(picture.as_raw());
    RgbImage::from_raw(width, height, pixels).unwrap_or_default()
}

/// RGBA bytes laid over [`BACKDROP`], blended on the values as they are stored. Alpha that is 0 everywhere counts as
/// opaque.
pub(super) fn over_backdrop(rgba: &[u8]) -> Vec<u8> {
    let (pixels, _) = rgba.as_chunks::<4>();
    if pixels.iter().all(|&[.., alpha]| alpha == 0) {
        return pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect();
    }
    let blend = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u32::from(colour), u32::from(alpha));
        ((colour * alpha + u32::from(BACKDROP) * (255 - alpha) + 127) / 255) as u8
    };
    pixels.iter().flat_map(|&[r, g, b, alpha]| [blend(r, alpha), blend(g, alpha), blend(b, alpha)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparency_is_grey_unless_all_is_transparent() {
        assert_eq!(over_backdrop(&[10, 20, 30, 0, 200, 100, 0, 255]), [128, 128, 128, 200, 100, 0]);
        assert_eq!(over_backdrop(&[228, 128, 28, 128, 0, 0, 0, 255])[..3], [178, 128, 78]);
        assert_eq!(over_backdrop(&[10, 20, 30, 0, 200, 100, 0, 0]), [10, 20, 30, 200, 100, 0]);
    }
}
