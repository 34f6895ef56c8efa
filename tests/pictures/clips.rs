//! Videos and moving pictures, frame by frame.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use image::codecs::gif::{GifEncoder, Repeat};
use image::{Delay, Frame, RgbaImage};
use posescope::source::clip::{Encoder, Reader, Timeline};
use posescope::source::{Clip, Player, SourceError, picture};
use tempfile::TempDir;

/// Grey of a frame, far enough from that of its neighbours for a lossy video.
fn grey(frame: u64) -> u8 {
    (frame * 7 % 251) as u8
}

/// A video of so many frames at 25 a second, made by ffmpeg; none where that is not installed.
fn video(folder: &TempDir, name: &str, frames: u64, codec: &[&str]) -> Option<PathBuf> {
    let path = folder.path().join(name);
    let input = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "64x48", "-r", "25", "-i", "-"];
    let ffmpeg = Command::new("ffmpeg")
        .args(["-v", "error", "-y"])
        .args(input)
        .args(codec)
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut ffmpeg) = ffmpeg else {
        eprintln!("skipped: ffmpeg is not installed");
        return None;
    };
    let mut stdin = ffmpeg.stdin.take().unwrap();
    for frame in 0..frames {
        stdin.write_all(&[grey(frame); 64 * 48]).unwrap();
    }
    drop(stdin);
    assert!(ffmpeg.wait().unwrap().success(), "{name}");
    Some(path)
}

/// A GIF of frames that are shown for 40, 100, 0 and 200 milliseconds.
fn gif(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("moves.gif");
    let mut encoder = GifEncoder::new(std::fs::File::create(&path).unwrap());
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for (frame, milliseconds) in (0..).zip([40, 100, 0, 200]) {
        let picture = RgbaImage::from_pixel(20, 10, image::Rgba([grey(frame * 9), 0, 0, 255]));
        let delay = Delay::from_numer_denom_ms(milliseconds, 1);
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).unwrap();
    }
    path
}

fn clip(path: &Path) -> Clip {
    Clip::of(path).unwrap().unwrap()
}

/// The first byte of a frame.
fn first_byte(reader: &mut Reader, frame: u64) -> u8 {
    reader.frame(frame).unwrap().unwrap().picture.as_raw()[0]
}

