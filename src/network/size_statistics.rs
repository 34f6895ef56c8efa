//! Batch-norm statistics of each input size.
//!
//! Features at 128×96 are spread otherwise than at 32×24. So one set of weights serves all sizes while each size may
//! have running means and variances of its own (Wang et al., *Resolution Switchable Networks*, ECCV 2020). In a file
//! the plain names hold those of the smallest trained size, `NAME@64x48` those of another.

use std::collections::BTreeMap;

use tch::{Tensor, nn};

use super::checkpoint::{HostTensor, WeightsFile};
use super::config::NetworkConfig;
use super::error::NetworkError;
use super::needed_tensors::fitting;
use crate::pose::InputSize;

/// Metadata key of the input sizes trained at: a JSON list as in `["32x24","64x48"]`.
pub const SIZES_KEY: &str = "sizes";
/// Stands between the name of a tensor and the input size it belongs to.
const SIZE_MARK: char = '@';
/// More sizes than this are no network of ours; each costs the memory of a network.
const MOST_SIZES: usize = 16;

/// Running means and variances of the input sizes that have their own.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeStatistics {
    /// Rows of the input that the statistics under plain names belong to.
    plain_rows: u32,
    by_size: BTreeMap<InputSize, BTreeMap<String, HostTensor>>,
}

impl SizeStatistics {
    /// One set of statistics for every size.
    pub(super) fn shared(config: &NetworkConfig) -> Self {
        Self { plain_rows: config.input_step().0 as u32, by_size: BTreeMap::new() }
    }

    /// What a file holds for single sizes of a network that needs these tensors.
    ///
    /// # Errors
    /// When a name belongs to no running statistic of the network or to no size it takes, when a shape is wrong, or
    /// when a size lacks what another has: names the tensor.
    pub(super) fn of(
        file: &WeightsFile,
        config: &NetworkConfig,
        needed: &BTreeMap<String, Vec<usize>>,
    ) -> Result<Self, NetworkError> {
        let misfit = |problem: String| NetworkError::Weights { path: file.path.clone(), problem };
        let mut by_size: BTreeMap<InputSize, BTreeMap<String, HostTensor>> = BTreeMap::new();
        for (name, tensor) in &file.tensors {
            let Some((base, size)) = name.split_once(SIZE_MARK) else { continue };
            let size: InputSize =
                size.parse().map_err(|problem| misfit(format!("tensor `{name}`: {problem}")))?;
            if !config.takes(size.height(), size.width()) {
                return Err(misfit(format!("tensor `{name}`: this network takes no input of {size}")));
            }
            let known = needed.get(base).filter(|_| is_statistic(base));
            let Some(shape) = known else {
                return Err(misfit(format!("tensor `{name}` belongs to no batch norm of this network")));
            };
            fitting(name, Some(tensor), shape).map_err(misfit)?;
            by_size.entry(size).or_default().insert(base.to_owned(), tensor.clone());
        }
        if by_size.len() > MOST_SIZES {
            let found = by_size.len();
            return Err(misfit(format!("statistics of {found} input sizes, expected at most {MOST_SIZES}")));
        }
        let everything = by_size.iter().flat_map(|(size, own)| own.keys().map(move |name| (name, size)));
        for (name, elsewhere) in everything {
            if let Some((size, _)) = by_size.iter().find(|(_, own)| !own.contains_key(name)) {
                let missing = sized_name(name, *size);
                return Err(misfit(format!("tensor `{missing}` is missing, while {elsewhere} has its own")));
            }
        }
        let smallest = trained_sizes(&file.metadata).first().map(|size| size.height());
        Ok(Self { plain_rows: smallest.unwrap_or(Self::shared(config).plain_rows), by_size })
    }

    /// Rows of the input that the statistics under plain names belong to.
    pub(super) fn plain_rows(&self) -> u32 {
        self.plain_rows
    }

    /// The sizes with statistics of their own, small to large.
    pub fn sizes(&self) -> impl Iterator<Item = InputSize> {
        self.by_size.keys().copied()
    }

    /// The size whose own statistics serve an input of so many rows; `None` where the plain ones do.
    pub(super) fn serving(&self, rows: u32) -> Option<InputSize> {
        nearest(rows, self.plain_rows, self.sizes().map(|size| (size.height(), size)))
    }

    /// Writes a size's statistics into the variables of a network.
    ///
    /// # Errors
    /// When libtorch cannot copy one.
    pub(super) fn copy_into(&self, size: InputSize, variables: &nn::VarStore) -> Result<(), NetworkError> {
        let mut variables = variables.variables();
        for (name, tensor) in self.by_size.get(&size).into_iter().flatten() {
            if let Some(variable) = variables.get_mut(name) {
                let values = Tensor::f_from_slice(&tensor.values)?;
                tch::no_grad(|| variable.f_copy_(&values))?;
            }
        }
        Ok(())
    }

    /// Every tensor under the name it has in a file.
    pub(super) fn named(&self) -> impl Iterator<Item = (String, &HostTensor)> {
        self.by_size
            .iter()
            .flat_map(|(size, own)| own.iter().map(|(name, tensor)| (sized_name(name, *size), tensor)))
    }
}

/// Of the sizes that have statistics of their own, given as rows of the input and what belongs to them, the one that
/// serves an input of so many rows: the nearest by height, the smaller of two equally near. `None` where the plain
/// statistics, which belong to `plain_rows`, are nearer.
pub(super) fn nearest<T>(rows: u32, plain_rows: u32, sized: impl Iterator<Item = (u32, T)>) -> Option<T> {
    let distance = |own: u32| (own.abs_diff(rows), own);
    let (own, found) = sized.min_by_key(|(own, _)| distance(*own))?;
    // A size of its own wins over the plain statistics of the same rows.
    (distance(own) <= distance(plain_rows)).then_some(found)
}

/// The name in a file of a tensor that belongs to one input size, as in `….running_mean@64x48`.
pub fn sized_name(name: &str, size: InputSize) -> String {
    format!("{name}{SIZE_MARK}{}", String::from(size))
}

/// Whether a tensor's name has an input size in it.
pub(super) fn is_sized(name: &str) -> bool {
    name.contains(SIZE_MARK)
}

/// The name of a tensor without the input size it belongs to, if it belongs to one.
pub(super) fn base_name(name: &str) -> &str {
    name.split_once(SIZE_MARK).map_or(name, |(base, _)| base)
}

/// Whether a variable is a running mean or variance of a batch norm.
pub fn is_statistic(name: &str) -> bool {
    name.ends_with(".running_mean") || name.ends_with(".running_var")
}

/// The input sizes that a weights file says it was trained at, small to large; none where it says nothing readable.
pub fn trained_sizes(metadata: &BTreeMap<String, String>) -> Vec<InputSize> {
    let mut sizes: Vec<InputSize> = metadata
        .get(SIZES_KEY)
        .and_then(|text| {
            let sizes = serde_json::from_str(text);
            sizes.inspect_err(|error| tracing::warn!("training sizes {text:?}: {error}")).ok()
        })
        .unwrap_or_default();
    sizes.sort_unstable();
    sizes
}
