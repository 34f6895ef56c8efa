use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::*;

const LIMITS: Limits = Limits { looked_up: 100, searched: 10, people: 100 };

/// A folder of pictures of 64 × 48 pixels, `0.png` and so on, with a label file where one is given.
fn folder(pictures: usize, labels: Option<Value>) -> (tempfile::TempDir, Folder) {
    let place = tempfile::tempdir().unwrap();
    for index in 0..pictures {
        RgbImage::new(64, 48).save(place.path().join(format!("{index}.png"))).unwrap();
    }
    if let Some(labels) = labels {
        fs::write(place.path().join("keypoints.json"), labels.to_string()).unwrap();
    }
    let folder = Folder::open(place.path()).unwrap();
    (place, folder)
}

/// Labels of these pictures, with so many people in each and so many labelled joints.
fn labels(pictures: &[(usize, usize, usize)]) -> Value {
    let images: Vec<Value> = pictures
        .iter()
        .map(|(index, ..)| json!({"id": 100 + index, "file_name": format!("{index}.png"), "width": 64, "height": 48}))
        .collect();
    let person = |index: usize, number: usize, joints: usize| {
        let keypoints: Vec<u32> =
            (0..17).flat_map(|joint| if joint < joints { [10, 12, 2] } else { [0, 0, 0] }).collect();
        json!({"image_id": 100 + index, "category_id": 1, "bbox": [4 + number, 4, 20, 40], "area": 500, "iscrowd": 0,
            "keypoints": keypoints, "num_keypoints": joints})
    };
    let people: Vec<Value> = pictures
        .iter()
        .flat_map(|(index, people, joints)| (0..*people).map(move |number| person(*index, number, *joints)))
        .collect();
    json!({"images": images, "annotations": people})
}

fn nobody_is_found(_: &RgbImage) -> Result<Vec<BoundingBox>, FinderError> {
    Ok(Vec::new())
}

fn gathered(limits: Limits, folder: &Folder) -> FolderPeople {
    FolderPeople::within(limits, folder, nobody_is_found, |_| true).unwrap().unwrap()
}

#[test]
fn labelled_people_are_a_data_set_and_pictures_without_are_told_of() {
    let (_place, folder) = folder(3, Some(labels(&[(0, 2, 17), (2, 1, 5)])));
    let found = gathered(LIMITS, &folder);
    assert_eq!((found.people.len(), found.people.labelled_count(), found.people.picture_count()), (3, 3, 2));
    let set = found.people.set().unwrap();
    assert_eq!((set.dataset.images.len(), set.path.as_path()), (2, folder.root()));
    let of_picture: Vec<u64> = set.dataset.people.iter().map(|person| person.image_id).collect();
    assert_eq!(of_picture, [0, 0, 1]);
    assert!(found.left_out.contains(&"1 picture has no labelled joints".to_owned()), "{:?}", found.left_out);
}

#[test]
fn a_large_folder_is_thinned_evenly_and_that_is_said() {
    let all: Vec<_> = (0..10).map(|index| (index, 2, 17)).collect();
    let (_place, folder) = folder(10, Some(labels(&all)));
    let found = gathered(Limits { people: 10, ..LIMITS }, &folder);
    let set = found.people.set().unwrap();
    let names: Vec<&str> =
        set.dataset.images.iter().map(|image| &image.file_name[image.file_name.len() - 5..]).collect();
    assert_eq!(names, ["0.png", "2.png", "4.png", "6.png", "8.png"]);
    let told = "10 of 20 labelled people are measured, in 5 of 10 pictures: at most 10";
    assert_eq!(found.left_out, [told]);
    let few = gathered(Limits { looked_up: 5, ..LIMITS }, &folder);
    assert_eq!(few.people.picture_count(), 5);
    assert!(few.left_out[0].starts_with("5 pictures were not looked at"), "{:?}", few.left_out);
}

#[test]
fn without_joints_known_boxes_count_and_others_are_looked_for() {
    let (_place, folder) = folder(4, Some(labels(&[(1, 2, 0)])));
    let mut searched = 0;
    let find = |picture: &RgbImage| {
        searched += 1;
        Ok(match searched {
            1 => vec![BoundingBox::whole(picture.width(), picture.height())],
            _ => Vec::new(),
        })
    };
    let found = FolderPeople::within(LIMITS, &folder, find, |_| true).unwrap().unwrap();
    assert_eq!((found.people.len(), found.people.labelled_count(), searched), (3, 0, 3));
    assert!(found.people.set().is_none(), "there is nothing to compare with");
    assert!(
        found.left_out.iter().any(|told| told == "nobody was found in 2 pictures"),
        "{:?}",
        found.left_out
    );
}

#[test]
fn unreadable_pictures_and_broken_labels_are_passed_over_and_named() {
    let (place, folder) = folder(3, Some(labels(&[(0, 1, 17), (1, 1, 17)])));
    fs::write(place.path().join("1.png"), "no picture").unwrap();
    fs::write(place.path().join("2.json"), "{\"images\": [").unwrap();
    let found = gathered(LIMITS, &folder);
    assert_eq!(found.people.len(), 1);
    let told = found.left_out.join("\n");
    assert!(told.contains("1 picture could not be read (first: ") && told.contains("1.png"), "{told}");
    assert!(told.contains("labels of 1 picture were not used: ") && told.contains("2.json"), "{told}");
}

#[test]
fn nobody_is_an_error_with_its_reasons_and_stopping_is_none() {
    let (place, folder) = folder(2, None);
    let error = FolderPeople::within(LIMITS, &folder, nobody_is_found, |_| true).unwrap_err().to_string();
    assert!(error.contains("nobody is labelled or found in 2 of its pictures"), "{error}");
    assert!(error.contains("nobody was found in 2 pictures"), "{error}");
    assert!(error.contains(&Path::display(place.path()).to_string()), "{error}");
    let stopped = FolderPeople::within(LIMITS, &folder, nobody_is_found, |far| {
        far != Gathering::Pictures { done: 1, of: 2 }
    });
    assert!(stopped.unwrap().is_none());
}
