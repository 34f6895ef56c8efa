//! Weight files of every kind, read and refused. `tests/checkpoints/make.py` tells how they were made.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at once")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use posescope::network::checkpoint::{HostTensor, WeightsFile};

/// Files that hold the whole test network.
const NETWORKS: [&str; 15] = [
    "zip.pth",
    "zip_dict.pth",
    "zip_protocol_4.pth",
    "zip_protocol_5.pth",
    "zip_training.pth",
    "zip_wrapped.pth",
    "legacy.pth",
    "legacy_protocol_4.pth",
    "legacy_training.pth",
    "half.pth",
    "half_legacy.pth",
    "bfloat16.pth",
    "double.pth",
    "network.safetensors",
    "prefixed.safetensors",
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checkpoints").join(name)
}

fn read(name: &str) -> WeightsFile {
    WeightsFile::read(path(name)).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(name: &str) -> String {
    WeightsFile::read(path(name)).expect_err(name).to_string()
}

/// The tensor that the script calls `tensor(seed, *shape)`.
fn tensor(seed: usize, shape: &[usize]) -> HostTensor {
    let numel: usize = shape.iter().product();
    let values = (0..numel).map(|i| ((7 * i + 5 * seed) % 23) as f32 / 8.0 - 11.0 / 8.0).collect();
    HostTensor { shape: shape.to_vec(), values }
}

fn network() -> BTreeMap<String, HostTensor> {
    let tensors = [
        ("embed.conv.weight", tensor(1, &[3, 2, 2, 2])),
        ("embed.bn.weight", tensor(2, &[3])),
        ("embed.bn.bias", tensor(3, &[3])),
        ("embed.bn.running_mean", tensor(4, &[3])),
        ("embed.bn.running_var", tensor(5, &[3])),
        ("head.weight", tensor(6, &[2, 3])),
        ("head.bias", tensor(7, &[2])),
    ];
    tensors.into_iter().map(|(name, tensor)| (name.to_owned(), tensor)).collect()
}

#[test]
fn every_format_type_and_wrapping_gives_the_same_network() {
    for name in NETWORKS {
        let file = read(name);
        assert_eq!(file.path, path(name));
        assert_eq!(file.tensors, network(), "{name}");
        assert_eq!(file.skipped, ["embed.bn.num_batches_tracked"], "{name}");
    }
}

#[test]
fn a_counter_beside_the_wrapped_network_does_not_keep_the_prefix() {
    let file = read("zip_averaged.pth");
    assert_eq!(file.tensors, network());
    assert_eq!(file.skipped, ["embed.bn.num_batches_tracked", "n_averaged"]);
}

#[test]
fn views_become_row_major() {
    let slice = |seed, shape: &[usize], picked: &[usize]| {
        let whole = tensor(seed, &[24]).values;
        HostTensor { shape: shape.to_vec(), values: picked.iter().map(|index| whole[*index]).collect() }
    };
    let expected = [
        ("whole", tensor(1, &[4, 6])),
        ("tied.a", tensor(1, &[4, 6])),
        ("transposed.a", tensor(1, &[4, 6])),
        ("channels_last.a", tensor(2, &[2, 3, 2, 2])),
        ("every_second.a", tensor(3, &[2, 3])),
        ("second_row.a", slice(1, &[6], &[6, 7, 8, 9, 10, 11])),
        ("inner.a", slice(1, &[2, 2], &[8, 9, 14, 15])),
        ("expanded.a", slice(5, &[3, 4], &[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])),
        ("offset.a", tensor(4, &[3])),
        ("scalar.a", tensor(6, &[])),
        ("empty.a", tensor(0, &[0, 3])),
    ];
    for name in ["views.pth", "views_legacy.pth"] {
        let mut tensors = read(name).tensors;
        for (key, tensor) in &expected {
            assert_eq!(tensors.remove(*key).as_ref(), Some(tensor), "{name} {key}");
        }
        assert!(tensors.is_empty(), "{name}: {tensors:?}");
    }
}

#[test]
fn parameters_are_tensors() {
    for name in ["parameters.pth", "parameters_legacy.pth"] {
        let tensors = read(name).tensors;
        assert_eq!(tensors.len(), 2);
        assert_eq!(tensors["first"], tensor(0, &[2, 3]), "{name}");
        assert_eq!(tensors["second"], tensor(1, &[2, 3]), "{name}");
    }
}

#[test]
fn safetensors_keep_their_metadata_and_every_float_type() {
    let file = read("network.safetensors");
    assert_eq!(file.metadata["variant"], "tiny");
    assert_eq!(file.metadata["note"], "λ = 0.5");
    let file = read("mixed.safetensors");
    for (seed, name) in ["float64", "float32", "float16", "bfloat16"].iter().enumerate() {
        assert_eq!(file.tensors[&format!("a.{name}")], tensor(seed, &[2, 3]), "{name}");
    }
    assert_eq!(file.tensors.len(), 4);
    assert_eq!(file.skipped, ["a.bool", "a.int64"]);
    assert!(file.metadata.is_empty());
}

#[test]
fn objects_of_other_programs_are_passed_over_and_no_call_is_made() {
    for name in ["evil_zip.pth", "evil_legacy.pth", "numpy_array.pth"] {
        assert!(!read(name).tensors.is_empty(), "{name}");
    }
    assert!(!Path::new("executed-by-pickle").exists());
}

#[test]
fn bad_files_are_told_by_name_place_and_what_was_found() {
    for (name, said) in [
        ("whole_module.pth", "a dict from names to tensors, found an object of `__main__.Net`"),
        (
            "complex.pth",
            "tensor `weight`: expected plain values, of floating-point numbers or integers, found complex numbers",
        ),
        ("list.pth", "checkpoint: expected a dict from names to tensors, found a list"),
        ("no_tensors.pth", "found a dict of 2 entries (`epoch`, `optimizer`, …) without tensors"),
        ("integers.pth", "weights: expected floating-point tensors, found only tensors of integers (1)"),
        (
            "integers.safetensors",
            "weights: expected floating-point tensors, found only tensors of integers (1)",
        ),
        ("unfolding.pth", "tensor `weight`: expected at most 265326 more values in a file of this size"),
        ("not_finite.pth", "tensor `broken`: expected finite values, found 2 NaN and 1 infinite of 6"),
        (
            "not_finite.safetensors",
            "tensor `weight`: expected finite values, found 1 NaN and 0 infinite of 2",
        ),
        ("beyond_float32.pth", "tensor `weight`: expected finite values, found 0 NaN and 1 infinite of 2"),
        ("deflated.pth", "expected a record stored as it is, the way torch.save writes it, found"),
        ("big_endian.pth", "record `zip/byteorder`: expected \"little\", found \"big\""),
        ("missing_record.pth", "record `zip/data/1`: expected it in the archive, found no such record"),
        ("short_record.pth", "expected a storage `1` of 3 Float elements, found 4 bytes"),
        (
            "no_pickle.pth",
            "expected a record `<name>/data.pkl` as torch.save writes it, found an archive of 13",
        ),
        ("float8.safetensors", "tensor `weight`: expected F64, F32, F16, BF16 or integers, found F8_E4M3"),
        ("make.py", "expected weights as a PyTorch .pth (zip or legacy) or as safetensors, found"),
        ("absent.pth", "cannot be read: No such file or directory"),
        (".", "cannot be read: expected a regular file, found a folder"),
    ] {
        let message = refusal(name);
        assert!(message.starts_with(&path(name).display().to_string()), "{message}");
        assert!(message.contains(said), "{name}: {message}");
    }
}

#[test]
fn the_reference_weights_are_read() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/golden/tiny.weights.safetensors"));
    if !path.exists() {
        eprintln!("{} is not here: skipped", path.display());
        return;
    }
    let file = WeightsFile::read(path).unwrap();
    assert_eq!(file.tensors["stage_blocks.0.trains_block0.norm1.weight"].shape, [16]);
    assert_eq!(file.tensors["fgmm.csMixer.2.conv.weight"].shape[0], 17);
}
