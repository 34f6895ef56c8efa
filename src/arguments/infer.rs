//! What can be said to `posescope infer`.

use std::path::PathBuf;

use super::find::Find;
use super::network::AnyNetworkArgs;
use super::output::JsonArgs;
use super::view::{ViewArgs, capture_height};
use crate::pose::InputSize;

/// Arguments of `posescope infer`.
#[derive(clap::Args, Clone, Debug)]
pub struct InferArgs {
    /// Pictures, folders of pictures, and videos (which ffmpeg reads, where it is installed)
    #[arg(required = true, value_name = "PICTURE")]
    pub(crate) pictures: Vec<PathBuf>,
    /// Boxes in a COCO file [default: ground truth beside the picture, else whoever is found]
    #[arg(long, value_name = "FILE")]
    pub(crate) boxes: Option<PathBuf>,
    /// Turn labels with pictures that are turned by their EXIF data, where they fit them turned or not
    #[arg(long)]
    pub(crate) turn_labels: bool,
    /// Who is looked for in a picture without boxes; where nobody is found, the whole picture is refined
    #[arg(long, value_enum, default_value_t = Find::People)]
    pub(crate) find: Find,
    #[command(flatten)]
    pub(crate) network: AnyNetworkArgs,
    /// Network input, height×width; to MoveNet only its height counts, as that captured
    #[arg(long, value_name = "SIZE", default_value = "64x48")]
    pub(crate) size: InputSize,
    /// Rows the camera spends on a person's region [default: those of the network input]
    #[arg(long, value_name = "ROWS", value_parser = capture_height)]
    pub(crate) capture: Option<u32>,
    /// Average with the mirrored pass
    #[arg(long)]
    pub(crate) flip: bool,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    #[command(flatten)]
    pub(crate) output: JsonArgs,
    /// Write a row for each person: file, person, score, then x, y and confidence of every joint; of videos frame and
    /// seconds too, and the person's number is the same from frame to frame
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// Write the attention and EMA tensors of the first person as safetensors
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,
}
