//! From weight files to networks and back. The file is the interface: tensor names are those of the
//! published state dict, and the configuration can be read off the shapes.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use half::f16;
use safetensors::{Dtype, tensor::TensorView};
use tch::{Device, Tensor, nn};

use super::checkpoint::{HostTensor, WeightsFile};
use super::config::NetworkConfig;
use super::error::NetworkError;
use super::needed_tensors::{check_tensors, fitting, needed_tensors};
use super::pose_network::PoseNetwork;
use super::scale_layout::{STAGES, scales_of_stage};
use super::size_statistics::SizeStatistics;
use super::trace::to_host;
use crate::output_file;

/// Metadata key of a safetensors file that holds the configuration as JSON.
pub const CONFIG_KEY: &str = "config";
/// Metadata key that says `false` for weights nobody trained.
pub const TRAINED_KEY: &str = "trained";

/// Metadata key of the confidences from which on joints are to be believed: a JSON object with 17 numbers, in COCO's
/// order of joints, for each input size, as in `{"64x48": [0.4, …]}`.
pub const THRESHOLDS_KEY: &str = "joint_thresholds";

/// The precision a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32-bit floats: exact.
    Float32,
    /// 16-bit floats: half the size; widened on loading.
    Float16,
}

/// A network with the variables behind it.
#[derive(Debug)]
pub struct BuiltNetwork {
    /// Every variable by its published name.
    pub variables: nn::VarStore,
    /// The network over these variables, not folded. Its batch norms have the statistics of the smallest size.
    pub network: PoseNetwork,
    /// Batch-norm statistics of other input sizes.
    pub statistics: SizeStatistics,
}

impl BuiltNetwork {
    /// A network with fresh random weights.
    ///
    /// # Errors
    /// When the configuration is out of range.
    pub fn untrained(config: NetworkConfig, device: Device) -> Result<Self, NetworkError> {
        let variables = nn::VarStore::new(device);
        let statistics = SizeStatistics::shared(&config);
        let network = PoseNetwork::new(&variables.root(), config)?;
        Ok(Self { variables, network, statistics })
    }

    /// The network a file describes, with its weights.
    ///
    /// # Errors
    /// When a tensor is missing, superfluous or of another shape than the configuration says, or a variance is below
    /// 0: names it. All of that is found out before anything of the network's size is made.
    pub fn from_file(file: &WeightsFile, device: Device) -> Result<Self, NetworkError> {
        let (config, statistics) = checked(file)?;
        let built = Self::untrained(config, device)?;
        copy_into(file, &built.variables)?;
        Ok(Self { statistics, ..built })
    }

    /// Copies every variable to the one of the same name in another store, which may have more, batch norms with the
    /// statistics that an input of so many rows is looked at with.
    ///
    /// # Errors
    /// When a shape is another, or libtorch cannot copy.
    pub fn copy_to(&self, rows: u32, variables: &nn::VarStore) -> Result<(), NetworkError> {
        let mut places = variables.variables();
        for (name, variable) in self.variables.variables() {
            if let Some(place) = places.get_mut(&name) {
                tch::no_grad(|| place.f_copy_(&variable))?;
            }
        }
        let serving = self.statistics.serving(rows);
        serving.map_or(Ok(()), |size| self.statistics.copy_into(size, variables))
    }

    /// How many numbers training may change.
    pub fn parameter_count(&self) -> usize {
        self.variables.trainable_variables().iter().map(Tensor::numel).sum()
    }

    /// The tensor with the value that is furthest from 0, and how far that is: what to suspect first where heatmaps are
    /// not finite.
    ///
    /// # Errors
    /// When libtorch cannot tell.
    pub fn largest_tensor(&self) -> Result<Option<(String, f32)>, NetworkError> {
        let mut largest: Option<(String, f32)> = None;
        let mut consider = |name: String, size: f32| {
            if largest.as_ref().is_none_or(|(_, known)| size > *known) {
                largest = Some((name, size));
            }
        };
        // In the order of their names, so that of equal ones it is always the same.
        let variables: BTreeMap<String, Tensor> = self.variables.variables().into_iter().collect();
        for (name, tensor) in variables {
            consider(name, tch::no_grad(|| tensor.f_abs()?.f_max()?.f_double_value(&[]))? as f32);
        }
        for (name, tensor) in self.statistics.named() {
            consider(name, tensor.values.iter().fold(0.0, |largest, value| value.abs().max(largest)));
        }
        Ok(largest)
    }

