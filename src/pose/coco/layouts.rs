//! Where COCO and CVAT put the annotations of a folder of pictures.

use std::path::{Path, PathBuf};

/// The folder of annotations, beside that of the pictures.
pub(crate) const ANNOTATIONS: &str = "annotations";
/// The folder of pictures, or of folders of pictures.
pub(crate) const IMAGES: &str = "images";
/// What stands before the name of a set in that of its file of keypoints.
pub(crate) const PERSON_KEYPOINTS: &str = "person_keypoints_";
/// What CVAT calls a set of pictures that has no name.
const UNNAMED: &str = "default";

/// The annotation files that may be there for the pictures in a folder: for `val2017` or `images/val2017`,
/// `annotations/person_keypoints_val2017.json` beside it; for `images`, `annotations/person_keypoints_default.json`.
pub(super) fn files_for(folder: &Path) -> Vec<PathBuf> {
    let Ok(folder) = std::path::absolute(folder) else { return Vec::new() };
    let (Some(name), Some(root)) = (folder.file_name(), folder.parent()) else { return Vec::new() };
    let name = name.to_string_lossy();
    let file = |root: &Path, set: &str| root.join(ANNOTATIONS).join(format!("{PERSON_KEYPOINTS}{set}.json"));
    let mut files = vec![file(root, &name)];
    if name == IMAGES {
        files.push(file(root, UNNAMED));
    }
    if root.file_name().is_some_and(|name| name == IMAGES)
        && let Some(root) = root.parent()
    {
        files.push(file(root, &name));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_of_coco_and_cvat_are_known() {
        let root = std::path::absolute("set").unwrap();
        let of = |folder: &str| -> Vec<String> {
            let relative =
                |file: PathBuf| file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            files_for(&root.join(folder)).into_iter().map(relative).collect()
        };
        assert_eq!(of("val2017"), ["annotations/person_keypoints_val2017.json"]);
        assert_eq!(
            of("images"),
            ["annotations/person_keypoints_images.json", "annotations/person_keypoints_default.json"]
        );
        assert_eq!(
            of("images/val2017"),
            ["images/annotations/person_keypoints_val2017.json", "annotations/person_keypoints_val2017.json"]
        );
    }
}
