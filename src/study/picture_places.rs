//! Where the pictures of an annotation file are, as this program and others lay them out.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::pose::coco::{ANNOTATIONS, IMAGES, PERSON_KEYPOINTS};

/// The archives of folders. Each is listed once, however many annotation files are in it.
#[derive(Default)]
pub(super) struct Archives(HashMap<PathBuf, Vec<PathBuf>>);

impl Archives {
    /// The archives in a folder, by name.
    fn of(&mut self, folder: &Path) -> &[PathBuf] {
        self.0.entry(folder.to_owned()).or_insert_with(|| {
            let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
            let is_archive = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "tar");
            let mut archives: Vec<PathBuf> =
                files.filter(|path| is_archive(path) && path.is_file()).collect();
            archives.sort();
            archives
        })
    }
}

/// The places that may hold the pictures of an annotation file, those of its set alone first: for `SET.json` and
/// `person_keypoints_SET.json` the archives `SET.tar` and `SET-*.tar` and the folders `SET` and `images/SET`; then the
/// folder of the file, and `images` in it. Where the file's folder is called `annotations`, as COCO and CVAT call it,
/// all of these beside that folder too; what is of the set alone also beside any folder that holds
/// `person_keypoints_SET.json`.
///
/// Only names of files are read. The folder of the file is always among them, the others are where they are there.
pub(super) fn picture_places(annotations: &Path, archives: &mut Archives) -> Vec<PathBuf> {
    let folder = here(annotations.parent());
    let stem = annotations.file_stem().unwrap_or_default().to_string_lossy();
    let set = stem.strip_prefix(PERSON_KEYPOINTS).filter(|set| !set.is_empty());
    let mut places = of_set(&folder, &stem, archives);
    places.extend(set.into_iter().flat_map(|set| of_set(&folder, set, archives)));
    let around = around(&folder);
    let is_inner = around.as_ref().is_some_and(|(name, _)| name == ANNOTATIONS);
    let around = around.map(|(_, around)| around);
    if let Some(around) = &around
        && (is_inner || set.is_some())
    {
        places.extend(of_set(around, set.unwrap_or(&stem), archives));
    }
    let images = folder.join(IMAGES);
    let inner = around.filter(|_| is_inner).map(|around| [around.join(IMAGES), around]);
    let general = std::iter::once(images).chain(inner.into_iter().flatten()).filter(|place| place.is_dir());
    for place in std::iter::once(folder).chain(general) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// The archives and folders of a set's own in a folder.
fn of_set(folder: &Path, set: &str, archives: &mut Archives) -> Vec<PathBuf> {
    let is_of_set = |path: &&PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        name.strip_prefix(set).is_some_and(|part| part.is_empty() || part.starts_with('-'))
    };
    let mut places: Vec<PathBuf> = archives.of(folder).iter().filter(is_of_set).cloned().collect();
    let folders = [folder.join(set), folder.join(IMAGES).join(set)];
    places.extend(folders.into_iter().filter(|folder| folder.is_dir()));
    places
}

/// The name of a folder, and the folder around it.
fn around(folder: &Path) -> Option<(String, PathBuf)> {
    // The working directory has a name too.
    let named = match folder.file_name() {
        Some(_) => folder.to_owned(),
        None => std::path::absolute(folder).ok()?,
    };
    Some((named.file_name()?.to_string_lossy().into_owned(), here(named.parent())))
}

