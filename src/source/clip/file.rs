use std::path::{Path, PathBuf};

use super::animation::{self, Animation};
use super::probe;
use super::reader::Reader;
use super::timeline::Timeline;
use crate::input_file;
use crate::source::{Frame, SourceError, sniff, start_of_file};

/// Endings of videos, for file dialogs; the content decides, not the ending.
pub const VIDEO_EXTENSIONS: [&str; 15] = [
    "mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "3gp", "mts", "m2ts", "wmv", "flv", "ogv",
    "insv",
];

/// Bytes of a file by which it is told what it is.
const HEAD_BYTES: u64 = 1024;

/// A file with frames that follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Clip {
    path: PathBuf,
    timeline: Timeline,
}

impl Clip {
    /// The clip in a file; none where there is one picture in it, or something else.
    ///
    /// # Errors
    /// When the file is a video, and FFmpeg is missing or cannot read it.
    pub fn of(path: &Path) -> Result<Option<Self>, SourceError> {
        let Ok(head) = head_of(path) else { return Ok(None) };
        if !sniff::may_move(&head) {
            return Self::of_video(path);
        }
        // Whatever is wrong with it is told where it is read as a picture.
        let animation = animation::bytes_of(path).and_then(|bytes| Animation::begin(path, &bytes));
        let timeline = animation.ok().flatten().and_then(Animation::timeline);
        Ok(timeline.map(|timeline| Self { path: path.to_owned(), timeline }))
    }

    /// The clip in a file that is a video, and no picture that moves.
    ///
    /// # Errors
    /// As [`Clip::of`].
    pub fn of_video(path: &Path) -> Result<Option<Self>, SourceError> {
        if !head_of(path).is_ok_and(|head| sniff::is_video(&head)) {
            return Ok(None);
        }
        Ok(Some(Self { path: path.to_owned(), timeline: probe::timeline_of(path)? }))
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// When its frames are shown.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Whether it is a video, which is no picture file.
    #[must_use]
    pub fn is_video(&self) -> bool {
        matches!(self.timeline, Timeline::Even { .. })
    }

    /// Its first frame, with the file's path.
    ///
    /// # Errors
    /// When it cannot be decoded, or there is none.
    pub fn first_frame(&self) -> Result<Frame, SourceError> {
        let frame = Reader::new(self.clone()).frame(0)?;
        let frame = frame.ok_or_else(|| self.without_frame())?;
        Ok(Frame { name: self.name(), path: Some(self.path.clone()), ..frame })
    }

    /// That nothing in it can be shown.
    pub(super) fn without_frame(&self) -> SourceError {
        SourceError::Video { name: self.path.display().to_string(), reason: "there is no frame in it".into() }
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// What a frame, counted from 0, is called: `walk frame 12.mp4`.
    #[must_use]
    pub fn name_of(&self, frame: u64) -> String {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        match self.path.extension() {
            Some(ending) => format!("{stem} frame {frame}.{}", ending.to_string_lossy()),
            None => format!("{stem} frame {frame}"),
        }
    }
}

fn head_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = input_file::open(path)?;
    let length = file.metadata()?.len().min(HEAD_BYTES);
    start_of_file::part(&mut file, 0, length)
}
