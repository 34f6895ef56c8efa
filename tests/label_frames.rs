//! Labels that were made on another frame than the picture on the disk are brought to it, or not used.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use posescope::pose::coco::{FrameFit, FrameTally, ImageEntry, Person, Reading, Shown};
use posescope::pose::{BoundingBox, LabelledKeypoint};
use posescope::source::picture;

fn case() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/cases/coco/labels_of_the_stored_not_the_upright_picture"
    ))
}

/// Labels of the stored frame, 160 × 120, which the picture's EXIF data turn upright.
fn of_stored() -> (ImageEntry, Vec<Person>) {
    let dataset = Reading::of(&case().join("a.json")).unwrap().dataset;
    (dataset.images[0].clone(), dataset.people)
}

/// The same person in the upright frame.
fn upright_person() -> Person {
    let plain = case().parent().unwrap().join("size_as_float.json");
    Reading::of(&plain).unwrap().dataset.people[0].clone()
}

fn shown(width: u32, height: u32, orientation: Orientation) -> Shown {
    Shown { width, height, orientation }
}

fn sized(width: u32, height: u32) -> ImageEntry {
    ImageEntry { id: 1, file_name: "a.jpg".to_owned(), width, height, source: None }
}

fn scaled(person: &Person, factor: f64) -> Person {
    let BoundingBox { x, y, width, height } = person.bbox;
    let bbox = BoundingBox { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
    let labels =
        person.labels.map(|label| LabelledKeypoint { x: label.x * factor, y: label.y * factor, ..label });
    Person { bbox, labels, area: person.area * factor * factor, ..person.clone() }
}

#[test]
fn labels_that_fit_only_the_stored_picture_are_turned_with_it() {
    let frame = picture::open(case().join("a.jpg")).unwrap();
    let shown = shown(frame.width(), frame.height(), frame.orientation);
    assert_eq!(shown, self::shown(120, 160, Orientation::Rotate90));
    let bytes = std::fs::read(case().join("a.jpg")).unwrap();
    assert_eq!(picture::shape(&bytes), Some(shown));
    let (image, mut people) = of_stored();
    let mut frames = FrameTally::default();
    let fit = frames.fit(&image, &mut people, Path::new("a.jpg"), &shown);
    assert_eq!((fit, &people[0]), (FrameFit::Turned, &upright_person()));
    let warnings = frames.take_warnings();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].ends_with("(first: a.jpg, 160 × 120 to 120 × 160)"), "{warnings:?}");
    assert!(frames.take_warnings().is_empty());
}

#[test]
fn each_turn_of_the_sides_brings_the_person_upright() {
    let person = upright_person();
    for orientation in [
        Orientation::Rotate90,
        Orientation::Rotate270,
        Orientation::Rotate90FlipH,
        Orientation::Rotate270FlipH,
    ] {
        // The upright picture is 120 × 160; `stored` is where a point of it is before the turn.
        let stored = |(x, y): (f64, f64), far: (f64, f64)| match orientation {
            Orientation::Rotate90 => (y, far.0 - x),
            Orientation::Rotate270 => (far.1 - y, x),
            Orientation::Rotate90FlipH => (y, x),
            _ => (far.1 - y, far.0 - x),
        };
        let mirrored = matches!(orientation, Orientation::Rotate90FlipH | Orientation::Rotate270FlipH);
        let BoundingBox { x, y, width, height } = person.bbox;
        let (a, b) = (stored((x, y), (120.0, 160.0)), stored((x + width, y + height), (120.0, 160.0)));
        let mut before = person.clone();
        before.bbox = BoundingBox {
            x: a.0.min(b.0),
            y: a.1.min(b.1),
            width: (a.0 - b.0).abs(),
            height: (a.1 - b.1).abs(),
        };
        for joint in 0..17 {
            let other = if mirrored { posescope::pose::FLIP_INDEX[joint] } else { joint };
            let label = person.labels[other];
            let (x, y) = stored((label.x, label.y), (119.0, 159.0));
            before.labels[joint] = LabelledKeypoint { x, y, ..label };
        }
        let mut people = vec![before];
        let fit = sized(160, 120).fit(&mut people, &shown(120, 160, orientation), false);
        assert_eq!((fit, &people[0]), (FrameFit::Turned, &person), "{orientation:?}");
    }
}

#[test]
fn labels_that_fit_the_upright_picture_stay() {
    let mut people = vec![upright_person()];
    let turned = shown(120, 160, Orientation::Rotate90);
    assert_eq!(sized(160, 120).fit(&mut people, &turned, true), FrameFit::Same);
    assert_eq!(sized(120, 160).fit(&mut people, &turned, true), FrameFit::Same);
    assert_eq!(sized(0, 0).fit(&mut people, &turned, true), FrameFit::Same);
    assert_eq!(people, [upright_person()]);
}

#[test]
fn a_joint_a_little_outside_turns_nothing_where_the_upright_size_is_given() {
    let mut person = upright_person();
    person.labels[0].x = 125.0;
    let mut people = vec![person.clone()];
    let turned = shown(120, 160, Orientation::Rotate90);
    assert_eq!(sized(120, 160).fit(&mut people, &turned, true), FrameFit::Same);
    assert_eq!(people, [person]);
}

