//! `--network movenet-thunder` and `movenet-lightning`

use std::path::PathBuf;

use serde_json::{Value, json};

use super::fixture::{examples, failure, folder, network, posescope, printed, printed_json, project_file};

/// A whole person, standing, with ground truth beside the picture.
fn officer() -> PathBuf {
    project_file("assets/examples/standing_officer_1919.jpg")
}

#[test]
fn thunder_finds_the_officer() {
    let mut command = posescope("infer --device cpu --network movenet-thunder --size 128x96");
    let text = printed(command.arg(officer()));
    let similarity = text.split("OKS ").nth(1).and_then(|rest| rest.split(" %").next()).unwrap();
    assert!(similarity.trim().parse::<f64>().unwrap() > 50.0, "{text}");
    assert!(text.contains("person 1: score") && text.contains("left ankle"), "{text}");
}

#[test]
fn a_sweep_has_a_row_for_each_capture_and_no_network_input() {
    let mut command = posescope("sweep --json --device cpu --network movenet-lightning --captures 12,128");
    let rows = printed_json(command.arg(officer()));
    let [far, near] = rows.as_array().unwrap().as_slice() else { panic!("{rows}") };
    assert_eq!((&far["capture"], &near["capture"]), (&json!(12), &json!(128)));
    assert_eq!((&near["input"], &near["reference"]), (&Value::Null, &Value::Null));
    let oks = |row: &Value| row["oks"]["mean"].as_f64().unwrap();
    assert!(oks(near) > 0.5 && oks(near) > oks(far), "{rows}");
    assert_eq!(near["agreement"]["mean"], 1.0);
}

#[test]
fn an_evaluation_is_of_captures_in_one_pass() {
    let labels = examples().join("keypoints.json");
    let report = |arguments: &str| {
        let mut command = posescope("eval --json --device cpu --network movenet-lightning --annotations");
        printed_json(command.arg(&labels).args(arguments.split_whitespace()))
    };
    let captured_at = |report: &Value| -> Vec<u64> {
        let sizes = report["sizes"].as_array().unwrap();
        sizes.iter().map(|size| size["settings"]["capture"]["height"].as_u64().unwrap()).collect()
    };
    let two = report("--sizes 32x24,64x48");
    assert_eq!(captured_at(&two), [32, 64]);
    assert_eq!((&two["network"]["square"], &two["network"]["weights"]), (&json!(192), &Value::Null));
    assert_eq!(two["sizes"][0]["settings"]["flip_test"], false);
    let one = report("--capture 64 --flip");
    assert_eq!(captured_at(&one), [64]);
    assert_eq!(one["sizes"][0]["settings"]["flip_test"], true);
    assert_ne!(one["sizes"][0]["mean_oks"], two["sizes"][1]["mean_oks"]);
}

#[test]
fn what_it_cannot_do_is_told() {
    let folder = folder();
    let trace = folder.path().join("trace.safetensors");
    let mut traced = posescope("infer --device cpu --network movenet-lightning --trace");
    let message = failure(traced.arg(&trace).arg(officer()), 1);
    assert!(message.contains("MoveNet lightning has no attention or EMA tensors"), "{message}");
    let mut weighed = posescope("infer --network movenet-thunder --weights");
    let message = failure(weighed.arg(network()).arg(officer()), 1);
    assert!(message.contains("leave out one of --weights and --network"), "{message}");
    let message = failure(posescope("infer --network movenet").arg(officer()), 2);
    assert!(message.contains("expected cmsa or movenet-thunder or movenet-lightning"), "{message}");
}
