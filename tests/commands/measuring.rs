//! `posescope eval`, `sweep` and `bench`

use std::path::{Path, PathBuf};

use posescope::pose::coco::ResultsReading;
use serde_json::{Value, json};

use super::fixture::{
    NAMES, archive, copy_examples, examples, failure, folder, posescope, printed, printed_json, project_file,
    shared_data, with_network, write_boxes,
};

/// A data set of the example pictures in a folder, with two sources; the path of its annotations.
fn data_set(folder: &Path) -> PathBuf {
    copy_examples(folder, &NAMES);
    let mut labels: Value =
        serde_json::from_slice(&std::fs::read(examples().join("keypoints.json")).unwrap()).unwrap();
    for (image, source) in
        labels["images"].as_array_mut().unwrap().iter_mut().zip(["museum", "museum", "navy"])
    {
        image["source"] = json!(source);
    }
    let path = folder.join("labels.json");
    std::fs::write(&path, labels.to_string()).unwrap();
    path
}

/// The report without what differs from run to run and from place to place.
fn figures(mut report: Value) -> Value {
    report["annotations"].take();
    for size in report["sizes"].as_array_mut().unwrap() {
        assert!(size["network_ms_per_person"].take().as_f64().unwrap() > 0.0);
    }
    report
}

#[test]
fn a_folder_and_an_archive_give_the_same_figures() {
    let folder = folder();
    let annotations = data_set(folder.path());
    let tar = folder.path().join("pictures.tar");
    archive(&tar, folder.path(), &NAMES);
    let report = |pictures: &Path| {
        let mut command = with_network("eval --json --sizes 32x24,64x48 --annotations");
        figures(printed_json(command.arg(&annotations).arg("--pictures").arg(pictures)))
    };
    let from_folder = report(folder.path());
    assert_eq!(from_folder, report(&tar));
    assert_eq!((&from_folder["people"], &from_folder["unusable_boxes"]), (&json!(3), &json!(0)));
    let size = &from_folder["sizes"][1];
    assert_eq!(
        (&size["settings"]["input"], &size["settings"]["capture"]["height"]),
        (&json!("64x48"), &json!(64))
    );
    assert_eq!(size["settings"]["flip_test"], true);
    for key in ["ap", "ap50", "ar", "ap_large", "pck", "pck_auc", "mean_oks"] {
        let figure = size[key].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&figure), "{key} {figure}");
    }
    assert!(size["small_ap"].is_null() && size["joint_oks"]["left_knee"].is_null());
    assert!(size["joint_oks"]["nose"].is_number());
    assert_eq!(size["sources"].as_object().unwrap().keys().collect::<Vec<_>>(), ["museum", "navy"]);
}

#[test]
fn labels_that_are_what_the_network_finds_make_every_figure_perfect() {
    let folder = folder();
    let annotations = data_set(folder.path());
    let results = folder.path().join("found.json");
    let eval = "eval --json --sizes 64x48 --capture 48 --no-flip --decoder quarter";
    let mut first = with_network(eval);
    printed(first.arg("--annotations").arg(&annotations).arg("--detections").arg(&results));

    let mut labels: Value = serde_json::from_slice(&std::fs::read(&annotations).unwrap()).unwrap();
    let found = ResultsReading::of(&results).unwrap().detections;
    assert_eq!(found.len(), 3);
    for (annotation, detection) in labels["annotations"].as_array_mut().unwrap().iter_mut().zip(&found) {
        assert_eq!(annotation["image_id"], detection.image_id);
        let joints = detection.pose.iter().flat_map(|joint| [joint.x, joint.y, 2.0]);
        annotation["keypoints"] = joints.collect();
        annotation["num_keypoints"] = json!(17);
    }
    let perfect = folder.path().join("perfect.json");
    std::fs::write(&perfect, labels.to_string()).unwrap();
    let report = printed_json(with_network(eval).arg("--annotations").arg(&perfect));
    let size = &report["sizes"][0];
    for key in ["ap", "ap50", "ap75", "ap_large", "ar", "pck", "mean_oks"] {
        approx::assert_relative_eq!(size[key].as_f64().unwrap(), 1.0, epsilon = 1e-6);
    }
    // Its first threshold is a distance of 0, which the last bit of a sum decides: at worst all joints miss that one.
    let missed_at_zero = 1.0 / 20.0;
    approx::assert_relative_eq!(size["pck_auc"].as_f64().unwrap(), 1.0, epsilon = missed_at_zero + 1e-6);
    approx::assert_relative_eq!(size["joint_oks"]["right_ankle"].as_f64().unwrap(), 1.0, epsilon = 1e-6);

    // `infer` finds the same joints as `eval` in the same boxes.
    let mut infer = with_network("infer --json --size 64x48 --capture 48 --decoder quarter --boxes");
    let inferred = printed_json(infer.arg(&annotations).args(NAMES.map(|name| folder.path().join(name))));
    for (entry, detection) in inferred.as_array().unwrap().iter().zip(&found) {
        approx::assert_relative_eq!(entry["score"].as_f64().unwrap(), detection.score, epsilon = 1e-4);
        let nose = entry["keypoints"][0].as_f64().unwrap();
        approx::assert_relative_eq!(nose, detection.pose[0].x, epsilon = 1e-6);
    }
}

