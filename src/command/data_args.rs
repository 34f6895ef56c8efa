//! The data set a command measures on, as the command line names it.

use std::path::PathBuf;

use anyhow::anyhow;

use super::output::warn;
use crate::source::MissingPictures;
use crate::study::{LabelledSet, SetDescription, StudyError};

/// Which data set to measure on.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// COCO keypoint annotations
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    pub annotations: Option<PathBuf>,
    /// Folders and tar archives that hold the pictures [default: the folder of the annotations, and where COCO and CVAT
    /// put them beside it]
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "annotations")]
    pub pictures: Vec<PathBuf>,
    /// A folder of splits: SPLIT.json beside SPLIT-*.tar or a folder SPLIT, or
    /// annotations/person_keypoints_SPLIT.json beside SPLIT, images/SPLIT or images
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// The split of --data [default: dev]
    #[arg(long, value_name = "NAME", requires = "data")]
    pub split: Option<String>,
    /// Only pictures that the annotations say are from this source
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Only the first N pictures
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Go on without pictures that are not there, and without the people in them
    #[arg(long)]
    pub skip_missing: bool,
    /// Turn labels with pictures that are turned by their EXIF data, where they fit them turned or not
    #[arg(long)]
    pub turn_labels: bool,
}

impl DataArgs {
    /// Whether a data set is named at all.
    pub fn given(&self) -> bool {
        self.annotations.is_some() || self.data.is_some()
    }

    /// Opens the data set; what was left out of its annotations is told of.
    ///
    /// # Errors
    /// When none is named or it cannot be used.
    pub fn open(&self) -> anyhow::Result<LabelledSet> {
        let set = LabelledSet::open(&self.description()?).map_err(|error| match error {
            StudyError::MissingPictures {
                source: MissingPictures::Missing { missing, total, .. }, ..
            } if missing < total => {
                anyhow!("{error}; --skip-missing goes on without them")
            }
            error => error.into(),
        })?;
        set.warnings.iter().for_each(|warning| warn(warning));
        Ok(set)
    }

    /// The data set that is named.
    ///
    /// # Errors
    /// When none is, or it has no pictures.
    pub fn description(&self) -> anyhow::Result<SetDescription> {
        let whole = match (&self.annotations, &self.data) {
            (Some(annotations), _) => SetDescription::of_annotations(annotations, &self.pictures),
            (None, Some(data)) => SetDescription::of_split(data, self.split.as_deref().unwrap_or("dev"))?,
            (None, None) => {
                return Err(anyhow!(
                    "no data set is named; use --annotations FILE --pictures PATH…, or --data FOLDER --split NAME"
                ));
            }
        };
        Ok(SetDescription {
            source: self.source.clone(),
            limit: self.limit.map(|limit| limit as usize),
            skip_missing: self.skip_missing,
            turn_labels: self.turn_labels,
            ..whole
        })
    }
}
