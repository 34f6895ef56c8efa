//! The data sets that a path leads to.

use std::path::Path;

use super::error::StudyError;
use super::picture_places::Archives;
use super::set_description::SetDescription;
use crate::pose::coco::ANNOTATIONS;

/// A data set that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetChoice {
    /// The name of its annotations, without the ending.
    pub name: String,
    /// Its annotations, and where its pictures are looked for.
    pub description: SetDescription,
}

/// The data sets that a path leads to: that of an annotation file, or those of all the `.json` files of a folder, by
/// name, where it has none those of its folder `annotations`. Nothing is read but the names of files. Their pictures are
/// where [`SetDescription::of_annotations`] finds them.
///
/// # Errors
/// When a folder cannot be listed, or has no annotations.
pub fn sets_at(path: &Path) -> Result<Vec<SetChoice>, StudyError> {
    if !path.is_dir() {
        return Ok(vec![choice(path, &mut Archives::default())]);
    }
    let unreadable = |source| StudyError::Folder { folder: path.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if is_annotations(&file) {
            files.push(file);
        }
    }
    let inner = path.join(ANNOTATIONS);
    if files.is_empty() && inner.is_dir() {
        return sets_at(&inner);
    }
    if files.is_empty() {
        return Err(StudyError::NoSets { folder: path.to_owned() });
    }
    files.sort();
    let mut archives = Archives::default();
    Ok(files.iter().map(|file| choice(file, &mut archives)).collect())
}

fn is_annotations(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    is_json && !hidden && path.is_file()
}

fn choice(annotations: &Path, archives: &mut Archives) -> SetChoice {
    let name = annotations.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    SetChoice { description: SetDescription::found_by(annotations, archives), name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(choices: &[SetChoice]) -> Vec<&str> {
        choices.iter().map(|choice| choice.name.as_str()).collect()
    }

    #[test]
    fn a_folder_leads_to_every_split_with_its_pictures() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let empty = sets_at(path).unwrap_err().to_string();
        assert!(empty.contains("expected COCO annotations"), "{empty}");
        for file in
            ["test.json", "dev.json", "dev-0.tar", "dev-1.tar", "plain.JSON", ".hidden.json", "notes.txt"]
        {
            std::fs::write(path.join(file), "").unwrap();
        }
        std::fs::create_dir(path.join("test")).unwrap();
        let choices = sets_at(path).unwrap();
        assert_eq!(names(&choices), ["dev", "plain", "test"]);
        let pictures: Vec<_> = choices.iter().map(|choice| choice.description.pictures.clone()).collect();
        assert_eq!(pictures[0], [path.join("dev-0.tar"), path.join("dev-1.tar"), path.to_owned()]);
        assert_eq!(pictures[1], [path]);
        assert_eq!(pictures[2], [path.join("test"), path.to_owned()]);
    }

    #[test]
    fn a_file_of_cocos_own_layout_finds_its_pictures_beside_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (labels, pictures) = (folder.path().join("annotations"), folder.path().join("val2017"));
        std::fs::create_dir(&labels).unwrap();
        std::fs::create_dir(&pictures).unwrap();
        let file = labels.join("person_keypoints_val2017.json");
        std::fs::write(&file, "").unwrap();
        let choices = sets_at(&file).unwrap();
        assert_eq!(names(&choices), ["person_keypoints_val2017"]);
        assert_eq!(choices[0].description.annotations, file);
        assert_eq!(choices[0].description.pictures.first(), Some(&pictures));
        assert_eq!(sets_at(folder.path()).unwrap(), choices, "the folder of both leads to it");
        let absent = sets_at(&folder.path().join("absent.json")).unwrap();
        assert_eq!(
            absent[0].description.pictures,
            [folder.path().to_owned()],
            "opening it tells that it is absent"
        );
    }
}
