//! Writing COCO files.

use std::path::Path;

use serde::Serialize;

use super::error::DatasetError;
use crate::output_file;

/// Writes `value` as JSON with a line end.
pub(super) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), DatasetError> {
    let json = json_bytes(value).map_err(std::io::Error::from);
    let written = json.and_then(|json| output_file::write(path, &json));
    written.map_err(|source| DatasetError::write(path, source))
}

/// `value` as JSON with a line end.
pub(super) fn json_bytes(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = serde_json::to_vec(value)?;
    json.push(b'\n');
    Ok(json)
}
