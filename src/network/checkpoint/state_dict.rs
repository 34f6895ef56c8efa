//! The network's tensors among the objects of a checkpoint.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::error::Fault;
use super::pickle::{Heap, Pickle, TensorView, Value, ValueId};
use crate::counted::counted;

/// Keys under which training programs put the network's state dict, next to the optimizer's and other entries.
const WRAPPERS: [&str; 4] = ["state_dict", "model", "net", "module"];

/// Words in the keys of averaged copies.
const AVERAGED: [&str; 6] = ["ema", "averaged", "average", "avg", "swa", "shadow"];

/// In the keys of what optimizers of Adam's kind remember of the gradients, named and shaped as the weights are.
const MOMENT: &str = "exp_avg";

/// The prefix that averaging and parallel training put before every name.
const WRAPPED: &str = "module.";

/// How many wrappers may lie around one another.
const MAX_WRAPPERS: usize = 3;

/// Bytes of a tensor's name.
const MAX_NAME_BYTES: usize = 512;

/// How many keys of a dict without tensors its error message shows, and how many characters of each.
const SHOWN_KEYS: usize = 4;
const SHOWN_KEY_CHARS: usize = 32;

/// Entries of a dict.
type Entries = [(ValueId, ValueId)];

/// The state dict of a checkpoint.
pub(super) struct StateDict<'p, 'a> {
    /// The tensors directly in it by their names.
    pub(super) tensors: BTreeMap<&'a str, &'p TensorView<'a>>,
    /// Names of its entries that are objects of other programs.
    pub(super) opaque: Vec<&'a str>,
    /// The key of the averaged copy that was taken, of several copies.
    pub(super) averaged: Option<&'a str>,
}

/// Finds the state dict of a checkpoint. Everything else in the file, such as an optimizer's state or notes about the
/// training, is left alone. Of a network and an averaged copy of it the copy is taken: it is what was measured.
///
/// # Errors
/// [`Fault::Malformed`] where there is no dict with tensors, or a name is too long.
pub(super) fn find<'p, 'a>(pickle: &'p Pickle<'a>) -> Result<StateDict<'p, 'a>, Fault> {
    let heap = &pickle.heap;
    let located = match pickle.root() {
        Value::Dict(entries) => {
            let dicts = dicts_of_tensors(heap, entries);
            let plain = locate(heap, entries, MAX_WRAPPERS).or_else(|| largest(heap, &dicts));
            plain.map(|plain| match averaged(heap, &dicts, plain) {
                Some((key, copy)) => (copy, Some(key)),
                None => (plain, None),
            })
        }
        _ => None,
    };
    let (entries, averaged) = located.ok_or_else(|| {
        Fault::malformed("checkpoint", "a dict from names to tensors", describe(heap, pickle.root()))
    })?;
    let tensors = named_tensors(heap, entries).map(|(name, view)| check_name(name).map(|()| (name, view)));
    let opaque = entries.iter().filter(|(_, value)| matches!(heap.get(*value), Value::Opaque { .. }));
    Ok(StateDict {
        tensors: tensors.collect::<Result<_, _>>()?,
        opaque: opaque.filter_map(|(key, _)| heap.get(*key).as_text()).collect(),
        averaged,
    })
}

/// The dicts with tensors to a depth of [`MAX_WRAPPERS`] under keys of any name but those of an optimizer's moments,
/// each once, the outermost first.
fn dicts_of_tensors<'p, 'a>(heap: &'p Heap<'a>, root: &'p Entries) -> Vec<(&'a str, &'p Entries)> {
    let (mut level, mut seen, mut found) = (vec![("", root)], HashSet::new(), Vec::new());
    for _ in 0..=MAX_WRAPPERS {
        let mut inner = Vec::new();
        for (key, entries) in level {
            if named_tensors(heap, entries).next().is_some() {
                found.push((key, entries));
            }
            for (key, value) in entries {
                if let (Some(key), Value::Dict(entries)) = (heap.get(*key).as_text(), heap.get(*value))
                    && !key.contains(MOMENT)
                    && seen.insert(*value)
                {
                    inner.push((key, entries.as_slice()));
                }
            }
        }
        level = inner;
    }
    found
}

