//! Bad input: a message that names what is at fault, and an exit code.

use std::path::Path;

use posescope::network::checkpoint::HostTensor;

use super::fixture::{
    copy_examples, examples, failure, folder, network, posescope, printed, project_file, small_tensors,
    with_network, write_weights,
};

/// What `infer` says of these weights.
fn refusal(weights: &Path) -> String {
    let message = failure(
        posescope("infer --device cpu --weights").arg(weights).arg(examples().join("astronaut.png")),
        1,
    );
    assert!(message.contains(&weights.display().to_string()), "{message}");
    message
}

#[test]
fn weights_that_cannot_be_used_are_named_with_their_tensor() {
    let folder = folder();
    let path = folder.path().join("weights.safetensors");
    assert!(refusal(&path).contains("cannot be read"));

    let name = "stage_blocks.1.trains_block2.attn.linear.weight";
    let tensors = small_tensors();
    let mut broken = tensors.clone();
    broken.get_mut(name).unwrap().values[3] = f32::NAN;
    write_weights(&path, &broken);
    let message = refusal(&path);
    assert!(message.contains(name) && message.contains("1 NaN"), "{message}");

    broken.remove(name);
    write_weights(&path, &broken);
    assert!(refusal(&path).contains(&format!("tensor `{name}` is missing")));

    broken.insert(name.to_owned(), HostTensor { shape: vec![2, 3], values: vec![0.0; 6] });
    write_weights(&path, &broken);
    let message = refusal(&path);
    assert!(message.contains(&format!("tensor `{name}` has shape [2, 3], expected ")), "{message}");

    let mut convert = posescope("convert");
    let message = failure(convert.arg(&path).arg(folder.path().join("out.safetensors")), 1);
    assert!(message.contains(name), "{message}");
    assert!(!folder.path().join("out.safetensors").exists());

    std::fs::write(&path, "no weights").unwrap();
    assert!(refusal(&path).contains("expected weights as"));
}

#[test]
fn sizes_and_options_that_make_no_sense_are_usage_errors() {
    let picture = examples().join("astronaut.png");
    for (arguments, expected) in [
        ("infer --size 33x24", "33×24 is no input size"),
        ("infer --size small", "expected height×width"),
        ("infer --capture 4", "from 8 to 512"),
        ("infer --noise 2", "expected a number from 0 to 1"),
        ("infer --device gpu", "expected auto, cpu or cuda"),
        ("infer --decoder best", "possible values: dark, quarter"),
    ] {
        let message = failure(posescope(arguments).arg(&picture), 2);
        assert!(message.contains(expected), "{arguments}: {message}");
    }
    assert!(failure(&mut posescope("infer"), 2).contains("<PICTURE>"));
    assert!(failure(&mut posescope("eval --split dev"), 2).contains("--data"));
    assert!(failure(&mut posescope("bench --variant X"), 2).contains("there are T, S, B and L"));
}

#[test]
fn pictures_that_cannot_be_read_are_named_and_the_others_are_done() {
    let folder = folder();
    let absent = folder.path().join("absent.png");
    let message = failure(with_network("infer").arg(&absent), 1);
    assert!(message.contains("absent.png"), "{message}");

    copy_examples(folder.path(), &["camera.png"]);
    let whole = std::fs::read(folder.path().join("camera.png")).unwrap();
    std::fs::write(folder.path().join("broken.png"), &whole[..whole.len() / 2]).unwrap();
    let mut command = with_network("infer --size 32x24 --json");
    let output = command.arg(folder.path()).assert().failure().code(1).get_output().clone();
    let people: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(people.as_array().unwrap().len(), 1);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("broken.png") && message.contains("1 of 2 pictures failed"), "{message}");
}

#[test]
fn boxes_that_cannot_be_used_are_named() {
    let folder = folder();
    copy_examples(folder.path(), &["camera.png"]);
    let boxes = folder.path().join("boxes.json");
    let write = |bbox: [f64; 4]| {
        let boxes_json = serde_json::json!({
            "images": [{"id": 1, "file_name": "camera.png"}],
            "annotations": [{"image_id": 1, "bbox": bbox}],
        });
        std::fs::write(&boxes, boxes_json.to_string()).unwrap();
    };
    let said = || {
        let mut command = with_network("infer --boxes");
        failure(command.arg(&boxes).arg(folder.path().join("camera.png")), 1)
    };
    write([5.0, 5.0, 0.0, 20.0]);
    let message = said();
    assert!(message.contains("camera.png") && message.contains("person 1: a box needs sides"), "{message}");
    write([5000.0, 5.0, 30.0, 20.0]);
    assert!(said().contains("lies outside the picture of 512 × 512"));
    std::fs::write(&boxes, "{").unwrap();
    assert!(said().contains("boxes.json does not hold COCO annotations"));
}

