//! The network agrees with an independent implementation: `tests/golden/` holds its inputs and outputs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use posescope::network::checkpoint::{HostTensor, WeightsFile};
use posescope::network::{BuiltNetwork, NetworkError, PoseNetwork, TracedOutput, Variant, to_host};
use tch::{Device, Tensor};

const TOLERANCE: f32 = 1e-4;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn read(name: &str) -> WeightsFile {
    WeightsFile::read(golden(name)).unwrap()
}

fn tensor(file: &WeightsFile, name: &str) -> Tensor {
    let host = &file.tensors[name];
    let shape: Vec<i64> = host.shape.iter().map(|&n| n as i64).collect();
    Tensor::from_slice(&host.values).view(shape.as_slice())
}

fn network(weights: &str) -> PoseNetwork {
    BuiltNetwork::from_file(&read(weights), Device::Cpu).unwrap().network
}

fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Runs the trained and the folded form, and compares both with the golden heatmaps.
fn check_heatmaps(weights: &str, numbers: &str) {
    let numbers = read(numbers);
    let (input, expected) = (tensor(&numbers, "input"), &numbers.tensors["heatmaps"]);
    let unfolded = network(weights);
    let plain = to_host(&unfolded.forward(&input, &[]).unwrap()).unwrap();
    let folded = to_host(&unfolded.fold().forward(&input, &[]).unwrap()).unwrap();
    for (form, found) in [("unfolded", &plain), ("folded", &folded)] {
        assert_eq!(found.shape, expected.shape);
        let difference = largest_difference(&found.values, &expected.values);
        assert!(difference < TOLERANCE, "{form} {weights}: heatmaps differ by {difference}");
    }
}

#[test]
fn tiny_at_64x48() {
    check_heatmaps("calm.tiny.weights.safetensors", "calm.tiny.64x48.safetensors");
}

#[test]
fn tiny_with_ema_at_32x24() {
    check_heatmaps("calm.tiny_ema.weights.safetensors", "calm.tiny_ema.32x24.safetensors");
}

#[test]
fn tiny_with_ema_at_96x72() {
    check_heatmaps("calm.tiny_ema.weights.safetensors", "calm.tiny_ema.96x72.safetensors");
}

#[test]
fn tiny_with_a_stem_stride_of_2() {
    check_heatmaps("calm.tiny_stride2.weights.safetensors", "calm.tiny_stride2.64x48.safetensors");
}

/// Every traced tensor of every picture against the golden one, in both forms.
fn check_trace(weights: &str, numbers: &str) {
    let numbers = read(numbers);
    let input = tensor(&numbers, "input");
    let batch = input.size()[0] as usize;
    let unfolded = network(weights);
    let plain = unfolded.forward_traced(&input, &[]).unwrap();
    let folded = unfolded.fold().forward_traced(&input, &[]).unwrap();
    for traced in [plain, folded] {
        let TracedOutput { heatmaps, traces, times } = traced;
        let difference =
            largest_difference(&to_host(&heatmaps).unwrap().values, &numbers.tensors["heatmaps"].values);
        assert!(difference < TOLERANCE, "traced heatmaps differ by {difference}");
        assert_eq!(traces.len(), batch);
        assert!(times.iter().any(|t| t.part == "stage 2" && t.milliseconds > 0.0));
        for (sample, trace) in traces.iter().enumerate() {
            let found: HashMap<String, &HostTensor> = trace.named_tensors().into_iter().collect();
            let wanted: Vec<&String> = numbers
                .tensors
                .keys()
                .filter(|n| n.starts_with("attention/") || n.starts_with("ema/"))
                .collect();
            assert!(wanted.len() >= 15, "only {} golden tensors to compare with", wanted.len());
            for name in wanted {
                let expected = &numbers.tensors[name];
                let own = found[name.as_str()];
                let part = expected.values.len() / batch;
                let expected = &expected.values[sample * part..(sample + 1) * part];
                let difference = largest_difference(&own.values, expected);
                assert!(difference < TOLERANCE, "{name} of picture {sample} differs by {difference}");
            }
        }
    }
}

#[test]
fn attention_and_ema_agree() {
    check_trace("calm.tiny_ema.weights.safetensors", "calm.tiny_ema.32x24.safetensors");
}

/// With wholly random weights only the first block can be compared: from there on activations grow until
/// rounding decides every softmax (`tests/golden/reference/make.py` says how far).
#[test]
fn first_attention_of_random_weights_agrees() {
    let numbers = read("tiny.32x24.safetensors");
    let input = tensor(&numbers, "input");
    let traces = network("tiny.weights.safetensors").fold().forward_traced(&input, &[]).unwrap().traces;
    assert_eq!(traces.len(), 2);
    for (sample, trace) in traces.iter().enumerate() {
        for scale in 0..3 {
            let own = trace.attention_of(0, 0, scale).unwrap();
            let expected = &numbers.tensors[&own.name()].values;
            let part = expected.len() / 2;
            let difference =
                largest_difference(&own.weights.values, &expected[sample * part..(sample + 1) * part]);
            assert!(difference < 1e-5, "scale {scale} of picture {sample} differs by {difference}");
        }
    }
}

#[test]
fn parameter_counts_are_those_of_the_paper() {
    let text = std::fs::read_to_string(golden("parameter_counts.json")).unwrap();
    let expected: HashMap<String, usize> = serde_json::from_str(&text).unwrap();
    assert_eq!(expected.len(), 3);
    for (variant, expected) in expected {
        let config = variant.parse::<Variant>().unwrap().into();
        let built = BuiltNetwork::untrained(config, Device::Cpu).unwrap();
        assert_eq!(built.parameter_count(), expected, "CMSA-{variant}");
    }
}

#[test]
fn a_size_that_is_no_multiple_is_named() {
    let network = network("calm.tiny.weights.safetensors");
    let error =
        network.forward(&Tensor::zeros([1, 3, 40, 24], (tch::Kind::Float, Device::Cpu)), &[]).unwrap_err();
    assert!(matches!(error, NetworkError::Input { .. }));
    let message = error.to_string();
    assert!(message.contains("multiple of 32") && message.contains("[1, 3, 40, 24]"), "{message}");
    let strided =
        BuiltNetwork::from_file(&read("calm.tiny_stride2.weights.safetensors"), Device::Cpu).unwrap();
    let too_small = Tensor::zeros([1, 3, 32, 24], (tch::Kind::Float, Device::Cpu));
    assert!(strided.network.forward(&too_small, &[]).unwrap_err().to_string().contains("multiple of 64"));
}
