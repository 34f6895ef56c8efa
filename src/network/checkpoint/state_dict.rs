//! The network's tensors among the objects of a checkpoint.

use std::collections::BTreeMap;

use super::error::Fault;
use super::pickle::{Heap, Pickle, TensorView, Value, ValueId};

/// Keys under which training programs put the network's state dict, next to the optimizer's and other entries.
const WRAPPERS: [&str; 4] = ["state_dict", "model", "net", "module"];

/// How many wrappers may lie around one another.
const MAX_WRAPPERS: usize = 3;

/// Bytes of a tensor's name.
const MAX_NAME_BYTES: usize = 512;

/// How many keys of a dict without tensors its error message shows, and how many characters of each.
const SHOWN_KEYS: usize = 4;
const SHOWN_KEY_CHARS: usize = 32;

/// Entries of a dict.
type Entries = [(ValueId, ValueId)];

/// Finds the state dict of a checkpoint, and the tensors directly in it by their names. Everything else in the file,
/// such as an optimizer's state or notes about the training, is left alone.
///
/// # Errors
/// [`Fault::Malformed`] where there is no dict with tensors, or a name is too long.
pub(super) fn tensors<'p, 'a>(
    pickle: &'p Pickle<'a>,
) -> Result<BTreeMap<&'a str, &'p TensorView<'a>>, Fault> {
    let heap = &pickle.heap;
    let entries = match pickle.root() {
        Value::Dict(entries) => locate(heap, entries, MAX_WRAPPERS),
        _ => None,
    };
    let entries = entries.ok_or_else(|| {
        Fault::malformed("checkpoint", "a dict from names to tensors", describe(heap, pickle.root()))
    })?;
    named_tensors(heap, entries).map(|(name, view)| check_name(name).map(|()| (name, view))).collect()
}

/// The innermost dict of tensors, looking into wrappers first.
fn locate<'p>(heap: &'p Heap<'_>, entries: &'p Entries, wrappers: usize) -> Option<&'p Entries> {
    let wrapped = || {
        WRAPPERS.iter().find_map(|wrapper| {
            let (_, value) =
                entries.iter().rev().find(|(key, _)| heap.get(*key).as_text() == Some(wrapper))?;
            match heap.get(*value) {
                Value::Dict(inner) => locate(heap, inner, wrappers - 1),
                _ => None,
            }
        })
    };
    let inner = if wrappers > 0 { wrapped() } else { None };
    inner.or_else(|| named_tensors(heap, entries).next().map(|_| entries))
}

fn named_tensors<'p, 'a>(
    heap: &'p Heap<'a>,
    entries: &'p Entries,
) -> impl Iterator<Item = (&'a str, &'p TensorView<'a>)> {
    entries.iter().filter_map(|(key, value)| match heap.get(*value) {
        Value::Tensor(view) => heap.get(*key).as_text().map(|name| (name, view.as_ref())),
        _ => None,
    })
}

fn check_name(name: &str) -> Result<(), Fault> {
    if name.len() <= MAX_NAME_BYTES {
        return Ok(());
    }
    let start: String = name.chars().take(SHOWN_KEY_CHARS).collect();
    let expected = format!("a name of at most {MAX_NAME_BYTES} bytes");
    Err(Fault::malformed(format!("tensor `{start}…`"), expected, name.len().to_string()))
}

/// What the checkpoint holds instead of a state dict.
fn describe(heap: &Heap<'_>, root: &Value<'_>) -> String {
    let Value::Dict(entries) = root else {
        return root.kind().to_owned();
    };
    let keys = entries.iter().filter_map(|(key, _)| heap.get(*key).as_text());
    let shown: Vec<String> = keys
        .take(SHOWN_KEYS)
        .map(|key| format!("`{}`", key.chars().take(SHOWN_KEY_CHARS).collect::<String>()))
        .collect();
    match shown.as_slice() {
        [] => format!("a dict of {} entries without tensors", entries.len()),
        _ => format!("a dict of {} entries ({}, …) without tensors", entries.len(), shown.join(", ")),
    }
}