#[test]
fn outputs_that_cannot_be_written_stop_before_any_work() {
    let folder = folder();
    let out = folder.path().join("no/such/folder/out");
    for command in ["infer --out", "infer --csv", "infer --trace"] {
        // The weights are missing too, but the output is looked at first.
        let mut command = posescope(command);
        let message = failure(command.arg(&out).args(["--weights", "absent.safetensors"]).arg(examples()), 1);
        assert!(message.contains("cannot write") && message.contains("no/such/folder/out"), "{message}");
    }
    for command in
        ["eval --data x --out", "eval --data x --detections", "sweep --data x --csv", "bench --out"]
    {
        let message = failure(posescope(command).arg(&out), 1);
        assert!(message.contains("cannot write"), "{message}");
    }
}

#[test]
fn what_is_read_is_never_replaced() {
    let folder = folder();
    copy_examples(folder.path(), &["camera.png"]);
    let (picture, labels) = (folder.path().join("camera.png"), folder.path().join("labels.json"));
    std::fs::copy(examples().join("keypoints.json"), &labels).unwrap();
    let before = [&picture, &labels].map(|path| std::fs::read(path).unwrap());
    for (command, output) in [
        (posescope("infer").arg(folder.path()).arg("--csv"), &picture),
        (posescope("infer").arg(&picture).arg("--boxes").arg(&labels).arg("--out"), &labels),
        (posescope("eval --annotations").arg(&labels).arg("--detections"), &labels),
        (posescope("sweep").arg(folder.path()).arg("--csv"), &picture),
        (posescope("ablate --annotations").arg(&labels).arg("--out"), &labels),
    ] {
        let message = failure(command.arg(output), 1);
        assert!(message.contains("cannot write") && message.contains("it is also read"), "{message}");
    }
    let message = failure(posescope("infer").arg(&picture).arg("--out").arg(&labels), 1);
    assert!(message.contains("labels.json: it holds COCO annotations"), "{message}");
    assert_eq!([&picture, &labels].map(|path| std::fs::read(path).unwrap()), before);
}

#[test]
fn data_sets_that_are_not_whole_are_named() {
    let folder = folder();
    let message = failure(with_network("eval --data").arg(folder.path()), 1);
    assert!(message.contains("expected dev.json, person_keypoints_dev.json or "), "{message}");

    let labels = examples().join("keypoints.json");
    copy_examples(folder.path(), &["camera.png"]);
    let mut command = with_network("eval --annotations");
    let message = failure(command.arg(&labels).arg("--pictures").arg(folder.path()), 1);
    assert!(message.contains("2 of 3 pictures are missing, the first is astronaut.png"), "{message}");

    let message = failure(with_network("eval --annotations").arg(folder.path().join("absent.json")), 1);
    assert!(message.contains("cannot read") && message.contains("absent.json"), "{message}");
    assert!(failure(&mut with_network("eval"), 1).contains("no data set is named"));
    assert!(failure(&mut with_network("sweep"), 1).contains("nothing to look at"));
}

/// What the program comes to, with standard output going there: its exit code and what it says.
#[cfg(unix)]
fn printing_to(stdout: impl Into<std::process::Stdio>, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_posescope"));
    let output =
        command.args(arguments).stdout(stdout).stderr(std::process::Stdio::piped()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
#[cfg(unix)]
fn a_closed_output_ends_the_program_without_a_word_and_not_with_success() {
    let network = network();
    for arguments in [&["convert", network.to_str().unwrap(), "/dev/null"][..], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(printing_to(writer, arguments), (Some(141), String::new()), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_is_an_error() {
    let network = network();
    for arguments in [&["convert", network.to_str().unwrap(), "/dev/null"][..], &["--help"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let (code, said) = printing_to(full, arguments);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.starts_with("error: cannot write to standard output: "), "{said}");
    }
}

#[test]
fn help_names_every_command() {
    let help = printed(&mut posescope("--help"));
    for command in ["infer", "eval", "sweep", "ablate", "convert", "bench"] {
        assert!(help.contains(command), "{help}");
        assert!(printed(&mut posescope(&format!("{command} --help"))).contains("Usage: posescope"));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_working_directory_that_is_gone_is_one_line() {
    let folder = folder();
    let gone = folder.path().join("gone");
    std::fs::create_dir(&gone).unwrap();
    let picture = project_file("assets/examples/camera.png");
    let output = std::process::Command::new("sh")
        .args(["-c", "cd \"$1\" && rmdir \"$1\" && \"$2\" infer \"$3\"", "sh"])
        .args([gone.as_os_str(), env!("CARGO_BIN_EXE_posescope").as_ref(), picture.as_os_str()])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.lines().count() == 1, "{said}");
    assert!(said.starts_with("error: the working directory cannot be used any more"), "{said}");
}
