//! A weight file as it was found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::contents::Contents;
use super::error::{CheckpointError, Fault};
use super::format::Format;
use super::host_tensor::HostTensor;
use super::{copies, legacy_file, names, safetensors_file, zip_file};
use crate::counted::counted;
use crate::input_file;

/// Largest file that is read, in bytes; networks of this family stay below 100 MB.
const MAX_FILE_BYTES: u64 = 2 << 30;

/// Last parts of the names of counters that profilers of operations add to every layer.
const COUNTERS: [&str; 2] = ["total_ops", "total_params"];
/// How the names of variances end.
const VARIANCE: &str = "running_var";

/// What a weight file holds: its tensors by name, and what goes with them.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightsFile {
    /// Where it was read from; used in messages.
    pub path: PathBuf,
    /// The free text a safetensors file carries; empty for PyTorch files.
    pub metadata: BTreeMap<String, String>,
    /// Every floating-point tensor by its name without wrapping prefixes, as float32; all values are finite.
    pub tensors: BTreeMap<String, HostTensor>,
    /// Names of what is not converted: integer and boolean tensors, which are counters and index tables, counters of
    /// operations that a profiler left, and objects of other programs; sorted.
    pub skipped: Vec<String>,
    /// What is to be said of how the file was read, in sentences that name it; mostly nothing.
    pub remarks: Vec<String>,
}

impl WeightsFile {
    /// Reads a weight file of at most 2 GiB, recognising its format by its content.
    ///
    /// # Errors
    /// [`CheckpointError`] names the file and the tensor, record or offset at fault: a file that cannot be read or
    /// is none of the formats, is damaged or cut short, asks for anything but tensors, or has NaN or infinite
    /// values.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, CheckpointError> {
        let path = path.as_ref();
        let bytes = input_file::read(path, MAX_FILE_BYTES).map_err(|error| {
            let fault = Fault::Unreadable(error);
            CheckpointError { path: path.to_owned(), fault }
        })?;
        Self::from_bytes(path, &bytes)
    }

    /// Reads a weight file that is already in memory, as [`WeightsFile::read`] does; `path` is what messages call it.
    ///
    /// # Errors
    /// As [`WeightsFile::read`], except for those of the file system.
    pub fn from_bytes(path: impl AsRef<Path>, bytes: &[u8]) -> Result<Self, CheckpointError> {
        let path = path.as_ref();
        let contents =
            read_contents(bytes).map_err(|fault| CheckpointError { path: path.to_owned(), fault })?;
        let Contents { metadata, tensors, skipped, remarks } = contents;
        let remarks = remarks.into_iter().map(|remark| format!("{}: {remark}", path.display())).collect();
        let file = Self { path: path.to_owned(), metadata, tensors, skipped, remarks };
        file.check_finite()?;
        file.check_not_zero()?;
        Ok(file)
    }

    /// Checks that the network is not empty: that some value of its matrices is not 0, whatever its biases are, and some
    /// variance of each normalisation.
    fn check_not_zero(&self) -> Result<(), CheckpointError> {
        let is_zero = |tensor: &HostTensor| {
            !tensor.values.is_empty() && tensor.values.iter().all(|value| *value == 0.0)
        };
        let is_matrix = |tensor: &&HostTensor| tensor.shape.len() > 1;
        let has_matrices = self.tensors.values().any(|tensor| is_matrix(&tensor));
        let mut weights = self.tensors.values().filter(|tensor| !has_matrices || is_matrix(tensor));
        let fault = if weights.all(is_zero) {
            Some(Fault::malformed("weights", "values other than 0", "only zeros"))
        } else {
            let variance =
                |(name, tensor): &(&String, &HostTensor)| name.ends_with(VARIANCE) && is_zero(tensor);
            self.tensors.iter().find(variance).map(|(name, _)| {
                Fault::malformed(format!("tensor `{name}`"), "variances above 0", "only zeros")
            })
        };
        fault.map_or(Ok(()), |fault| Err(CheckpointError { path: self.path.clone(), fault }))
    }

    /// Checks that every value is a finite number.
    ///
    /// # Errors
    /// [`Fault::NotFinite`] names the first tensor with other values and counts them.
    pub fn check_finite(&self) -> Result<(), CheckpointError> {
        for (name, tensor) in &self.tensors {
            let nan = tensor.values.iter().filter(|value| value.is_nan()).count();
            let infinite = tensor.values.iter().filter(|value| value.is_infinite()).count();
            if nan + infinite > 0 {
                let total = tensor.values.len();
                let fault = Fault::NotFinite { name: name.clone(), nan, infinite, total };
                return Err(CheckpointError { path: self.path.clone(), fault });
            }
        }
        Ok(())
    }
}