    /// Every variable copied to plain memory, and the statistics of single sizes, by their names in a file.
    ///
    /// # Errors
    /// When libtorch cannot copy one.
    pub fn to_host(&self) -> Result<BTreeMap<String, HostTensor>, NetworkError> {
        let sized = self.statistics.named().map(|(name, tensor)| Ok((name, tensor.clone())));
        let variables = self.variables.variables();
        let plain = variables.iter().map(|(name, tensor)| Ok((name.clone(), to_host(tensor)?)));
        plain.chain(sized).collect()
    }
}

/// Whether a file holds a whole network and nothing else; makes nothing of its size.
///
/// # Errors
/// Those of [`BuiltNetwork::from_file`].
pub fn check_weights(file: &WeightsFile) -> Result<(), NetworkError> {
    checked(file).map(drop)
}

fn checked(file: &WeightsFile) -> Result<(NetworkConfig, SizeStatistics), NetworkError> {
    let config = config_of(file)?;
    let needed = needed_tensors(&config)?;
    check_tensors(file, &needed)?;
    let statistics = SizeStatistics::of(file, &config, &needed)?;
    Ok((config, statistics))
}

/// The configuration of the network a file holds, read off its tensors' shapes and checked against the
/// file's own metadata where it has any.
///
/// # Errors
/// When a tensor that tells is missing or malformed, or the metadata says something else.
pub fn config_of(file: &WeightsFile) -> Result<NetworkConfig, NetworkError> {
    let config = config_from_shapes(file)?;
    config.check().map_err(|error| misfit(file, error.to_string()))?;
    if let Some(text) = file.metadata.get(CONFIG_KEY) {
        let stated: NetworkConfig = serde_json::from_str(text).map_err(|error| {
            misfit(file, format!("metadata entry `{CONFIG_KEY}` is no configuration: {error}"))
        })?;
        if stated != config {
            return Err(misfit(file, difference(&stated, &config)));
        }
    }
    Ok(config)
}

/// The first number in which the metadata's configuration is not that of the tensors, in words.
fn difference(stated: &NetworkConfig, found: &NetworkConfig) -> String {
    let list = |numbers: &[i64]| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let parts = |config: &NetworkConfig| {
        let heads: Vec<String> = config.heads.iter().map(|groups| list(groups)).collect();
        [
            ("channels of the stages", list(&config.channels)),
            ("heads of the stages", heads.join("; ")),
            ("blocks of the stages", list(&config.depths)),
            ("number of joints", config.joints.to_string()),
            ("stride of the stem", config.stem_stride.to_string()),
            (
                "groups of the EMA modules",
                config.ema_groups.map_or("none".into(), |groups| groups.to_string()),
            ),
        ]
    };
    let mut pairs = parts(stated).into_iter().zip(parts(found));
    match pairs.find(|(stated, found)| stated != found) {
        Some(((what, stated), (_, found))) => {
            format!("{what}: {stated} according to the metadata, but {found} according to the tensors")
        }
        None => "the metadata describes another network than the tensors".into(),
    }
}

fn config_from_shapes(file: &WeightsFile) -> Result<NetworkConfig, NetworkError> {
    let mut config = NetworkConfig::small();
    for stage in 0..STAGES {
        let block = format!("stage_blocks.{stage}.trains_block");
        config.channels[stage] = length(file, &format!("{block}0.norm1.weight"), 0)?;
        config.heads[stage] = (0..scales_of_stage(stage).len())
            .map(|g| length(file, &format!("{block}0.attn.attn_modules.{g}.attention_biases"), 0))
            .collect::<Result<_, _>>()?;
        config.depths[stage] = (0..)
            .take_while(|k| file.tensors.contains_key(&format!("{block}{k}.norm1.weight")))
            .count() as i64;
    }
    config.joints = length(file, "fgmm.csMixer.2.conv.weight", 0)?;
    // A stem that halves the map cannot hand its input on unchanged, so it has no skip branch.
    let keeps_size = file.tensors.contains_key("embedding_blocks.0.embedding1.rep_dwconv.rbr_skip.weight");
    config.stem_stride = if keeps_size { 1 } else { 2 };
    config.ema_groups = match file.tensors.contains_key("ema.0.gn.weight") {
        true => Some(config.channels[0] / length(file, "ema.0.gn.weight", 0)?.max(1)),
        false => None,
    };
    Ok(config)
}

