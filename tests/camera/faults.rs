//! Scenes in which a picture of the fake camera goes wrong (`FAKE_CAMERA_FAULT`).

use std::env;

use posescope::source::camera::CameraState;

use crate::scenes::{SMALL, assert_painted, counts_after, failure, next_frame, start};

/// Pictures 3 to 6 are damaged.
pub fn bad_frames() {
    let plain = env::var("FAKE_CAMERA_FILE").is_err();
    let mut camera = start(SMALL);
    let mut seen = 0;
    let mut last = 0;
    while last < 8 {
        let frame = next_frame(&mut camera);
        assert!(!(3..7).contains(&frame.sequence), "frame {} is damaged", frame.sequence);
        if plain {
            assert_painted(&frame, false);
        }
        seen += 1;
        last = frame.sequence;
    }
    let (frames, dropped) = counts_after(&mut camera, last + 1);
    // One may wait and one may be in the decoder.
    assert!(frames - dropped - seen <= 2, "{frames} frames, {seen} seen, {dropped} dropped");
}

pub fn passing_errors() {
    let mut camera = start(SMALL);
    let mut last = 0;
    while last < 6 {
        let frame = next_frame(&mut camera);
        assert_painted(&frame, false);
        last = frame.sequence;
    }
    assert!(matches!(camera.state(), CameraState::Streaming { .. }));
}

pub fn hangs() {
    let mut camera = start(SMALL);
    assert_painted(&next_frame(&mut camera), false);
    let message = failure(&mut camera);
    assert!(message.starts_with("Pretend camera has sent no picture for 3 seconds"), "{message}");
}
