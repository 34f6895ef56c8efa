//! What the tests run the program on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use posescope::network::checkpoint::HostTensor;
use posescope::network::{
    BuiltNetwork, CONFIG_KEY, NetworkConfig, Precision, TRAINED_KEY, write_safetensors,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An empty folder, gone at the end of the test.
pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A file of the project.
pub fn project_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The pictures that tests run on: few and small.
pub const NAMES: [&str; 3] = ["astronaut.png", "camera.png", "grace_hopper.jpg"];

/// A folder of three example pictures, with ground truth beside them; the same for all tests of a run.
pub fn examples() -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let (folder, shipped) = (folder(), project_file("assets/examples"));
        for name in NAMES {
            std::fs::copy(shipped.join(name), folder.path().join(name)).unwrap();
        }
        let text = std::fs::read(shipped.join("keypoints.json")).unwrap();
        let mut labels: Value = serde_json::from_slice(&text).unwrap();
        let keep = |entry: &Value, key: &str| entry[key].as_u64().unwrap() <= NAMES.len() as u64;
        labels["images"].as_array_mut().unwrap().retain(|image| keep(image, "id"));
        labels["annotations"].as_array_mut().unwrap().retain(|person| keep(person, "image_id"));
        std::fs::write(folder.path().join("keypoints.json"), labels.to_string()).unwrap();
        folder
    });
    folder.path().to_owned()
}

/// The program, with the arguments separated by blanks.
pub fn posescope(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_posescope"));
    command.env("OMP_NUM_THREADS", "1").args(arguments.split_whitespace());
    command
}

/// The program with the small network's weights; `arguments` begin with the subcommand and may end with an option
/// whose value follows.
pub fn with_network(arguments: &str) -> Command {
    let (subcommand, rest) = arguments.split_once(' ').unwrap_or((arguments, ""));
    let mut command = posescope(subcommand);
    command.args(["--device", "cpu", "--weights"]).arg(network());
    command.args(rest.split_whitespace());
    command
}

/// What a command prints when it succeeds.
pub fn printed(command: &mut Command) -> String {
    let output = command.assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// What a command prints as JSON.
pub fn printed_json(command: &mut Command) -> Value {
    serde_json::from_str(&printed(command)).unwrap()
}

/// What a command says on standard error when it fails with this exit code.
pub fn failure(command: &mut Command, code: i32) -> String {
    let output = command.assert().failure().code(code).get_output().clone();
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// A network of few channels with EMA.
pub fn small_config() -> NetworkConfig {
    NetworkConfig {
        channels: [16, 24, 32],
        heads: [vec![1, 2, 1], vec![1, 2], vec![2, 1]],
        ..NetworkConfig::tiny()
    }
    .with_ema(8)
}

/// The tensors of a small network with random weights.
pub fn small_tensors() -> BTreeMap<String, HostTensor> {
    BuiltNetwork::untrained(small_config(), tch::Device::Cpu).unwrap().to_host().unwrap()
}

/// Writes tensors as a network's file.
pub fn write_weights(path: &Path, tensors: &BTreeMap<String, HostTensor>) {
    let config = serde_json::to_string(&small_config()).unwrap();
    let metadata =
        BTreeMap::from([(CONFIG_KEY.to_owned(), config), (TRAINED_KEY.to_owned(), "false".to_owned())]);
    write_safetensors(path, tensors, metadata, Precision::Float32).unwrap();
}

/// A small network with random weights, the same for all tests of a run.
pub fn network() -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = folder();
        write_weights(&folder.path().join("small.safetensors"), &small_tensors());
        folder
    });
    folder.path().join("small.safetensors")
}

/// A tar archive of the files of these names in a folder.
pub fn archive(path: &Path, folder: &Path, names: &[&str]) {
    let mut builder = tar::Builder::new(std::fs::File::create(path).unwrap());
    for name in names {
        builder.append_path_with_name(folder.join(name), name).unwrap();
    }
    builder.finish().unwrap();
}

/// Copies example pictures into a folder, where no ground truth is.
pub fn copy_examples(folder: &Path, names: &[&str]) {
    for name in names {
        std::fs::copy(examples().join(name), folder.join(name)).unwrap();
    }
}

/// Writes a COCO file with these boxes (x, y, width, height) in the pictures of these names.
pub fn write_boxes(path: &Path, pictures: &[(&str, &[[f64; 4]])]) {
    let (mut images, mut annotations) = (Vec::new(), Vec::new());
    for (index, (name, boxes)) in pictures.iter().enumerate() {
        images.push(json!({"id": index + 1, "file_name": name}));
        annotations.extend(boxes.iter().map(|bbox| json!({"image_id": index + 1, "bbox": bbox})));
    }
    std::fs::write(path, json!({"images": images, "annotations": annotations}).to_string()).unwrap();
}

/// The folder of the project's data sets, which is not part of the repository.
pub fn shared_data() -> Option<PathBuf> {
    let data = project_file("../shared/data");
    if !data.join("dev.json").is_file() {
        eprintln!("skipped: {} is not there", data.display());
        return None;
    }
    Some(data)
}
