//! COCO files as other programs write them are read as they are meant, and whatever is left out is told.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use posescope::pose::BoundingBox;
use posescope::pose::coco::{LeftOutKind, Person, Reading, ResultsReading};
use serde_json::{Value, json};

fn case(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/coco")).join(name)
}

/// The file as it was read, and its first person.
fn read(name: &str) -> (Reading, Person) {
    let reading = Reading::of(&case(name)).unwrap();
    assert_eq!(reading.dataset.images[0].file_name, "a.png", "{name}");
    let person = reading.dataset.people[0].clone();
    (reading, person)
}

#[test]
fn every_spelling_of_the_same_labels_is_read_alike() {
    let (_, plain) = read("size_as_float.json");
    assert_eq!(plain.bbox, BoundingBox { x: 18.0, y: 4.0, width: 80.0, height: 154.0 });
    assert_eq!((plain.area, plain.num_keypoints, plain.labels[0].x), (5500.0, 17, 60.0));
    for name in [
        "box_as_text.json",
        "box_with_score.json",
        "byte_order_mark.json",
        "category_called_Person.json",
        "category_without_joints_comes_first.json",
        "ids_are_numbers_in_quotes.json",
        "iscrowd_false.json",
        "iscrowd_null.json",
        "joints_in_another_order.json",
        "num_keypoints_as_float.json",
        "size_minus_one.json",
        "source_is_a_number.json",
        "visibility_is_a_confidence.json",
        "car_without_box.json",
        "person_with_empty_joint_list.json",
    ] {
        let (reading, person) = read(name);
        assert_eq!(person, plain, "{name}");
        assert_eq!(reading.left_out, [], "{name}");
    }
    let size = |name| read(name).0.dataset.images.first().map(|image| (image.width, image.height));
    assert_eq!((size("size_as_float.json"), size("size_minus_one.json")), (Some((120, 160)), Some((0, 0))));
}

#[test]
fn what_is_left_out_is_told_with_its_number_and_first_place() {
    use LeftOutKind::*;
    for (name, people, kind, first) in [
        ("annotation_of_a_picture_not_listed.json", 1, UnlistedPicture, "id 2, picture 99"),
        ("placeholder_box_minus_one.json", 1, NegativeBox, "id 2"),
        ("one_bad_box_of_two.json", 2, BoxOfJoints, "id 2"),
        ("joints_without_box.json", 1, BoxOfJoints, "id 1"),
        ("picture_listed_twice_alike.json", 1, RepeatedPicture, "id 1"),
        ("ids_are_words.json", 1, NumberedAnew, "\"img_0001\" is 1"),
    ] {
        let (reading, _) = read(name);
        assert_eq!((reading.dataset.images.len(), reading.dataset.people.len()), (1, people), "{name}");
        let [left_out] = &reading.left_out[..] else { panic!("{name}: {:?}", reading.left_out) };
        assert_eq!((left_out.kind, left_out.count, left_out.first.as_str()), (kind, 1, first), "{name}");
    }
    let path = case("placeholder_box_minus_one.json");
    let warning = Reading::of(&path).unwrap().warning(&path).unwrap();
    assert!(
        warning.ends_with("left out 1 of 2 people: 1 box with negative sides (first: id 2)"),
        "{warning}"
    );
}

#[test]
fn a_joint_that_is_nan_is_unlabelled() {
    let (reading, person) = read("unlabelled_joint_is_nan.json");
    assert!(!person.labels[0].is_labelled() && person.labels[1].is_labelled());
    assert_eq!(reading.left_out, []);
}

#[test]
fn a_box_for_want_of_one_is_that_of_the_joints() {
    let (_, person) = read("joints_without_box.json");
    assert_eq!(person.bbox, BoundingBox { x: 24.0, y: 8.0, width: 69.0, height: 143.0 });
}

#[test]
fn the_longest_common_end_of_the_path_tells_which_picture_is_meant() {
    let dataset = Reading::of(&case("same_name_in_two_folders/coco.json")).unwrap().dataset;
    for (id, folder) in [(1, "cam1"), (2, "cam2")] {
        let image = dataset.image(&Path::new("/data").join(folder).join("0001.png")).unwrap().unwrap();
        assert_eq!((image.id, dataset.people_of(image)[0].id), (id, id));
    }
    let error = dataset.image(Path::new("/data/0001.png")).unwrap_err().to_string();
    assert!(error.contains("cam1/0001.png") && error.contains("cam2/0001.png"), "{error}");
}

