//! Several networks side by side in one dict, told apart by what stands before the names of their tensors, as training
//! frameworks keep a network, its averaged copy and their losses.

use std::collections::{BTreeMap, BTreeSet};

use super::contents::Contents;
use super::names::{NETWORK_TENSOR, averaged_taken, is_averaged};
use crate::counted::counted;

/// Keeps one network of this program and takes off its prefix; of a network and an averaged copy of it the copy. The
/// rest is skipped with a word. Without such a network, and where one stands without a prefix, nothing changes.
pub(super) fn keep_one(contents: &mut Contents) {
    let prefixes: Vec<String> = prefixes(contents.tensors.keys()).map(str::to_owned).collect();
    if prefixes.iter().any(String::is_empty) {
        return;
    }
    let names = |prefix: &str| -> BTreeSet<&str> {
        contents.tensors.keys().filter_map(|name| name.strip_prefix(prefix)).collect()
    };
    let Some(plain) = prefixes.iter().find(|prefix| !is_averaged(prefix)).or(prefixes.first()) else {
        return;
    };
    let copies = prefixes.iter().filter(|prefix| *prefix != plain && is_averaged(prefix));
    let copy = copies.into_iter().find(|copy| names(copy) == names(plain));
    let chosen = copy.unwrap_or(plain).clone();
    contents.remarks.extend(copy.map(|prefix| averaged_taken(prefix)));
    let mut left_out = Vec::new();
    let mut kept = BTreeMap::new();
    for (name, tensor) in std::mem::take(&mut contents.tensors) {
        match name.strip_prefix(&chosen) {
            Some(own) => drop(kept.insert(own.to_owned(), tensor)),
            None => left_out.push(name),
        }
    }
    contents.tensors = kept;
    let is_of_copy = |name: &&String| copy.is_some() && name.starts_with(plain.as_str());
    let others: Vec<&String> = left_out.iter().filter(|name| !is_of_copy(name)).collect();
    if let Some(first) = others.first() {
        let words = counted(others.len(), "tensor beside the network was", "tensors beside the network were");
        contents.remarks.push(format!("{words} left out (first: `{}`)", first.escape_debug()));
    }
    let without = |name: String| name.strip_prefix(&chosen).map_or_else(|| name.clone(), str::to_owned);
    contents.skipped = std::mem::take(&mut contents.skipped).into_iter().map(without).collect();
    contents.skipped.extend(left_out);
}

/// What stands before each network's tensors.
fn prefixes<'a>(names: impl Iterator<Item = &'a String>) -> impl Iterator<Item = &'a str> {
    let prefixes = names.filter_map(|name| name.strip_suffix(NETWORK_TENSOR));
    prefixes.filter(|prefix| prefix.is_empty() || prefix.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::super::host_tensor::HostTensor;
    use super::*;

    fn contents(names: &[&str]) -> Contents {
        let tensor = |value: usize| HostTensor { shape: vec![1], values: vec![value as f32] };
        let tensors = names.iter().enumerate().map(|(value, name)| ((*name).to_owned(), tensor(value)));
        Contents {
            tensors: tensors.collect(),
            skipped: vec!["model.counter".to_owned()],
            ..Contents::default()
        }
    }

    /// The values that are kept, and what is said.
    fn kept(names: &[&str]) -> (Vec<f32>, Vec<String>) {
        let mut contents = contents(names);
        keep_one(&mut contents);
        (contents.tensors.values().map(|tensor| tensor.values[0]).collect(), contents.remarks)
    }

    #[test]
    fn the_averaged_copy_is_taken_and_the_rest_told() {
        let own = ["a", NETWORK_TENSOR];
        let under = |prefix: &str| own.map(|name| format!("{prefix}{name}"));
        let both = [under("model."), under("model_ema.")].concat();
        let mut names: Vec<&str> = both.iter().map(String::as_str).collect();
        let said =
            "of several copies of the network, the averaged one under `model_ema` was taken".to_owned();
        assert_eq!(kept(&names), (vec![2.0, 3.0], vec![said.clone()]));
        names.push("loss.weight");
        let beside = "1 tensor beside the network was left out (first: `loss.weight`)".to_owned();
        assert_eq!(kept(&names), (vec![2.0, 3.0], vec![said, beside.clone()]));
        assert_eq!(kept(&[names[0], names[1], "loss.weight"]), (vec![0.0, 1.0], vec![beside]));
        let mut one = contents(&names[..2]);
        keep_one(&mut one);
        assert_eq!(one.skipped, ["counter"]);
        assert!(one.remarks.is_empty() && one.tensors.contains_key("a"));
    }

    #[test]
    fn other_networks_and_such_without_a_prefix_are_left_alone() {
        for names in [&["model.a", "loss.b"][..], &["a", NETWORK_TENSOR, "ema.0.b"]] {
            assert_eq!(kept(names).0.len(), names.len());
            assert!(kept(names).1.is_empty());
        }
    }
}
