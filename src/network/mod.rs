//! The CMSA pose network in libtorch: one file per part, tensor names as in the published checkpoints.
//!
//! [`BuiltNetwork`] makes one from a [`checkpoint::WeightsFile`]; [`FoldedNetwork`] readies it for
//! inference; [`FoldedNetwork::forward`] gives heatmaps and [`FoldedNetwork::forward_traced`] also a [`Trace`].

mod ablation;
mod attention_map;
mod block;
mod cascaded_attention;
mod channel_weights;
pub mod checkpoint;
mod config;
mod conv;
mod device;
mod device_choice;
mod ema;
mod ema_summary;
mod embedding;
mod error;
mod folded_network;
mod fusion;
mod memory;
mod needed_tensors;
mod norm;
mod pass;
mod pose_network;
mod reparam;
mod scale_layout;
mod size_statistics;
mod threads;
mod trace;
mod variant;
mod weights;
mod window_attention;

pub use ablation::{Ablation, AblationError, EmaChange};
pub use attention_map::{AttentionMap, CellPlace, Grid, QueryView};
pub use channel_weights::{ChannelChange, channel_changes, evenness, group_variations};
pub use config::{FFN_RATIO, KEY_DIM, MAP_STEP, NetworkConfig, VALUE_DIM};
pub use device_choice::DeviceChoice;
pub use ema_summary::EmaSummary;
pub use error::NetworkError;
pub use folded_network::FoldedNetwork;
pub use fusion::Fused;
pub use memory::keep_freed_memory;
pub use needed_tensors::{MOST_NUMBERS, fitting, needed_tensors};
pub use norm::BATCH_NORM_MOMENTUM;
pub use pose_network::PoseNetwork;
pub use scale_layout::{STAGES, ScaleLayout, scales_of_stage};
pub use size_statistics::{SIZES_KEY, SizeStatistics, is_statistic, sized_name, trained_sizes};
pub use trace::{EmaTrace, PartTime, Trace, TracedOutput, to_host};
pub use variant::{UnknownVariant, Variant};
pub use weights::{
    BuiltNetwork, CONFIG_KEY, Precision, THRESHOLDS_KEY, TRAINED_KEY, check_weights, config_of,
    safetensors_bytes, write_safetensors,
};