#[test]
fn without_people_the_categories_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("labels.json");
    let text = r#"{"images": [{"id": 1, "file_name": "a.png"}],
        "annotations": [{"image_id": 1, "category_id": 2}, {"image_id": 1, "category_id": 3}],
        "categories": [{"id": 2, "name": "car"}, {"id": 3, "name": "dog"}]}"#;
    std::fs::write(&path, text).unwrap();
    let error = Reading::of(&path).unwrap_err().to_string();
    assert!(error.ends_with("found the categories 2 \"car\", 3 \"dog\""), "{error}");
    std::fs::write(&path, text.replace("dog", "person").replace("\"category_id\": 3", "\"category_id\": 2"))
        .unwrap();
    let reading = Reading::of(&path).unwrap();
    assert_eq!((reading.left_out[0].kind, reading.left_out[0].count), (LeftOutKind::OtherCategory, 2));
}

/// A file of one picture with a person of each of these categories, who are told apart by the width of their boxes.
fn labels_of(folder: &Path, categories: &Value, used: &[i64]) -> PathBuf {
    let path = folder.join("labels.json");
    let joints = vec![json!([7, 8, 2]); 17];
    let person = |(index, category): (usize, &i64)| {
        json!({"id": index, "image_id": "one", "category_id": category, "bbox": [0, 0, 10 + index, 40],
            "keypoints": joints.as_slice()})
    };
    let people: Vec<Value> = used.iter().enumerate().map(person).collect();
    let images = json!([{"id": "one", "file_name": "a.png"}]);
    let file = json!({"images": images, "annotations": people, "categories": categories});
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

/// COCO's joints, spelled otherwise.
fn joints(spelled: impl Fn(&str) -> String) -> Vec<String> {
    posescope::pose::KEYPOINT_NAMES.iter().map(|name| spelled(name)).collect()
}

#[test]
fn the_category_that_annotations_use_is_people_and_others_like_it_are_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let with_joints = joints(str::to_owned);
    let plain = |id: u64, name: &str| json!({"id": id, "name": name});
    let full = |id: u64, name: &str| json!({"id": id, "name": name, "keypoints": with_joints.as_slice()});
    for (categories, used, widths, left_out) in [
        (json!([full(1, "person"), full(2, "rider")]), vec![2], vec![10.0], 0),
        (json!([plain(1, "person"), plain(2, "Pedestrian")]), vec![2], vec![10.0], 0),
        (json!([full(1, "player"), plain(2, "human")]), vec![2], vec![10.0], 0),
        (json!([full(1, "person"), full(2, "Person ")]), vec![1, 2], vec![10.0, 11.0], 0),
        (json!([plain(1, "person"), plain(2, "human"), plain(3, "car")]), vec![1, 2, 3], vec![10.0], 1),
        (json!([plain(1, "person"), full(2, "rider")]), vec![1, 2, 1], vec![11.0], 2),
        (json!([plain(1, "person"), plain(3, "car")]), vec![3, 3], vec![], 2),
    ] {
        let reading = Reading::of(&labels_of(folder.path(), &categories, &used)).unwrap();
        let found: Vec<f64> = reading.dataset.people.iter().map(|person| person.bbox.width).collect();
        assert_eq!(found, widths, "{categories}");
        let other = reading.left_out.iter().find(|left_out| left_out.kind == LeftOutKind::OtherCategory);
        assert_eq!(other.map_or(0, |other| other.count), left_out, "{categories}");
    }
}