/// The dict with most tensors, the outermost of equals.
fn largest<'p>(heap: &Heap<'_>, dicts: &[(&str, &'p Entries)]) -> Option<&'p Entries> {
    let count = |entries: &Entries| named_tensors(heap, entries).count();
    dicts.iter().rev().map(|(_, entries)| *entries).max_by_key(|entries| count(entries))
}

/// The averaged copy of a network, and its key: the same names under a key that says so.
fn averaged<'p, 'a>(
    heap: &Heap<'_>,
    dicts: &[(&'a str, &'p Entries)],
    plain: &Entries,
) -> Option<(&'a str, &'p Entries)> {
    let expected = weight_names(heap, plain);
    dicts.iter().copied().find(|(key, entries)| {
        let key = key.to_lowercase();
        AVERAGED.iter().any(|word| key.split('_').any(|part| part == *word))
            && !std::ptr::eq(*entries, plain)
            && weight_names(heap, entries) == expected
    })
}

/// The names of the floating-point tensors; counters come and go with the averaging.
fn weight_names<'a>(heap: &Heap<'a>, entries: &Entries) -> BTreeSet<&'a str> {
    let weights = named_tensors(heap, entries).filter(|(_, view)| !view.storage.element.is_integer());
    weights.map(|(name, _)| name.trim_start_matches(WRAPPED)).collect()
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
    let entries = match root {
        Value::Dict(entries) => entries,
        Value::Opaque { module, name } => return format!("an object of `{module}.{name}`"),
        _ => return root.kind().to_owned(),
    };
    let keys = entries.iter().filter_map(|(key, _)| heap.get(*key).as_text());
    let shown: Vec<String> = keys
        .take(SHOWN_KEYS)
        .map(|key| format!("`{}`", key.chars().take(SHOWN_KEY_CHARS).collect::<String>()))
        .collect();
    let count = counted(entries.len(), "entry", "entries");
    match shown.as_slice() {
        [] => format!("a dict of {count} without tensors"),
        _ => format!("a dict of {count} ({}, …) without tensors", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The storage, first element, shape, strides and flags of a tensor of one value.
    const ARGUMENTS: &[u8] = b"((X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpuK\x01tQ\
        K\0K\x01\x85K\x01\x85\x89Nt";
    const REBUILD: &[u8] = b"ctorch._utils\n_rebuild_tensor_v2\n";

    fn tensor() -> Vec<u8> {
        [REBUILD, ARGUMENTS, b"R"].concat()
    }

    fn dict(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut pickle = b"}(".to_vec();
        for (key, value) in entries {
            pickle.push(b'X');
            pickle.extend((key.len() as u32).to_le_bytes());
            pickle.extend(key.as_bytes());
            pickle.extend(value);
        }
        pickle.push(b'u');
        pickle
    }

    fn network(first: &str) -> Vec<u8> {
        dict(&[(first, tensor()), ("b", tensor()), ("c", tensor())])
    }

    /// The first tensor, the objects of other programs, and the averaged copy's key.
    fn found(pickle: Vec<u8>) -> (String, usize, Option<String>) {
        let bytes = [pickle, b".".to_vec()].concat();
        let pickle = Pickle::load(&bytes, 0).unwrap();
        let found = find(&pickle).unwrap();
        let first = found.tensors.keys().next().unwrap();
        ((*first).to_owned(), found.opaque.len(), found.averaged.map(str::to_owned))
    }

    #[test]
    fn the_network_is_found_under_any_key() {
        let other = dict(&[("x", tensor())]);
        let inner = dict(&[("weights_of_it", network("a")), ("other", other)]);
        assert_eq!(found(dict(&[("outer", inner.clone())])).0, "a");
        assert_eq!(found(dict(&[("model", b"X\x01\0\0\0m".to_vec()), ("model_state_dict", inner)])).0, "a");
    }

    #[test]
    fn of_two_copies_the_averaged_one_is_taken_and_told() {
        let copies = |averaged: Vec<u8>| dict(&[("state_dict", network("a")), ("state_dict_ema", averaged)]);
        let wrapped = dict(&["module.a", "module.b", "module.c"].map(|name| (name, tensor())));
        assert_eq!(found(copies(wrapped)), ("module.a".to_owned(), 0, Some("state_dict_ema".to_owned())));
        assert_eq!(found(copies(network("x"))), ("a".to_owned(), 0, None));
        assert_eq!(found(copies(dict(&[("x", tensor())]))), ("a".to_owned(), 0, None));
        assert_eq!(found(dict(&[("state_dict_ema", network("a"))])), ("a".to_owned(), 0, None));
    }

    #[test]
    fn moments_of_an_optimizer_are_no_network() {
        let moments = || dict(&[("exp_avg", network("a")), ("exp_avg_sq", network("a"))]);
        let beside = dict(&[("state_dict", network("a")), ("optimizer", moments())]);
        assert_eq!(found(beside), ("a".to_owned(), 0, None));
        let other = dict(&[("exp_avg", network("x")), ("weights", dict(&[("a", tensor())]))]);
        assert_eq!(found(other), ("a".to_owned(), 0, None));
    }

    #[test]
    fn objects_of_other_programs_are_nothing_and_buffers_are_tensors() {
        let object = b"cargparse\nNamespace\n)\x81}X\x02\0\0\0lrK\x01sb".to_vec();
        let number = b"cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nX\x02\0\0\0f8\x85RC\x01x\x86R".to_vec();
        let beside = dict(&[("args", object.clone()), ("perf", number), ("state_dict", network("a"))]);
        assert_eq!(found(beside), ("a".to_owned(), 0, None));
        let buffer = [
            &b"ctorch._tensor\n_rebuild_from_type_v2\n("[..],
            REBUILD,
            b"ctorch.nn.parameter\nBuffer\n",
            ARGUMENTS,
            b"}tR",
        ]
        .concat();
        assert_eq!(found(dict(&[("a", buffer), ("extra", object)])), ("a".to_owned(), 1, None));
    }
}
