//! The labelled joints of the picture at hand, and the boxes over them, as COCO annotations.

use crate::app::document::Document;
use crate::app::file_dialog::Target;
use crate::pose::coco::{Dataset, ImageEntry, Person};

use super::file_name::file_name;

/// The picture's entry and everybody labelled in it; none where that is nobody. The frame is that of the picture as it
/// is shown.
pub fn dataset(document: &Document) -> Option<Dataset> {
    let image = ImageEntry {
        id: document.labelled_image_id().unwrap_or(1),
        file_name: document.frame.name.clone(),
        width: document.frame.width(),
        height: document.frame.height(),
        source: None,
    };
    let labelled = document.people.iter().filter_map(|person| Some((person.bounds, person.truth?)));
    let people: Vec<Person> = (1..)
        .zip(labelled)
        .map(|(id, (bbox, truth))| Person {
            image_id: image.id,
            id,
            bbox,
            area: truth.area,
            num_keypoints: truth.labels.iter().filter(|label| label.is_labelled()).count(),
            labels: truth.labels,
            iscrowd: false,
        })
        .collect();
    (!people.is_empty()).then(|| Dataset { images: vec![image], people })
}

/// What the dialog for such a file asks.
pub fn target(document: &Document) -> Target {
    // As labels beside a picture are looked for when it is opened; but not over a file that may hold more.
    let own = file_name(&document.frame.name, "", "json");
    let read = document.truth_path.as_ref().and_then(|path| path.file_name());
    let name = match read.is_some_and(|read| read == own.as_str()) {
        true => file_name(&document.frame.name, "ground truth", "json"),
        false => own,
    };
    Target { title: "Save ground truth", name, kind: ("COCO annotations", "json") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{bounds, labelled_at, unlabelled};
    use crate::pose::KEYPOINT_COUNT;

    #[test]
    fn what_is_written_is_read_again_and_boxes_without_labels_are_left_out() {
        let mut document =
            labelled_at(&[(bounds(10.0, 10.0, 40.0, 80.0), true), (bounds(80.0, 20.0, 50.0, 100.0), false)]);
        document.add_person(bounds(150.0, 150.0, 30.0, 30.0));
        let written = dataset(&document).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("truth.json");
        std::fs::write(&path, written.json().unwrap()).unwrap();
        let read = Dataset::read(&path).unwrap();
        assert_eq!(read, written);
        assert_eq!((read.people.len(), read.people[0].num_keypoints), (1, KEYPOINT_COUNT));
        assert_eq!((read.images[0].file_name.as_str(), read.images[0].width), ("black.png", 200));
        assert_eq!(dataset(&unlabelled()), None);
    }
}
