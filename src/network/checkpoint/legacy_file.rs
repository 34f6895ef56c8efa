//! PyTorch's format before version 1.6, still written on request.
//!
//! Five pickles follow one another: a magic number, the format's version, facts about the machine, the checkpoint,
//! and the list of storage keys. Then come the storages in the order of that list, each as its number of elements
//! (int64) and its bytes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::assemble::assemble;
use super::contents::Contents;
use super::error::Fault;
use super::pickle::{Pickle, Storage, Value};
use crate::counted::counted;

/// PyTorch's magic number 0x1950a86a20f9469cfc6c, little-endian.
const MAGIC: [u8; 10] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/// The only version of the format.
const VERSION: i64 = 1001;

/// The number follows the pickle's protocol and, from protocol 4, a frame header.
const MAGIC_WITHIN: usize = 24;

/// Whether a file begins as one of this format does.
pub(super) fn begins_with_magic(bytes: &[u8]) -> bool {
    let start = bytes.get(..MAGIC_WITHIN).unwrap_or(bytes);
    start.first() == Some(&0x80) && start.windows(MAGIC.len()).any(|window| window == MAGIC)
}

/// Reads a file in PyTorch's older format.
///
/// # Errors
/// [`Fault::Malformed`] names what contradicts the format and the offset of a storage that is cut short;
/// [`Fault::Pickle`] for a pickle about anything but tensors.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let magic = load(bytes, 0, "magic number")?;
    if !matches!(magic.root(), Value::BigInteger(number) if *number == MAGIC) {
        return Err(Fault::malformed("magic number", "PyTorch's", magic.root().kind()));
    }
    let version = load(bytes, magic.end, "format version")?;
    match version.root() {
        Value::Integer(VERSION) => {}
        Value::Integer(other) => {
            return Err(Fault::malformed("format version", VERSION.to_string(), other.to_string()));
        }
        other => {
            return Err(Fault::malformed("format version", VERSION.to_string(), other.kind()));
        }
    }
    let machine = load(bytes, version.end, "machine description")?;
    check_byte_order(&machine)?;
    let checkpoint = load(bytes, machine.end, "checkpoint")?;
    let keys = load(bytes, checkpoint.end, "list of storages")?;
    let storages = locate_storages(bytes, &checkpoint, &keys)?;
    assemble(&checkpoint, bytes.len(), |storage| {
        let range = storages.get(storage.key).cloned();
        let found = range.and_then(|range| bytes.get(range)).map(Cow::Borrowed);
        found.ok_or_else(|| {
            Fault::malformed(place(storage.key), "it in the list of storages", "no such storage")
        })
    })
}

fn load<'a>(bytes: &'a [u8], start: usize, place: &str) -> Result<Pickle<'a>, Fault> {
    Pickle::load(bytes, start).map_err(|error| Fault::Pickle { place: place.to_owned(), error })
}

fn place(key: &str) -> String {
    format!("storage `{key}`")
}

fn check_byte_order(machine: &Pickle<'_>) -> Result<(), Fault> {
    let Value::Dict(entries) = machine.root() else {
        return Err(Fault::malformed("machine description", "a dict", machine.root().kind()));
    };
    let entry = entries.iter().find(|(key, _)| machine.heap.get(*key).as_text() == Some("little_endian"));
    match entry.map(|(_, value)| machine.heap.get(*value)) {
        Some(Value::Bool(true)) => Ok(()),
        Some(Value::Bool(false)) => {
            Err(Fault::malformed("machine description", "little-endian", "big-endian"))
        }
        _ => Err(Fault::malformed("machine description", "an entry `little_endian`", "none")),
    }
}

/// Where the bytes of each storage lie, by its key.
fn locate_storages<'a>(
    bytes: &[u8],
    checkpoint: &Pickle<'a>,
    keys: &Pickle<'a>,
) -> Result<HashMap<&'a str, Range<usize>>, Fault> {
    let known: HashMap<&str, &Storage<'a>> =
        checkpoint.heap.storages().map(|storage| (storage.key, storage)).collect();
    let Value::List(list) = keys.root() else {
        return Err(Fault::malformed("list of storages", "a list of keys", keys.root().kind()));
    };
    let mut located = HashMap::with_capacity(list.len());
    let mut position = keys.end;
    for id in list {
        let key = keys.heap.get(*id);
        let key = key
            .as_text()
            .ok_or_else(|| Fault::malformed("list of storages", "a list of keys", key.kind()))?;
        let storage =
            known.get(key).ok_or_else(|| Fault::malformed(place(key), "a tensor that lies in it", "none"))?;
        let range = locate(bytes, position, storage)?;
        position = range.end;
        located.insert(key, range);
    }
    Ok(located)
}

/// Where the bytes of the storage that begins at `position` with its length lie.
fn locate(bytes: &[u8], position: usize, storage: &Storage<'_>) -> Result<Range<usize>, Fault> {
    let place = || format!("{} at byte {position}", place(storage.key));
    let header = bytes.get(position..).and_then(|rest| rest.first_chunk::<8>());
    let header = header.ok_or_else(|| Fault::malformed(place(), "its length", "the end of the file"))?;
    let numel = i64::from_le_bytes(*header);
    if usize::try_from(numel) != Ok(storage.numel) {
        return Err(Fault::malformed(place(), format!("{} elements", storage.numel), numel.to_string()));
    }
    let start = position + header.len();
    let end = storage.numel.checked_mul(storage.element.size()).and_then(|size| start.checked_add(size));
    end.filter(|end| *end <= bytes.len()).map(|end| start..end).ok_or_else(|| {
        let expected = format!("{} elements of {:?}", storage.numel, storage.element);
        let found = format!(
            "{} to the end (the file may be cut short)",
            counted(bytes.len() - start, "byte", "bytes")
        );
        Fault::malformed(place(), expected, found)
    })
}