fn length(file: &WeightsFile, name: &str, dimension: usize) -> Result<i64, NetworkError> {
    let tensor = file
        .tensors
        .get(name)
        .ok_or_else(|| misfit(file, format!("tensor `{name}` is missing: these are no CMSA weights")))?;
    let size = tensor.shape.get(dimension).copied();
    size.map(|n| n as i64)
        .ok_or_else(|| misfit(file, format!("tensor `{name}` has no dimension {dimension}")))
}

fn misfit(file: &WeightsFile, problem: String) -> NetworkError {
    NetworkError::Weights { path: file.path.clone(), problem }
}

/// Copies the file's tensors into the variables of the same names; those of single input sizes are passed over.
///
/// # Errors
/// When a tensor is missing or of another shape; the variables may then be half filled.
fn copy_into(file: &WeightsFile, variables: &nn::VarStore) -> Result<(), NetworkError> {
    for (name, mut variable) in variables.variables() {
        let shape: Vec<usize> = variable.size().iter().map(|&n| n as usize).collect();
        let found =
            fitting(&name, file.tensors.get(&name), &shape).map_err(|problem| misfit(file, problem))?;
        let values = Tensor::f_from_slice(&found.values)?.f_view(variable.size().as_slice())?;
        tch::no_grad(|| variable.f_copy_(&values))?;
    }
    Ok(())
}

/// Writes tensors and metadata as safetensors; an existing file is replaced whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn write_safetensors(
    path: &Path,
    tensors: &BTreeMap<String, HostTensor>,
    metadata: BTreeMap<String, String>,
    precision: Precision,
) -> Result<(), NetworkError> {
    let written =
        safetensors_bytes(tensors, metadata, precision).and_then(|bytes| output_file::write(path, &bytes));
    written.map_err(|source| NetworkError::Write { path: path.to_path_buf(), source })
}

/// Tensors and metadata as the bytes of a safetensors file.
///
/// # Errors
/// When a tensor's shape does not fit its values.
pub fn safetensors_bytes<T: Borrow<HostTensor>>(
    tensors: &BTreeMap<String, T>,
    metadata: BTreeMap<String, String>,
    precision: Precision,
) -> io::Result<Vec<u8>> {
    let values = |tensor: &T| encode(&tensor.borrow().values, precision);
    let bytes: Vec<(&String, &[usize], Vec<u8>)> = tensors
        .iter()
        .map(|(name, tensor)| (name, tensor.borrow().shape.as_slice(), values(tensor)))
        .collect();
    let dtype = match precision {
        Precision::Float32 => Dtype::F32,
        Precision::Float16 => Dtype::F16,
    };
    bytes
        .iter()
        .map(|(name, shape, data)| Ok((name.as_str(), TensorView::new(dtype, shape.to_vec(), data)?)))
        .collect::<Result<Vec<_>, safetensors::SafeTensorError>>()
        .and_then(|views| safetensors::serialize(views, Some(metadata.into_iter().collect())))
        .map_err(io::Error::other)
}

fn encode(values: &[f32], precision: Precision) -> Vec<u8> {
    match precision {
        Precision::Float32 => values.iter().flat_map(|v| v.to_le_bytes()).collect(),
        Precision::Float16 => values.iter().flat_map(|v| f16::from_f32(*v).to_le_bytes()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_in_words() {
        let (plain, small) = (NetworkConfig::tiny(), NetworkConfig::small());
        assert_eq!(
            difference(&plain, &plain.clone().with_ema(8)),
            "groups of the EMA modules: none according to the metadata, but 8 according to the tensors"
        );
        let told = difference(&small, &plain);
        assert!(told.starts_with("channels of the stages: 96, 160, 224 according"), "{told}");
    }
}
