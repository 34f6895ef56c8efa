//! Writing COCO files.

use std::path::Path;

use serde::Serialize;

use super::error::DatasetError;
use crate::output_file;

/// Writes `value` as JSON with a line end.
pub(super) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), DatasetError> {
    let json = serde_json::to_vec(value).map_err(std::io::Error::from);
    let written = json.and_then(|mut json| {
        json.push(b'\n');
        output_file::write(path, &json)
    });
    written.map_err(|source| DatasetError::write(path, source))
}
