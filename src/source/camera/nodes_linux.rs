//! The cameras that Video4Linux has.

use std::fs;

use v4l::capability::Flags;
use v4l::context::Node;
use v4l::video::Capture;

use super::CameraInfo;
use crate::source::guard;

/// Every node that pictures can be captured from, in no order. One camera has several nodes: those that carry data
/// about its pictures, or take pictures in, are left out.
///
/// # Errors
/// What the system said when the devices cannot be listed.
pub(super) fn nodes() -> Result<Vec<CameraInfo>, String> {
    let entries = fs::read_dir("/dev").map_err(|error| format!("cannot list /dev: {error}"))?;
    let numbers = entries.filter_map(|entry| number(entry.ok()?.file_name().to_str()?));
    Ok(numbers.filter(|&index| captures(index)).map(info).collect())
}

/// The number of a video device by its file's name.
fn number(name: &str) -> Option<u32> {
    let digits =
        name.strip_prefix("video").filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    digits.parse().ok()
}

fn info(index: u32) -> CameraInfo {
    let path = format!("/dev/video{index}");
    let name = Node::new(&path).name().filter(|name| !name.is_empty()).unwrap_or_else(|| path.clone());
    CameraInfo { index, name, description: format!("Video4Linux device {path}") }
}

/// Whether pictures can be captured from a node. One that may not be opened counts: starting it says why.
fn captures(index: u32) -> bool {
    let Ok(device) = v4l::Device::new(index as usize) else { return true };
    // The library gives up on names that are no UTF-8; such a node counts.
    guard::without_panic(|| is_capture(&device)).unwrap_or(true)
}

/// Whether a node is for capturing pictures, as its driver tells.
fn is_capture(device: &v4l::Device) -> bool {
    let Ok(about) = device.query_caps() else { return false };
    let can = about.capabilities;
    if can.is_empty() {
        // Old drivers do not tell what each of their nodes can do.
        return device.enum_formats().is_ok_and(|formats| !formats.is_empty());
    }
    can.intersects(Flags::VIDEO_CAPTURE | Flags::VIDEO_CAPTURE_MPLANE)
        && !can.intersects(Flags::VIDEO_M2M | Flags::VIDEO_M2M_MPLANE)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn video_devices_are_numbered() {
        assert_eq!(number("video0"), Some(0));
        assert_eq!(number("video12"), Some(12));
        for other in ["video", "videoloop", "video1a", "video-1", "video+1", "vide0", "video99999999999"] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
