//! `posescope infer`

use std::collections::BTreeSet;

use posescope::network::checkpoint::WeightsFile;
use serde_json::Value;

use super::fixture::{
    NAMES, copy_examples, examples, folder, printed, printed_json, project_file, with_network, write_boxes,
};

/// The entries of COCO results, each checked for its numbers.
fn entries(results: &Value) -> &Vec<Value> {
    let entries = results.as_array().unwrap();
    for entry in entries {
        let keypoints = entry["keypoints"].as_array().unwrap();
        assert_eq!(keypoints.len(), 51);
        assert!(keypoints.iter().all(|number| number.as_f64().unwrap().is_finite()));
        assert_eq!(entry["category_id"], 1);
        assert!(entry["score"].as_f64().unwrap() >= 0.0);
    }
    entries
}

#[test]
fn json_is_coco_results_with_the_ids_of_the_ground_truth() {
    let json = printed_json(with_network("infer --json --size 32x24 --flip").arg(examples()));
    let entries = entries(&json);
    let ids: Vec<u64> = entries.iter().map(|entry| entry["image_id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [1, 2, 3]);
    for (entry, name) in entries.iter().zip(NAMES) {
        assert!(entry["file_name"].as_str().unwrap().ends_with(name));
        assert!(entry.get("bbox").is_none());
    }
}

#[test]
fn json_goes_to_a_file_and_people_read_a_table() {
    let folder = folder();
    let out = folder.path().join("results.json");
    let text = printed(
        with_network("infer --size 32x24 --capture 24 --out").arg(&out).arg(examples().join(NAMES[0])),
    );
    assert!(text.contains("person 1: score") && text.contains("ground truth of "), "{text}");
    assert!(text.contains("OKS") && text.lines().any(|line| line.starts_with("left wrist")), "{text}");
    let json: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(entries(&json).len(), 1);
}

#[test]
#[cfg(unix)]
fn outputs_go_where_links_and_devices_lead() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let (folder, picture) = (folder(), examples().join(NAMES[0]));
    let (link, target) = (folder.path().join("link.json"), folder.path().join("target.json"));
    symlink("target.json", &link).unwrap();
    std::fs::write(&target, "old").unwrap();
    let mut command = with_network("infer --size 32x24 --csv /dev/null --out");
    printed(command.arg(&link).arg(&picture));
    assert!(link.is_symlink() && !target.is_symlink());
    let json: Value = serde_json::from_slice(&std::fs::read(&target).unwrap()).unwrap();
    assert_eq!(entries(&json).len(), 1);
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());

    let json = printed_json(with_network("infer --size 32x24 --json --out /dev/stdout").arg(&picture));
    assert_eq!(entries(&json).len(), 1);
}

#[test]
fn csv_has_a_row_a_person_with_named_joints() {
    let folder = folder();
    let path = folder.path().join("people.csv");
    printed(with_network("infer --size 32x24 --csv").arg(&path).arg(examples()));
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let titles: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(titles.len(), 3 + 51);
    assert_eq!(titles[..5], ["file", "person", "score", "nose_x", "nose_y"]);
    assert_eq!(titles.last().unwrap(), "right_ankle_confidence");
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 3);
    for (row, name) in rows.iter().zip(NAMES) {
        assert!(row[0].ends_with(name) && &row[1] == "1");
        assert!(row.iter().skip(2).all(|number| number.parse::<f64>().unwrap().is_finite()));
    }
}

#[test]
fn trace_holds_attention_and_ema_by_name() {
    let folder = folder();
    let path = folder.path().join("trace.safetensors");
    printed(with_network("infer --size 64x48 --trace").arg(&path).arg(examples().join(NAMES[2])));
    let trace = WeightsFile::read(&path).unwrap();
    let shape = |name: &str| trace.tensors[name].shape.clone();
    // Two by two windows of 32×24 queries, each with 16×12 pooled keys.
    assert_eq!(shape("attention/stage_blocks.0.trains_block0.attn.attn_modules.0"), [4, 1, 768, 192]);
    assert_eq!(shape("ema/ema.0/spatial"), [8, 64, 48]);
    assert_eq!(shape("ema/ema.2/channel_2"), [8, 4]);
    assert_eq!(shape("stage_output.2"), [32, 16, 12]);
    // Blocks 2, 4, 3 with 3, 2, 2 scales; five tensors of each of three EMA modules; three outputs.
    assert_eq!(trace.tensors.len(), (2 * 3 + 4 * 2 + 3 * 2) + 15 + 3);
    assert!(trace.metadata["picture"].ends_with(NAMES[2]));
}

