use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use image::RgbImage;

use super::program::{self, FFMPEG};
use crate::output_file::Unfinished;
use crate::source::error::INSTALL_FFMPEG;

/// Kinds of videos that can be written: what they are called, how their names end, and what ffmpeg calls them.
pub const WRITTEN: [(&str, &str, &str); 3] =
    [("MP4 video", "mp4", "mp4"), ("Matroska video", "mkv", "matroska"), ("QuickTime video", "mov", "mov")];

/// How good the pictures are where ffmpeg has no better encoder than its own MPEG-4: from 1, best, to 31.
const QUALITY: &str = "3";

/// Makes a video of pictures, by the ffmpeg program: H.264 where that has it, without sound. Dropping it before
/// [`Self::finish`] ends ffmpeg and leaves nothing behind.
#[derive(Debug)]
pub struct Encoder {
    ffmpeg: Child,
    stdin: Option<ChildStdin>,
    /// What it complains of: a pipe could fill up while nobody reads it.
    complaints: File,
    /// Until it is in its place.
    file: Option<Unfinished>,
    size: (u32, u32),
}

impl Encoder {
    /// Begins a video of `size` pixels and so many pictures a second; an odd side becomes longer by a pixel.
    ///
    /// # Errors
    /// When ffmpeg is missing or does not start, the name has another ending than one of [`WRITTEN`], or the file cannot
    /// be written. Callers name the path.
    pub fn start(path: &Path, size: (u32, u32), per_second: f64) -> io::Result<Self> {
        let format = format_of(path)?;
        let file = Unfinished::begin(path)?;
        let complaints = tempfile::tempfile()?;
        let mut command = Command::new(FFMPEG);
        command.args(["-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]);
        command.args(["-video_size", &format!("{}x{}", size.0, size.1)]);
        command.args(["-framerate", &format!("{per_second:.6}"), "-i", "pipe:0"]);
        // Players know H.264 with even sides and half as many colours.
        command.args(["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", "-q:v", QUALITY]);
        command.args(["-f", format, "-y"]).arg(program::address(file.path()));
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(complaints.try_clone()?);
        let mut ffmpeg = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => io::Error::other(format!(
                "videos are written by the ffmpeg program, which is not installed: {INSTALL_FFMPEG}"
            )),
            _ => io::Error::other(format!("ffmpeg does not start: {error}")),
        })?;
        let stdin = ffmpeg.stdin.take();
        Ok(Self { ffmpeg, stdin, complaints, file: Some(file), size })
    }

    /// Adds the next picture.
    ///
    /// # Errors
    /// When it has another size, or ffmpeg has stopped.
    pub fn add(&mut self, picture: &RgbImage) -> io::Result<()> {
        let (is, was) = (picture.dimensions(), self.size);
        if is != was {
            let sizes = format!("{} × {} pixels after {} × {}", is.0, is.1, was.0, was.1);
            return Err(io::Error::other(format!("a picture has {sizes}")));
        }
        let written = self.stdin.as_mut().map(|stdin| stdin.write_all(picture.as_raw()));
        match written {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => Err(self.failure(&error.to_string())),
            None => Err(self.failure("it takes no pictures")),
        }
    }

    /// Ends the video and puts the file into its place.
    ///
    /// # Errors
    /// When ffmpeg failed, or the file cannot be put there.
    pub fn finish(mut self) -> io::Result<()> {
        drop(self.stdin.take());
        let status = self.ffmpeg.wait()?;
        if !status.success() {
            return Err(self.failure(&status.to_string()));
        }
        self.file.take().map_or(Ok(()), Unfinished::finish)
    }

    /// What ffmpeg complained of, or else how it ended.
    fn failure(&mut self, otherwise: &str) -> io::Error {
        drop(self.stdin.take());
        // One that is still there has a reason to end now; what it says is whole then.
        let _ = self.ffmpeg.wait();
        let mut said = Vec::new();
        let read =
            self.complaints.seek(SeekFrom::Start(0)).and_then(|_| self.complaints.read_to_end(&mut said));
        let path = self.file.as_ref().map_or(Path::new(""), Unfinished::path);
        let line = read.ok().and_then(|_| program::first_line(&said, path));
        io::Error::other(format!("ffmpeg stopped: {}", line.as_deref().unwrap_or(otherwise)))
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and is waited for all the same.
        let _ = self.ffmpeg.kill();
        let _ = self.ffmpeg.wait();
    }
}

/// What ffmpeg calls the format of a file by its ending.
fn format_of(path: &Path) -> io::Result<&'static str> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let known = WRITTEN.iter().find(|(_, known, _)| ending.as_deref() == Some(*known));
    known.map(|(_, _, format)| *format).ok_or_else(|| {
        let endings = WRITTEN.map(|(_, ending, _)| format!(".{ending}")).join(", ");
        io::Error::other(format!("videos are written to names that end in one of {endings}"))
    })
}
