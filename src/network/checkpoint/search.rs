//! Where in a checkpoint the network's tensors are, and which of several copies is meant.

use std::collections::{BTreeSet, HashSet};

use super::names::{MAX_NAME_BYTES, is_averaged, network_prefix};
use super::pickle::{Heap, TensorView, Value, ValueId};
use crate::words::words_of;

/// Keys under which training programs put the network's state dict, next to the optimizer's and other entries.
const WRAPPERS: [&str; 4] = ["state_dict", "model", "net", "module"];

/// In the keys of what optimizers remember of the gradients, named and shaped as the weights are.
const NO_WEIGHTS: [&str; 4] = ["exp_avg", "momentum_buffer", "optimizer", "optimiser"];
/// As [`NO_WEIGHTS`], as whole words: there are optimal models.
const NO_WEIGHTS_WORDS: [&str; 2] = ["optim", "grads"];

/// How many containers may lie around one another.
const MAX_WRAPPERS: usize = 3;

/// Entries of a dict.
pub(super) type Entries = [(ValueId, ValueId)];

/// A dict with tensors.
#[derive(Clone, Copy)]
struct Candidate<'p, 'a> {
    entries: &'p Entries,
    /// The innermost key on the way to it that speaks of averaging.
    averaged: Option<&'a str>,
}

/// The dict that was taken.
pub(super) struct Located<'p, 'a> {
    pub(super) entries: &'p Entries,
    /// The key of the averaged copy that was taken, of several copies.
    pub(super) averaged: Option<&'a str>,
    /// The key of an averaged copy that was not taken, as it lacks some of the network's tensors.
    pub(super) incomplete: Option<&'a str>,
}

/// The network's dict to a depth of [`MAX_WRAPPERS`] under keys of any name: of those with the tensors of a network of
/// this program the one under a usual key, else the first; for want of such a network the one under a usual key, else
/// that with most tensors. Of a network and an averaged copy of it the copy is taken: it is what was measured.
pub(super) fn locate<'p, 'a>(heap: &'p Heap<'a>, root: &'p Value<'a>) -> Option<Located<'p, 'a>> {
    let all = candidates(heap, root);
    let is_network =
        |entries: &Entries| network_prefix(named_tensors(heap, entries).map(|(name, _)| name)).is_some();
    let networks: Vec<_> = all.iter().copied().filter(|candidate| is_network(candidate.entries)).collect();
    let among = if networks.is_empty() { &all } else { &networks };
    let usual = match root {
        Value::Dict(entries) => under_usual_keys(heap, entries, MAX_WRAPPERS),
        _ => None,
    };
    let usual = usual.filter(|usual| among.iter().any(|known| std::ptr::eq(known.entries, *usual)));
    let first = || among.iter().find(|known| known.averaged.is_none()).or(among.first());
    let other = || if networks.is_empty() { largest(heap, &all) } else { first().map(|known| known.entries) };
    let plain = usual.or_else(other)?;
    let expected = weight_names(heap, plain);
    let copies = among.iter().filter_map(|candidate| {
        let key = candidate.averaged.filter(|_| !std::ptr::eq(candidate.entries, plain))?;
        Some((key, candidate.entries, weight_names(heap, candidate.entries)))
    });
    let copies: Vec<_> = copies.collect();
    let whole = copies.iter().find(|(.., names)| *names == expected);
    let part = |names: &BTreeSet<&str>| names.len() * 2 > expected.len() && names.is_subset(&expected);
    let incomplete = || copies.iter().find(|(.., names)| part(names)).map(|(key, ..)| *key);
    Some(match whole {
        Some((key, entries, _)) => Located { entries, averaged: Some(key), incomplete: None },
        None => Located { entries: plain, averaged: None, incomplete: incomplete() },
    })
}

