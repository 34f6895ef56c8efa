//! What runs under the fake camera, one scene a process. Settings come from the environment.

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use posescope::source::camera::{Camera, CameraInfo, CameraMode, CameraRequest, CameraState, Encoding, list};
use posescope::source::{Frame, SourceError};

pub const SMALL: CameraRequest = CameraRequest::Near { width: 320, height: 240, frames_per_second: 30 };
/// Far longer than anything here takes; only a hang reaches it.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn start(request: CameraRequest) -> Camera {
    Camera::start(0, request, || {})
}

fn until<T>(camera: &mut Camera, mut look: impl FnMut(&mut Camera) -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look(camera) {
            return found;
        }
        assert!(Instant::now() < deadline, "still {:?}", camera.state());
        thread::sleep(Duration::from_millis(2));
    }
}

pub fn next_frame(camera: &mut Camera) -> Frame {
    until(camera, Camera::latest)
}

/// Frames and dropped ones once at least so many frames have come.
pub fn counts_after(camera: &mut Camera, least: u64) -> (u64, u64) {
    until(camera, |camera| match camera.state() {
        CameraState::Streaming { frames, dropped, .. } | CameraState::Frozen { frames, dropped, .. } => {
            (frames >= least).then_some((frames, dropped))
        }
        _ => None,
    })
}

pub fn failure(camera: &mut Camera) -> String {
    until(camera, |camera| match camera.state() {
        CameraState::Failed(message) => Some(message),
        _ => None,
    })
}

/// What the fake camera paints at a place of frame n, by BT.601 in limited range.
fn painted(width: u32, height: u32, x: u32, y: u32, n: u64) -> [f64; 3] {
    let luma = 16 + (219 * u64::from(x) / u64::from(width - 1) + 4 * n) % 220;
    let u = 16 + 224 * y / (height - 1);
    let (cb, cr) = ((f64::from(u) - 128.0) / 224.0, (f64::from(256 - u) - 128.0) / 224.0);
    let luma = (luma as f64 - 16.0) / 219.0;
    let (red, blue) = (luma + 1.402 * cr, luma + 1.772 * cb);
    let green = luma - (0.299 * 1.402 * cr + 0.114 * 1.772 * cb) / 0.587;
    [red, green, blue].map(|value| (value * 255.0).clamp(0.0, 255.0))
}

pub fn assert_painted(frame: &Frame, mirrored: bool) {
    let (width, height) = (frame.width(), frame.height());
    for (x, y) in [(0, 0), (1, 0), (width / 3, height / 2), (width - 2, height / 4), (width - 1, height - 1)]
    {
        let column = if mirrored { width - 1 - x } else { x };
        let found = frame.picture.get_pixel(column, y).0;
        let expected = painted(width, height, x, y, frame.sequence);
        let close =
            found.iter().zip(expected).all(|(&found, expected)| (f64::from(found) - expected).abs() <= 2.0);
        assert!(close, "({x}, {y}) of frame {}: {found:?} instead of {expected:?}", frame.sequence);
    }
}

pub fn listed() {
    let (name, description) = ("Pretend camera".to_owned(), "Video4Linux device /dev/video0".to_owned());
    assert_eq!(list(), Ok(vec![CameraInfo { index: 0, name, description }]));
    let message = failure(&mut Camera::start(7, CameraRequest::Auto, || {}));
    assert_eq!(message, "camera 7 is not there; the cameras found are: Pretend camera (0)");
}

/// Of a metadata node, the camera, a codec, an output, the camera and an old driver's node.
pub fn told_apart() {
    let cameras = list().unwrap();
    let names: Vec<(u32, &str)> = cameras.iter().map(|camera| (camera.index, camera.name.as_str())).collect();
    let expected =
        [(1, "Pretend camera (1 of 3)"), (4, "Pretend camera (2 of 3)"), (5, "Pretend camera (3 of 3)")];
    assert_eq!(names, expected);
    let mut camera = Camera::start(4, SMALL, || {});
    assert_painted(&next_frame(&mut camera), false);
    assert_eq!(list().unwrap(), cameras, "looking does not disturb");
    assert_painted(&next_frame(&mut camera), false);
}

