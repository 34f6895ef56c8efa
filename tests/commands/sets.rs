//! Data sets of other programs: their folders, pictures that are not there, and results that they wrote.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::fixture::{
    NAMES, copy_examples, examples, failure, folder, posescope, printed, printed_json, with_network,
};

/// What a command prints as JSON, and what it says.
fn told(command: &mut assert_cmd::Command) -> (Value, String) {
    let output = command.assert().success().get_output().clone();
    (serde_json::from_slice(&output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn labels() -> PathBuf {
    examples().join("keypoints.json")
}

fn eval(annotations: &Path) -> assert_cmd::Command {
    let mut command = with_network("eval --json --sizes 32x24 --annotations");
    command.arg(annotations);
    command
}

/// The labels as another program's results, with this change of each.
fn results(path: &Path, change: impl Fn(usize, &mut Value)) {
    let labels: Value = serde_json::from_slice(&std::fs::read(labels()).unwrap()).unwrap();
    let result = |(index, person): (usize, &Value)| {
        let mut result = json!({
            "image_id": person["image_id"], "category_id": 1, "keypoints": person["keypoints"], "score": 0.9,
        });
        change(index, &mut result);
        result
    };
    let people = labels["annotations"].as_array().unwrap();
    let results: Vec<Value> = people.iter().enumerate().map(result).collect();
    std::fs::write(path, json!(results).to_string()).unwrap();
}

#[test]
fn pictures_that_are_not_there_are_an_error_or_left_out() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..2]);
    let annotations = folder.path().join("labels.json");
    std::fs::copy(labels(), &annotations).unwrap();
    let message = failure(&mut eval(&annotations), 1);
    assert!(message.contains("1 of 3 pictures is missing, the first is grace_hopper.jpg"), "{message}");
    assert!(message.trim_end().ends_with("--skip-missing goes on without them"), "{message}");
    let (report, said) = told(eval(&annotations).arg("--skip-missing"));
    assert_eq!((&report["people"], &report["pictures"]), (&json!(2), &json!(2)));
    assert!(said.contains("left out what is not there: 1 of 3 pictures is missing"), "{said}");
    assert_eq!(report["warnings"].as_array().map(Vec::len), Some(1), "{report}");
    NAMES[..2].iter().for_each(|name| std::fs::remove_file(folder.path().join(name)).unwrap());
    let message = failure(eval(&annotations).arg("--skip-missing"), 1);
    assert!(message.contains("3 of 3 pictures are missing"), "{message}");
}

#[test]
fn the_folders_of_coco_and_cvat_are_found() {
    for (set, pictures) in [("val2017", "val2017"), ("val2017", "images/val2017"), ("default", "images")] {
        let folder = folder();
        let (annotations, pictures) = (folder.path().join("annotations"), folder.path().join(pictures));
        std::fs::create_dir(&annotations).unwrap();
        std::fs::create_dir_all(&pictures).unwrap();
        copy_examples(&pictures, &NAMES);
        let annotations = annotations.join(format!("person_keypoints_{set}.json"));
        std::fs::copy(labels(), &annotations).unwrap();
        assert_eq!(told(&mut eval(&annotations)).0["people"], 3, "{set} {}", pictures.display());
        let mut by_split = with_network("eval --json --sizes 32x24 --split");
        assert_eq!(told(by_split.arg(set).arg("--data").arg(folder.path())).0["people"], 3);
        let mut infer = with_network("infer --size 32x24");
        let text = printed(infer.arg(pictures.join(NAMES[0])));
        assert!(text.contains("ground truth of") && text.contains("OKS"), "{text}");
    }
}

#[test]
fn what_is_to_be_said_of_pictures_is_counted_once() {
    let folder = folder();
    let whole = std::fs::read(examples().join("grace_hopper.jpg")).unwrap();
    // Without its last two bytes, the end marker.
    for name in ["a.jpg", "b.jpg"] {
        std::fs::write(folder.path().join(name), &whole[..whole.len() - 2]).unwrap();
    }
    let mut labels: Value = serde_json::from_slice(&std::fs::read(labels()).unwrap()).unwrap();
    let images = labels["images"].as_array_mut().unwrap();
    images.retain(|image| image["file_name"] == "grace_hopper.jpg");
    let id = images[0]["id"].clone();
    let mut second = images[0].clone();
    (second["id"], second["file_name"]) = (json!(77), json!("b.jpg"));
    images[0]["file_name"] = json!("a.jpg");
    images.push(second);
    let people = labels["annotations"].as_array_mut().unwrap();
    people.retain(|person| person["image_id"] == id);
    let mut second = people[0].clone();
    (second["id"], second["image_id"]) = (json!(7777), json!(77));
    people.push(second);
    let annotations = folder.path().join("labels.json");
    std::fs::write(&annotations, labels.to_string()).unwrap();
    let sentence = "2 pictures have no end marker, but every row of them is there (first: ";
    let (report, said) = told(&mut eval(&annotations));
    assert_eq!(said.matches(sentence).count(), 1, "{said}");
    assert!(report["warnings"].to_string().contains(sentence), "{report}");
    let mut sweep = with_network("sweep --json --sizes 32x24 --captures 24,32 --annotations");
    let (_, said) = told(sweep.arg(&annotations));
    assert_eq!(said.matches(sentence).count(), 1, "{said}");
    let mut sweep = with_network("sweep --json --sizes 32x24 --captures 24,32 --find off");
    let (_, said) = told(sweep.args(["a.jpg", "b.jpg"].map(|name| folder.path().join(name))));
    assert_eq!(said.matches(sentence).count(), 1, "{said}");
}

