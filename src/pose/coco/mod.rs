//! COCO keypoint files, and accuracy over them as the reference COCO evaluation counts it.

mod annotations;
mod check;
mod curve;
mod error;
mod evaluate;
mod ground_truth;
mod label_cache;
mod matching;
mod raw;
mod results;
mod write;

pub use annotations::{Dataset, ImageEntry, Person};
pub use error::DatasetError;
pub use evaluate::{Evaluation, evaluate};
pub use ground_truth::beside;
pub use label_cache::LabelCache;
pub use results::{Detection, read_results, write_results};
