//! Tensor names without the prefixes that wrapping a network in another module leaves on them.

use super::contents::Contents;
use crate::words::words_of;

/// Most bytes of a tensor's name.
pub(super) const MAX_NAME_BYTES: usize = 512;

/// A tensor that every network of this program has.
pub(super) const NETWORK_TENSOR: &str = "fgmm.csMixer.2.conv.weight";

/// Words in the keys of averaged copies.
const AVERAGED: [&str; 6] = ["ema", "averaged", "average", "avg", "swa", "shadow"];

/// What stands before the names of a network of this program; none where there is no such network.
pub(super) fn network_prefix<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names.find_map(|name| {
        name.strip_suffix(NETWORK_TENSOR).filter(|prefix| prefix.is_empty() || prefix.ends_with('.'))
    })
}

/// Whether a key says that what is under it is an averaged copy: one of its words does.
pub(super) fn is_averaged(key: &str) -> bool {
    words_of(key).iter().any(|word| AVERAGED.contains(&word.as_str()))
}

/// What is said where the averaged copy under a key, or a prefix, was taken.
pub(super) fn averaged_taken(key: &str) -> String {
    let key = key.trim_end_matches('.').escape_debug();
    format!("of several copies of the network, the averaged one under `{key}` was taken")
}

/// The prefix that `torch.nn.DataParallel` and its kin put before every name.
const PARALLEL_WRAPPER: &str = "module";

/// Takes off every prefix that all floating-point tensors share and that is a wrapper's rather than the network's.
/// Integer tensors lose it where they have it: a wrapper may keep a counter of its own beside the network.
pub(super) fn strip_wrappers(contents: &mut Contents) {
    let length = wrapper_length(contents.tensors.keys().map(String::as_str));
    let Some(prefix) = contents.tensors.keys().next().and_then(|name| name.get(..length)) else {
        return;
    };
    let prefix = prefix.to_owned();
    contents.tensors = std::mem::take(&mut contents.tensors)
        .into_iter()
        .map(|(name, tensor)| (without(&prefix, name), tensor))
        .collect();
    contents.skipped =
        std::mem::take(&mut contents.skipped).into_iter().map(|name| without(&prefix, name)).collect();
}

fn without(prefix: &str, name: String) -> String {
    name.strip_prefix(prefix).map(str::to_owned).unwrap_or(name)
}

/// Bytes of the common wrapping prefix of `names`, its last dot included.
fn wrapper_length<'a>(names: impl Iterator<Item = &'a str> + Clone) -> usize {
    let mut length = 0;
    while let Some(component) = next_wrapper(names.clone().map(|name| name.get(length..).unwrap_or_default()))
    {
        length += component.len() + 1;
    }
    length
}

/// The first component of all `names`, where they share one and it is a wrapper.
fn next_wrapper<'a>(mut names: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let (component, _) = names.clone().next()?.split_once('.')?;
    names
        .all(|name| {
            name.split_once('.').is_some_and(|(first, rest)| first == component && wraps(component, rest))
        })
        .then_some(component)
}

/// Whether `component` may be a wrapper around the tensor called `rest` inside it. A list of blocks is followed by an
/// index and a layer by the bare name of its parameter: those components belong to the network.
fn wraps(component: &str, rest: &str) -> bool {
    if component == PARALLEL_WRAPPER {
        return !rest.is_empty();
    }
    rest.split_once('.').is_some_and(|(first, _)| first.parse::<usize>().is_err())
}

#[cfg(test)]
mod tests {
    use super::{is_averaged, wrapper_length};

    #[test]
    fn averaging_is_told_by_whole_words() {
        for key in
            ["ema", "EMA", "model_ema", "ema-model", "emaModel", "model.EMA", "params_avg", "AveragedModel"]
        {
            assert!(is_averaged(key), "{key}");
        }
        for key in ["schema", "model", "emails", "", "state_dict", "email_model"] {
            assert!(!is_averaged(key), "{key}");
        }
    }

    fn stripped<'a>(names: &[&'a str]) -> Vec<&'a str> {
        let length = wrapper_length(names.iter().copied());
        names.iter().map(|name| &name[length..]).collect()
    }

    #[test]
    fn a_prefix_of_every_name_goes() {
        assert_eq!(stripped(&["module.fc.weight", "module.fc.bias"]), ["fc.weight", "fc.bias"]);
        assert_eq!(stripped(&["module.net.a.0.weight", "module.net.b.bias"]), ["a.0.weight", "b.bias"]);
        assert_eq!(stripped(&["module.weight"]), ["weight"]);
    }

    #[test]
    fn what_belongs_to_the_network_stays() {
        for names in [
            ["stage_blocks.0.a.weight", "stage_blocks.1.a.weight"],
            ["linear.weight", "linear.bias"],
            ["backbone.a.weight", "keypoint_head.a.weight"],
            ["module.a.weight", "other"],
            ["module.", "module.a"],
        ] {
            assert_eq!(stripped(&names), names);
        }
        assert!(stripped(&[]).is_empty());
    }
}
