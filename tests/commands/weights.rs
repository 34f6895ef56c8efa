//! `posescope convert`

use posescope::network::checkpoint::WeightsFile;
use posescope::network::{CONFIG_KEY, Precision, SIZES_KEY, TRAINED_KEY, config_of, write_safetensors};

use super::fixture::{
    examples, folder, network, posescope, printed, printed_json, project_file, small_config, small_tensors,
};

#[test]
fn a_network_is_told_and_written_with_its_configuration() {
    let folder = folder();
    let golden = project_file("tests/golden/calm.tiny.weights.safetensors");
    let out = folder.path().join("network.safetensors");
    let text = printed(posescope("convert").arg(&golden).arg(&out));
    assert!(text.contains("CMSA 16-24-32") && text.contains("[[1, 2, 1], [1, 2], [2, 1]]"), "{text}");
    let (from, to) = (WeightsFile::read(&golden).unwrap(), WeightsFile::read(&out).unwrap());
    assert_eq!(config_of(&to).unwrap(), config_of(&from).unwrap());
    assert!(to.metadata.contains_key(CONFIG_KEY));
    assert!(to.tensors.iter().all(|(name, tensor)| from.tensors[name] == *tensor));
}

#[test]
fn half_precision_halves_the_file_and_still_runs() {
    let folder = folder();
    let out = folder.path().join("half.safetensors");
    let report = printed_json(posescope("convert --half --json").arg(network()).arg(&out));
    let full = std::fs::metadata(network()).unwrap().len() as f64;
    let half = report["bytes"].as_f64().unwrap();
    assert!(half < 0.65 * full && half > 0.4 * full, "{half} of {full}");
    let written = WeightsFile::read(&out).unwrap();
    assert_eq!(config_of(&written).unwrap(), small_config());
    assert_eq!(written.metadata[TRAINED_KEY], "false");
    let mut infer = posescope("infer --json --size 32x24 --device cpu --weights");
    let people = printed_json(infer.arg(&out).arg(examples().join("camera.png")));
    assert_eq!(people.as_array().unwrap().len(), 1);
}

#[test]
#[cfg(unix)]
fn a_device_has_no_length() {
    let report = printed_json(posescope("convert --json").arg(network()).arg("/dev/null"));
    assert!(report.get("bytes").is_none(), "{report}");
    let text = printed(posescope("convert").arg(network()).arg("/dev/null"));
    assert!(text.contains("tensors of 32 bits\n"), "{text}");
}

#[test]
fn sizes_that_the_weights_never_learned_are_warned_of() {
    let folder = folder();
    let weights = folder.path().join("two-sizes.safetensors");
    let metadata = [(SIZES_KEY.to_owned(), r#"["64x48", "32x24"]"#.to_owned())].into();
    write_safetensors(&weights, &small_tensors(), metadata, Precision::Float32).unwrap();
    let picture = examples().join("camera.png");
    let told = |size: &str| {
        let mut infer = posescope("infer --device cpu --size");
        let output = infer.arg(size).arg("--weights").arg(&weights).arg(&picture).assert().success();
        String::from_utf8(output.get_output().stderr.clone()).unwrap()
    };
    assert!(told("96x72").contains("trained at 32×24, 64×48; joints it finds at 96×72 mean little"));
    assert!(!told("64x48").contains("warning"));

    let mut sweep = posescope("sweep --device cpu --linked --sizes 32x24 --weights");
    let text = printed(sweep.arg(&weights).arg(&picture));
    assert!(text.contains("at 64×48: it does not say"), "{text}");
}
