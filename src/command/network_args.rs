//! Which network a command uses, and where it runs.

use std::path::PathBuf;

use anyhow::{anyhow, bail};

use super::output::warn;
use crate::arguments::{AnyNetworkArgs, NetworkArgs, NetworkKind};
use crate::engine::{NetworkChoice, NetworkInfo, Predictor, Weights};
use crate::network::NetworkConfig;
use crate::pose::InputSize;
use crate::shipped;

impl NetworkArgs {
    /// The file the weights are read from.
    ///
    /// # Errors
    /// When none is named and none is bundled.
    pub fn path(&self) -> anyhow::Result<PathBuf> {
        let named = self.weights.clone().or_else(shipped::network);
        named.ok_or_else(|| anyhow!("no network came with this program; name one with --weights FILE"))
    }

    /// Loads the network, folded for inference.
    ///
    /// # Errors
    /// When the file cannot be read or is no network, or the device cannot be used.
    pub fn load(&self) -> anyhow::Result<Predictor> {
        let predictor = Predictor::load(&Weights::File(self.path()?), self.device)?;
        for remark in &predictor.info().remarks {
            warn(remark);
        }
        Ok(predictor)
    }
}

impl AnyNetworkArgs {
    /// The weights that are named.
    pub fn file(&self) -> Option<&PathBuf> {
        self.cmsa.weights.as_ref()
    }

    /// Loads the network.
    ///
    /// # Errors
    /// When weights are named for a network that has its own, a file cannot be read or is no network, or the device
    /// cannot be used.
    pub fn load(&self) -> anyhow::Result<Predictor> {
        let NetworkKind::MoveNet(variant) = self.network else {
            return self.cmsa.load();
        };
        if let Some(path) = &self.cmsa.weights {
            bail!(
                "--weights {} is for CMSA, and {} has weights of its own; leave out one of --weights and --network",
                path.display(),
                variant.name()
            );
        }
        Ok(Predictor::open(&NetworkChoice::MoveNet(variant), self.cmsa.device)?)
    }
}

/// The sizes asked for; where none are, the standard ones that the network takes.
///
/// # Errors
/// When the network does not take one of them: says what it takes.
pub fn checked_sizes(config: &NetworkConfig, asked: &[InputSize]) -> anyhow::Result<Vec<InputSize>> {
    let (rows, columns) = config.input_step();
    let fits = |size: &InputSize| config.takes(size.height(), size.width());
    if asked.is_empty() {
        return Ok(InputSize::STANDARD.into_iter().filter(fits).collect());
    }
    match asked.iter().find(|size| !fits(size)) {
        Some(size) => Err(anyhow!(
            "{size} is no input of this network, which takes heights that are a multiple of {rows} and widths that \
             are a multiple of {columns}"
        )),
        None => Ok(asked.to_vec()),
    }
}

/// As [`checked_sizes`]; warns of sizes that the network has not learned. To a network that always gets the same square
/// all are possible, since it minds none of them.
///
/// # Errors
/// When the network does not take one of them.
pub fn sizes_to_measure(network: &NetworkInfo, asked: &[InputSize]) -> anyhow::Result<Vec<InputSize>> {
    let sizes = match &network.config {
        Some(config) => checked_sizes(config, asked)?,
        None if asked.is_empty() => InputSize::STANDARD.to_vec(),
        None => asked.to_vec(),
    };
    let foreign: Vec<String> =
        sizes.iter().filter(|size| !network.trained_at(**size)).map(InputSize::to_string).collect();
    if !foreign.is_empty() {
        let known: Vec<String> = network.trained_sizes.iter().map(InputSize::to_string).collect();
        warn(&format!(
            "this network was trained at {}; joints it finds at {} mean little",
            known.join(", "),
            foreign.join(", ")
        ));
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_follow_the_stem() {
        let halving = NetworkConfig { stem_stride: 2, ..NetworkConfig::tiny() };
        let [smallest, second, .., largest] = InputSize::STANDARD;
        assert_eq!(checked_sizes(&NetworkConfig::tiny(), &[]).unwrap(), InputSize::STANDARD);
        assert_eq!(checked_sizes(&halving, &[]).unwrap(), [second, largest]);
        let message = checked_sizes(&halving, &[largest, smallest]).unwrap_err().to_string();
        assert!(message.starts_with("32×24 is no input") && message.contains("multiple of 64"), "{message}");
    }
}
