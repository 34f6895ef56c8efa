//! A COCO file that the user opens: ground truth for the picture at hand, or the way to a picture it lists.

use std::path::{Path, PathBuf};

use crate::counted::counted;
use crate::pose::coco::{ImageEntry, Person, Reading};
use crate::source::PictureStore;
use crate::study::SetDescription;

/// What a COCO file gives.
pub enum LabelFile {
    /// The entry of the picture at hand, the people labelled in it, and a word about what was left out of the file.
    OfPictureAtHand(ImageEntry, Vec<Person>, Option<String>),
    /// The first picture of its list that is there, its entry, the people labelled in it, and that word.
    OfAnother(PathBuf, ImageEntry, Vec<Person>, Option<String>),
}

/// Whether a path is to be read as a COCO file.
pub fn names_labels(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// Reads a COCO file, and finds what it is about. Pictures are looked for where [`SetDescription::of_annotations`] says.
///
/// # Errors
/// When it is no COCO file, or neither lists the picture at hand nor one that is there: a sentence for the user.
pub fn read(path: &Path, at_hand: Option<&Path>) -> Result<LabelFile, String> {
    let reading = Reading::of(path).map_err(|error| error.to_string())?;
    let warning = reading.warning(path);
    let dataset = &reading.dataset;
    let name = at_hand.and_then(Path::file_name).and_then(|name| name.to_str());
    let listed = match at_hand {
        Some(at_hand) => {
            dataset.image(at_hand).map_err(|two_entries| format!("{}: {two_entries}", path.display()))?
        }
        None => None,
    };
    if let Some(image) = listed {
        let people = dataset.people_of(image).into_iter().cloned().collect();
        return Ok(LabelFile::OfPictureAtHand(image.clone(), people, warning));
    }
    match first_there(path, &dataset.images) {
        Some((image, picture)) => {
            let people = dataset.people_of(image).into_iter().cloned().collect();
            Ok(LabelFile::OfAnother(picture, image.clone(), people, warning))
        }
        None => {
            let at_hand = name.map_or(String::new(), |name| format!("{name} is not among them, and "));
            let pictures = counted(dataset.images.len(), "picture", "pictures");
            Err(format!("{}: it lists {pictures}; {at_hand}none of them lies beside it", path.display()))
        }
    }
}

/// The first of the pictures that is a file where programs put the pictures of such annotations.
fn first_there<'a>(annotations: &Path, images: &'a [ImageEntry]) -> Option<(&'a ImageEntry, PathBuf)> {
    let mut places = SetDescription::of_annotations(annotations, &[]).pictures;
    places.retain(|place| place.is_dir());
    let store = PictureStore::open(&places).ok()?;
    let (index, picture) = store.first_file(images.iter().map(|image| image.file_name.as_str()))?;
    Some((images.get(index)?, picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path) -> PathBuf {
        let text = r#"{"images": [{"id": 1, "file_name": "far.png", "width": 4, "height": 4},
            {"id": 2, "file_name": "near.png", "width": 4, "height": 4}],
            "annotations": [{"id": 5, "image_id": 2, "category_id": 1, "bbox": [0, 0, 4, 4], "area": 16, "iscrowd": 0}],
            "categories": [{"id": 1, "name": "person"}]}"#;
        let path = folder.join("labels.json");
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn the_picture_at_hand_comes_first_then_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let labels = file(folder.path());
        assert!(
            names_labels(&labels) && names_labels(Path::new("A.JSON")) && !names_labels(Path::new("a.png"))
        );
        let found = read(&labels, Some(Path::new("/elsewhere/near.png"))).unwrap();
        assert!(matches!(found, LabelFile::OfPictureAtHand(_, people, _) if people.len() == 1));
        let nothing = read(&labels, Some(Path::new("other.png"))).err().unwrap();
        assert!(nothing.contains("lists 2 pictures; other.png is not among them"), "{nothing}");
        std::fs::write(folder.path().join("near.png"), "").unwrap();
        let found = read(&labels, None).unwrap();
        assert!(
            matches!(found, LabelFile::OfAnother(path, _, people, None) if path.ends_with("near.png") && people.len() == 1)
        );
    }
    #[test]
    fn the_pictures_of_cocos_own_layout_are_found() {
        let root = tempfile::tempdir().unwrap();
        let labels = file(root.path());
        let (annotations, pictures) = (root.path().join("annotations"), root.path().join("images/val2017"));
        std::fs::create_dir(&annotations).unwrap();
        std::fs::create_dir_all(&pictures).unwrap();
        std::fs::write(pictures.join("near.png"), "").unwrap();
        let moved = annotations.join("person_keypoints_val2017.json");
        std::fs::rename(labels, &moved).unwrap();
        let found = read(&moved, None).unwrap();
        assert!(matches!(found, LabelFile::OfAnother(path, ..) if path == pictures.join("near.png")));
    }
}
