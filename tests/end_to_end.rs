//! The real program in a real window on a virtual screen: opens a picture, moves the slider by keyboard, and
//! leaves a screenshot in `target/`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Generous, for slow machines; the test waits this long only when it fails.
const PATIENCE: Duration = Duration::from_secs(180);

/// A child that ends with the test.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn here(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn installed(program: &str) -> bool {
    Command::new("which").arg(program).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// A virtual screen with a number nobody else uses.
fn screen() -> (Guard, String) {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut number = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut number).unwrap();
    (Guard(child), format!(":{}", number.trim()))
}

/// The program's log, line by line.
fn log_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    let stderr = child.stderr.take().unwrap();
    std::thread::Builder::new()
        .name("log".into())
        .spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        })
        .unwrap();
    receiver
}

fn wait_for_line(log: &Receiver<String>, parts: &[&str]) {
    let started = Instant::now();
    let mut seen = Vec::new();
    while started.elapsed() < PATIENCE {
        if let Ok(line) = log.recv_timeout(Duration::from_secs(1)) {
            if parts.iter().all(|part| line.contains(part)) {
                return;
            }
            seen.push(line);
        }
    }
    panic!("no line with {parts:?} in\n{}", seen.join("\n"));
}

fn xdotool(display: &str, arguments: &[&str]) {
    let status =
        Command::new("xdotool").args(arguments).env("DISPLAY", display).stdout(Stdio::null()).status();
    assert!(status.unwrap().success(), "xdotool {arguments:?}");
}

fn screenshot(display: &str, name: &str) -> image::RgbImage {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // The frame with the answer follows the log line.
    std::thread::sleep(Duration::from_secs(2));
    let status = Command::new("import").args(["-window", "root"]).arg(&path).env("DISPLAY", display).status();
    assert!(status.unwrap().success());
    image::open(&path).unwrap().to_rgb8()
}

#[test]
fn the_program_opens_a_picture_and_follows_the_slider() {
    if !["Xvfb", "xdotool", "import"].into_iter().all(installed) {
        eprintln!("skipped: Xvfb, xdotool or ImageMagick is not installed (./setup --tests installs them)");
        return;
    }
    let (_screen, display) = screen();
    let settings = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_posescope"))
        .arg(here("assets/examples/astronaut.png"))
        .arg("--weights")
        .arg(here("tests/golden/calm.tiny_ema.weights.safetensors"))
        .args(["--device", "cpu"])
        .env("DISPLAY", &display)
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_DATA_HOME", settings.path())
        .env("POSESCOPE_LOG", "posescope=info")
        .env("NO_COLOR", "1")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = log_of(&mut child);
    let _program = Guard(child);
    wait_for_line(&log, &["answered", "input=64×48", "people=1"]);
    xdotool(&display, &["search", "--sync", "--onlyvisible", "--name", "posescope", "windowfocus", "--sync"]);
    let before = screenshot(&display, "end_to_end_64x48.png");

    xdotool(&display, &["key", "bracketleft"]);
    wait_for_line(&log, &["answered", "input=32×24"]);
    let after = screenshot(&display, "end_to_end_32x24.png");

    assert_eq!(before.dimensions(), (1440, 900));
    let changed = before.pixels().zip(after.pixels()).filter(|(a, b)| a != b).count();
    assert!(changed > 2_000, "the smaller input changed only {changed} pixels");
    // The orange suit of the picture: the window shows it, not an empty frame.
    let orange = after.pixels().filter(|p| p[0] > 180 && p[1] < 130 && p[2] < 110).count();
    assert!(orange > 20_000, "only {orange} pixels of the picture are on the screen");
}
