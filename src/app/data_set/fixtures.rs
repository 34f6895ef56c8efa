//! People, networks and sets for the tests of the data set window.

use std::sync::Arc;

use image::RgbImage;

use super::run::Run;
use crate::app::preferences::Preferences;
use crate::engine::{NetworkInfo, Settings, Weights};
use crate::network::NetworkConfig;
use crate::pose::coco::{Dataset, ImageEntry, Person};
use crate::pose::{BoundingBox, InputSize, KEYPOINT_COUNT, Keypoint, LabelledKeypoint, Pose};
use crate::study::{ByJoint, LabelledSet, Measured, Pass, People, PersonResult, Row, StoredPicture};

/// A CMSA network of this name.
pub fn network(name: &str) -> NetworkInfo {
    NetworkInfo::plain(Weights::Untrained(NetworkConfig::small()).into(), name, Some(NetworkConfig::small()))
}

/// Somebody found with this OKS, or not found.
pub fn person(index: usize, oks: Option<f64>, height: f64) -> PersonResult {
    let pose = oks.map(|_| [Keypoint { x: 8.0, y: 16.0, confidence: 0.5 }; KEYPOINT_COUNT]);
    PersonResult { person: index, picture: index, height, pose, oks, score: oks.map(|_| 0.5) }
}

/// A set of as many pictures in memory, each of one labelled person whose left hip is not labelled.
pub fn set_of(people: usize) -> LabelledSet {
    let picture = Arc::new(RgbImage::new(40, 60));
    let image =
        |id: u64| ImageEntry { id, file_name: format!("{id}.png"), width: 40, height: 60, source: None };
    let person = |id: u64| {
        let mut labels = [LabelledKeypoint { x: 10.0, y: 20.0, visibility: 2 }; KEYPOINT_COUNT];
        labels[11] = LabelledKeypoint::default();
        Person {
            image_id: id,
            id: 1000 + id,
            bbox: BoundingBox { x: 4.0, y: 6.0, width: 20.0, height: 30.0 + (id % 7) as f64 },
            area: 500.0,
            labels,
            iscrowd: false,
            num_keypoints: KEYPOINT_COUNT - 1,
        }
    };
    let ids = 1..=people as u64;
    LabelledSet {
        warnings: Vec::new(),
        path: "set.json".into(),
        dataset: Dataset { images: ids.clone().map(image).collect(), people: ids.map(person).collect() },
        pictures: (0..people).map(|_| StoredPicture::Held(Arc::clone(&picture))).collect(),
    }
}

/// The settings of a first start.
pub fn settings() -> Settings {
    Preferences::default().settings
}

/// A run as [`run_of`] makes it, at this input and with so many rows captured.
pub fn run_at(set: &Arc<LabelledSet>, id: u64, name: &str, input: InputSize, rows: u32) -> Run {
    let mut run = run_of(set, id, name);
    let settings = &mut Arc::make_mut(&mut run.measured).row.settings;
    (settings.input, settings.capture.height) = (input, rows);
    run
}

/// What a network of this name might find of a set: the first joints exactly, nothing of the second person, and of the
/// others each further off than the one before.
pub fn run_of(set: &Arc<LabelledSet>, id: u64, name: &str) -> Run {
    let people = People::labelled(Arc::clone(set));
    let pose = |place: usize| -> Pose {
        [Keypoint { x: 10.0 + place as f64, y: 20.0, confidence: 0.75 }; KEYPOINT_COUNT]
    };
    let mut pass = Pass::default();
    pass.poses.extend((0..people.len()).map(|place| (place != 1).then(|| pose(place))));
    pass.network_ms = 4.0 * pass.seen() as f64;
    let row = Row {
        index: 0,
        settings: settings(),
        people: pass.seen(),
        ap: None,
        oks: None,
        agreement: None,
        joint_oks: ByJoint::default(),
        joint_agreement: ByJoint::default(),
        network_ms_per_person: pass.ms_per_person(),
    };
    let measured = Measured::of(&people, row, &pass).unwrap();
    Run { id, network: Arc::new(network(name)), measured: Arc::new(measured) }
}
