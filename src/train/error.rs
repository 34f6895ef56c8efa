//! What can go wrong in training.

use std::io;
use std::path::{Path, PathBuf};

use super::input_share::InputShareError;
use super::weights_name::WeightsNameError;
use crate::network::NetworkError;
use crate::pose::HeatmapsError;
use crate::pose::coco::DatasetError;
use crate::source::{MissingPictures, SourceError};

/// An error of reading the data, of training, or of keeping what was trained.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A setting is out of range.
    #[error("training configuration: {0}")]
    Config(String),
    /// A file of weights cannot be called so.
    #[error(transparent)]
    Name(#[from] WeightsNameError),
    /// An input size cannot be trained at as asked.
    #[error(transparent)]
    Share(#[from] InputShareError),
    /// A data folder has no annotations of the split asked for.
    #[error("{} has no annotations for split {split:?}: expected {expected}", folder.display())]
    NoAnnotations {
        /// The data folder.
        folder: PathBuf,
        /// The split.
        split: String,
        /// File names that would have done.
        expected: String,
    },
    /// An annotation file cannot be read or makes no sense.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A picture that the annotations name is not there.
    #[error(
        "{}, image entry {entry} (id {id}): expected the picture {file_name:?} in {searched}, found no such file",
        annotations.display()
    )]
    MissingPicture {
        /// The annotation file.
        annotations: PathBuf,
        /// Index of the entry in the list of images.
        entry: usize,
        /// Its id.
        id: u64,
        /// The picture's name.
        file_name: String,
        /// Where it was looked for.
        searched: String,
    },
    /// A file or folder cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A picture cannot be read, or an archive of pictures.
    #[error(transparent)]
    Picture(#[from] SourceError),
    /// Pictures that the annotations name cannot be told apart.
    #[error("{}: {source}", annotations.display())]
    Pictures {
        /// The annotation file.
        annotations: PathBuf,
        /// Which.
        source: MissingPictures,
    },
    /// A picture is not the one that was annotated.
    #[error(
        "{place}: expected the {} × {} pixels of its annotation, found {} × {}",
        expected.0, expected.1, found.0, found.1
    )]
    PictureSize {
        /// The file, and the entry where it is a tar file.
        place: String,
        /// Width and height in the annotations.
        expected: (u32, u32),
        /// Width and height of the picture.
        found: (u32, u32),
    },
    /// A split has nobody to learn from.
    #[error(
        "split {split:?} in {folders}: expected people with labelled joints, found none among {annotations} annotations"
    )]
    NobodyLabelled {
        /// The split.
        split: String,
        /// The data folders.
        folders: String,
        /// Annotations that were looked at.
        annotations: usize,
    },
    /// The network cannot be built, run or written.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The network's output cannot be decoded.
    #[error("the network's output: {0}")]
    Heatmaps(#[from] HeatmapsError),
    /// A checkpoint is no checkpoint of a training, or of another one.
    #[error("{}: {problem}", path.display())]
    Checkpoint {
        /// The file.
        path: PathBuf,
        /// What was expected and what was found.
        problem: String,
    },
    /// The log or a folder cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Training has diverged.
    #[error(
        "step {step} at {size}: expected a finite loss and gradient, found loss {loss} and norm {norm}; \
         a lower learning rate may help"
    )]
    NotFinite {
        /// Number of the step.
        step: u64,
        /// Input size of the step.
        size: String,
        /// Its loss.
        loss: f64,
        /// Norm of its gradient.
        norm: f64,
    },
    /// libtorch stopped while batch-norm statistics were measured, mostly for lack of memory.
    #[error("measuring batch-norm statistics at {size} with {batch} crops failed: {problem}")]
    Statistics {
        /// Input size.
        size: String,
        /// Crops in a batch.
        batch: usize,
        /// What libtorch said.
        problem: String,
    },
    /// libtorch stopped inside a step, mostly for lack of memory.
    #[error("step {step} at {size} with {batch} crops failed: {problem}")]
    Step {
        /// Number of the step.
        step: u64,
        /// Input size of the step.
        size: String,
        /// Crops in the step.
        batch: usize,
        /// What libtorch said.
        problem: String,
    },
}

impl TrainError {
    pub(super) fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    pub(super) fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }
}

impl From<tch::TchError> for TrainError {
    fn from(error: tch::TchError) -> Self {
        Self::Network(error.into())
    }
}