#[test]
fn a_split_is_found_and_cut_by_source_and_limit() {
    let folder = folder();
    let annotations = data_set(folder.path());
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::copy(&annotations, data.join("val.json")).unwrap();
    archive(&data.join("val-0.tar"), folder.path(), &NAMES[..1]);
    archive(&data.join("val-1.tar"), folder.path(), &NAMES[1..]);
    archive(&data.join("value-0.tar"), folder.path(), &NAMES[..1]);
    let eval = |more: &str| {
        let mut command = with_network("eval --sizes 32x24 --split val --data");
        command.arg(&data).args(more.split_whitespace());
        command
    };
    assert_eq!(printed_json(&mut eval("--json"))["people"], 3);
    assert_eq!(printed_json(&mut eval("--json --source navy"))["people"], 1);
    assert_eq!(printed_json(&mut eval("--json --limit 2"))["people"], 2);
    let table = printed(&mut eval("--bilinear"));
    for text in
        ["CMSA 16-24-32 + EMA", "not trained", "32×24", "AP medium", "PCK@0.2", "AP of navy", "bilinear"]
    {
        assert!(table.contains(text), "{text} is not in\n{table}");
    }
    let message = failure(&mut eval("--source army"), 1);
    assert!(message.contains("val.json") && message.contains("found museum, navy"), "{message}");
}

#[test]
fn a_box_outside_the_picture_counts_as_not_found() {
    let folder = folder();
    let annotations = data_set(folder.path());
    let mut labels: Value = serde_json::from_slice(&std::fs::read(&annotations).unwrap()).unwrap();
    labels["annotations"][0]["bbox"] = json!([9000, 10, 40, 40]);
    std::fs::write(&annotations, labels.to_string()).unwrap();
    let mut command = with_network("eval --json --sizes 32x24 --annotations");
    let output = command.arg(&annotations).assert().success().get_output().clone();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["people"], &report["unusable_boxes"]), (&json!(3), &json!(1)));
    assert!(String::from_utf8_lossy(&output.stderr).contains("warning: 1 box outside"));
}

#[test]
fn shared_data_can_be_measured() {
    let Some(data) = shared_data() else { return };
    let report =
        printed_json(with_network("eval --json --limit 12 --sizes 32x24 --split dev --data").arg(data));
    assert_eq!((&report["people"], &report["unusable_boxes"]), (&json!(12), &json!(0)));
}

#[test]
fn a_sweep_of_pictures_has_accuracy_where_labelled_and_agreement_everywhere() {
    let folder = folder();
    let (csv_path, out) = (folder.path().join("sweep.csv"), folder.path().join("sweep.json"));
    copy_examples(folder.path(), &NAMES[1..2]);
    let mut command = with_network("sweep --find off --sizes 32x24,128x96 --captures 24,128 --csv");
    let labelled = examples().join(NAMES[0]);
    command.arg(&csv_path).arg("--out").arg(&out).args([labelled, folder.path().join(NAMES[1])]);
    let text = printed(&mut command);
    assert!(text.contains("Agreement is the similarity with what the same network finds"), "{text}");

    let rows: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    let rows = rows.as_array().unwrap();
    let pairs: Vec<(&str, u64)> =
        rows.iter().map(|row| (row["input"].as_str().unwrap(), row["capture"].as_u64().unwrap())).collect();
    assert_eq!(pairs, [("32x24", 24), ("32x24", 128), ("128x96", 24), ("128x96", 128)]);
    for row in rows {
        assert_eq!((&row["people"], &row["ap"]), (&json!(2), &Value::Null));
        assert!((0.0..=1.0).contains(&row["oks"]["mean"].as_f64().unwrap()));
    }
    // One of the two is labelled, so there is no spread; the last row is the reference itself.
    assert_eq!(rows[0]["oks"]["deviation"], 0.0);
    assert_eq!(
        (&rows[3]["agreement"]["mean"], &rows[3]["joint_agreement"]["nose"]),
        (&json!(1.0), &json!(1.0))
    );
    assert!(rows[0]["agreement"]["mean"].as_f64().unwrap() < 1.0);

    let mut reader = csv::Reader::from_path(&csv_path).unwrap();
    assert_eq!(reader.headers().unwrap().len(), 10 + 2 * 17);
    let first = reader.records().next().unwrap().unwrap();
    let reference = reader.headers().unwrap().iter().position(|title| title == "reference").unwrap();
    assert_eq!((&first[reference], &rows[0]["reference"]), ("128x96", &json!("128x96")));
    assert_eq!(reader.records().map(Result::unwrap).count(), 3);
}

