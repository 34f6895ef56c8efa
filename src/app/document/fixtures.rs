//! Pictures, people and answers for the tests of the document.

use std::path::PathBuf;
use std::sync::Arc;

use image::RgbImage;

use super::Document;
use crate::app::preferences::Preferences;
use crate::engine::{Answer, PersonAnswer, Request};
use crate::pose::{
    BoundingBox, Heatmaps, KEYPOINT_COUNT, Keypoint, LabelledKeypoint, Pose, Region, Seen, coco,
};
use crate::source::Frame;

/// A box.
pub fn bounds(x: f64, y: f64, width: f64, height: f64) -> BoundingBox {
    BoundingBox { x, y, width, height }
}

/// The same box further to the right.
pub fn shifted(from: &BoundingBox, right: f64) -> BoundingBox {
    BoundingBox { x: from.x + right, ..*from }
}

/// A black picture of 200 × 200 pixels.
pub fn frame() -> Frame {
    Frame::still(RgbImage::new(200, 200), "black.png", None)
}

/// It with one person who may be anywhere.
pub fn unlabelled() -> Document {
    Document::new(frame(), 1, 1, None)
}

/// It with two labelled people, the first of whom is selected.
pub fn labelled() -> Document {
    labelled_at(&[(bounds(10.0, 10.0, 40.0, 80.0), true), (bounds(80.0, 20.0, 50.0, 100.0), true)])
}

/// It with people in these boxes, with or without labelled joints.
pub fn labelled_at(people: &[(BoundingBox, bool)]) -> Document {
    let person = |(bbox, with_joints): &(BoundingBox, bool)| coco::Person {
        image_id: 1,
        id: 1,
        bbox: *bbox,
        area: bbox.area(),
        labels: pose_in(bbox).map(|joint| LabelledKeypoint { x: joint.x, y: joint.y, visibility: 2 }),
        iscrowd: false,
        num_keypoints: if *with_joints { KEYPOINT_COUNT } else { 0 },
    };
    let people = people.iter().map(person).collect();
    Document::new(frame(), 1, 1, Some((PathBuf::from("keypoints.json"), people)))
}

/// Joints along the diagonal of a box, the first in its corner.
pub fn pose_in(bounds: &BoundingBox) -> Pose {
    std::array::from_fn(|joint| {
        let share = joint as f64 / KEYPOINT_COUNT as f64;
        Keypoint { x: bounds.x + share * bounds.width, y: bounds.y + share * bounds.height, confidence: 0.9 }
    })
}

/// What the engine might answer to what the document asks now, refining nothing.
pub fn answer(document: &Document, ticket: u64) -> Answer {
    let request = Request {
        picture: document.frame.picture.clone(),
        people: document.asked_people(),
        settings: Preferences::default().settings,
        trace: None,
        reference: false,
    };
    let found = |bounds: BoundingBox| PersonAnswer {
        bounds,
        region: Region::around(&bounds),
        seen: Seen { capture: RgbImage::new(1, 1), input: RgbImage::new(1, 1) },
        pose: pose_in(&bounds),
        heatmaps: Heatmaps::new(1, 1, 1, vec![0.0]).ok(),
        trace: None,
    };
    let people = request.people.iter().map(|person| found(person.bounds)).collect();
    Answer { ticket, request: Arc::new(request), people, times: Vec::new() }
}