/// The dicts with tensors, each once, the outermost first; not those of optimizers.
fn candidates<'p, 'a>(heap: &'p Heap<'a>, root: &'p Value<'a>) -> Vec<Candidate<'p, 'a>> {
    let (mut level, mut seen, mut found) = (vec![(root, None)], HashSet::new(), Vec::new());
    for _ in 0..=MAX_WRAPPERS {
        let mut inner = Vec::new();
        for (value, averaged) in level {
            if let Value::Dict(entries) = value
                && named_tensors(heap, entries).next().is_some()
            {
                found.push(Candidate { entries, averaged });
            }
            for (key, id) in members(heap, value) {
                if !key.is_some_and(is_of_optimizer) && seen.insert(id) {
                    inner.push((heap.get(id), key.filter(|key| is_averaged(key)).or(averaged)));
                }
            }
        }
        level = inner;
    }
    found
}

fn is_of_optimizer(key: &str) -> bool {
    let small = key.to_lowercase();
    NO_WEIGHTS.iter().any(|part| small.contains(part))
        || words_of(key).iter().any(|word| NO_WEIGHTS_WORDS.contains(&word.as_str()))
}

/// The containers in a container, with the keys of a dict. Long keys count as none: one text can be many keys.
fn members<'p, 'a>(
    heap: &'p Heap<'a>,
    value: &'p Value<'a>,
) -> impl Iterator<Item = (Option<&'a str>, ValueId)> {
    let (entries, items): (&Entries, &[ValueId]) = match value {
        Value::Dict(entries) => (entries, &[]),
        Value::List(items) | Value::Tuple(items) => (&[], items),
        _ => (&[], &[]),
    };
    let short = |key: ValueId| heap.get(key).as_text().filter(|key| key.len() <= MAX_NAME_BYTES);
    let entries = entries.iter().map(move |(key, value)| (short(*key), *value));
    let all = entries.chain(items.iter().map(|item| (None, *item)));
    all.filter(|(_, id)| matches!(heap.get(*id), Value::Dict(_) | Value::List(_) | Value::Tuple(_)))
}

/// The dict with most tensors, the outermost of equals.
fn largest<'p>(heap: &Heap<'_>, all: &[Candidate<'p, '_>]) -> Option<&'p Entries> {
    let count = |entries: &Entries| named_tensors(heap, entries).count();
    all.iter().rev().map(|known| known.entries).max_by_key(|entries| count(entries))
}

/// The names of the floating-point tensors without what wrapping put before them; counters come and go with the
/// averaging.
fn weight_names<'a>(heap: &Heap<'a>, entries: &Entries) -> BTreeSet<&'a str> {
    let is_weight = |(name, view): &(&str, &TensorView<'_>)| {
        name.len() <= MAX_NAME_BYTES && view.storage.element.is_weight()
    };
    let weights = || named_tensors(heap, entries).filter(is_weight);
    let prefix = network_prefix(weights().map(|(name, _)| name));
    let without = |name: &'a str| match prefix {
        Some(prefix) => name.strip_prefix(prefix).unwrap_or(name),
        None => name.trim_start_matches("module."),
    };
    weights().map(|(name, _)| without(name)).collect()
}

/// The innermost dict of tensors under [`WRAPPERS`].
fn under_usual_keys<'p>(heap: &'p Heap<'_>, entries: &'p Entries, wrappers: usize) -> Option<&'p Entries> {
    let wrapped = || {
        WRAPPERS.iter().find_map(|wrapper| {
            let (_, value) =
                entries.iter().rev().find(|(key, _)| heap.get(*key).as_text() == Some(wrapper))?;
            match heap.get(*value) {
                Value::Dict(inner) => under_usual_keys(heap, inner, wrappers - 1),
                _ => None,
            }
        })
    };
    let inner = if wrappers > 0 { wrapped() } else { None };
    inner.or_else(|| named_tensors(heap, entries).next().map(|_| entries))
}

/// The tensors directly in a dict by their names.
pub(super) fn named_tensors<'p, 'a>(
    heap: &'p Heap<'a>,
    entries: &'p Entries,
) -> impl Iterator<Item = (&'a str, &'p TensorView<'a>)> {
    entries.iter().filter_map(|(key, value)| match heap.get(*value) {
        Value::Tensor(view) => heap.get(*key).as_text().map(|name| (name, view.as_ref())),
        _ => None,
    })
}