/// Takes out the counters that profilers leave in a network.
fn skip_counters(contents: &mut Contents) {
    let is_counter = |name: &String| COUNTERS.contains(&name.rsplit('.').next().unwrap_or_default());
    let counters: Vec<String> = contents.tensors.keys().filter(|name| is_counter(name)).cloned().collect();
    if let Some(first) = counters.first() {
        let words = counted(counters.len(), "counter of operations was", "counters of operations were");
        contents.remarks.push(format!("{words} left out (first: `{first}`)"));
    }
    contents.tensors.retain(|name, _| !is_counter(name));
    contents.skipped.extend(counters);
}

fn read_contents(bytes: &[u8]) -> Result<Contents, Fault> {
    let mut contents = match Format::of(bytes)? {
        Format::Zip => zip_file::read(bytes)?,
        Format::Legacy => legacy_file::read(bytes)?,
        Format::Safetensors => safetensors_file::read(bytes)?,
    };
    skip_counters(&mut contents);
    if contents.tensors.is_empty() {
        let found = match contents.skipped.len() {
            0 => "none".to_owned(),
            count => format!("only tensors of integers ({count})"),
        };
        return Err(Fault::malformed("weights", "floating-point tensors", found));
    }
    copies::keep_one(&mut contents);
    names::strip_wrappers(&mut contents);
    contents.skipped.sort_unstable();
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(value: f32) -> HostTensor {
        HostTensor { shape: vec![2], values: vec![value; 2] }
    }

    #[test]
    fn counters_of_profilers_are_left_out_and_told() {
        let names = ["a.weight", "a.total_ops", "total_params"];
        let tensors = names.map(|name| (name.to_owned(), tensor(1.0))).into();
        let mut contents = Contents { tensors, ..Contents::default() };
        skip_counters(&mut contents);
        assert_eq!(contents.tensors.keys().collect::<Vec<_>>(), ["a.weight"]);
        assert_eq!(contents.skipped, ["a.total_ops", "total_params"]);
        assert_eq!(contents.remarks, ["2 counters of operations were left out (first: `a.total_ops`)"]);
    }

    #[test]
    fn a_network_of_zeros_is_refused() {
        let message = |tensors: [(&str, f32); 2]| {
            let tensors = tensors.map(|(name, value)| (name.to_owned(), tensor(value))).into();
            let file = WeightsFile {
                path: "a.pth".into(),
                metadata: BTreeMap::new(),
                tensors,
                skipped: Vec::new(),
                remarks: Vec::new(),
            };
            file.check_not_zero().err().map(|error| error.to_string())
        };
        let zeros = message([("a.weight", 0.0), ("a.bias", 0.0)]).unwrap();
        assert!(zeros.contains("weights: expected values other than 0, found only zeros"), "{zeros}");
        let flat = message([("a.weight", 1.0), ("a.running_var", 0.0)]).unwrap();
        assert!(flat.contains("tensor `a.running_var`: expected variances above 0"), "{flat}");
        assert_eq!(message([("a.weight", 1.0), ("a.bias", 0.0)]), None);
        let matrix = HostTensor { shape: vec![1, 2], values: vec![0.0; 2] };
        let tensors = BTreeMap::from([("a.weight".to_owned(), matrix), ("a.bias".to_owned(), tensor(1.0))]);
        let path = PathBuf::from("a.pth");
        let (metadata, skipped, remarks) = (BTreeMap::new(), Vec::new(), Vec::new());
        let file = WeightsFile { path, metadata, tensors, skipped, remarks };
        assert!(file.check_not_zero().is_err(), "biases alone are no network");
    }
}
