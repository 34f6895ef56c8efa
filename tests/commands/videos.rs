//! `posescope infer` on videos.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::fixture::{folder, posescope, printed, printed_json, project_file, with_network};

/// A video that moves over a picture of one person for four frames, made by ffmpeg; none where that is not installed.
fn video(folder: &TempDir) -> Option<PathBuf> {
    let path = folder.path().join("dancer.mp4");
    let picture = project_file("assets/examples/dancer_1912.jpg");
    let moved = "scale=480:-2,crop=iw-16:ih:4*n:0";
    let ffmpeg = Command::new("ffmpeg")
        .args(["-v", "error", "-loop", "1", "-framerate", "10", "-i"])
        .arg(picture)
        .args(["-vf", moved, "-frames:v", "4", "-c:v", "mpeg4", "-q:v", "2"])
        .arg(&path)
        .status();
    match ffmpeg {
        Ok(status) => assert!(status.success()),
        Err(_) => {
            eprintln!("skipped: ffmpeg is not installed");
            return None;
        }
    }
    Some(path)
}

#[test]
fn each_frame_has_its_people_under_the_same_number() {
    let folder = folder();
    let Some(video) = video(&folder) else { return };
    let table = folder.path().join("joints.csv");
    // Joints of the bundled network: who is who is told by them.
    let text = printed(posescope("infer --device cpu --size 32x24 --csv").arg(&table).arg(&video));
    assert!(text.starts_with(&format!("{}: 1 person in 4 frames, seen 4 times", video.display())), "{text}");
    let mut rows = csv::Reader::from_path(&table).unwrap();
    let titles: Vec<String> = rows.headers().unwrap().iter().take(5).map(str::to_owned).collect();
    assert_eq!(titles, ["file", "frame", "seconds", "person", "score"]);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let of = |column: usize| -> Vec<String> { rows.iter().map(|row| row[column].to_owned()).collect() };
    assert_eq!((of(1), of(2)), (owned(["0", "1", "2", "3"]), owned(["0", "0.1", "0.2", "0.3"])));
    assert_eq!(of(3), owned(["1"; 4]));

    let json = printed_json(posescope("infer --device cpu --size 32x24 --json").arg(&video));
    let entries = json.as_array().unwrap();
    let ids: Vec<u64> = entries.iter().map(|entry| entry["image_id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [1, 2, 3, 4], "each frame is an image of its own");
    assert!(entries.iter().zip(0..).all(|(entry, frame)| entry["frame"] == frame && entry["track_id"] == 1));
}

fn owned<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

#[test]
fn a_video_without_ffmpeg_is_told_how_to_be_read() {
    let folder = folder();
    let Some(video) = video(&folder) else { return };
    let mut command = with_network("infer");
    let output = command.env("PATH", "").arg(&video).assert().failure();
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(said.contains("dancer.mp4 is a video") && said.contains("sudo apt install ffmpeg"), "{said}");
}

#[test]
fn boxes_of_pictures_are_refused_for_videos() {
    let folder = folder();
    let Some(video) = video(&folder) else { return };
    let boxes = folder.path().join("boxes.json");
    std::fs::write(&boxes, r#"{"images": [], "annotations": [], "categories": []}"#).unwrap();
    let output = with_network("infer --boxes").arg(&boxes).arg(&video).assert().failure();
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(said.contains("dancer.mp4 is a video, and --boxes gives boxes of pictures"), "{said}");
}
