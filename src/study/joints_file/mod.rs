//! Found people as files that other programs read. Commands and the window write the same.

mod coco_results;
mod picture_ids;
mod table;

pub use coco_results::{ResultEntry, coco_results};
pub use picture_ids::PictureIds;
pub use table::joints_csv;

use crate::pose::{Pose, instance_score};

/// A frame of a video.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameTime {
    /// Its number, counted from 0.
    pub number: u64,
    /// When it is shown, in seconds from the start.
    pub seconds: f64,
}

/// A found person as files list them.
#[derive(Clone, Debug, PartialEq)]
pub struct JointsEntry {
    /// The picture, as it was named.
    pub file: String,
    /// The picture's number.
    pub image_id: u64,
    /// Which frame it is, where the file is a video.
    pub frame: Option<FrameTime>,
    /// The person's number in the picture, counted from 1; in a video the same from frame to frame.
    pub number: usize,
    /// The joints, in picture pixels.
    pub pose: Pose,
    /// Mean confidence of the joints, each cut to 0 … 1.
    pub score: f64,
}

impl JointsEntry {
    /// Somebody in a picture that has no number yet; [`PictureIds`] gives one.
    pub fn new(file: String, number: usize, pose: Pose) -> Self {
        Self { file, image_id: 0, frame: None, number, pose, score: instance_score(&pose) }
    }

    /// Column, row and confidence of each joint, in COCO's order.
    fn numbers(&self) -> impl Iterator<Item = f64> {
        self.pose.iter().flat_map(|joint| [joint.x, joint.y, joint.confidence])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::{KEYPOINT_COUNT, Keypoint};

    fn people() -> Vec<JointsEntry> {
        let pose = |x: f64| [Keypoint { x, y: 2.5, confidence: 0.5 }; KEYPOINT_COUNT];
        let mut people = vec![
            JointsEntry::new("a, b.png".to_owned(), 1, pose(7.25)),
            JointsEntry::new("a, b.png".to_owned(), 3, pose(-1.0)),
            JointsEntry::new("c.png".to_owned(), 1, pose(0.0)),
        ];
        let mut ids = PictureIds::default();
        ids.add(None, 2);
        ids.add(Some(8), 1);
        ids.number(&mut people, 5);
        people
    }

    #[test]
    fn listed_pictures_keep_their_ids_and_others_get_those_above() {
        assert_eq!(people().iter().map(|person| person.image_id).collect::<Vec<_>>(), [9, 9, 8]);
    }

    #[test]
    fn results_are_entries_of_coco_without_a_box() {
        let people = people();
        let json = serde_json::to_value(coco_results(&people)).unwrap();
        assert_eq!(json[1]["keypoints"].as_array().unwrap().len(), 3 * KEYPOINT_COUNT);
        assert_eq!(json[1]["keypoints"][0], -1.0);
        assert_eq!((&json[1]["image_id"], &json[1]["category_id"]), (&9.into(), &1.into()));
        assert_eq!((&json[0]["score"], &json[2]["file_name"]), (&0.5.into(), &"c.png".into()));
        assert!(json[0].get("bbox").is_none());
    }

    #[test]
    fn people_of_videos_are_told_with_their_frame() {
        let mut people = people();
        people[1].frame = Some(FrameTime { number: 12, seconds: 0.48 });
        let text = String::from_utf8(joints_csv(&people).unwrap()).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        assert!(rows[0].starts_with("file,frame,seconds,person,score,nose_x"), "{text}");
        assert!(rows[1].starts_with("\"a, b.png\",,,1,0.5,"), "{text}");
        assert!(rows[2].starts_with("\"a, b.png\",12,0.48,3,0.5,"), "{text}");
        let json = serde_json::to_value(coco_results(&people)).unwrap();
        assert_eq!((&json[1]["frame"], &json[1]["seconds"]), (&12.into(), &0.48.into()));
        assert_eq!(json[1]["track_id"], 3);
        assert!(json[0].get("frame").is_none() && json[0].get("seconds").is_none());
    }

    #[test]
    fn a_table_has_a_row_a_person_after_its_titles() {
        let people = people();
        let text = String::from_utf8(joints_csv(&people).unwrap()).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows.len(), 1 + people.len());
        assert!(rows[0].starts_with("file,person,score,nose_x,nose_y,nose_confidence,left_eye_x"), "{text}");
        assert!(rows[0].ends_with(",right_ankle_confidence"), "{text}");
        assert!(rows[2].starts_with("\"a, b.png\",3,0.5,-1,2.5,0.5,-1,"), "{text}");
    }
}
