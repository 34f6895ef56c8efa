//! What can go wrong in an experiment.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::engine::{EngineError, FinderError};
use crate::pose::coco::DatasetError;
use crate::source::{MissingPictures, SourceError};

/// Why people could not be measured.
#[derive(Debug, Error)]
pub enum StudyError {
    /// The network failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Annotations cannot be used.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A picture cannot be read, or a place for pictures.
    #[error(transparent)]
    Picture(#[from] SourceError),
    /// Pictures of a data set are nowhere.
    #[error("{}: {source}", annotations.display())]
    MissingPictures {
        /// The annotation file that lists them.
        annotations: PathBuf,
        /// Which, and where they were looked for.
        source: MissingPictures,
    },
    /// A folder of splits cannot be listed.
    #[error("cannot read {}: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder of splits has no annotations of one of them.
    #[error("{}: expected {}, {} or {}, found none of them", folder.display(), expected[0], expected[1], expected[2])]
    NoSplit {
        /// The folder.
        folder: PathBuf,
        /// File names that would have done.
        expected: [String; 3],
    },
    /// A folder has no annotations of any set.
    #[error(
        "{}: expected COCO annotations, as SPLIT.json beside SPLIT-*.tar, a folder SPLIT or the pictures; found no \
         .json file",
        folder.display()
    )]
    NoSets {
        /// The folder.
        folder: PathBuf,
    },
    /// No picture is from the source that is asked for.
    #[error("{}: expected pictures from the source {expected:?}, found {found}", annotations.display())]
    NoSuchSource {
        /// The annotation file.
        annotations: PathBuf,
        /// The source asked for.
        expected: String,
        /// The sources there are.
        found: String,
    },
    /// Nobody is left to look for.
    #[error("{}: nobody with labelled joints is in the pictures asked for", annotations.display())]
    Nobody {
        /// The annotation file.
        annotations: PathBuf,
    },
    /// A results file is about other pictures than the annotations.
    #[error(
        "{}: expected detections of pictures that {} lists, found {detections} of others alone, the first of image {id}; \
         results carry the ids of the annotations",
        results.display(),
        annotations.display()
    )]
    OtherPictures {
        /// The results file.
        results: PathBuf,
        /// The annotation file.
        annotations: PathBuf,
        /// How many detections there are, in words.
        detections: String,
        /// Id of the first one's picture.
        id: u64,
    },
    /// A network that has no EMA modules was to tell what they do.
    #[error("{network} has no EMA modules")]
    NoEma {
        /// The network.
        network: String,
    },
    /// A network without attention and EMA modules was to give their tensors.
    #[error("{network} has no attention or EMA tensors; a CMSA network has them")]
    NoTensors {
        /// The network.
        network: String,
    },
    /// The network cannot say how its answer would change with its input.
    #[error("{network} is at hand as a finished program, without gradients; a CMSA network has them")]
    NoGradients {
        /// Its name.
        network: String,
    },
    /// Nobody is in the pictures of a folder.
    #[error("{}: nobody is labelled or found in {pictures} of its pictures{left_out}", folder.display())]
    NobodyInFolder {
        /// The folder.
        folder: PathBuf,
        /// How many pictures were looked at.
        pictures: usize,
        /// What was left out, as a sentence after a semicolon; empty where that is nothing.
        left_out: String,
    },
    /// People cannot be looked for.
    #[error("people cannot be looked for: {0}")]
    Finder(#[from] FinderError),
    /// A person is said to be in a picture that there is not.
    #[error("a person is in picture {index}, expected one below {pictures}")]
    NoSuchPicture {
        /// The picture's place.
        index: usize,
        /// How many there are.
        pictures: usize,
    },
}

impl From<StudyError> for EngineError {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::Engine(error) => error,
            other => Self::Job(Box::new(other)),
        }
    }
}