#[test]
fn a_sweep_passes_boxes_over_that_cannot_be_used() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..2]);
    let boxes = folder.path().join("boxes.txt");
    let (flat, usable) = ([10.0, 50.0, 0.5, 20.0], [210.0, 50.0, 100.0, 200.0]);
    write_boxes(&boxes, &[(NAMES[0], &[flat, usable]), (NAMES[1], &[flat])]);
    let mut command = with_network("sweep --json --sizes 32x24 --captures 24 --boxes");
    let output = command.arg(&boxes).arg(folder.path()).assert().success().get_output().clone();
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows[0]["people"], 1);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("2 boxes cannot be used and were passed over"), "{said}");
}

#[test]
fn a_sweep_looks_for_people_where_none_are_labelled() {
    let folder = folder();
    let picture = folder.path().join("several.jpg");
    std::fs::copy(project_file("assets/examples/ice_rink_small_people_1913.jpg"), &picture).unwrap();
    let people = |options: &str| {
        let mut command = with_network(&format!("sweep --json --sizes 32x24 --captures 24 {options}"));
        printed_json(command.arg(&picture))[0]["people"].as_u64().unwrap()
    };
    assert!(people("") >= 2);
    assert_eq!(people("--find off"), 1);
}

#[test]
fn options_of_a_data_set_do_not_go_with_pictures() {
    for command in ["sweep", "ablate"] {
        for option in ["--limit 3", "--source museum", "--data x", "--skip-missing"] {
            let mut command = posescope(&format!("{command} {option}"));
            let message = failure(command.arg(examples().join(NAMES[0])), 2);
            assert!(message.contains("cannot be used with"), "{message}");
        }
    }
}

#[test]
fn a_sweep_of_a_data_set_has_average_precision() {
    let folder = folder();
    let annotations = data_set(folder.path());
    let mut command = with_network("sweep --json --linked --sizes 32x24,64x48 --annotations");
    let rows = printed_json(command.arg(annotations));
    let captures: Vec<u64> =
        rows.as_array().unwrap().iter().map(|row| row["capture"].as_u64().unwrap()).collect();
    assert_eq!(captures, [32, 64]);
    assert!(rows[0]["ap"].is_number() && rows[0]["people"] == 3);
}

#[test]
fn bench_times_every_form() {
    let rows =
        printed_json(&mut with_network("bench --json --sizes 32x24 --batches 1,2 --threads 1 --runs 2"));
    let rows = rows.as_array().unwrap();
    let forms: Vec<(u64, &str)> =
        rows.iter().map(|row| (row["batch"].as_u64().unwrap(), row["form"].as_str().unwrap())).collect();
    let each = ["unfolded", "folded", "folded_traced"];
    assert_eq!(
        forms,
        [1, 2].into_iter().flat_map(|batch| each.map(|form| (batch, form))).collect::<Vec<_>>()
    );
    for row in rows {
        assert!(row["median_ms"].as_f64().unwrap() >= row["fastest_ms"].as_f64().unwrap());
        assert_eq!(row["threads"], 1);
    }
    let table = printed(&mut posescope("bench --device cpu --variant T --sizes 32x24 --batches 1 --runs 1"));
    assert!(table.starts_with("CMSA-T, CPU, 1 runs") && table.contains("folded, traced"), "{table}");
}
