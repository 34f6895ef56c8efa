//! Everybody's joints as a file or text: as the network gave them, not smoothed, hidden people and unsure joints too.

use std::path::{Path, PathBuf};

use crate::app::document::Document;
use crate::app::file_dialog::Targets;
use crate::pose::coco::LabelCache;
use crate::study::{JointsEntry, PictureIds, coco_results, joints_csv};

use super::file_name::file_name;

/// Everybody of a picture.
#[derive(Clone, Debug)]
pub struct PictureJoints {
    people: Vec<JointsEntry>,
    /// The picture's file.
    picture: Option<PathBuf>,
    /// The picture's id in the labels at hand.
    image_id: Option<u64>,
}

impl PictureJoints {
    /// Whoever was answered; none where that is nobody.
    pub fn of(document: &Document) -> Option<Self> {
        let picture = document.frame.path.clone();
        let file =
            picture.as_ref().map_or_else(|| document.frame.name.clone(), |path| path.display().to_string());
        let entry = |(index, number): (usize, u32)| {
            let pose = document.person_answer(index)?.pose;
            Some(JointsEntry::new(file.clone(), number as usize, pose))
        };
        let numbers = document.people.iter().map(|person| person.number).enumerate();
        let people: Vec<JointsEntry> = numbers.filter_map(entry).collect();
        let image_id = document.labelled_image_id();
        (!people.is_empty()).then_some(Self { people, picture, image_id })
    }

    /// How many people there are.
    pub fn count(&self) -> usize {
        self.people.len()
    }

    /// A row for each person.
    ///
    /// # Errors
    /// When a row cannot be written: a sentence for the user.
    pub fn csv(&self) -> Result<Vec<u8>, String> {
        joints_csv(&self.people).map_err(|error| error.to_string())
    }

    /// What is written to a file of this name.
    ///
    /// # Errors
    /// When the name ends in neither `.json` nor `.csv`, or the joints cannot be put in that form: a sentence for the
    /// user.
    pub fn bytes(self, path: &Path) -> Result<Vec<u8>, String> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("json") => self.coco(),
            Some("csv") => self.csv(),
            Some(other) => {
                Err(format!("expected a name that ends in .json (COCO results) or .csv, found .{other}"))
            }
            None => {
                Err("expected a name that ends in .json (COCO results) or .csv, found no ending".to_owned())
            }
        }
    }

    /// COCO results, with the id that the labels of the picture give it, as `posescope infer` has it.
    fn coco(mut self) -> Result<Vec<u8>, String> {
        let mut labels = LabelCache::default();
        let listed = self.image_id.or_else(|| {
            // Labels that cannot be read were told of when the picture was opened.
            labels.beside(self.picture.as_deref()?).ok()?.map(|beside| beside.image.id)
        });
        let mut ids = PictureIds::default();
        ids.add(listed, self.people.len());
        ids.number(&mut self.people, labels.largest_id());
        let mut json = serde_json::to_vec(&coco_results(&self.people)).map_err(|error| error.to_string())?;
        json.push(b'\n');
        Ok(json)
    }
}

/// What the dialog for such a file asks.
pub fn target(document: &Document) -> Targets {
    Targets {
        title: "Save joints",
        name: file_name(&document.frame.name, "joints", "json"),
        kinds: vec![("COCO results", "json"), ("Comma-separated values", "csv")],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::app::document::fixtures::{answer, labelled, unlabelled};

    #[test]
    fn everybody_answered_is_written_in_the_form_of_the_files_name() {
        let mut document = labelled();
        assert!(PictureJoints::of(&document).is_none(), "nobody was answered yet");
        let found = answer(&document, 1);
        document.take(found);
        document.people[1].hidden = true;
        let joints = PictureJoints::of(&document).unwrap();
        assert_eq!(joints.count(), 2);
        let json: Value =
            serde_json::from_slice(&joints.clone().bytes(Path::new("a.JSON")).unwrap()).unwrap();
        let entries = json.as_array().unwrap();
        assert_eq!(entries.len(), 2);
        let first = document.person_answer(0).unwrap().pose[0];
        assert_eq!(entries[0]["keypoints"][0], first.x);
        assert_eq!((&entries[1]["image_id"], &entries[1]["file_name"]), (&1.into(), &"black.png".into()));
        let table = String::from_utf8(joints.clone().bytes(Path::new("b.csv")).unwrap()).unwrap();
        assert_eq!(table.lines().count(), 3);
        assert!(table.lines().nth(2).unwrap().starts_with("black.png,2,0."), "{table}");
        for (name, found) in [("c.txt", "found .txt"), ("c", "no ending")] {
            let error = joints.clone().bytes(Path::new(name)).unwrap_err();
            assert!(error.contains(".csv") && error.ends_with(found), "{error}");
        }
    }

    #[test]
    fn a_picture_has_the_id_of_its_labels_and_else_one_that_no_label_has() {
        let folder = tempfile::tempdir().unwrap();
        let labels = r#"{"images": [{"id": 7, "file_name": "here.png"}, {"id": 9, "file_name": "there.png"}],
            "annotations": [], "categories": []}"#;
        std::fs::write(folder.path().join("keypoints.json"), labels).unwrap();
        let mut document = unlabelled();
        let found = answer(&document, 1);
        document.take(found);
        for (name, id) in [("here.png", 7), ("other.png", 10)] {
            document.frame.path = Some(folder.path().join(name));
            let bytes = PictureJoints::of(&document).unwrap().bytes(Path::new("a.json")).unwrap();
            let json: Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(json[0]["image_id"], id, "{name}");
        }
    }
}
