//! Batch-norm statistics of each input size: read from a file, used at their size, kept by what writes files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use posescope::network::checkpoint::{HostTensor, WeightsFile};
use posescope::network::{
    BuiltNetwork, FoldedNetwork, NetworkError, Precision, SIZES_KEY, is_statistic, sized_name, to_host,
    write_safetensors,
};
use posescope::pose::InputSize;
use tch::{Device, Kind, Tensor};

const TOLERANCE: f32 = 1e-4;

fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn golden(name: &str) -> WeightsFile {
    WeightsFile::read(here("tests/golden").join(name)).unwrap()
}

fn tensor(host: &HostTensor) -> Tensor {
    let shape: Vec<i64> = host.shape.iter().map(|&n| n as i64).collect();
    Tensor::from_slice(&host.values).view(shape.as_slice())
}

/// Running statistics that are far from the right ones.
fn spoilt(name: &str, tensor: &HostTensor) -> HostTensor {
    let change = |value: &f32| if name.ends_with("var") { 3.0 * value } else { value + 0.5 };
    HostTensor { shape: tensor.shape.clone(), values: tensor.values.iter().map(change).collect() }
}

/// The golden network with spoilt statistics under plain names, and the right ones for `size`.
fn with_own_statistics(size: InputSize) -> WeightsFile {
    let mut file = golden("calm.tiny.weights.safetensors");
    let statistics: Vec<(String, HostTensor)> = file
        .tensors
        .iter()
        .filter(|(name, _)| is_statistic(name))
        .map(|(n, t)| (n.clone(), t.clone()))
        .collect();
    assert!(statistics.len() > 100);
    for (name, right) in statistics {
        file.tensors.insert(name.clone(), spoilt(&name, &right));
        file.tensors.insert(sized_name(&name, size), right);
    }
    file.metadata.insert(SIZES_KEY.to_owned(), r#"["32x24","64x48"]"#.to_owned());
    file
}

fn folded(file: &WeightsFile) -> FoldedNetwork {
    FoldedNetwork::new(BuiltNetwork::from_file(file, Device::Cpu).unwrap()).unwrap()
}

fn heatmaps(network: &FoldedNetwork, pictures: &Tensor) -> Vec<f32> {
    to_host(&network.forward(pictures, &[]).unwrap()).unwrap().values
}

fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn pictures(height: i64, width: i64) -> Tensor {
    tch::manual_seed(1);
    Tensor::randn([1, 3, height, width], (Kind::Float, Device::Cpu))
}

#[test]
fn a_size_with_statistics_of_its_own_gives_the_golden_heatmaps() {
    let numbers = golden("calm.tiny.64x48.safetensors");
    let network = folded(&with_own_statistics(InputSize::STANDARD[1]));
    let input = tensor(&numbers.tensors["input"]);
    let expected = &numbers.tensors["heatmaps"].values;
    let difference = largest_difference(&heatmaps(&network, &input), expected);
    assert!(difference < TOLERANCE, "heatmaps differ by {difference}");
    let traced = to_host(&network.forward_traced(&input, &[]).unwrap().heatmaps).unwrap().values;
    assert!(largest_difference(&traced, expected) < TOLERANCE);
}

#[test]
fn other_sizes_take_those_of_the_nearest() {
    let sized = with_own_statistics(InputSize::STANDARD[1]);
    let right = folded(&golden("calm.tiny.weights.safetensors"));
    let mut plain = sized.clone();
    plain.tensors.retain(|name, _| !name.contains('@'));
    let (network, plain) = (folded(&sized), folded(&plain));
    for (height, width, expected, other) in
        [(32, 24, &plain, &right), (96, 72, &right, &plain), (128, 96, &right, &plain)]
    {
        let pictures = pictures(height, width);
        let found = heatmaps(&network, &pictures);
        assert!(largest_difference(&found, &heatmaps(expected, &pictures)) < 1e-6, "{height}×{width}");
        assert!(largest_difference(&found, &heatmaps(other, &pictures)) > 1e-2, "{height}×{width}");
    }
}

#[test]
fn a_file_without_them_works_as_before() {
    let numbers = golden("calm.tiny.64x48.safetensors");
    let network = folded(&golden("calm.tiny.weights.safetensors"));
    let found = heatmaps(&network, &tensor(&numbers.tensors["input"]));
    assert!(largest_difference(&found, &numbers.tensors["heatmaps"].values) < TOLERANCE);
}

#[test]
fn what_does_not_fit_is_named() {
    let good = with_own_statistics(InputSize::STANDARD[1]);
    let name = "fgmm.norm1.running_mean";
    let told = |change: &dyn Fn(&mut BTreeMap<String, HostTensor>)| {
        let mut file = good.clone();
        change(&mut file.tensors);
        let error = BuiltNetwork::from_file(&file, Device::Cpu).unwrap_err();
        assert!(matches!(error, NetworkError::Weights { .. }));
        error.to_string()
    };
    let value = good.tensors[name].clone();
    let add = |name: &'static str, value: HostTensor| {
        told(&move |tensors| {
            tensors.insert(name.to_owned(), value.clone());
        })
    };
    let foreign = add("fgmm.norm1.weight@64x48", value.clone());
    assert!(foreign.contains("`fgmm.norm1.weight@64x48` belongs to no batch norm"), "{foreign}");
    let odd = add("fgmm.norm1.running_mean@31x24", value.clone());
    assert!(odd.contains("31×24 is no input size"), "{odd}");
    let lonely = add("fgmm.norm1.running_mean@96x72", value.clone());
    assert!(lonely.contains("@96x72` is missing, while 64×48 has its own"), "{lonely}");
    let short = add("fgmm.norm1.running_mean@64x48", HostTensor { shape: vec![1], values: vec![0.0] });
    assert!(short.contains("has shape [1], expected [24]"), "{short}");
    let missing = told(&|tensors| {
        tensors.remove(name);
    });
    assert!(missing.contains("`fgmm.norm1.running_mean` is missing"), "{missing}");
}

#[test]
fn convert_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = ["from", "to"].map(|name| folder.path().join(name).with_extension("safetensors"));
    let file = with_own_statistics(InputSize::STANDARD[1]);
    write_safetensors(&from, &file.tensors, file.metadata.clone(), Precision::Float32).unwrap();
    let mut convert = assert_cmd::Command::new(env!("CARGO_BIN_EXE_posescope"));
    convert.arg("convert").arg(&from).arg(&to).assert().success();
    let converted = WeightsFile::read(&to).unwrap();
    assert_eq!(converted.tensors, file.tensors);
    assert_eq!(converted.metadata[SIZES_KEY], file.metadata[SIZES_KEY]);
}

#[test]
fn a_pth_file_hands_its_names_on() {
    let file = WeightsFile::read(here("tests/checkpoints/sized.pth")).unwrap();
    let sized: Vec<&String> = file.tensors.keys().filter(|name| name.contains('@')).collect();
    assert_eq!(sized, ["embed.bn.running_mean@64x48", "embed.bn.running_var@64x48"]);
    assert_ne!(file.tensors[sized[0]], file.tensors["embed.bn.running_mean"]);
}