/// A folder, or the working directory where it has no name.
fn here(folder: Option<&Path>) -> PathBuf {
    folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::set_choice::sets_at;
    use super::super::set_description::SetDescription;
    use super::*;
    use crate::source::PictureStore;

    /// A layout: the annotation file, its split, a picture, and what the annotations call it.
    const LAYOUTS: [(&str, &str, &str, &str); 18] = [
        ("dev.json", "dev", "dev.tar", "1.png"),
        ("dev.json", "dev", "dev-0.tar", "1.png"),
        ("dev.json", "dev", "dev/1.png", "1.png"),
        ("dev.json", "dev", "dev/1.png", "dev/1.png"),
        ("dev.json", "dev", "images/dev/1.png", "1.png"),
        ("dev.json", "dev", "images/1.png", "1.png"),
        ("dev.json", "dev", "1.png", "1.png"),
        ("person_keypoints_dev.json", "dev", "dev/1.png", "1.png"),
        ("person_keypoints_dev.json", "dev", "1.png", "1.png"),
        ("annotations/person_keypoints_val2017.json", "val2017", "val2017/1.png", "1.png"),
        ("annotations/person_keypoints_val2017.json", "val2017", "val2017/1.png", "val2017/1.png"),
        ("annotations/person_keypoints_val2017.json", "val2017", "val2017.tar", "1.png"),
        ("annotations/person_keypoints_val2017.json", "val2017", "images/val2017/1.png", "1.png"),
        ("annotations/person_keypoints_val2017.json", "val2017", "images/1.png", "1.png"),
        ("annotations/person_keypoints_val2017.json", "val2017", "1.png", "1.png"),
        ("annotations/person_keypoints_val2017.json", "val2017", "annotations/1.png", "1.png"),
        ("annotations/person_keypoints_default.json", "default", "images/1.png", "1.png"),
        ("annotations/person_keypoints_default.json", "default", "images/default/a/1.png", "a/1.png"),
    ];

    fn found(annotations: &Path) -> Vec<PathBuf> {
        picture_places(annotations, &mut Archives::default())
    }

    fn write(root: &Path, name: &str, picture: &str) {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if !name.ends_with(".tar") {
            return std::fs::write(path, "").unwrap();
        }
        let mut archive = tar::Builder::new(std::fs::File::create(path).unwrap());
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        header.set_mode(0o644);
        archive.append_data(&mut header, picture, b".".as_slice()).unwrap();
        archive.finish().unwrap();
    }

    #[test]
    fn the_window_and_the_commands_find_the_pictures_of_every_layout() {
        for (annotations, split, picture, called) in LAYOUTS {
            let root = tempfile::tempdir().unwrap();
            let root = root.path();
            write(root, annotations, "");
            write(root, picture, called);
            let file = root.join(annotations);
            let by_file = SetDescription::of_annotations(&file, &[]);
            let layout = format!("{annotations} {picture}");
            assert_eq!(SetDescription::of_split(root, split).unwrap(), by_file, "{layout}");
            for opened in [root, file.as_path()] {
                let chosen = sets_at(opened).unwrap();
                assert_eq!(chosen.len(), 1, "{layout}");
                assert_eq!(chosen[0].description, by_file, "{layout}");
            }
            let store = PictureStore::open(&by_file.pictures).unwrap();
            let found = store.find_all(std::iter::once(called)).unwrap();
            assert_eq!(found[0].place().unwrap().0, root.join(picture), "{layout}");
        }
    }

    #[test]
    fn what_is_of_the_set_alone_comes_first() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        let files = [
            "annotations/person_keypoints_val.json",
            "val/1.png",
            "images/val/1.png",
            "val-0.tar",
            "value.tar",
        ];
        files.iter().for_each(|file| write(root, file, "1.png"));
        let places = found(&root.join(files[0]));
        let expected = ["val-0.tar", "val", "images/val", "annotations", "images", ""];
        assert_eq!(places, expected.map(|place| root.join(place)));
    }

    #[test]
    fn a_folder_of_the_files_name_need_not_hold_its_pictures() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        ["labels.json", "labels/1.txt", "images/1.png"].iter().for_each(|file| write(root, file, ""));
        let places = found(&root.join("labels.json"));
        assert_eq!(places, ["labels", "", "images"].map(|place| root.join(place)));
        let elsewhere = found(&root.join("labels/other.json"));
        assert_eq!(elsewhere, [root.join("labels")], "a folder of any name is not looked around");
        assert_eq!(found(Path::new("no_such_labels.json")).first(), Some(&PathBuf::from(".")));
    }
}
