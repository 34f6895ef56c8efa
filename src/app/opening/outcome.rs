//! What comes back from the threads that read files.

use std::path::PathBuf;

use super::unnamed::{Unnamed, Written};
use crate::pose::coco;
use crate::source::{CameraInfo, Clip, Folder, Frame};

/// A picture with what stands beside it.
pub struct Opened {
    /// The picture.
    pub frame: Frame,
    /// People labelled in it, and the file that says so.
    pub truth: Option<(PathBuf, Vec<coco::Person>)>,
    /// A problem with the annotations, which does not keep the picture from being shown.
    pub warning: Option<String>,
    /// The pictures of the same folder.
    pub folder: Option<Folder>,
    /// The clip that the picture is the first frame of.
    pub clip: Option<Clip>,
}

/// A path that could not be opened.
#[derive(Clone, Debug)]
pub struct NotOpened {
    /// The path that was asked for.
    pub path: PathBuf,
    /// Why, in a sentence for the user.
    pub message: String,
}

/// What comes back from the threads.
pub enum Incoming {
    /// A picture was read.
    Opened(Box<Opened>),
    /// A path could not be read.
    NotOpened(NotOpened),
    /// People labelled in the picture that was at hand.
    Labels {
        /// The picture.
        picture: PathBuf,
        /// The file that says so.
        file: PathBuf,
        /// Everybody it lists there.
        people: Vec<coco::Person>,
        /// What was left out of the file.
        warning: Option<String>,
    },
    /// A path was chosen in a dialog; it has not been read.
    Chosen(PathBuf),
    /// No dialog could be shown; the sentence says why.
    NoDialog(String),
    /// A file to be written has no name, because no dialog could be shown or the name is taken; the sentence says which.
    Unnamed {
        /// Why.
        reason: String,
        /// The file.
        file: Unnamed,
    },
    /// A path was chosen that is no picture's: use it as weights.
    Weights(PathBuf),
    /// Weights were chosen for side B of a comparison.
    OtherWeights(PathBuf),
    /// The cameras that are connected.
    Cameras(Vec<CameraInfo>),
    /// A file was written.
    Saved(PathBuf),
    /// Something is missing that the program can do without; the message is for the user.
    Warning(String),
    /// Something failed; the message is for the user.
    Failed(String),
}

impl From<Written> for Incoming {
    fn from(written: Written) -> Self {
        match written {
            Written::Saved(path) => Self::Saved(path),
            Written::Failed(message) => Self::Failed(message),
            Written::Taken { reason, file } => Self::Unnamed { reason, file },
        }
    }
}
