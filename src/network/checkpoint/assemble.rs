//! The contents of a PyTorch checkpoint, from its pickle and its storages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::contents::Contents;
use super::error::Fault;
use super::gather::{Budget, gather};
use super::names::averaged_taken;
use super::pickle::{Pickle, Storage, TensorView};
use super::state_dict;
use crate::counted::counted;

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
    let found = state_dict::find(pickle)?;
    if let Some(first) = found.opaque.first() {
        let words =
            counted(found.opaque.len(), "object of another program was", "objects of other programs were");
        contents.remarks.push(format!("{words} left out (first: `{}`)", first.escape_debug()));
    }
    contents.skipped.extend(found.opaque.into_iter().map(str::to_owned));
    contents.remarks.extend(found.averaged.map(averaged_taken));
    contents.remarks.extend(found.incomplete.map(|key| {
        format!(
            "the averaged copy under `{}` lacks tensors of the network and was left out",
            key.escape_debug()
        )
    }));
    for (name, view) in found.tensors {
        if !view.storage.element.is_weight() {
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
    Err(Fault::malformed(format!("tensor `{name}`"), expected, counted(found, "byte", "bytes")))
}

fn overlapping(storage: &Storage<'_>, file_bytes: usize) -> Fault {
    let place = format!("storage `{}`", storage.key);
    Fault::malformed(
        place,
        "storages apart from each other",
        format!("more than the file's {file_bytes} bytes"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_other_programs_in_the_network_are_told_of() {
        let bytes =
            b"}(X\x01\0\0\0actorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n\
            X\x01\0\0\x000X\x03\0\0\0cpuK\x01tQK\0K\x01\x85K\x01\x85\x89NtR\
            X\x04\0\0\0argscargparse\nNamespace\n)\x81u.";
        let pickle = Pickle::load(bytes, 0).unwrap();
        let one = || Cow::from(1.0_f32.to_le_bytes().to_vec());
        let contents = assemble(&pickle, 1000, |_| Ok(one())).unwrap();
        assert_eq!(contents.tensors.len(), 1);
        assert_eq!(contents.remarks, ["1 object of another program was left out (first: `args`)"]);
    }
}
