use nokhwa::utils::ApiBackend;

use crate::source::{SourceError, guard};

/// A camera that can be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraInfo {
    /// The system's number for it, which [`Camera::start`](super::Camera::start) takes.
    pub index: u32,
    /// What its maker calls it.
    pub name: String,
    /// Where it is connected, in the system's words; tells two cameras of one name apart.
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
    let found = guard::without_panic(|| nokhwa::query(ApiBackend::Auto))
        .map_err(failed)?
        .map_err(|error| failed(error.to_string()))?;
    let mut cameras: Vec<CameraInfo> = found
        .iter()
        .filter_map(|camera| {
            let index = camera.index().as_index().ok()?;
            let description = camera.description().to_owned();
            Some(CameraInfo { index, name: camera.human_name(), description })
        })
        .collect();
    cameras.sort_by_key(|camera| camera.index);
    Ok(cameras)
}
