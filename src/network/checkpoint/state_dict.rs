//! The network's tensors among the objects of a checkpoint.

use std::collections::BTreeMap;

use super::error::Fault;
use super::names::{MAX_NAME_BYTES, network_prefix};
use super::pickle::{Heap, Pickle, TensorView, Value, unread_tensor};
use super::search::{Entries, Located, locate, named_tensors};
use crate::counted::counted;

/// How many keys of a dict without tensors its error message shows, and how many characters of each.
const SHOWN_KEYS: usize = 4;
const SHOWN_KEY_CHARS: usize = 32;

/// The state dict of a checkpoint.
pub(super) struct StateDict<'p, 'a> {
    /// The tensors directly in it by their names.
    pub(super) tensors: BTreeMap<&'a str, &'p TensorView<'a>>,
    /// Names of its entries that are objects of other programs.
    pub(super) opaque: Vec<&'a str>,
    /// The key of the averaged copy that was taken, of several copies.
    pub(super) averaged: Option<&'a str>,
    /// The key of an averaged copy that lacks tensors, and was not taken.
    pub(super) incomplete: Option<&'a str>,
}

/// Finds the state dict of a checkpoint, as [`locate`] does. Everything else in the file, such as an optimizer's state
/// or notes about the training, is left alone.
///
/// # Errors
/// [`Fault::Malformed`] where there is no dict with tensors, a name is too long, or a tensor in it is of a kind that is
/// not read; where that is a network of this program, such tensors are left out.
pub(super) fn find<'p, 'a>(pickle: &'p Pickle<'a>) -> Result<StateDict<'p, 'a>, Fault> {
    let heap = &pickle.heap;
    let Some(Located { entries, averaged, incomplete }) = locate(heap, pickle.root()) else {
        if let Value::Dict(entries) = pickle.root() {
            check_kinds(heap, entries)?;
        }
        let found = describe(heap, pickle.root());
        return Err(Fault::malformed("checkpoint", "a dict from names to tensors", found));
    };
    let weights = named_tensors(heap, entries).filter(|(_, view)| view.storage.element.is_weight());
    if network_prefix(weights.map(|(name, _)| name)).is_none() {
        check_kinds(heap, entries)?;
    }
    let tensors = named_tensors(heap, entries).map(|(name, view)| check_name(name).map(|()| (name, view)));
    let opaque = entries.iter().filter(|(_, value)| matches!(heap.get(*value), Value::Opaque { .. }));
    let opaque = opaque.filter_map(|(key, _)| heap.get(*key).as_text());
    Ok(StateDict {
        tensors: tensors.collect::<Result<_, _>>()?,
        opaque: opaque.map(|name| check_name(name).map(|()| name)).collect::<Result<_, _>>()?,
        averaged,
        incomplete,
    })
}

