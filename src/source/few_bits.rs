use image::DynamicImage;

/// Bits of cameras whose values are kept in sixteen.
const BITS: [u32; 2] = [10, 12];
/// The largest value of eight bits; a picture that holds no more is black, whatever it is stretched by.
const EIGHT_BITS: u16 = 255;

/// Stretches a picture of sixteen bits a channel that holds the values of a camera of 10 or 12 bits, so that the
/// camera's white is white; the bits, where that was done.
///
/// Told by the largest value alone: a picture of sixteen bits that is darker than a sixteenth of white is taken for
/// one.
pub(super) fn stretch(picture: &mut DynamicImage) -> Option<u32> {
    let values: &mut [u16] = match picture {
        DynamicImage::ImageLuma16(pixels) => pixels,
        DynamicImage::ImageRgb16(pixels) => pixels,
        _ => return None,
    };
    let largest = values.iter().copied().max().filter(|&largest| largest > EIGHT_BITS)?;
    let bits = BITS.into_iter().find(|bits| u32::from(largest) < 1 << bits)?;
    let white = (1_u32 << bits) - 1;
    for value in values {
        *value = (u32::from(*value) * u32::from(u16::MAX) / white) as u16;
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use image::{ImageBuffer, Luma};

    use super::*;

    #[test]
    fn values_of_fewer_bits_become_the_whole_range() {
        for (largest, bits, stretched) in
            [(1023, Some(10), u16::MAX), (4095, Some(12), u16::MAX), (4096, None, 4096), (255, None, 255)]
        {
            let pixels: ImageBuffer<Luma<u16>, Vec<u16>> = ImageBuffer::from_pixel(2, 1, Luma([largest]));
            let mut picture = DynamicImage::from(pixels);
            assert_eq!(stretch(&mut picture), bits);
            assert_eq!(picture.into_luma16().get_pixel(1, 0).0, [stretched]);
        }
    }
}
