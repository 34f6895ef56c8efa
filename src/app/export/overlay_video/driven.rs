//! Overlay videos made by the window, and read again.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, RgbImage, imageops};
use tempfile::TempDir;

use crate::app::App;
use crate::app::fixtures::{self, here, wait_for};
use crate::app::layers::Layer;
use crate::source::Clip;
use crate::source::clip::{Reader, Timeline};

/// A window with a picture of one person that moves for three frames of 100, 60 and 200 milliseconds.
fn window(folder: &TempDir) -> Harness<'static, App> {
    let path = folder.path().join("walk.gif");
    let example = image::open(here("assets/examples/standing_officer_1919.jpg")).unwrap();
    let example = example.thumbnail(300, 300).into_rgba8();
    let mut encoder = GifEncoder::new_with_speed(std::fs::File::create(&path).unwrap(), 30);
    for (shift, milliseconds) in [(0, 100), (10, 60), (20, 200)] {
        let (width, height) = (example.width() - 20, example.height());
        let picture = imageops::crop_imm(&example, shift, 0, width, height).to_image();
        let delay = Delay::from_numer_denom_ms(milliseconds, 1);
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).unwrap();
    }
    drop(encoder);
    let mut harness = fixtures::window(path, "models/posescope.safetensors");
    wait_for(&mut harness, "a network and a clip", |app| app.network.is_some() && app.clip.is_some());
    let preferences = &mut harness.state_mut().preferences;
    preferences.smooth_motion = false;
    for layer in Layer::ALL {
        preferences.layers.state_mut(layer).shown = layer == Layer::Skeleton;
    }
    harness
}

/// Begins a video of the clip, as if this had been chosen in the dialog.
fn begin(harness: &mut Harness<'_, App>, path: &Path) -> JoinHandle<Result<(), String>> {
    let (ctx, app) = (harness.ctx.clone(), harness.state_mut());
    let clip = app.clip.as_ref().unwrap().clip().clone();
    let (write, path) = (app.overlay_video_of(&ctx, clip), path.to_owned());
    std::thread::spawn(move || write(&path))
}

fn has_ffmpeg() -> bool {
    let has = std::process::Command::new("ffmpeg").arg("-version").output().is_ok();
    if !has {
        eprintln!("skipped: ffmpeg is not installed");
    }
    has
}

/// All frames of a video.
fn frames(path: &Path) -> Vec<Arc<RgbImage>> {
    let clip = Clip::of_video(path).unwrap().unwrap();
    assert!(matches!(clip.timeline(), Timeline::Even { per_second: 50.0, .. }), "{:?}", clip.timeline());
    let count = clip.timeline().count();
    let mut reader = Reader::new(clip);
    (0..count).map(|frame| reader.frame(frame).unwrap().unwrap().picture).collect()
}

/// Mean difference of two frames, 0 … 255.
fn difference(a: &RgbImage, b: &RgbImage) -> f64 {
    let sum: u64 = a.as_raw().iter().zip(b.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.as_raw().len() as f64
}

#[test]
fn every_frame_is_written_with_what_was_found_in_it_for_as_long_as_it_is_shown() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("walk overlay.mp4");
    if !has_ffmpeg() {
        return;
    }
    let mut harness = window(&folder);
    let written = begin(&mut harness, &path);
    wait_for(&mut harness, "the second frame", |app| app.filmed_frame() == Some(1));
    harness.step();
    assert!(harness.query_by_label_contains("Overlay video: frame 2 of 3").is_some());
    assert!(harness.state().why_no_overlay_video().is_some() && harness.state().is_held().is_none());
    wait_for(&mut harness, "its end", |app| app.overlay_video.is_none());
    written.join().unwrap().unwrap();
    wait_for(&mut harness, "the last frame, held", |app| app.document.as_ref().is_some_and(|d| !d.live));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "the picture and the video alone");

    let frames = frames(&path);
    assert_eq!(frames.len(), 5 + 3 + 10);
    for (first, end) in [(0, 5), (5, 8), (8, 18)] {
        for frame in first + 1..end {
            assert!(difference(&frames[first], &frames[frame]) < 2.0, "frames {first} and {frame}");
        }
    }
    for (before, after) in [(4, 5), (7, 8)] {
        assert!(difference(&frames[before], &frames[after]) > 4.0, "frames {before} and {after}");
    }
    // The picture moves to the left by ten of its pixels a frame, and the joints with it.
    let scale = f64::from(frames[0].width()) / f64::from(source(&folder, 0).width());
    let places: Vec<f64> = [(0, 0), (5, 1), (8, 2)]
        .map(|(frame, of_clip)| middle_of_drawn(&frames[frame], &source(&folder, of_clip)) / scale)
        .into();
    for pair in places.windows(2) {
        assert!((4.0..16.0).contains(&(pair[0] - pair[1])), "{places:?}");
    }
}

/// A frame of the picture that moves.
fn source(folder: &TempDir, frame: u64) -> Arc<RgbImage> {
    let clip = Clip::of(&folder.path().join("walk.gif")).unwrap().unwrap();
    Reader::new(clip).frame(frame).unwrap().unwrap().picture
}

/// Mean column of the pixels that something is drawn over.
fn middle_of_drawn(frame: &RgbImage, plain: &RgbImage) -> f64 {
    let times = frame.width() / plain.width();
    let is_drawn = |(x, y, pixel): &(u32, u32, &image::Rgb<u8>)| {
        // A frame with an odd side has an edge of its own.
        let below = plain.get_pixel_checked(x / times, y / times);
        below.is_some_and(|below| pixel.0.iter().zip(below.0).any(|(a, b)| a.abs_diff(b) > 90))
    };
    let columns: Vec<f64> = frame.enumerate_pixels().filter(is_drawn).map(|(x, _, _)| f64::from(x)).collect();
    assert!(columns.len() > 500, "{} pixels", columns.len());
    columns.iter().sum::<f64>() / columns.len() as f64
}

#[test]
fn what_was_written_until_it_is_stopped_is_kept_and_without_a_frame_there_is_no_file() {
    let folder = TempDir::new().unwrap();
    if !has_ffmpeg() {
        return;
    }
    let mut harness = window(&folder);
    let path = folder.path().join("stopped.mkv");
    let written = begin(&mut harness, &path);
    wait_for(&mut harness, "the second frame", |app| app.filmed_frame() == Some(1));
    harness.step();
    harness.get_by_label("Stop").click();
    wait_for(&mut harness, "its end", |app| app.overlay_video.is_none());
    written.join().unwrap().unwrap();
    let count = frames(&path).len();
    assert!(count == 5 || count == 8, "one or two frames of three: {count}");

    let path = folder.path().join("never.mp4");
    let written = begin(&mut harness, &path);
    harness.state_mut().end_overlay_video();
    let error = written.join().unwrap().unwrap_err();
    assert!(error.contains("not open any more") || error.contains("before its first frame"), "{error}");
    wait_for(&mut harness, "its end", |app| app.overlay_video.is_none());
    assert!(!path.exists());

    let written = begin(&mut harness, &folder.path().join("walk.xyz"));
    wait_for(&mut harness, "its end", |app| app.overlay_video.is_none());
    let error = written.join().unwrap().unwrap_err();
    assert!(error.contains(".mp4, .mkv, .mov"), "{error}");
}
