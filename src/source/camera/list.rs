use super::nodes::nodes;
use crate::source::{SourceError, guard};

/// A camera that can be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraInfo {
    /// The system's number for it, which [`Camera::start`](super::Camera::start) takes.
    pub index: u32,
    /// What its maker calls it; cameras of one name are counted.
    pub name: String,
    /// Where it is connected, in the system's words.
    pub description: String,
}

/// The cameras connected now, by number. An empty list is no error.
///
/// Asks the system and may take a moment: call it off the window's thread.
///
/// # Errors
/// When the system has no way to list cameras.
pub fn list() -> Result<Vec<CameraInfo>, SourceError> {
    let failed =
        |reason: String| SourceError::CameraFailed { name: "the list of cameras".to_owned(), reason };
    let mut cameras = guard::without_panic(nodes).map_err(failed)?.map_err(failed)?;
    cameras.sort_by_key(|camera| camera.index);
    tell_apart(&mut cameras);
    Ok(cameras)
}

/// Counts the cameras of one name: `Webcam (1 of 2)`.
fn tell_apart(cameras: &mut [CameraInfo]) {
    let names: Vec<String> = cameras.iter().map(|camera| camera.name.clone()).collect();
    for (place, camera) in cameras.iter_mut().enumerate() {
        let of = names.iter().filter(|name| **name == camera.name).count();
        if of > 1 {
            let number = names.iter().take(place + 1).filter(|name| **name == camera.name).count();
            camera.name = format!("{} ({number} of {of})", camera.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CameraInfo, tell_apart};

    #[test]
    fn cameras_of_one_name_are_counted() {
        let names = ["Webcam", "Capture card", "Webcam", "Webcam"];
        let info = |(index, name): (u32, &&str)| CameraInfo {
            index,
            name: (*name).to_owned(),
            description: String::new(),
        };
        let mut cameras: Vec<CameraInfo> = (0..).zip(&names).map(info).collect();
        tell_apart(&mut cameras);
        let names: Vec<&str> = cameras.iter().map(|camera| camera.name.as_str()).collect();
        assert_eq!(names, ["Webcam (1 of 3)", "Capture card", "Webcam (2 of 3)", "Webcam (3 of 3)"]);
    }
}
