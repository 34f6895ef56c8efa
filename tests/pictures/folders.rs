//! Folders of pictures.

use std::fs;
use std::path::Path;

use image::{ImageFormat, RgbImage};
use posescope::source::Folder;
use tempfile::TempDir;

use crate::samples::{encoded, written};

#[test]
fn a_folder_lists_its_pictures_as_people_count() {
    let folder = TempDir::new().unwrap();
    let dot = encoded(RgbImage::new(1, 1), ImageFormat::Png);
    for name in
        ["10.png", "2.PNG", "b.jpeg", "A.TIF", "1.gif", ".hidden.png", "notes.txt", "truth.json", "png"]
    {
        written(&folder, name, &dot);
    }
    fs::create_dir(folder.path().join("inner.png")).unwrap();
    let opened = Folder::open(folder.path()).unwrap();
    let names: Vec<_> =
        opened.paths().iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["1.gif", "2.PNG", "10.png", "A.TIF", "b.jpeg"]);
    assert_eq!(opened.root(), folder.path());

    assert_eq!((opened.next(0), opened.next(4), opened.next(usize::MAX)), (Some(1), None, None));
    assert_eq!((opened.previous(4), opened.previous(0), opened.previous(99)), (Some(3), None, None));
}

#[test]
fn a_picture_is_found_however_its_path_is_spelled() {
    let folder = TempDir::new().unwrap();
    let path = written(&folder, "b.png", b"x");
    written(&folder, "a.png", b"x");
    fs::create_dir(folder.path().join("inner")).unwrap();
    let other = folder.path().join("inner/b.png");
    fs::write(&other, b"x").unwrap();
    let opened = Folder::open(folder.path()).unwrap();
    assert_eq!(opened.position_of(&path), Some(1));
    assert_eq!(opened.position_of(folder.path().join("inner/../b.png")), Some(1));
    assert_eq!(opened.position_of(&other), None);
    assert_eq!(opened.position_of("b.png"), None, "the current folder is another one");
    assert_eq!(opened.position_of("/"), None);
}

#[test]
fn folders_that_cannot_be_shown() {
    let folder = TempDir::new().unwrap();
    let message = |path: &Path| Folder::open(path).unwrap_err().to_string();
    assert!(message(folder.path()).contains("holds no pictures that are read; files ending in jpg"));
    let file = written(&folder, "notes.txt", b"x");
    assert!(message(&file).ends_with("notes.txt is not a folder; a folder of pictures was expected"));
    assert!(message(&folder.path().join("missing")).starts_with("cannot read "));
}