#[test]
fn a_video_that_is_written_has_the_frames_it_was_given() {
    let folder = TempDir::new().unwrap();
    let picture = |frame: u64| image::RgbImage::from_pixel(65, 47, image::Rgb([grey(frame); 3]));
    for name in ["a.mp4", "b.MKV", "c.mov"] {
        let path = folder.path().join(name);
        let mut encoder = match Encoder::start(&path, (65, 47), 30000.0 / 1001.0) {
            Ok(encoder) => encoder,
            Err(error) if error.to_string().contains("not installed") => {
                return eprintln!("skipped: {error}");
            }
            Err(error) => panic!("{error}"),
        };
        for frame in 0..40 {
            encoder.add(&picture(frame)).unwrap();
        }
        assert!(!path.exists(), "it is in its place when it is whole");
        encoder.finish().unwrap();
        let clip = clip(&path);
        assert_eq!(clip.timeline().count(), 40, "{name}");
        assert!((clip.timeline().seconds() - 40.0 * 1.001 / 30.0).abs() < 0.01, "{name}");
        let mut reader = Reader::new(clip);
        for frame in 0..40 {
            let read = reader.frame(frame).unwrap().unwrap().picture;
            assert_eq!(read.dimensions(), (66, 48), "an odd side becomes even");
            let byte = read.get_pixel(30, 20).0[0];
            assert!(byte.abs_diff(grey(frame)) <= 3, "{name}, frame {frame}: {byte} of {}", grey(frame));
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_video_that_cannot_be_written_leaves_what_was_there() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.mp4");
    std::fs::write(&path, "kept").unwrap();
    let started = |path: &Path, size| Encoder::start(path, size, 25.0);
    let error = started(&folder.path().join("a.gif"), (64, 48)).unwrap_err().to_string();
    assert!(error.contains(".mp4, .mkv, .mov"), "{error}");
    assert!(started(&folder.path().join("no/a.mp4"), (64, 48)).is_err());
    let Ok(mut encoder) = started(&path, (64, 48)) else { return eprintln!("skipped: no ffmpeg") };
    encoder.add(&image::RgbImage::new(64, 48)).unwrap();
    let error = encoder.add(&image::RgbImage::new(48, 64)).unwrap_err().to_string();
    assert!(error.contains("48 × 64 pixels after 64 × 48"), "{error}");
    drop(encoder);
    // No video has sides like these.
    let mut encoder = started(&path, (100_000, 100_000)).unwrap();
    let error = encoder.add(&image::RgbImage::new(64, 48)).unwrap_err().to_string();
    assert!(error.contains("64 × 48 pixels after"), "{error}");
    let error = encoder.finish().unwrap_err().to_string();
    assert!(error.starts_with("ffmpeg stopped: "), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "kept");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn frames_of_a_video_are_the_same_in_order_and_picked() {
    let folder = TempDir::new().unwrap();
    // One without loss in a file that counts no frames, one with frames that hang on others.
    let kinds: [(&str, &[&str]); 3] = [
        ("a.mkv", &["-c:v", "ffv1"]),
        ("b.mp4", &["-c:v", "mpeg4", "-q:v", "1", "-bf", "2", "-pix_fmt", "yuv420p"]),
        ("c.avi", &["-c:v", "mjpeg", "-q:v", "1", "-pix_fmt", "yuvj420p"]),
    ];
    for (name, codec) in kinds {
        let Some(path) = video(&folder, name, 60, codec) else { return };
        let clip = clip(&path);
        assert!(clip.is_video());
        assert_eq!(clip.timeline(), &Timeline::Even { per_second: 25.0, count: 60 }, "{name}");
        let mut reader = Reader::new(clip.clone());
        let near = |byte: u8, frame: u64| byte.abs_diff(grey(frame)) <= 2;
        for frame in 0..60 {
            let found = first_byte(&mut reader, frame);
            assert!(near(found, frame), "{name}: frame {frame} has {found}, not {}", grey(frame));
        }
        assert!(reader.frame(60).unwrap().is_none());
        // Back, far ahead, and a little ahead.
        for frame in [7, 50, 52, 52, 3, 4, 59, 0] {
            let found = first_byte(&mut reader, frame);
            assert!(near(found, frame), "{name}: picked frame {frame} has {found}, not {}", grey(frame));
        }
        let times = [0, 30].map(|frame| reader.frame(frame).unwrap().unwrap().captured);
        assert!((times[1] - times[0]).abs_diff(Duration::from_millis(1200)) < Duration::from_millis(1));
    }
}

#[test]
fn a_moving_picture_tells_its_own_times_and_begins_as_it_is_read_as_a_picture() {
    let folder = TempDir::new().unwrap();
    let path = gif(&folder);
    let clip = clip(&path);
    // A delay of nothing is a tenth of a second, as in browsers.
    let Timeline::Listed(ends) = clip.timeline() else { panic!("{clip:?}") };
    let expected = [0.04, 0.14, 0.24, 0.44];
    assert!(ends.iter().zip(expected).all(|(end, expected)| (end - expected).abs() < 1e-6), "{ends:?}");
    let mut reader = Reader::new(clip);
    let red: Vec<u8> = [0, 1, 2, 3, 1].map(|frame| first_byte(&mut reader, frame)).into();
    assert_eq!(red, [0, 9, 18, 27, 9].map(grey));
    let frame = reader.frame(0).unwrap().unwrap();
    assert_eq!((frame.name.as_str(), frame.sequence), ("moves frame 0.gif", 0));
    assert_eq!(picture::open(&path).unwrap().picture, frame.picture);
}

#[test]
fn every_format_that_moves_is_red_green_and_blue() {
    for (name, seconds) in [("three.gif", 0.1), ("three.png", 0.1), ("three.webp", 0.1)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/moving").join(name);
        let clip = clip(&path);
        assert_eq!(clip.timeline().count(), 3, "{name}");
        assert!((clip.timeline().start_of(1) - seconds).abs() < 1e-6, "{name}: {:?}", clip.timeline());
        let mut reader = Reader::new(clip);
        for frame in [0, 1, 2, 0] {
            let picture = reader.frame(frame).unwrap().unwrap().picture;
            let strongest = (0..3).max_by_key(|channel| picture.get_pixel(8, 4).0[*channel]).unwrap();
            assert_eq!((strongest as u64, picture.dimensions()), (frame, (16, 8)), "{name}");
        }
    }
}

#[test]
fn what_does_not_move_is_no_clip() {
    let folder = TempDir::new().unwrap();
    let picture = RgbaImage::from_pixel(20, 10, image::Rgba([9, 9, 9, 255]));
    for name in ["a.png", "a.webp", "a.gif", "a.tiff"] {
        let path = folder.path().join(name);
        picture.save(&path).unwrap();
        assert_eq!(Clip::of(&path), Ok(None), "{name}");
    }
    assert_eq!(Clip::of(folder.path()), Ok(None));
    assert_eq!(Clip::of(&folder.path().join("nowhere.mp4")), Ok(None));
}

#[test]
fn a_damaged_video_is_told_with_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    let Some(path) = video(&folder, "whole.mp4", 40, &["-c:v", "mpeg4"]) else { return };
    let bytes = std::fs::read(&path).unwrap();
    let cut = super::written(&folder, "-cut %d.mp4", &bytes[..bytes.len() / 2]);
    let Err(SourceError::Video { name, reason }) = Clip::of(&cut) else { panic!("it was read") };
    assert_eq!((name, reason.as_str()), (cut.display().to_string(), "moov atom not found"));
    // What can be shown before the damage is, and the rest is told or left out.
    let Some(path) = video(&folder, "streamed.mkv", 40, &["-c:v", "ffv1"]) else { return };
    let bytes = std::fs::read(&path).unwrap();
    let cut = super::written(&folder, "cut.mkv", &bytes[..bytes.len() / 2]);
    let mut reader = Reader::new(clip(&cut));
    assert_eq!(first_byte(&mut reader, 0), grey(0));
    assert!(!matches!(reader.frame(39), Ok(Some(_))));
}

/// Waits for what a player shows next.
fn shown(player: &mut Player) -> u64 {
    let start = Instant::now();
    loop {
        if let Some(frame) = player.latest() {
            return frame.sequence;
        }
        assert_eq!(player.state().failure, None);
        assert!(start.elapsed() < Duration::from_secs(60), "nothing is shown: {:?}", player.state());
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_player_steps_plays_to_the_end_and_begins_anew() {
    let folder = TempDir::new().unwrap();
    let mut player = Player::start(clip(&gif(&folder)), || {});
    assert_eq!((player.state().playing, player.state().at, player.state().count), (false, 0, 4));
    player.step(1);
    assert_eq!(shown(&mut player), 1);
    player.step(-1);
    assert_eq!(shown(&mut player), 0);
    player.go_to(900);
    assert_eq!(shown(&mut player), 3);
    player.play(true);
    let (mut seen, start) = (Vec::new(), Instant::now());
    while player.state().playing || seen.is_empty() {
        seen.extend(player.latest().map(|frame| frame.sequence));
        assert!(start.elapsed() < Duration::from_secs(60), "it never ends: {:?}", player.state());
        std::thread::sleep(Duration::from_millis(1));
    }
    seen.extend(player.latest().map(|frame| frame.sequence));
    assert_eq!(seen.first(), Some(&0), "from the last frame it begins anew");
    assert!(seen.is_sorted() && seen.last() == Some(&3), "{seen:?}");
    assert_eq!(player.state().at, 3);
}

#[test]
fn behind_the_real_end_of_a_video_its_last_frame_is_shown() {
    let folder = TempDir::new().unwrap();
    let Some(silent) = video(&folder, "silent.mkv", 30, &["-c:v", "ffv1"]) else { return };
    // A file is as long as its sound.
    let path = folder.path().join("sound.mkv");
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-i"]).arg(&silent);
    let status = ffmpeg.args(["-f", "lavfi", "-i", "sine=d=8", "-c:v", "copy"]).arg(&path).status();
    assert!(status.unwrap().success());
    let mut player = Player::start(clip(&path), || {});
    assert!(player.state().count > 150, "{:?}", player.state());
    player.go_to(190);
    assert_eq!(shown(&mut player), 29);
    assert_eq!((player.state().at, player.state().count), (29, 30));
    player.step(-1);
    assert_eq!(shown(&mut player), 28);
}

#[test]
fn a_player_goes_where_it_is_sent_last_and_ends_with_its_decoder() {
    let folder = TempDir::new().unwrap();
    let Some(path) = video(&folder, "long.mkv", 500, &["-c:v", "ffv1"]) else { return };
    let mut player = Player::start(clip(&path), || {});
    for frame in [400, 30, 222] {
        player.go_to(frame);
    }
    assert_eq!(player.state().at, 222);
    while shown(&mut player) != 222 {}
    player.play(true);
    assert!(shown(&mut player) > 222);
    drop(player);
    let of_this = |pid: &Path| {
        let line = std::fs::read(pid.join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(&path.display().to_string())
    };
    let still =
        std::fs::read_dir("/proc").into_iter().flatten().flatten().filter(|entry| of_this(&entry.path()));
    assert_eq!(still.count(), 0, "ffmpeg still runs");
}
