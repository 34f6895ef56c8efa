//! From a picture to the numbers the network is fed.

use image::RgbImage;

/// Mean of ImageNet's red, green and blue, on a scale of 0 … 1.
pub const MEAN: [f32; 3] = [0.485, 0.456, 0.406];

/// Standard deviation of ImageNet's red, green and blue, on a scale of 0 … 1.
pub const STD: [f32; 3] = [0.229, 0.224, 0.225];

/// The picture scaled to 0 … 1, less [`MEAN`], divided by [`STD`].
///
/// # Shapes
/// `[3, height, width]` in row-major order: the red plane, then the green one, then the blue one.
pub fn normalise(picture: &RgbImage) -> Vec<f32> {
    let channels = MEAN.iter().zip(STD).enumerate();
    channels
        .flat_map(|(channel, (mean, std))| {
            picture.pixels().map(move |pixel| (f32::from(pixel.0[channel]) / 255.0 - mean) / std)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_become_planes_in_row_order() {
        let picture = RgbImage::from_fn(3, 2, |x, y| image::Rgb([(10 * y + x) as u8, 255, 0]));
        let values = normalise(&picture);
        assert_eq!(values.len(), 18);
        for (index, level) in [0.0_f32, 1.0, 2.0, 10.0, 11.0, 12.0].into_iter().enumerate() {
            approx::assert_relative_eq!(values[index], (level / 255.0 - 0.485) / 0.229, epsilon = 1e-6);
            approx::assert_relative_eq!(values[6 + index], (1.0 - 0.456) / 0.224, epsilon = 1e-6);
            approx::assert_relative_eq!(values[12 + index], -0.406 / 0.225, epsilon = 1e-6);
        }
    }
}
