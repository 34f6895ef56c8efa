use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::sync::Arc;

use image::RgbImage;

use super::leash::Leash;
use super::ppm;
use super::program::{self, FFMPEG};
use crate::source::SourceError;

/// How much of the pipe is read at once: frames are large.
const BUFFER: usize = 1 << 18;
/// How far before its time a frame is asked for, in frames: times are rounded, and the frame before must not be met.
const EARLIER: f64 = 0.25;

/// A video that ffmpeg decodes, from one of its frames on. Ending it ends ffmpeg.
pub(super) struct Film {
    stdout: BufReader<ChildStdout>,
    leash: Arc<Leash>,
    path: PathBuf,
    from_secs: f64,
    /// Whether a frame was given.
    begun: bool,
}

impl Film {
    /// Starts to decode with a frame, counted from 0, at `per_second` frames a second: frames are left out or repeated
    /// where the file has others. They are turned upright as the file asks.
    ///
    /// # Errors
    /// When ffmpeg is missing or does not start.
    pub fn start(path: &Path, per_second: f64, first: u64, leash: &Arc<Leash>) -> Result<Self, SourceError> {
        let from_secs = ((first as f64 - EARLIER) / per_second).max(0.0);
        let mut command = decoder(path, from_secs);
        command.args(["-vf", &format!("fps={per_second:.6}"), "-f", "image2pipe"]);
        command.args(["-c:v", "ppm", "-pix_fmt", "rgb24", "-"]);
        // What it complains of is asked for where no frame comes: nobody reads a second pipe meanwhile.
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let started = command.spawn().and_then(|mut child| {
            let stdout = child.stdout.take();
            leash.hold(child);
            stdout.ok_or_else(|| std::io::Error::other("it has no output"))
        });
        let stdout = started.map_err(|error| program::not_started(&path.display().to_string(), &error))?;
        let stdout = BufReader::with_capacity(BUFFER, stdout);
        Ok(Self { stdout, leash: Arc::clone(leash), path: path.to_owned(), from_secs, begun: false })
    }

    /// The next frame; none after the last.
    ///
    /// # Errors
    /// When ffmpeg fails before it gave a frame, or gives something else.
    pub fn next(&mut self) -> Result<Option<RgbImage>, SourceError> {
        let next = ppm::next(&mut self.stdout);
        let reason = match next {
            Ok(None) if self.leash.is_cut() => None,
            Ok(None) if !self.begun => self.complaint(),
            Ok(None) => {
                self.leash.failure().map(|status| format!("ffmpeg stopped before its end ({status})"))
            }
            Ok(next) => {
                self.begun |= next.is_some();
                return Ok(next);
            }
            Err(error) => Some(error.to_string()),
        };
        let name = self.path.display().to_string();
        reason.map_or(Ok(None), |reason| Err(SourceError::Video { name, reason }))
    }

    /// Why there is no frame, where ffmpeg complains of anything.
    fn complaint(&self) -> Option<String> {
        let mut command = decoder(&self.path, self.from_secs);
        let output = command.args(["-frames:v", "1", "-f", "null", "-"]).output().ok()?;
        program::first_line(&output.stderr, &self.path)
    }
}

/// ffmpeg, about the pictures of a file from a time in seconds on.
fn decoder(path: &Path, from_secs: f64) -> Command {
    let mut command = program::about(FFMPEG, &["-nostdin", "-ss", &format!("{from_secs:.6}")], path);
    command.args(["-map", "0:v:0"]);
    command
}

impl Drop for Film {
    fn drop(&mut self) {
        self.leash.pull();
    }
}
