//! The people of a sweep or of ablations: those of a data set, or of pictures.

use std::path::PathBuf;

use super::data::DataArgs;
use super::find::Find;

/// Whom to look at.
#[derive(clap::Args, Clone, Debug)]
pub struct PeopleArgs {
    /// Pictures, and folders of pictures, instead of a data set
    #[arg(value_name = "PICTURE", conflicts_with_all = ["annotations", "data", "source", "limit", "skip_missing"])]
    pub(crate) paths: Vec<PathBuf>,
    /// Boxes of the pictures in a COCO file [default: ground truth beside the picture, else whoever is found]
    #[arg(long, value_name = "FILE", requires = "paths")]
    pub(crate) boxes: Option<PathBuf>,
    /// Who is looked for in a picture without boxes; where nobody is found, the whole picture is refined
    #[arg(long, value_enum, default_value_t = Find::People, requires = "paths")]
    pub(crate) find: Find,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}
