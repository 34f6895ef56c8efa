//! Light, colour, noise and occlusion: changes of pixels, done on the device for a whole batch.

use tch::{Device, Kind, Tensor};

/// Numbers of an [`Appearance`] in a batch's table.
const COLUMNS: usize = 14;

/// A rectangle painted over, so that the network learns to guess what it cannot see.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Patch {
    /// Column and row of its middle, in 0 … 1 of the input's width and height.
    pub centre: (f32, f32),
    /// Its width and height, likewise.
    pub sides: (f32, f32),
    /// Red, green and blue in 0 … 1.
    pub colour: [f32; 3],
}

/// How the pixels of one crop are changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Appearance {
    /// Factor on the distance from the picture's mean.
    pub contrast: f32,
    /// Factors on red, green and blue.
    pub gains: [f32; 3],
    /// Added to every value.
    pub brightness: f32,
    /// Whether colour is lost.
    pub grey: bool,
    /// Standard deviation of the noise.
    pub noise: f32,
    /// What is painted over, if anything.
    pub patch: Option<Patch>,
}

impl Appearance {
    fn row(&self) -> [f32; COLUMNS] {
        let [red, green, blue] = self.gains;
        let grey = f32::from(u8::from(self.grey));
        // A patch without sides covers no pixel.
        let Patch { centre, sides, colour: [r, g, b] } =
            self.patch.unwrap_or(Patch { centre: (0.0, 0.0), sides: (0.0, 0.0), colour: [0.0; 3] });
        let Self { contrast, brightness, noise, .. } = *self;
        [contrast, red, green, blue, brightness, grey, noise, centre.0, centre.1, sides.0, sides.1, r, g, b]
    }
}

/// Changes the pictures `[B, 3, H, W]` with values of 0 … 1; the result stays in that range. Noise comes from
/// libtorch's generator of the device.
pub(super) fn apply(pictures: Tensor, appearances: &[Appearance]) -> Tensor {
    let device = pictures.device();
    let rows: Vec<f32> = appearances.iter().flat_map(Appearance::row).collect();
    // [B, 14, 1, 1]
    let table = Tensor::from_slice(&rows).view([-1, COLUMNS as i64, 1, 1]).to_device(device);
    let part = |from: i64, length: i64| table.narrow(1, from, length);

    let mean = pictures.mean_dim([1, 2, 3].as_slice(), true, None::<Kind>);
    let lit = ((pictures - &mean) * part(0, 1) + mean) * part(1, 3) + part(4, 1);
    let colourless = lit.mean_dim([1].as_slice(), true, None::<Kind>);
    let grey = part(5, 1);
    let lit = &lit + (colourless - &lit) * grey;
    let noisy = &lit + lit.randn_like() * part(6, 1);
    noisy.clamp(0.0, 1.0).where_self(&outside(&table, &noisy), &part(11, 3))
}

/// Which pixels no patch covers: `[B, 1, H, W]`.
fn outside(table: &Tensor, pictures: &Tensor) -> Tensor {
    let size = pictures.size();
    let (height, width) = (size[2], size[3]);
    let middles = |count: i64| (Tensor::arange(count, (Kind::Float, table.device())) + 0.5) / count as f64;
    let beyond = |pixels: Tensor, centre: i64, side: i64| {
        let distance = (pixels - table.narrow(1, centre, 1)).abs();
        distance.ge_tensor(&(table.narrow(1, side, 1) / 2.0))
    };
    let across = beyond(middles(width).view([1, 1, 1, width]), 7, 9);
    let down = beyond(middles(height).view([1, 1, height, 1]), 8, 10);
    across.logical_or(&down)
}

/// ImageNet's mean and deviation, as `[1, 3, 1, 1]`, for values of 0 … 1.
pub(super) fn normalised(pictures: &Tensor, device: Device) -> Tensor {
    let channels = |numbers: &[f32; 3]| Tensor::from_slice(numbers).view([1, 3, 1, 1]).to_device(device);
    (pictures - channels(&crate::pose::MEAN)) / channels(&crate::pose::STD)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Appearance =
        Appearance { contrast: 1.0, gains: [1.0; 3], brightness: 0.0, grey: false, noise: 0.0, patch: None };

    fn pictures() -> Tensor {
        Tensor::arange(2 * 3 * 4 * 6, (Kind::Float, Device::Cpu)).view([2, 3, 4, 6]) / 200.0
    }

    fn value(tensor: &Tensor, index: [i64; 4]) -> f64 {
        tensor.double_value(&index)
    }

    #[test]
    fn the_plain_appearance_changes_nothing() {
        let changed = apply(pictures(), &[PLAIN; 2]);
        assert!((changed - pictures()).abs().max().double_value(&[]) < 1e-6);
    }

    #[test]
    fn each_crop_has_its_own_numbers() {
        let brighter = Appearance { brightness: 0.1, gains: [1.0, 1.5, 1.0], ..PLAIN };
        let grey = Appearance { grey: true, ..PLAIN };
        let changed = apply(pictures(), &[brighter, grey]);
        approx::assert_abs_diff_eq!(value(&changed, [0, 0, 1, 1]), 7.0 / 200.0 + 0.1, epsilon = 1e-6);
        approx::assert_abs_diff_eq!(value(&changed, [0, 1, 1, 1]), 31.0 / 200.0 * 1.5 + 0.1, epsilon = 1e-6);
        approx::assert_abs_diff_eq!(value(&changed, [1, 2, 1, 1]), (72.0 + 31.0) / 200.0, epsilon = 1e-6);
    }

    #[test]
    fn a_patch_covers_its_rectangle() {
        let patch = Patch { centre: (0.5, 0.25), sides: (0.34, 0.5), colour: [0.9, 0.8, 0.7] };
        let changed = apply(pictures(), &[Appearance { patch: Some(patch), ..PLAIN }, PLAIN]);
        let covered = (&changed - pictures()).abs().gt(1e-6).sum(Kind::Int64).int64_value(&[]);
        // Columns 2 and 3 of 6, rows 0 and 1 of 4, three colours.
        assert_eq!(covered, 2 * 2 * 3);
        approx::assert_abs_diff_eq!(value(&changed, [0, 1, 0, 2]), 0.8, epsilon = 1e-6);
    }

    #[test]
    fn noise_has_the_deviation_asked_for() {
        tch::manual_seed(1);
        let flat = Tensor::full([1, 3, 64, 64], 0.5, (Kind::Float, Device::Cpu));
        let noisy = apply(flat, &[Appearance { noise: 0.05, ..PLAIN }]);
        approx::assert_abs_diff_eq!(noisy.std(true).double_value(&[]), 0.05, epsilon = 0.003);
    }
}
