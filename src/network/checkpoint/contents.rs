//! What comes out of a weight file of any format, before it is checked.

use std::collections::BTreeMap;

use super::host_tensor::HostTensor;

/// What the reader of one format finds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) tensors: BTreeMap<String, HostTensor>,
    pub(super) skipped: Vec<String>,
    /// What is to be said of how the file was read, in words without the file's name.
    pub(super) remarks: Vec<String>,
}
