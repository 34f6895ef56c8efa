//! Outputs that would replace what a command reads, or one another.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::pose::coco::{Dataset, DatasetError};

/// Checks that no output is a file that is read or holds COCO annotations, which may be those of the pictures, and that
/// no two outputs are one file.
///
/// # Errors
/// When that is so; the message names the file.
pub fn check_apart(outputs: &[Option<&Path>], inputs: &[PathBuf]) -> anyhow::Result<()> {
    let outputs: Vec<&Path> = outputs.iter().copied().flatten().collect();
    if outputs.is_empty() {
        return Ok(());
    }
    let inputs: HashSet<PathBuf> = inputs.iter().filter_map(|input| place_of(input)).collect();
    let mut earlier = Vec::new();
    for output in outputs {
        let Some(place) = place_of(output) else { continue };
        if inputs.contains(&place) {
            bail!("cannot write {}: it is also read; name another file", output.display());
        }
        if holds_annotations(&place) {
            bail!("cannot write {}: it holds COCO annotations; name another file", output.display());
        }
        if earlier.contains(&place) {
            bail!("cannot write {}: two outputs go to it; name another file for one", output.display());
        }
        earlier.push(place);
    }
    Ok(())
}

fn holds_annotations(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let is_other = |error: &DatasetError| {
        matches!(error, DatasetError::Read { .. } | DatasetError::Json { .. } | DatasetError::NotCoco { .. })
    };
    is_json && path.is_file() && Dataset::read(path).err().is_none_or(|error| !is_other(&error))
}

/// Where a file lies or is to lie, behind all links; none of devices and pipes, which take any number of outputs.
fn place_of(path: &Path) -> Option<PathBuf> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => std::fs::canonicalize(path).ok(),
        Ok(_) => None,
        Err(_) => {
            let place = std::path::absolute(path).ok()?;
            let folder = place.parent().and_then(|folder| std::fs::canonicalize(folder).ok());
            folder.zip(place.file_name()).map(|(folder, name)| folder.join(name)).or(Some(place.clone()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_neither_inputs_nor_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("a.png"), "").unwrap();
        let refused = |outputs: &[&Path]| {
            let outputs: Vec<Option<&Path>> = outputs.iter().copied().map(Some).collect();
            check_apart(&outputs, &[path("b.png"), path("a.png")]).err().map(|error| error.to_string())
        };
        assert_eq!(refused(&[&path("out.json"), &path("out.csv")]), None);
        assert_eq!(check_apart(&[None, None], &[path("a.png")]).ok(), Some(()));
        std::fs::create_dir(path("sub")).unwrap();
        for spelled in [path("a.png"), path("./a.png"), path("sub/../a.png")] {
            let message = refused(&[&path("out.csv"), &spelled]).unwrap();
            assert!(message.contains("a.png: it is also read"), "{message}");
        }
        for spelled in [path("./out.csv"), path("sub/../out.csv")] {
            let message = refused(&[&path("out.csv"), &spelled]).unwrap();
            assert!(message.contains("two outputs go to it"), "{message}");
        }
    }

    #[test]
    fn annotations_are_never_replaced_and_results_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        for (content, is_kept) in [
            (r#"{"images": [{"id": 1, "file_name": "a.png"}], "annotations": []}"#, true),
            (r#"[{"image_id": 1, "category_id": 1, "keypoints": [], "score": 1}]"#, false),
            (r#"{"people": 3}"#, false),
            ("", false),
        ] {
            std::fs::write(&path, content).unwrap();
            let refused = check_apart(&[Some(&path)], &[]).err().map(|error| error.to_string());
            assert_eq!(refused.is_some(), is_kept, "{content}: {refused:?}");
            assert!(refused.is_none_or(|message| message.contains("it holds COCO annotations")));
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_devices_take_everything() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.png"), folder.path().join("link"));
        std::fs::write(&file, "").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(check_apart(&[Some(&link)], &[file]).is_err());
        let null = Path::new("/dev/null");
        check_apart(&[Some(null), Some(null)], &[null.to_owned()]).unwrap();
    }
}