#[test]
fn joint_names_are_known_however_their_words_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let camel = |name: &str| {
        let word = |word: &str| format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        name.split(' ').map(word).collect::<String>()
    };
    for spelled in [joints(camel), joints(|name| name.replace(' ', ".")), joints(|name| name.to_uppercase())]
    {
        let categories = json!([{"id": 1, "name": "x", "keypoints": &spelled}]);
        let reading = Reading::of(&labels_of(folder.path(), &categories, &[1])).unwrap();
        assert_eq!(reading.dataset.people.len(), 1, "{spelled:?}");
    }
    let mut other = joints(str::to_owned);
    other[3] = "pelvis".to_owned();
    let categories = json!([{"id": 1, "name": "person", "keypoints": other}]);
    let error = Reading::of(&labels_of(folder.path(), &categories, &[1])).unwrap_err().to_string();
    assert!(error.ends_with("found \"pelvis\""), "{error}");
}

#[test]
fn results_go_by_the_ids_and_the_category_of_their_annotations() {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("results.json");
    let categories = json!([{"id": 1, "name": "car"}, {"id": 5, "name": "person"}]);
    let annotations = Reading::of(&labels_of(folder.path(), &categories, &[5, 1])).unwrap();
    let found = |entries: &[(Value, u64)]| -> Vec<u64> {
        let entry = |(image, category): &(Value, u64)| json!({"image_id": image, "category_id": category, "score": 1, "keypoints": vec![1; 51]});
        let entries: Vec<Value> = entries.iter().map(entry).collect();
        std::fs::write(&results, json!(entries).to_string()).unwrap();
        let reading = ResultsReading::belonging_to(&annotations, &results).unwrap();
        reading.detections.iter().map(|detection| detection.image_id).collect()
    };
    assert_eq!(annotations.dataset.images[0].id, 1);
    assert_eq!(found(&[(json!("one"), 5), (json!(1), 5), (json!("one"), 1)]), [1, 1], "cars do not count");
    assert_eq!(found(&[(json!(1), 1)]), [1], "as this program writes them");
    assert_eq!(found(&[(json!("two"), 5), (json!(1), 3)]), [0_u64; 0]);
}

#[test]
fn pictures_counted_anew_have_numbers_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("labels.json");
    let ids = [json!(u64::MAX), json!("x"), json!(1), json!(-3)];
    let images: Vec<Value> =
        ids.iter().map(|id| json!({"id": id, "file_name": format!("{id}.png")})).collect();
    std::fs::write(&path, json!({"images": images, "annotations": []}).to_string()).unwrap();
    let numbers: Vec<u64> = Reading::of(&path).unwrap().dataset.images.iter().map(|image| image.id).collect();
    assert_eq!(numbers, [u64::MAX, 2, 1, 3]);
}

#[test]
fn results_in_any_spelling_are_read_and_the_rest_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("results.json");
    let joints = format!("[{}]", ["1.5, \"2\", null"; 17].join(", "));
    let text = format!(
        "\u{feff}[{{\"image_id\": \"7\", \"category_id\": 1.0, \"score\": \"0.5\", \"keypoints\": {joints}}},
        {{\"image_id\": 7, \"category_id\": 3}}, 5, {{\"image_id\": \"x\", \"score\": 1, \"keypoints\": {joints}}},
        {{\"image_id\": 7, \"category_id\": 1, \"score\": NaN, \"keypoints\": {joints}}},
        {{\"image_id\": 7, \"score\": 1, \"keypoints\": []}}]"
    );
    std::fs::write(&path, &text).unwrap();
    let reading = ResultsReading::of(&path).unwrap();
    let [found] = &reading.detections[..] else { panic!("{reading:?}") };
    assert_eq!((found.image_id, found.score, found.pose[3].x, found.pose[3].y), (7, 0.5, 1.5, 2.0));
    let warning = reading.warning(&path).unwrap();
    assert!(
        warning.contains("left out 4 of 5 people: 1 no detection (first: detection entry 2), "),
        "{warning}"
    );
    let kinds: Vec<LeftOutKind> = reading.left_out.iter().map(|left_out| left_out.kind).collect();
    use LeftOutKind::*;
    assert_eq!(kinds, [NoDetection, NoPicture, NoScore, NoJoints]);
    for (text, said) in [
        ("{}", "holds no COCO results"),
        ("[{", "does not hold COCO results"),
        (
            "[{\"image_id\": 7, \"score\": 1, \"keypoints\": [1, 2]}]",
            "expected keypoints of 51 numbers, found 2",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let message = ResultsReading::of(&path).unwrap_err().to_string();
        assert!(message.contains(said), "{message}");
    }
}
