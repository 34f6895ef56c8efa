//! Training: person crops from COCO files, augmentation and loss in batches on the device, several input sizes
//! at once, AdamW or Muon, averaged weights, and checkpoints that go on where they stopped.
//!
//! [`Split::find`] and [`CropSet::load`] read the data, [`Trainer`] owns what is trained, [`run`] is the loop
//! around it and [`evaluate`] measures the averaged weights. Nothing here prints: progress goes to a callback.

mod appearance;
mod augmentation;
mod batch;
mod checkpoint;
mod config;
mod crops;
mod dataset;
mod error;
mod evaluate;
mod flat_parameters;
mod grad_scaler;
mod initial;
mod input_share;
mod location;
mod log;
mod muon;
mod optimizer;
mod random;
mod range;
mod run;
mod running_statistics;
mod schedule;
mod target;
mod trainer;
mod view;
mod weights_name;

pub use augmentation::Augmentation;
pub use checkpoint::Checkpoint;
pub use config::{Budget, TrainConfig};
pub use crops::CropSet;
pub use dataset::Split;
pub use error::TrainError;
pub use evaluate::{Score, SizeScore, evaluate};
pub use input_share::{InputShare, InputShareError};
pub use run::{Outcome, Outputs, Pace, Progress, run};
pub use trainer::{StepReport, Trainer};
pub use weights_name::{WeightsName, WeightsNameError};
