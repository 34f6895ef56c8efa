//! Weights made to do harm: networks far larger than their files, and numbers that make no heatmaps.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

use image::RgbImage;
use posescope::engine::{Predictor, Settings, View, Weights};
use posescope::network::checkpoint::{HostTensor, WeightsFile};
use posescope::network::{
    BuiltNetwork, DeviceChoice, NetworkConfig, Precision, sized_name, write_safetensors,
};
use posescope::pose::{BoundingBox, Capture, Decoder, InputSize, Region, Sampling, Seen};
use tch::Device;

type Tensors = BTreeMap<String, HostTensor>;

fn write(path: &Path, tensors: &Tensors) {
    write_safetensors(path, tensors, BTreeMap::new(), Precision::Float32).unwrap();
}

/// What is said of these tensors when a network is to be made of them.
fn refusal(tensors: &Tensors) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.safetensors");
    write(&path, tensors);
    let file = WeightsFile::read(&path).unwrap();
    let message = BuiltNetwork::from_file(&file, Device::Cpu).unwrap_err().to_string();
    assert!(message.starts_with(&path.display().to_string()), "{message}");
    message
}

fn tiny() -> Tensors {
    BuiltNetwork::untrained(NetworkConfig::tiny(), Device::Cpu).unwrap().to_host().unwrap()
}

/// A file without a single number that describes a network of this width.
fn hollow(channels: usize) -> Tensors {
    let mut tensors = Tensors::new();
    let mut add = |name: String, length: usize| {
        tensors.insert(name, HostTensor { shape: vec![length, 0], values: Vec::new() });
    };
    for (stage, scales) in [3, 2, 2].into_iter().enumerate() {
        let block = format!("stage_blocks.{stage}.trains_block0");
        add(format!("{block}.norm1.weight"), channels);
        for scale in 0..scales {
            add(format!("{block}.attn.attn_modules.{scale}.attention_biases"), 8);
        }
    }
    add("fgmm.csMixer.2.conv.weight".to_owned(), 17);
    tensors
}

#[test]
fn a_network_far_larger_than_its_file_is_never_built() {
    let message = refusal(&hollow(4096));
    assert!(message.contains("CMSA 4096-4096-4096"), "{message}");
    assert!(message.contains("numbers, expected at most 200000000"), "{message}");
    let message = refusal(&hollow(1024));
    assert!(message.contains("tensor `embedding_blocks.0.") && message.contains("is missing"), "{message}");

    let mut tensors = tiny();
    let name = "stage_blocks.2.trains_block1.mlp.fc1.weight";
    tensors.insert(name.to_owned(), HostTensor { shape: vec![448, 0], values: Vec::new() });
    let message = refusal(&tensors);
    assert!(message.contains(&format!("`{name}` has shape [448, 0], expected [448, 112]")), "{message}");
}

#[test]
fn a_variance_below_zero_is_named() {
    let name = "stage_blocks.1.trains_block0.norm1.running_var";
    let mut tensors = tiny();
    let good = tensors[name].clone();
    tensors.get_mut(name).unwrap().values[3] = -1.0;
    let bad = tensors.insert(name.to_owned(), good).unwrap();
    let own = sized_name(name, InputSize::STANDARD[1]);
    for name in [name.to_owned(), own] {
        let mut tensors = tensors.clone();
        tensors.insert(name.clone(), bad.clone());
        let message = refusal(&tensors);
        let expected = format!("tensor `{name}`: expected variances of at least 0, found -1");
        assert!(message.ends_with(&expected), "{message}");
    }
}

#[test]
fn heatmaps_that_are_not_finite_are_an_error_that_names_the_likely_tensor() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("steep.safetensors");
    let name = "stage_blocks.0.trains_block1.norm2.weight";
    let mut tensors = tiny();
    tensors.get_mut(name).unwrap().values.fill(-3e38);
    write(&path, &tensors);
    let predictor = Predictor::load(&Weights::File(path.clone()), DeviceChoice::Cpu).unwrap();
    let picture =
        RgbImage::from_fn(24, 32, |x, y| image::Rgb([(10 * x) as u8, (7 * y) as u8, (x * y) as u8]));
    let bounds = BoundingBox::whole(24, 32);
    let seen = Seen { capture: picture.clone(), input: picture };
    let view = View { bounds, region: Region::around(&bounds), seen: &seen };
    let capture = Capture { height: 32, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
    let input = InputSize::STANDARD[0];
    let settings =
        Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() };
    for flip_test in [false, true] {
        let settings = Settings { flip_test, ..settings.clone() };
        let message = predictor.find(&[view], &settings).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{}: expected finite heatmaps", path.display())), "{message}");
        let suspicion = format!("the likely cause is tensor `{name}`, with values up to 3e38");
        assert!(message.ends_with(&suspicion), "{message}");
    }
}