#[test]
fn without_boxes_everybody_is_found() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES);
    std::fs::copy(
        project_file("assets/examples/ice_rink_small_people_1913.jpg"),
        folder.path().join("several.jpg"),
    )
    .unwrap();
    let path = folder.path().join("people.csv");
    let text = printed(with_network("infer --size 32x24 --csv").arg(&path).arg(folder.path()));
    assert!(text.contains("found by NanoDet") && !text.contains("OKS"), "{text}");
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let people = |name: &str| rows.iter().filter(|row| row[0].ends_with(name)).count();
    assert!(NAMES.iter().all(|name| people(name) >= 1) && people("several.jpg") >= 2, "{text}");
}

#[test]
fn where_nobody_is_found_the_whole_picture_is_refined() {
    let folder = folder();
    let path = folder.path().join("nobody.png");
    image::RgbImage::from_pixel(120, 90, image::Rgb([90, 120, 90])).save(&path).unwrap();
    let text = printed(with_network("infer --size 32x24 --find more").arg(&path));
    assert!(text.contains("whole picture, refined; NanoDet found nobody"), "{text}");
}

#[test]
fn with_the_finder_off_the_whole_picture_is_refined() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..1]);
    let text = printed(with_network("infer --size 32x24 --find off").arg(folder.path().join(NAMES[0])));
    assert!(text.contains("whole picture, refined") && !text.contains("OKS"), "{text}");
}

#[test]
fn boxes_come_from_the_file_that_is_named() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..1]);
    let people = |x: f64| serde_json::json!({"image_id": 5, "bbox": [x, 50, 100, 200], "category_id": 1});
    let boxes = serde_json::json!({
        "images": [{"id": 5, "file_name": NAMES[0]}],
        "annotations": [people(10.0), people(210.0)],
    });
    let path = folder.path().join("boxes.txt");
    std::fs::write(&path, boxes.to_string()).unwrap();
    let json = printed_json(with_network("infer --json --size 32x24 --boxes").arg(&path).arg(folder.path()));
    let entries = entries(&json);
    let ids: BTreeSet<u64> = entries.iter().map(|entry| entry["image_id"].as_u64().unwrap()).collect();
    assert_eq!((entries.len(), ids), (2, BTreeSet::from([5])));
    // Region of the first box: 187.5 × 250 around (60, 150).
    let nose_x = entries[0]["keypoints"][0].as_f64().unwrap();
    assert!((-34.25..=154.25).contains(&nose_x), "{nose_x}");
}

#[test]
fn a_box_that_cannot_be_used_is_told_of_and_the_others_are_answered() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..2]);
    let (boxes, csv_path) = (folder.path().join("boxes.txt"), folder.path().join("people.csv"));
    let usable = [210.0, 50.0, 100.0, 200.0];
    write_boxes(&boxes, &[(NAMES[0], &[[10.0, 50.0, 0.5, 20.0], usable]), (NAMES[1], &[usable])]);
    let mut command = with_network("infer --json --size 32x24 --boxes");
    command.arg(&boxes).arg("--csv").arg(&csv_path).arg(folder.path());
    let output = command.assert().success().get_output().clone();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(entries(&json).len(), 2);
    let said = String::from_utf8(output.stderr).unwrap();
    let warnings: Vec<&str> = said.lines().filter(|line| line.starts_with("warning: 1 box cannot")).collect();
    let [warning] = warnings[..] else { panic!("{said}") };
    assert!(warning.contains(NAMES[0]), "{warning}");
    assert!(
        warning.ends_with("person 1: a box needs sides of at least 1 pixel, found 0.5 × 20"),
        "{warning}"
    );
    // The one beside it keeps its number.
    let mut reader = csv::Reader::from_path(&csv_path).unwrap();
    let numbers: Vec<String> = reader.records().map(|row| row.unwrap()[1].to_owned()).collect();
    assert_eq!(numbers, ["2", "1"]);
}

#[test]
fn a_picture_of_unusable_boxes_fails_and_the_others_are_delivered() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..2]);
    let (boxes, csv_path) = (folder.path().join("boxes.txt"), folder.path().join("people.csv"));
    let outside = [[5000.0, 5.0, 30.0, 20.0], [6000.0, 5.0, 30.0, 20.0]];
    write_boxes(&boxes, &[(NAMES[0], &[[0.0, 0.0, 60.0, 80.0]]), (NAMES[1], &outside)]);
    let mut command = with_network("infer --size 32x24 --boxes");
    command.arg(&boxes).arg("--csv").arg(&csv_path).arg(folder.path());
    let output = command.assert().failure().code(1).get_output().clone();
    let (table, said) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(table.contains(NAMES[0]) && !table.contains(NAMES[1]), "{table}");
    assert_eq!(csv::Reader::from_path(&csv_path).unwrap().records().count(), 1);
    assert!(said.contains("none of its 2 boxes can be used; person 1: the box at x 5000"), "{said}");
    assert!(said.contains("1 of 2 pictures failed") && !said.contains("passed over"), "{said}");
}

