//! `posescope convert`: weights of any readable format into a posescope safetensors file.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;

use anyhow::bail;
use half::f16;
use serde::Serialize;
use tch::Device;

use super::output::{check_writable, print, warn};
use super::table::Table;
use crate::arguments::ConvertArgs;
use crate::counted::counted;
use crate::network::checkpoint::{HostTensor, WeightsFile};
use crate::network::{BuiltNetwork, CONFIG_KEY, NetworkConfig, Precision, write_safetensors};

/// What was converted.
#[derive(Debug, Serialize)]
struct Report {
    name: String,
    config: NetworkConfig,
    parameters: usize,
    tensors: usize,
    half: bool,
    /// Length of the file; none where something else than a file was written to.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    output: String,
}

/// Reads, checks and writes a network.
///
/// # Errors
/// When the file is no network of this family, does not fit 16 bits where those are asked for, or cannot be
/// written.
pub fn run(args: &ConvertArgs) -> anyhow::Result<()> {
    check_writable(&args.output)?;
    let file = WeightsFile::read(&args.input)?;
    for remark in &file.remarks {
        warn(remark);
    }
    let built = BuiltNetwork::from_file(&file, Device::Cpu)?;
    let config = built.network.config().clone();
    let tensors = built.to_host()?;
    if args.half {
        check_half(&args.input, &tensors)?;
    }
    let mut metadata = file.metadata;
    metadata.insert(CONFIG_KEY.to_owned(), serde_json::to_string(&config)?);
    let precision = if args.half { Precision::Float16 } else { Precision::Float32 };
    write_safetensors(&args.output, &tensors, metadata, precision)?;
    let report = Report {
        name: config.name(),
        config,
        parameters: built.parameter_count(),
        tensors: tensors.len(),
        half: args.half,
        bytes: file_length(&args.output),
        output: args.output.display().to_string(),
    };
    match args.json {
        true => print(&(serde_json::to_string(&report)? + "\n")),
        false => print(&table(&report)),
    }
}

/// The length of a regular file; a device or a pipe has none.
fn file_length(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().filter(Metadata::is_file).map(|file| file.len())
}

/// Checks that no value leaves the range of 16-bit floats, which would make a file that cannot be loaded.
fn check_half(path: &Path, tensors: &BTreeMap<String, HostTensor>) -> anyhow::Result<()> {
    let too_large =
        |tensor: &HostTensor| tensor.values.iter().copied().find(|value| f16::from_f32(*value).is_infinite());
    for (name, tensor) in tensors {
        if let Some(value) = too_large(tensor) {
            bail!(
                "{}: tensor `{name}`: expected values up to {} for 16-bit floats, found {value}; leave out --half",
                path.display(),
                f16::MAX
            );
        }
    }
    Ok(())
}

fn table(report: &Report) -> String {
    let config = &report.config;
    let mut table = Table::default();
    table.row(["network", &report.name]);
    table.row(["parameters".to_owned(), report.parameters.to_string()]);
    table.row(["channels".to_owned(), format!("{:?}", config.channels)]);
    table.row(["heads".to_owned(), format!("{:?}", config.heads)]);
    table.row(["blocks".to_owned(), format!("{:?}", config.depths)]);
    table.row(["stem stride".to_owned(), config.stem_stride.to_string()]);
    table.row([
        "EMA groups".to_owned(),
        config.ema_groups.map_or_else(|| "none".to_owned(), |n| n.to_string()),
    ]);
    table.row(["joints".to_owned(), config.joints.to_string()]);
    let bits = if report.half { 16 } else { 32 };
    let length = report.bytes.map_or_else(String::new, |bytes| format!(", {bytes} bytes"));
    let tensors = counted(report.tensors, "tensor", "tensors");
    table.row([report.output.clone(), format!("{tensors} of {bits} bits{length}")]);
    table.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_beyond_sixteen_bits_are_named() {
        let tensor = |value| HostTensor { shape: vec![2], values: vec![1.0, value] };
        let tensors = |value| BTreeMap::from([("a.weight".to_owned(), tensor(value))]);
        assert!(check_half(Path::new("net.pth"), &tensors(65_504.0)).is_ok());
        let message = check_half(Path::new("net.pth"), &tensors(-70_000.0)).unwrap_err().to_string();
        assert!(message.starts_with("net.pth: tensor `a.weight`") && message.contains("-70000"), "{message}");
    }
}