#[test]
fn placeholders_are_no_size() {
    let still = shown(120, 160, Orientation::NoTransforms);
    for (width, height) in [(1, 1), (2, 2), (3, 4), (3, 2), (15, 20)] {
        let mut people = vec![upright_person()];
        assert_eq!(sized(width, height).fit(&mut people, &still, false), FrameFit::Same, "{width}");
        assert_eq!(people, [upright_person()]);
    }
    let (_, mut people) = of_stored();
    let mut frames = FrameTally::default();
    let turned = shown(120, 160, Orientation::Rotate90);
    assert_eq!(frames.fit(&sized(0, 0), &mut people, Path::new("a.jpg"), &turned), FrameFit::Turned);
    let warning = frames.take_warnings().concat();
    assert!(warning.ends_with("(first: a.jpg, no size given, shown as 120 × 160)"), "{warning}");
}

#[test]
fn labels_that_fit_both_ways_are_told_of_and_turned_on_demand() {
    let small = scaled(&upright_person(), 0.5);
    let turned = shown(120, 160, Orientation::Rotate90);
    let mut people = vec![small.clone()];
    let mut frames = FrameTally::default();
    assert_eq!(frames.fit(&sized(160, 120), &mut people, Path::new("a.jpg"), &turned), FrameFit::Either);
    assert_eq!(people[0], small);
    assert!(frames.take_warnings()[0].contains("--turn-labels"));
    assert_eq!(sized(160, 120).fit(&mut people, &turned, true), FrameFit::Either);
    assert_eq!(people[0].bbox, BoundingBox { x: 41.0, y: 9.0, width: 77.0, height: 40.0 });
}

#[test]
fn without_a_size_labels_that_fit_both_ways_are_told_of_too() {
    let small = scaled(&upright_person(), 0.5);
    let turned = shown(120, 160, Orientation::Rotate90);
    for (turn, said) in [(false, "--turn-labels"), (true, "as was asked for")] {
        let (mut people, mut frames) = (vec![small.clone()], FrameTally::new(turn));
        let fit = frames.fit(&sized(0, 0), &mut people, Path::new("a.jpg"), &turned);
        assert_eq!((fit, people[0] == small), (FrameFit::Either, !turn));
        assert!(frames.take_warnings().concat().contains(said));
    }
}

#[test]
fn turns_that_leave_the_sides_as_they_are_happen_on_demand() {
    let person = upright_person();
    let BoundingBox { x, y, width, height } = person.bbox;
    for (orientation, left, top) in [
        (Orientation::Rotate180, 120.0 - x - width, 160.0 - y - height),
        (Orientation::FlipHorizontal, 120.0 - x - width, y),
        (Orientation::FlipVertical, x, 160.0 - y - height),
    ] {
        for listed in [sized(120, 160), sized(0, 0)] {
            let mut people = vec![person.clone()];
            let shown = shown(120, 160, orientation);
            assert_eq!(listed.fit(&mut people, &shown, false), FrameFit::Same, "{orientation:?}");
            assert_eq!(people[0], person);
            assert_eq!(listed.fit(&mut people, &shown, true), FrameFit::Either, "{orientation:?}");
            assert_eq!(people[0].bbox, BoundingBox { x: left, y: top, width, height }, "{orientation:?}");
            // Another turn of the same kind leads back.
            listed.fit(&mut people, &shown, true);
            assert_eq!(people[0], person, "{orientation:?}");
        }
    }
    let mut people = vec![scaled(&person, 0.5)];
    let square = shown(120, 120, Orientation::Rotate90);
    assert_eq!(sized(120, 120).fit(&mut people, &square, false), FrameFit::Same);
    assert_eq!(sized(120, 120).fit(&mut people, &square, true), FrameFit::Either);
    assert_eq!(people[0].bbox, BoundingBox { x: 41.0, y: 9.0, width: 77.0, height: 40.0 });
}

#[test]
fn labels_of_a_scaled_copy_are_scaled() {
    let plain = upright_person();
    for factor in [0.25, 0.5, 3.0, 8.0] {
        let mut people = vec![scaled(&plain, factor)];
        let listed = sized((120.0 * factor) as u32, (160.0 * factor) as u32);
        let fit = listed.fit(&mut people, &shown(120, 160, Orientation::NoTransforms), false);
        assert_eq!((fit, &people[0]), (FrameFit::Scaled, &plain), "{factor}");
    }
    // Sides of copies are rounded, here from 4000 × 3000 to 133 × 100.
    let mut people = Vec::new();
    let still = shown(133, 100, Orientation::NoTransforms);
    assert_eq!(sized(4000, 3000).fit(&mut people, &still, false), FrameFit::Scaled);
    let large = shown(4000, 3000, Orientation::NoTransforms);
    assert_eq!(sized(133, 100).fit(&mut people, &large, false), FrameFit::Scaled);
    // A scaled copy of the stored frame is turned as well.
    let (_, stored) = of_stored();
    let mut people = vec![scaled(&stored[0], 4.0)];
    let fit = sized(640, 480).fit(&mut people, &shown(120, 160, Orientation::Rotate90), false);
    assert_eq!((fit, &people[0]), (FrameFit::Turned, &plain));
}

#[test]
fn labels_of_another_picture_are_not_used() {
    for (listed, orientation) in [
        (sized(333, 120), Orientation::NoTransforms),
        (sized(160, 120), Orientation::NoTransforms),
        (sized(160, 120), Orientation::Rotate180),
        (sized(333, 120), Orientation::Rotate90),
    ] {
        let mut people = vec![upright_person()];
        let fit = listed.fit(&mut people, &shown(120, 160, orientation), false);
        assert_eq!((fit, people.len()), (FrameFit::None, 0), "{listed:?} {orientation:?}");
    }
}
