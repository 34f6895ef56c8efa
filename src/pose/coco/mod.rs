//! COCO keypoint files, and accuracy over them as the reference COCO evaluation counts it.

mod annotations;
mod category;
mod check;
mod curve;
mod entries;
mod error;
mod evaluate;
mod frame_fit;
mod frame_tally;
mod ground_truth;
mod label_cache;
mod left_out;
mod listed;
mod lookup;
mod matching;
mod names;
mod raw;
mod reading;
mod results;
mod tolerant;
mod value;
mod write;

pub use annotations::{Dataset, ImageEntry, Person};
pub use error::DatasetError;
pub use evaluate::{Evaluation, evaluate};
pub(crate) use frame_fit::swaps_sides;
pub use frame_fit::{FrameFit, Shown};
pub use frame_tally::FrameTally;
pub use ground_truth::{Beside, beside};
pub use label_cache::LabelCache;
pub use left_out::{LeftOut, LeftOutKind};
pub use lookup::TwoEntries;
pub use reading::Reading;
pub use results::{Detection, ResultsReading, read_results, write_results};