#[test]
fn results_of_another_program_are_scored_without_a_network_or_pictures() {
    let folder = folder();
    let (annotations, found) = (folder.path().join("labels.json"), folder.path().join("results.json"));
    std::fs::copy(labels(), &annotations).unwrap();
    let score = |more: &str| {
        let mut command = posescope("eval --annotations");
        command.arg(&annotations).arg("--results").arg(&found).args(more.split_whitespace());
        command
    };
    results(&found, |_, _| {});
    let (report, said) = told(&mut score("--json"));
    for figure in ["ap", "ar"] {
        approx::assert_relative_eq!(report[figure].as_f64().unwrap(), 1.0, epsilon = 1e-6);
    }
    assert_eq!(report["people"], 3);
    assert_eq!((&report["detections"], said.as_str()), (&json!(3), ""));
    let table = printed(&mut score(""));
    assert!(table.contains("3 detections against") && table.contains("AP .75"), "{table}");

    results(&found, |index, result| {
        if index == 0 {
            result["image_id"] = json!(4321);
        }
    });
    let (report, said) = told(&mut score("--json"));
    assert_eq!(report["detections"], 2);
    assert!(report["ar"].as_f64().unwrap() < 0.7, "{report}");
    assert!(said.contains("1 detection of pictures that") && said.contains("image 4321"), "{said}");

    results(&found, |_, result| result["image_id"] = json!(4321));
    let message = failure(&mut score(""), 1);
    assert!(message.contains("results.json: expected detections of pictures that"), "{message}");
    std::fs::write(&found, "{}").unwrap();
    assert!(failure(&mut score(""), 1).contains("results.json"));
    let message = failure(&mut score("--sizes 32x24"), 2);
    assert!(message.contains("cannot be used with"), "{message}");
}

#[test]
fn results_are_scored_against_a_split_without_pictures() {
    for annotations in ["dev.json", "annotations/person_keypoints_dev.json"] {
        let folder = folder();
        let (annotations, found) = (folder.path().join(annotations), folder.path().join("found.txt"));
        std::fs::create_dir_all(annotations.parent().unwrap()).unwrap();
        let mut listed: Value = serde_json::from_slice(&std::fs::read(labels()).unwrap()).unwrap();
        for (image, source) in
            listed["images"].as_array_mut().unwrap().iter_mut().zip(["museum", "museum", "navy"])
        {
            image["source"] = json!(source);
        }
        std::fs::write(&annotations, listed.to_string()).unwrap();
        results(&found, |_, _| {});
        let score = |more: &str| {
            let mut command = posescope("eval --json --split dev --data");
            command.arg(folder.path()).arg("--results").arg(&found).args(more.split_whitespace());
            command
        };
        let counts = |report: &Value| ["pictures", "people", "detections"].map(|key| report[key].clone());
        for (more, count) in [("", 3), ("--source museum", 2), ("--source navy", 1), ("--limit 2", 2)] {
            let alone = printed_json(&mut score(more));
            assert_eq!(counts(&alone), [json!(count), json!(count), json!(count)], "{more}");
            let mut by_file = posescope("eval --json --annotations");
            by_file.arg(&annotations).arg("--results").arg(&found).args(more.split_whitespace());
            assert_eq!(printed_json(&mut by_file), alone, "{more}");
        }
        let message = failure(&mut score("--source army"), 1);
        assert!(message.contains("found museum, navy"), "{message}");
        copy_examples(folder.path(), &NAMES);
        for (more, count) in [("", 3), ("--source museum", 2), ("--limit 1", 1)] {
            let mut measured = with_network("eval --json --sizes 32x24 --split dev --data");
            let report = printed_json(measured.arg(folder.path()).args(more.split_whitespace()));
            assert_eq!((&report["pictures"], &report["people"]), (&json!(count), &json!(count)), "{more}");
            assert_eq!(printed_json(&mut score(more))["people"], count, "{more}");
        }
        let message = failure(score("").args(["--skip-missing"]), 2);
        assert!(message.contains("cannot be used with"), "{message}");
    }
}
