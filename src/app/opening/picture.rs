//! A picture, alone, the first of a folder or the first frame of a clip, with the labels beside it.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::fitting::{fit, joined, shape_of};
use super::outcome::Opened;
use crate::pose::coco::LabelCache;
use crate::source::{Clip, Folder, picture};

/// Reads a picture, the first one of a folder, or the first frame of a video. Labels that cannot be used do not keep it from being shown.
///
/// # Errors
/// When there is no picture, or it cannot be read: a sentence for the user.
pub(super) fn open_picture(path: &Path, labels: &Mutex<LabelCache>) -> Result<Opened, String> {
    let mut warnings = Vec::new();
    let (path, folder) = if path.is_dir() {
        let folder = Folder::open(path).map_err(|error| error.to_string())?;
        warnings.extend(folder.not_opened());
        let first =
            folder.paths().first().cloned().ok_or_else(|| format!("{}: no pictures", path.display()))?;
        (first, Some(folder))
    } else {
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (path.to_path_buf(), Folder::open(parent).ok())
    };
    let clip = Clip::of(&path).map_err(|error| error.to_string())?;
    let frame = match &clip {
        Some(clip) if clip.is_video() => clip.first_frame(),
        _ => picture::open(&path),
    };
    let frame = frame.map_err(|error| error.to_string())?;
    let mut labels = labels.lock().unwrap_or_else(PoisonError::into_inner);
    let found = labels.beside(&path);
    warnings.extend(frame.sentences());
    warnings.append(&mut labels.take_warnings());
    let truth = match found {
        Ok(Some(beside)) => {
            let (people, told) = fit(&beside.image, beside.people, &path, &shape_of(&frame));
            warnings.extend(told.into_iter().map(|told| format!("{}: {told}", beside.path.display())));
            people.map(|people| (beside.path, people))
        }
        Ok(None) => None,
        Err(error) => {
            warnings.push(format!("ground truth not used: {error}"));
            None
        }
    };
    Ok(Opened { frame, truth, warning: joined(&warnings), folder, clip })
}