pub fn ranges() {
    let mut camera = start(SMALL);
    assert_painted(&next_frame(&mut camera), false);
    let modes = camera.modes();
    let sizes: Vec<(u32, u32)> = modes.iter().map(|mode| (mode.width, mode.height)).collect();
    assert!(sizes.contains(&(1280, 720)) && sizes.contains(&(320, 240)), "{sizes:?}");
    let rates: Vec<u32> =
        modes.iter().filter(|mode| mode.width == 640).map(|m| m.frames_per_second).collect();
    assert_eq!(rates, [30, 25, 15, 10, 5]);
}

pub fn absent() {
    assert_eq!(list(), Ok(Vec::new()));
    let mut camera = start(CameraRequest::Auto);
    assert_eq!(failure(&mut camera), SourceError::NoCamera.to_string());
    assert_eq!(camera.name(), "Camera 0");
    assert!(camera.latest().is_none());
}

pub fn gradient() {
    let notified = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&notified);
    let mut camera = Camera::start(0, SMALL, move || {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let mut sequence = None;
    for _ in 0..8 {
        let frame = next_frame(&mut camera);
        assert_eq!((frame.width(), frame.height()), (320, 240));
        assert_eq!((frame.name.as_str(), &frame.path), ("Pretend camera", &None));
        assert!(sequence < Some(frame.sequence), "{sequence:?} then {}", frame.sequence);
        assert_painted(&frame, false);
        sequence = Some(frame.sequence);
    }
    assert!(notified.load(Ordering::SeqCst) >= 8);
    let CameraState::Streaming { format, frames_per_second, .. } = camera.state() else { panic!() };
    assert_eq!(format, "320 × 240, 30 fps, YUYV");
    assert!(frames_per_second > 0.0 && frames_per_second < 60.0, "{frames_per_second}");
}

pub fn size_and_rate() {
    let mode = |width, height, frames_per_second| CameraMode {
        width,
        height,
        frames_per_second,
        encoding: Encoding::Yuyv,
    };
    let offered = [
        mode(1280, 720, 30),
        mode(1280, 720, 15),
        mode(640, 480, 30),
        mode(640, 480, 15),
        mode(320, 240, 30),
        mode(320, 240, 15),
    ];
    let near = CameraRequest::Near { width: 700, height: 500, frames_per_second: 14 };
    let cases = [(CameraRequest::Auto, 0), (near, 3), (CameraRequest::Mode(offered[4]), 4)];
    for (request, chosen) in cases {
        let mut camera = start(request);
        let frame = next_frame(&mut camera);
        assert_eq!((frame.width(), frame.height()), (offered[chosen].width, offered[chosen].height));
        assert_eq!(camera.modes(), offered);
        let CameraState::Streaming { format, .. } = camera.state() else { panic!() };
        assert_eq!(format, offered[chosen].to_string());
    }
}

pub fn flat_colour() {
    let encoding = env::var("EXPECTED_ENCODING").unwrap();
    let colour: Vec<u8> =
        env::var("EXPECTED_COLOUR").unwrap().split(' ').map(|value| value.parse().unwrap()).collect();
    let mut camera = start(CameraRequest::Auto);
    for _ in 0..3 {
        let frame = next_frame(&mut camera);
        assert_eq!((frame.width(), frame.height()), (64, 32));
        for pixel in frame.picture.pixels() {
            assert!(pixel.0.iter().zip(&colour).all(|(a, &b)| a.abs_diff(b) <= 2), "{encoding}: {pixel:?}");
        }
    }
    let CameraState::Streaming { format, .. } = camera.state() else { panic!() };
    assert_eq!(format, format!("64 × 32, 30 fps, {encoding}"));
}

pub fn mirrored() {
    let mut camera = start(SMALL);
    camera.mirror(true);
    assert_painted(&next_frame(&mut camera), true);
    camera.mirror(false);
    // The frame that was being decoded may still be mirrored.
    let turned = camera.latest().map_or(0, |frame| frame.sequence) + 2;
    let frame = until(&mut camera, |camera| camera.latest().filter(|frame| frame.sequence >= turned));
    assert_painted(&frame, false);
}

pub fn dropped() {
    let mut camera = start(SMALL);
    let (frames, dropped) = counts_after(&mut camera, 12);
    assert!(frames - dropped <= 2, "of {frames} one waits and one is being decoded; {dropped} dropped");
    let frame = next_frame(&mut camera);
    assert!(frame.sequence + 1 >= frames - 1, "the newest wins: {} of {frames}", frame.sequence);
    assert!(counts_after(&mut camera, frames).1 >= dropped);
}

pub fn frozen() {
    let mut camera = start(SMALL);
    let before = next_frame(&mut camera).sequence;
    camera.freeze(true);
    let (frames, dropped) = counts_after(&mut camera, before + 3);
    assert!(matches!(camera.state(), CameraState::Frozen { .. }));
    assert!(camera.latest().is_none());
    let later = counts_after(&mut camera, frames + 6);
    assert_eq!(later.1, dropped, "frames passed over on purpose are not dropped");
    assert!(camera.latest().is_none());
    camera.freeze(false);
    let frame = next_frame(&mut camera);
    assert!(frame.sequence >= later.0 - 1, "no frame from before: {} of {}", frame.sequence, later.0);
    assert_painted(&frame, false);
}

pub fn fails() {
    let mut camera = start(CameraRequest::Auto);
    let (message, expected) = (failure(&mut camera), env::var("EXPECTED_MESSAGE").unwrap());
    assert!(message.starts_with(&expected), "{message}");
    assert!(camera.latest().is_none());
    camera.stop();
    assert_eq!(camera.state(), CameraState::Stopped);
}

pub fn unplugged() {
    let mut camera = start(SMALL);
    assert_painted(&next_frame(&mut camera), false);
    let message = failure(&mut camera);
    assert_eq!(message, "Pretend camera was disconnected; plug it in again and start the camera again");
    assert_eq!(list(), Ok(Vec::new()));
    assert_eq!(failure(&mut start(SMALL)), SourceError::NoCamera.to_string());
}

pub fn plugged_in_again() {
    for _ in 0..3 {
        let mut camera = start(SMALL);
        assert_painted(&next_frame(&mut camera), false);
        assert!(failure(&mut camera).starts_with("Pretend camera was disconnected"));
        until(&mut camera, |_| list().unwrap().first().cloned());
    }
}

pub fn restarted() {
    let sizes = [(320, 240), (1280, 720), (640, 480), (320, 240)];
    for (width, height) in sizes {
        let mut camera = start(CameraRequest::Near { width, height, frames_per_second: 30 });
        let frame = next_frame(&mut camera);
        assert_eq!((frame.width(), frame.height()), (width, height));
        assert_painted(&frame, false);
    }
}

pub fn silent() {
    let mut camera = start(SMALL);
    assert_eq!(counts_after(&mut camera, 0), (0, 0));
    assert!(camera.latest().is_none());
    camera.stop();
    assert_eq!(camera.state(), CameraState::Stopped);
    let message = failure(&mut start(SMALL));
    assert!(
        message.starts_with("Pretend camera has not been released since it was last used here"),
        "{message}"
    );
}

pub fn started_twice() {
    let mut first = start(SMALL);
    assert_painted(&next_frame(&mut first), false);
    assert!(failure(&mut start(SMALL)).starts_with("Pretend camera has not been released"));
    assert_painted(&next_frame(&mut first), false);
    drop(first);
    assert_painted(&next_frame(&mut start(SMALL)), false);
}
