//! The data set a command measures on, as the command line names it.

use std::path::PathBuf;

/// Which data set to measure on.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// COCO keypoint annotations
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    pub annotations: Option<PathBuf>,
    /// Folders and tar archives that hold the pictures [default: for SET.json SET-*.tar, SET, images/SET, images and the
    /// folder of the annotations; where that is called annotations, the same beside it]
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "annotations")]
    pub pictures: Vec<PathBuf>,
    /// A folder of splits: SPLIT.json or annotations/person_keypoints_SPLIT.json, beside SPLIT-*.tar, SPLIT, images/SPLIT,
    /// images or the pictures
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
