//! `posescope infer`

use std::collections::BTreeSet;

use posescope::network::checkpoint::WeightsFile;
use serde_json::Value;

use super::fixture::{NAMES, copy_examples, examples, folder, printed, printed_json, with_network};

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
fn without_boxes_the_whole_picture_is_refined() {
    let folder = folder();
    copy_examples(folder.path(), &NAMES[..1]);
    let text = printed(with_network("infer --size 32x24").arg(folder.path().join(NAMES[0])));
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
