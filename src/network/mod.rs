//! The CMSA pose network in libtorch: one file per part, tensor names as in the published checkpoints.
//!
//! [`BuiltNetwork`] makes one from a [`checkpoint::WeightsFile`]; [`PoseNetwork::fold`] readies it for
//! inference; [`PoseNetwork::forward`] gives heatmaps and [`PoseNetwork::forward_traced`] also a [`Trace`].

mod attention_map;
mod block;
mod cascaded_attention;
pub mod checkpoint;
mod config;
mod conv;
mod device;
mod ema;
mod embedding;
mod error;
mod fusion;
mod memory;
mod norm;
mod pose_network;
mod reparam;
mod trace;
mod weights;
mod window_attention;

pub use attention_map::{AttentionMap, Grid, QueryView};
pub use config::{
    FFN_RATIO, KEY_DIM, MAP_STEP, NetworkConfig, STAGES, ScaleLayout, VALUE_DIM, scales_of_stage,
};
pub use device::DeviceChoice;
pub use error::NetworkError;
pub use fusion::Fused;
pub use memory::keep_freed_memory;
pub use pose_network::PoseNetwork;
pub use trace::{EmaTrace, PartTime, Trace, TracedOutput, to_host};
pub use weights::{
    BuiltNetwork, CONFIG_KEY, Precision, SIZES_KEY, TRAINED_KEY, config_of, copy_into, write_atomically,
    write_safetensors,
};