/// Checks that no tensor of a dict is of a kind that is not read.
fn check_kinds(heap: &Heap<'_>, entries: &Entries) -> Result<(), Fault> {
    let unread = entries.iter().find_map(|(key, value)| {
        let kind = match heap.get(*value) {
            Value::Opaque { module, name } => unread_tensor(module, name)?,
            Value::Tensor(view) => view.storage.element.unread_kind()?,
            _ => return None,
        };
        Some((heap.get(*key).as_text().unwrap_or_default(), kind))
    });
    unread.map_or(Ok(()), |(name, kind)| {
        let name: String = name.chars().take(MAX_NAME_BYTES).collect();
        let expected = "plain values, of floating-point numbers or integers";
        Err(Fault::malformed(format!("tensor `{name}`"), expected, kind))
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
    fn averaging_is_told_by_any_key_on_the_way() {
        for key in ["EMA", "ema.model", "params-ema", "emaModel", "swa_state_dict"] {
            let nested = dict(&[("weights", network("a"))]);
            let copies = dict(&[("state_dict", network("a")), (key, nested)]);
            assert_eq!(found(copies).2.as_deref(), Some(key));
        }
        let copies = dict(&[("state_dict", network("a")), ("schema", network("a"))]);
        assert_eq!(found(copies).2, None);
    }

    #[test]
    fn a_network_of_this_program_goes_before_others_and_may_lie_in_a_list() {
        let own = || dict(&[("model.fgmm.csMixer.2.conv.weight", tensor())]);
        let beside = dict(&[("state_dict", network("a")), ("pose", own())]);
        assert_eq!(found(beside).0, "model.fgmm.csMixer.2.conv.weight");
        let listed = [b"](".to_vec(), network("a"), own(), b"e".to_vec()].concat();
        assert_eq!(found(listed).0, "model.fgmm.csMixer.2.conv.weight");
    }

    #[test]
    fn an_averaged_copy_that_lacks_tensors_is_told() {
        let part = dict(&[("a", tensor()), ("b", tensor())]);
        let bytes = [dict(&[("state_dict", network("a")), ("ema", part)]), b".".to_vec()].concat();
        let pickle = Pickle::load(&bytes, 0).unwrap();
        let found = find(&pickle).unwrap();
        assert_eq!((found.tensors.len(), found.averaged, found.incomplete), (3, None, Some("ema")));
    }

    #[test]
    fn tensors_of_unread_kinds_are_named_in_the_network_and_passed_over_beside_it() {
        let quantised = b"ctorch._utils\n_rebuild_qtensor\n)R".to_vec();
        let mut complex = tensor();
        let at = complex.windows(5).position(|word| word == b"Float").unwrap();
        complex.splice(at..at, *b"Complex");
        for (kind, said) in [(quantised, "found a quantised tensor"), (complex, "found complex numbers")] {
            let beside = dict(&[("state_dict", network("a")), ("other", kind.clone())]);
            assert_eq!(found(beside).0, "a");
            let own = "fgmm.csMixer.2.conv.weight";
            assert_eq!(found(dict(&[(own, tensor()), ("z", kind.clone())])).0, own);
            for entries in [vec![("w", kind.clone())], vec![("a", tensor()), ("w", kind)]] {
                let bytes = [dict(&entries), b".".to_vec()].concat();
                let pickle = Pickle::load(&bytes, 0).unwrap();
                let message = find(&pickle).err().unwrap().to_string();
                assert!(message.contains("tensor `w`") && message.ends_with(said), "{message}");
            }
        }
    }

    #[test]
    fn dicts_of_any_class_and_of_python_2_are_dicts() {
        let (start, items) = (b"c__main__\nConfig\n)\x81".to_vec(), &network("a")[1..]);
        assert_eq!(found([start, items.to_vec()].concat()).0, "a");
        let pair = [b"](U\x01a".to_vec(), tensor(), b"e".to_vec()].concat();
        let ordered = [b"ccollections\nOrderedDict\n](".to_vec(), pair, b"e\x85R".to_vec()].concat();
        assert_eq!(found(ordered).0, "a");
    }

    #[test]
    fn sets_and_long_integers_beside_a_network_are_passed_over() {
        for value in [
            &b"\x8f(K\x01K\x02\x90"[..],
            b"(K\x01\x91",
            b"\x8b\x02\0\0\0\x01\x02",
            b"I01\n",
            b"L123L\n",
            b"\x96\x01\0\0\0\0\0\0\0x",
            b"cmodule\nClass\n)}\x92",
            b"NN0",
            b"N(N1",
            b"X\x01\0\0\0\xff",
        ] {
            assert_eq!(found(dict(&[("note", value.to_vec()), ("state_dict", network("a"))])).0, "a");
        }
    }

    #[test]
    fn moments_of_an_optimizer_are_no_network() {
        let moments = || dict(&[("exp_avg", network("a")), ("exp_avg_sq", network("a"))]);
        let beside = dict(&[("state_dict", network("a")), ("optimizer", moments())]);
        assert_eq!(found(beside), ("a".to_owned(), 0, None));
        let other = dict(&[("exp_avg", network("x")), ("weights", dict(&[("a", tensor())]))]);
        assert_eq!(found(other), ("a".to_owned(), 0, None));
        assert_eq!(found(dict(&[("optimal_model", network("a"))])), ("a".to_owned(), 0, None));
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
