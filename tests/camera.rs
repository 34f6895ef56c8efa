//! Cameras, through the real camera library, on machines that have none: each test runs a scene of this
//! very program with `camera/fake_v4l2.c` loaded in front of the system, and the scene looks at what
//! arrives.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says why it is skipped"
)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

#[path = "camera/faults.rs"]
mod faults;
#[path = "camera/scenes.rs"]
mod scenes;

type Scene = (&'static str, fn());
const SCENES: [Scene; 19] = [
    ("listed", scenes::listed),
    ("told apart", scenes::told_apart),
    ("ranges", scenes::ranges),
    ("absent", scenes::absent),
    ("gradient", scenes::gradient),
    ("size and rate", scenes::size_and_rate),
    ("flat colour", scenes::flat_colour),
    ("mirrored", scenes::mirrored),
    ("dropped", scenes::dropped),
    ("frozen", scenes::frozen),
    ("fails", scenes::fails),
    ("unplugged", scenes::unplugged),
    ("plugged in again", scenes::plugged_in_again),
    ("restarted", scenes::restarted),
    ("silent", scenes::silent),
    ("started twice", scenes::started_twice),
    ("bad frames", faults::bad_frames),
    ("passing errors", faults::passing_errors),
    ("hangs", faults::hangs),
];

/// Runs one scene in a process of its own, under the fake camera.
#[test]
#[ignore = "plays one scene for the tests below, which set it up"]
fn scene() {
    let Ok(name) = env::var("POSESCOPE_SCENE") else {
        return;
    };
    let (_, play) = SCENES.iter().find(|(known, _)| *known == name).expect("a known scene");
    play();
}

/// Plays a scene, or says why it cannot be played here.
fn play(scene: &str, settings: &[(&str, &str)]) {
    let folder = TempDir::new().unwrap();
    let Some(library) = fake_camera(folder.path()) else {
        return;
    };
    let output = Command::new(env::current_exe().unwrap())
        .args(["scene", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env("POSESCOPE_SCENE", scene)
        .env("LD_PRELOAD", library)
        .envs(settings.iter().copied())
        .output()
        .unwrap();
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let passed = output.status.success() && out.contains("1 passed");
    assert!(passed, "scene {scene:?} with {settings:?}: {}\n{out}\n{errors}", output.status);
}

/// Builds the fake camera; none where it cannot work.
fn fake_camera(folder: &Path) -> Option<PathBuf> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        println!("skipped: the fake camera is written for Linux on x86-64");
        return None;
    }
    let library = folder.join("libfake_v4l2.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/camera/fake_v4l2.c");
    let compiler =
        Command::new("cc").args(["-shared", "-fPIC", "-O1", source, "-o"]).arg(&library).arg("-ldl").output();
    let Ok(output) = compiler else {
        println!("skipped: the fake camera needs a C compiler named cc");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(library)
}

#[test]
fn cameras_are_listed_by_name() {
    play("listed", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn no_camera_is_an_empty_list_and_a_friendly_failure() {
    play("absent", &[("FAKE_CAMERA", "none")]);
}

#[test]
fn yuyv_frames_have_the_colours_that_were_sent() {
    play("gradient", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn the_nearest_size_and_rate_are_chosen() {
    play("size and rate", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn every_encoding_is_decoded() {
    let folder = TempDir::new().unwrap();
    let mut jpeg = Vec::new();
    let picture = RgbImage::from_pixel(64, 32, Rgb([255, 0, 0]));
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 95)).unwrap();
    let pixels = 64 * 32;
    // Red in BT.601: Y 81, U 90, V 240.
    let (luma, half, quarter) = (vec![81; pixels], pixels / 2, pixels / 4);
    let behind_luma = |chroma: &[&[u8]]| [&luma[..], &chroma.concat()].concat();
    let (red, paint) = ("255 0 0", "250 20 3");
    let contents = [
        ("YUYV", "YUYV", [81, 90, 81, 240].repeat(half), red),
        ("YVYU", "YVYU", [81, 240, 81, 90].repeat(half), red),
        ("UYVY", "UYVY", [90, 81, 240, 81].repeat(half), red),
        ("VYUY", "VYUY", [240, 81, 90, 81].repeat(half), red),
        ("YUV3", "YUV 4:4:4", [81, 90, 240].repeat(pixels), red),
        ("NV12", "NV12", behind_luma(&[&[90, 240].repeat(quarter)]), red),
        ("NV21", "NV21", behind_luma(&[&[240, 90].repeat(quarter)]), red),
        ("NV16", "NV16", behind_luma(&[&[90, 240].repeat(half)]), red),
        ("NV61", "NV61", behind_luma(&[&[240, 90].repeat(half)]), red),
        ("YU12", "I420", behind_luma(&[&vec![90; quarter], &vec![240; quarter]]), red),
        ("YV12", "YV12", behind_luma(&[&vec![240; quarter], &vec![90; quarter]]), red),
        ("422P", "I422", behind_luma(&[&vec![90; half], &vec![240; half]]), red),
        ("411P", "I411", behind_luma(&[&vec![90; quarter], &vec![240; quarter]]), red),
        ("RGB3", "RGB", [250, 20, 3].repeat(pixels), paint),
        ("BGR3", "BGR", [3, 20, 250].repeat(pixels), paint),
        ("XB24", "RGBX", [250, 20, 3, 99].repeat(pixels), paint),
        ("AR24", "BGRX", [3, 20, 250, 0].repeat(pixels), paint),
        ("BX24", "XRGB", [99, 250, 20, 3].repeat(pixels), paint),
        ("RX24", "XBGR", [99, 3, 20, 250].repeat(pixels), paint),
        ("RGBP", "RGB 5:6:5", [0x00, 0xf8].repeat(pixels), red),
        ("GREY", "grey", vec![77; pixels], "77 77 77"),
        ("Y10 ", "grey, 10 bits", 309_u16.to_le_bytes().repeat(pixels), "77 77 77"),
        ("Y16 ", "grey, 16 bits", 19_789_u16.to_le_bytes().repeat(pixels), "77 77 77"),
        ("MJPG", "MJPEG", jpeg.clone(), "254 0 0"),
        ("JPEG", "MJPEG", jpeg, "254 0 0"),
    ];
    for (fourcc, name, bytes, colour) in contents {
        let file = folder.path().join(fourcc);
        fs::write(&file, bytes).unwrap();
        let settings = [
            ("FAKE_CAMERA", "stream"),
            ("FAKE_CAMERA_FORMAT", fourcc),
            ("FAKE_CAMERA_FILE", file.to_str().unwrap()),
            ("FAKE_CAMERA_SIZE", "64x32"),
            ("EXPECTED_ENCODING", name),
            ("EXPECTED_COLOUR", colour),
        ];
        play("flat colour", &settings);
    }
}

#[test]
fn gaps_between_the_rows_are_no_pixels() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("rows");
    let row = |used: &[u8], times: usize| [used.repeat(times), vec![7; 16]].concat();
    let bytes = [row(&[81], 64).repeat(32), row(&[90, 240], 32).repeat(16)].concat();
    fs::write(&file, bytes).unwrap();
    let settings = [
        ("FAKE_CAMERA", "stream"),
        ("FAKE_CAMERA_FORMAT", "NV12"),
        ("FAKE_CAMERA_FILE", file.to_str().unwrap()),
        ("FAKE_CAMERA_SIZE", "64x32"),
        ("FAKE_CAMERA_STRIDE", "80"),
        ("EXPECTED_ENCODING", "NV12"),
        ("EXPECTED_COLOUR", "255 0 0"),
    ];
    play("flat colour", &settings);
}

#[test]
fn nodes_without_pictures_are_not_listed_and_cameras_of_one_name_are_told_apart() {
    play("told apart", &[("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_NODES", "mcxocn")]);
}

#[test]
fn sizes_and_rates_that_are_ranges_can_be_chosen_from() {
    play("ranges", &[("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_RANGE", "1")]);
}

#[test]
fn mirroring_swaps_left_and_right() {
    play("mirrored", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn frames_nobody_takes_are_counted_as_dropped() {
    play("dropped", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn freezing_holds_frames_back_while_the_stream_goes_on() {
    play("frozen", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn failures_say_what_to_do() {
    let folder = TempDir::new().unwrap();
    let rubbish = folder.path().join("rubbish");
    fs::write(&rubbish, b"no JPEG at all").unwrap();
    let rubbish = rubbish.to_str().unwrap();
    let cases: [(&[(&str, &str)], &str); 5] = [
        (&[("FAKE_CAMERA", "busy")], "Pretend camera is in use by another program; close that program"),
        (&[("FAKE_CAMERA", "denied")], "Pretend camera may not be used by this program; allow camera access"),
        (
            &[("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_FORMAT", "H264")],
            "Pretend camera offers no pictures that can be decoded (it offers H264)",
        ),
        (
            &[("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_FORMAT", "MJPG"), ("FAKE_CAMERA_FILE", rubbish)],
            "the pictures of Pretend camera cannot be decoded as 1280 × 720, 30 fps, MJPEG",
        ),
        (
            &[("FAKE_CAMERA", "rogue")],
            "Pretend camera stopped working: the library for it gave up (index out of bounds",
        ),
    ];
    for (settings, message) in cases {
        play("fails", &[settings, &[("EXPECTED_MESSAGE", message)]].concat());
    }
}

#[test]
fn unplugging_in_mid_stream_is_a_failure_with_a_way_back() {
    play("unplugged", &[("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_UNPLUG", "5")]);
    let settings = [("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_UNPLUG", "5"), ("FAKE_CAMERA_AWAY_MS", "50")];
    play("plugged in again", &settings);
}

#[test]
fn a_camera_can_be_started_again_at_once() {
    play("restarted", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn a_camera_that_hangs_does_not_hold_up_its_owner() {
    play("silent", &[("FAKE_CAMERA", "silent")]);
}

#[test]
fn a_camera_in_use_is_not_disturbed_by_starting_it_again() {
    play("started twice", &[("FAKE_CAMERA", "stream")]);
}

#[test]
fn damaged_frames_are_counted_and_not_shown() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("picture");
    let picture = RgbImage::from_fn(320, 240, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]));
    picture.save_with_format(&file, ImageFormat::Jpeg).unwrap();
    let jpeg = [("FAKE_CAMERA_FORMAT", "MJPG"), ("FAKE_CAMERA_FILE", file.to_str().unwrap())];
    for fault in ["error", "empty", "half"] {
        let settings = [("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_FAULT", fault), ("FAKE_CAMERA_FAULTS", "4")];
        play("bad frames", &settings);
        play("bad frames", &[&settings[..], &jpeg].concat());
    }
}

#[test]
fn errors_that_pass_do_not_end_the_stream_and_others_do() {
    for (error, reason) in [("eio", "Input/output error"), ("eagain", "Resource temporarily unavailable")] {
        for times in ["1", "4"] {
            let settings =
                [("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_FAULT", error), ("FAKE_CAMERA_FAULTS", times)];
            play("passing errors", &settings);
        }
        let message = format!("Pretend camera stopped working: Could not capture frame: {reason}");
        let settings = [
            ("FAKE_CAMERA", "stream"),
            ("FAKE_CAMERA_FAULT", error),
            ("FAKE_CAMERA_FAULTS", "5"),
            ("EXPECTED_MESSAGE", message.as_str()),
        ];
        play("fails", &settings);
    }
}

#[test]
fn a_hang_in_mid_stream_is_noticed_soon() {
    play("hangs", &[("FAKE_CAMERA", "stream"), ("FAKE_CAMERA_FAULT", "hang")]);
}
