//! Pictures as a batch.

use image::RgbImage;
use tch::{Device, Kind, TchError, Tensor};

/// Pictures of one size as numbers 0 … 255: red, green, blue.
///
/// # Shapes
/// `[N, 3, H, W]`, float32.
///
/// # Errors
/// When the pictures are not all of this size, or there is no memory.
pub(super) fn batch(
    pictures: &[RgbImage],
    (width, height): (u32, u32),
    device: Device,
) -> Result<Tensor, TchError> {
    let bytes: Vec<u8> = pictures.iter().flat_map(|picture| picture.as_raw()).copied().collect();
    // [N, H, W, 3] -> [N, 3, H, W]
    Tensor::f_from_slice(&bytes)?
        .f_view([pictures.len() as i64, i64::from(height), i64::from(width), 3])?
        .f_to_device(device)?
        .f_permute([0, 3, 1, 2])?
        .f_to_kind(Kind::Float)?
        .f_contiguous()
}
