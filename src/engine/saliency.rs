//! Gradient × input (Shrikumar et al. 2016, arXiv 1605.01713): the share that each pixel of the input has in the peak of
//! a joint's heatmap, as far as the network is linear around this input.

use tch::{Kind, TchError, Tensor};

use super::request::Settings;
use crate::network::{FoldedNetwork, Grid, NetworkError, to_host};
use crate::pose::FLIP_INDEX;

/// The gradient of the highest value of a joint's heatmap with respect to the input `[1, 3, H, W]`, times that input,
/// summed over the channels: `[H, W]`. The input is normalised, so 0 is the mean colour. With the flip test the heatmap
/// is the mean of both passes.
///
/// # Errors
/// When the shape is none the network takes, an ablation or the joint is none it has, or libtorch fails.
pub(super) fn gradient_times_input(
    network: &FoldedNetwork,
    input: &Tensor,
    settings: &Settings,
    joint: usize,
) -> Result<Grid, NetworkError> {
    let flip_test = settings.flip_test;
    // [1, 3, H, W] -> [2, 3, H, W] with the flip test
    let pictures = match flip_test {
        true => Tensor::f_cat(&[input, &input.f_flip([3])?], 0)?,
        false => input.shallow_clone(),
    };
    let gradient = network.gradient(&pictures, &settings.ablations, |maps| peak(maps, joint, flip_test))?;
    // [B, 3, H, W] -> [B, H, W]
    let counts = gradient.f_mul(&pictures)?.f_sum_dim_intlist([1].as_slice(), false, None::<Kind>)?;
    let straight = counts.f_get(0)?;
    let total = match flip_test {
        true => straight.f_add(&counts.f_get(1)?.f_flip([1])?)?,
        false => straight,
    };
    let host = to_host(&total)?;
    match host.shape[..] {
        [rows, columns] => Ok(Grid { rows, columns, values: host.values }),
        _ => Err(NetworkError::Config(format!("expected a gradient [H, W], found {:?}", host.shape))),
    }
}

/// The highest value of a joint's map; maps `[B, joints, H, W]`, where the second picture is the mirrored one.
fn peak(maps: &Tensor, joint: usize, flip_test: bool) -> Result<Tensor, TchError> {
    let map = |picture: i64, joint: usize| maps.f_get(picture)?.f_select(0, joint as i64);
    let straight = map(0, joint)?;
    if !flip_test {
        return straight.f_max();
    }
    let partner = FLIP_INDEX.get(joint).copied().unwrap_or(joint);
    let mirrored = map(1, partner)?.f_flip([1])?;
    straight.f_add(&mirrored)?.f_div_scalar(2.0)?.f_max()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tch::Device;

    use super::*;
    use crate::network::checkpoint::WeightsFile;
    use crate::network::{Ablation, BuiltNetwork};
    use crate::pose::{Capture, Decoder, InputSize, Sampling};

    /// Share by which a pixel is made stronger and weaker.
    const STEP: f64 = 0.01;

    /// A trained one: the numbers of random weights grow so large that rounding hides small differences.
    fn network() -> FoldedNetwork {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/posescope.safetensors");
        let file = WeightsFile::read(file).unwrap();
        FoldedNetwork::new(BuiltNetwork::from_file(&file, Device::Cpu).unwrap()).unwrap()
    }

    /// The same at every call, which random numbers are not while other tests draw some.
    fn input() -> Tensor {
        let number = Tensor::arange(3 * 32 * 24, (Kind::Float, Device::Cpu));
        (&number * &number * 0.37).sin().view([1, 3, 32, 24]) * 1.5
    }

    fn settings(flip_test: bool, ablations: Vec<Ablation>) -> Settings {
        let input = InputSize::STANDARD[0];
        let capture = Capture { height: 32, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
        Settings { capture, input, decoder: Decoder::Dark, flip_test, ablations }
    }

    /// The peak by plain passes through the network.
    fn peak_of(network: &FoldedNetwork, input: &Tensor, settings: &Settings, joint: usize) -> f64 {
        let mut maps = network.forward(input, &settings.ablations).unwrap();
        if settings.flip_test {
            maps = Tensor::cat(&[&maps, &network.forward(&input.flip([3]), &settings.ablations).unwrap()], 0);
        }
        peak(&maps, joint, settings.flip_test).unwrap().double_value(&[])
    }

    /// How fast the peak rises as a part of the input grows, by finite differences; `mask` is 1 in that part.
    fn rise(network: &FoldedNetwork, mask: &Tensor, settings: &Settings, joint: usize) -> f64 {
        let scaled = |share: f64| input() * (mask * share + 1.0);
        let peak = |share: f64| peak_of(network, &scaled(share), settings, joint);
        (peak(STEP) - peak(-STEP)) / (2.0 * STEP)
    }

    fn check(settings: &Settings, joint: usize) {
        let network = network();
        let grid = gradient_times_input(&network, &input(), settings, joint).unwrap();
        assert_eq!((grid.rows, grid.columns), (32, 24));
        let mut strongest: Vec<usize> = (0..grid.values.len()).collect();
        strongest.sort_by(|a, b| grid.values[*b].abs().total_cmp(&grid.values[*a].abs()));
        let largest = f64::from(grid.values[strongest[0]].abs());
        assert!(largest > 0.0);
        for pixel in [0, 1, 2, 300].map(|place| strongest[place]) {
            let mask = Tensor::zeros([1, 1, 32, 24], (Kind::Float, Device::Cpu));
            let _ = mask.view([-1]).get(pixel as i64).fill_(1.0);
            let (expected, found) = (rise(&network, &mask, settings, joint), f64::from(grid.values[pixel]));
            let off = (expected - found).abs();
            assert!(off < 0.05 * found.abs() + 0.02 * largest, "pixel {pixel}: {found}, measured {expected}");
        }
    }

    #[test]
    fn gradients_are_those_of_finite_differences() {
        check(&settings(false, Vec::new()), 9);
    }

    #[test]
    fn with_the_flip_test_both_passes_count() {
        check(&settings(true, Vec::new()), 5);
    }

    #[test]
    fn parts_that_are_left_out_have_no_gradient_of_their_own() {
        check(&settings(false, vec!["s1.scale2".parse().unwrap(), "s3.ema=mean-gate".parse().unwrap()]), 0);
    }

    #[test]
    fn gradients_are_kept_where_the_thread_keeps_none_and_a_joint_that_there_is_not_is_an_error() {
        let (network, input, settings) = (network(), input(), settings(false, Vec::new()));
        let grid = tch::no_grad(|| gradient_times_input(&network, &input, &settings, 0)).unwrap();
        assert!(grid.values.iter().any(|value| *value != 0.0));
        assert!(gradient_times_input(&network, &input, &settings, 17).is_err());
    }
}