#[test]
fn what_can_be_delivered_is_when_another_output_fails() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..1]);
    let boxes = folder.path().join("boxes.txt");
    write_boxes(&boxes, &[(NAMES[0], &[])]);
    let mut command = with_network("infer --json --size 32x24 --boxes");
    command.arg(&boxes).arg("--trace").arg(folder.path().join("trace.safetensors")).arg(folder.path());
    let output = command.assert().failure().code(1).get_output().clone();
    assert_eq!(output.stdout, b"[]\n");
    assert!(String::from_utf8(output.stderr).unwrap().contains("error: nobody was found whose tensors"));
}

#[test]
#[cfg(unix)]
fn names_keep_their_control_characters_to_themselves() {
    let (folder, name) = (folder(), "a\u{1b}[31m\nb.png");
    let picture = folder.path().join(name);
    std::fs::copy(examples().join(NAMES[0]), &picture).unwrap();
    let spelled = r"a\u{1b}[31m\nb.png";
    let table = printed(with_network("infer --size 32x24").arg(&picture));
    assert!(table.contains(spelled) && !table.contains('\u{1b}'), "{table:?}");
    let json = printed_json(with_network("infer --json --size 32x24").arg(&picture));
    assert!(json[0]["file_name"].as_str().unwrap().ends_with(name), "{json}");

    std::fs::write(&picture, "no picture").unwrap();
    let said = super::fixture::failure(with_network("infer").arg(&picture), 1);
    assert!(said.contains(spelled) && !said.contains('\u{1b}'), "{said:?}");
    assert_eq!(said.lines().count(), 1, "{said:?}");
}

#[test]
fn labels_of_the_stored_picture_are_turned_and_those_of_another_not_used() {
    let folder = folder();
    let case = project_file("tests/cases/coco/labels_of_the_stored_not_the_upright_picture");
    for name in ["a.jpg", "a.json"] {
        std::fs::copy(case.join(name), folder.path().join(name)).unwrap();
    }
    let told = |expected: &str, warning: &str| {
        let mut command = with_network("infer --size 32x24 --find off");
        let output = command.arg(folder.path().join("a.jpg")).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(warning), "{said}");
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(printed.contains(expected), "{printed}");
        printed.contains("OKS")
    };
    assert!(told("box x 18.0, y 4.0, 80.0 × 154.0", "labels of 1 picture turned upright"));
    let labels = folder.path().join("a.json");
    let text = std::fs::read_to_string(&labels).unwrap();
    std::fs::write(&labels, text.replace("\"width\": 160", "\"width\": 333")).unwrap();
    assert!(!told("whole picture, refined", "that of another picture (first: "));
}

#[test]
fn ids_differ_however_large_those_of_the_labels_are_and_crowds_are_told_of() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES);
    let listed = serde_json::json!({"id": u64::MAX, "file_name": NAMES[0]});
    let person = |iscrowd: u8| serde_json::json!({"image_id": u64::MAX, "bbox": [10, 10, 60, 80], "area": 4800, "iscrowd": iscrowd});
    let write = |iscrowd| {
        let labels = serde_json::json!({"images": [&listed], "annotations": [person(iscrowd)]});
        std::fs::write(folder.path().join("annotations.json"), labels.to_string()).unwrap();
    };
    write(0);
    let infer = || {
        let mut command = with_network("infer --json --size 32x24 --find off");
        command.arg(folder.path());
        command
    };
    let json = printed_json(&mut infer());
    let ids = entries(&json).iter().map(|entry| entry["image_id"].as_u64().unwrap());
    assert_eq!(ids.collect::<BTreeSet<u64>>(), BTreeSet::from([1, 2, u64::MAX]));
    write(1);
    let said = String::from_utf8(infer().unwrap().stderr).unwrap();
    assert!(said.contains("only crowds are labelled in 1 picture") && said.contains(NAMES[0]), "{said}");
}

#[test]
fn measuring_leaves_pictures_with_labels_of_others_out() {
    let folder = folder();
    let case = project_file("tests/cases/coco/labels_of_the_stored_not_the_upright_picture");
    std::fs::copy(case.join("a.jpg"), folder.path().join("a.jpg")).unwrap();
    std::fs::copy(case.join("a.jpg"), folder.path().join("b.jpg")).unwrap();
    let mut labels: Value = serde_json::from_slice(&std::fs::read(case.join("a.json")).unwrap()).unwrap();
    let other = serde_json::json!({"id": 2, "file_name": "b.jpg", "width": 333, "height": 120});
    labels["images"].as_array_mut().unwrap().push(other);
    let mut person = labels["annotations"][0].clone();
    (person["id"], person["image_id"]) = (2.into(), 2.into());
    labels["annotations"].as_array_mut().unwrap().push(person);
    let path = folder.path().join("labels.json");
    std::fs::write(&path, labels.to_string()).unwrap();
    let output = with_network("eval --sizes 32x24 --json --annotations").arg(&path).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 picture turned") && said.contains("1 picture not used"), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["pictures"].as_u64(), report["people"].as_u64()), (Some(1), Some(1)));
}
