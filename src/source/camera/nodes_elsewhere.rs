//! The cameras that nokhwa finds.

use nokhwa::utils::ApiBackend;

use super::CameraInfo;

/// Every camera that has a number, in no order.
///
/// # Errors
/// What the camera library said.
pub(super) fn nodes() -> Result<Vec<CameraInfo>, String> {
    let found = nokhwa::query(ApiBackend::Auto).map_err(|error| error.to_string())?;
    let info = |camera: &nokhwa::utils::CameraInfo| {
        let index = camera.index().as_index().ok()?;
        Some(CameraInfo { index, name: camera.human_name(), description: camera.description().to_owned() })
    };
    Ok(found.iter().filter_map(info).collect())
}
