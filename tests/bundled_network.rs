//! The network that comes with the program: it is there, it says what it is, and it has learned something.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use posescope::engine::{Predictor, Weights};
use posescope::network::DeviceChoice;
use serde_json::Value;

/// Mean OKS on the example pictures that a network must reach to be worth opening with. The mean pose of the
/// training set, put into every box, reaches 0.19 on the dev split.
const LEAST_OKS: f64 = 0.4;

fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

#[test]
fn every_network_in_models_is_trained_and_has_a_card_with_its_figures() {
    let files: Vec<PathBuf> =
        std::fs::read_dir(here("models")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let networks: Vec<&PathBuf> =
        files.iter().filter(|path| path.extension().is_some_and(|end| end == "safetensors")).collect();
    assert!(networks.contains(&&here("models/posescope.safetensors")), "{networks:?}");
    for path in networks {
        let predictor = Predictor::load(&Weights::File(path.clone()), DeviceChoice::Cpu).unwrap();
        let info = predictor.info();
        assert!(info.trained && !info.trained_sizes.is_empty(), "{}", path.display());
        let card = info.card.as_ref().unwrap();
        for size in &info.trained_sizes {
            let row = format!("| {size} |");
            assert!(card.contains(&row), "{row} in the card of {}", path.display());
        }
        for part in ["test_a AP", "dev AP", "licence", "not good at"] {
            assert!(card.contains(part), "{part} in the card of {}", path.display());
        }
    }
}

#[test]
fn the_bundled_network_finds_joints_on_the_examples() {
    let mut eval = Command::new(env!("CARGO_BIN_EXE_posescope"));
    eval.env("OMP_NUM_THREADS", "1").args([
        "eval",
        "--json",
        "--device",
        "cpu",
        "--sizes",
        "32x24",
        "--annotations",
    ]);
    let output = eval.arg(here("assets/examples/keypoints.json")).assert().success();
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(report["network"]["trained"], true);
    let oks = report["sizes"][0]["mean_oks"].as_f64().unwrap();
    assert!(oks > LEAST_OKS, "OKS {oks}");
}
