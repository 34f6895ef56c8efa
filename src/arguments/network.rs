//! Which network a command uses, and where it runs.

use std::path::PathBuf;

use crate::borrowed::MoveNetVariant;
use crate::network::DeviceChoice;

/// The CMSA network to use.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Network")]
pub struct NetworkArgs {
    /// Weights of CMSA: a safetensors file, or a .pth in the published layout [default: the bundled network]
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    /// Where the network runs: auto, cpu or cuda
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    pub device: DeviceChoice,
}

/// The network to use, of either kind.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Network")]
pub struct AnyNetworkArgs {
    /// cmsa, or its rival movenet-thunder or movenet-lightning, which gets the captured pixels as a square that always
    /// has the same size, whatever the network input
    #[arg(long, value_name = "NETWORK", default_value = "cmsa", value_parser = kind)]
    pub(crate) network: NetworkKind,
    #[command(flatten)]
    pub(crate) cmsa: NetworkArgs,
}

/// The kinds of network, as the command line names them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NetworkKind {
    /// CMSA.
    Cmsa,
    /// MoveNet, its rival.
    MoveNet(MoveNetVariant),
}

fn kind(name: &str) -> Result<NetworkKind, String> {
    if name == "cmsa" {
        return Ok(NetworkKind::Cmsa);
    }
    let unknown =
        |_| format!("expected cmsa or {}", MoveNetVariant::ALL.map(MoveNetVariant::id).join(" or "));
    name.parse().map(NetworkKind::MoveNet).map_err(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_go_by_their_names() {
        assert_eq!(kind("cmsa"), Ok(NetworkKind::Cmsa));
        assert_eq!(kind("movenet-lightning"), Ok(NetworkKind::MoveNet(MoveNetVariant::Lightning)));
        assert!(kind("movenet").unwrap_err().contains("movenet-thunder"));
    }
}
