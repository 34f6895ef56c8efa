//! The contents of a PyTorch checkpoint, from its pickle and its storages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::contents::Contents;
use super::error::Fault;
use super::gather::{Budget, gather};
use super::pickle::{Pickle, Storage, TensorView};
use super::state_dict;

/// Reads the tensors that `pickle` describes. `read_storage` gives the bytes of a storage; it is asked once for each
/// storage that floating-point weights lie in and for no other. `file_bytes` is the size of the whole file.
///
/// # Errors
/// What `read_storage` gives; [`Fault::Malformed`] for a tensor that does not fit its storage, and for storages
/// that overlap in the file.
pub(super) fn assemble<'b>(
    pickle: &Pickle<'_>,
    file_bytes: usize,
    mut read_storage: impl FnMut(&Storage<'_>) -> Result<Cow<'b, [u8]>, Fault>,
) -> Result<Contents, Fault> {
    let mut contents = Contents::default();
    let mut by_storage: BTreeMap<&str, Vec<(&str, &TensorView<'_>)>> = BTreeMap::new();
    for (name, view) in state_dict::tensors(pickle)? {
        if view.storage.element.is_integer() {
            contents.skipped.push(name.to_owned());
        } else {
            by_storage.entry(view.storage.key).or_default().push((name, view));
        }
    }
    let mut budget = Budget::for_file(file_bytes);
    let mut unread = file_bytes;
    for views in by_storage.values() {
        let Some((_, first)) = views.first() else { continue };
        let bytes = read_storage(&first.storage)?;
        unread = unread.checked_sub(bytes.len()).ok_or_else(|| overlapping(&first.storage, file_bytes))?;
        for (name, view) in views {
            check_length(name, &view.storage, bytes.len())?;
            contents.tensors.insert((*name).to_owned(), gather(name, view, &bytes, &mut budget)?);
        }
    }
    Ok(contents)
}

fn check_length(name: &str, storage: &Storage<'_>, found: usize) -> Result<(), Fault> {
    if storage.numel.checked_mul(storage.element.size()) == Some(found) {
        return Ok(());
    }
    let expected = format!("a storage `{}` of {} {:?} elements", storage.key, storage.numel, storage.element);
    Err(Fault::malformed(format!("tensor `{name}`"), expected, format!("{found} bytes")))
}

fn overlapping(storage: &Storage<'_>, file_bytes: usize) -> Fault {
    let place = format!("storage `{}`", storage.key);
    Fault::malformed(
        place,
        "storages apart from each other",
        format!("more than the file's {file_bytes} bytes"),
    )
}
