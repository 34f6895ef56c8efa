//! The objects a pickle makes.

use super::super::element::Element;
use super::error::PickleFault;
use super::global::Global;
use super::limits::MAX_OPCODES;

/// The number of an object in its [`Heap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in super::super) struct ValueId(u32);

/// A storage that the pickle refers to and that lies elsewhere in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Storage<'a> {
    /// What it is called in the file.
    pub(in super::super) key: &'a str,
    /// The type of its elements.
    pub(in super::super) element: Element,
    /// How many elements it has.
    pub(in super::super) numel: usize,
}

/// A strided view of a storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct TensorView<'a> {
    pub(in super::super) storage: Storage<'a>,
    /// Index of the first element.
    pub(in super::super) offset: usize,
    /// Extent along each axis, outermost first.
    pub(in super::super) shape: Vec<usize>,
    /// Elements to skip for one step along each axis; as long as `shape`.
    pub(in super::super) strides: Vec<usize>,
}

/// One object of Python.
#[derive(Debug)]
pub(in super::super) enum Value<'a> {
    None,
    Bool(bool),
    Integer(i64),
    /// An integer beyond 64 bits: its two's complement, little-endian.
    BigInteger(&'a [u8]),
    /// A float; no value of a tensor is stored as one, so its number is not kept.
    Float,
    /// A byte string, likewise not kept.
    Bytes,
    Text(&'a str),
    Tuple(Vec<ValueId>),
    List(Vec<ValueId>),
    /// Entries in the order of insertion; a later one replaces an earlier one of the same key.
    Dict(Vec<(ValueId, ValueId)>),
    Global(Global),
    /// A class or function that is not about tensors, or what it would make: known by its name alone.
    Opaque {
        module: &'a str,
        name: &'a str,
    },
    Storage(Storage<'a>),
    Tensor(Box<TensorView<'a>>),
}

impl<'a> Value<'a> {
    /// What it is, for messages.
    pub(in super::super) fn kind(&self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Bool(_) => "a bool",
            Self::Integer(_) | Self::BigInteger(_) => "an integer",
            Self::Float => "a float",
            Self::Bytes => "bytes",
            Self::Text(_) => "a string",
            Self::Tuple(_) => "a tuple",
            Self::List(_) => "a list",
            Self::Dict(_) => "a dict",
            Self::Global(_) => "a class or function",
            Self::Opaque { .. } => "an object of another program",
            Self::Storage(_) => "a storage",
            Self::Tensor(_) => "a tensor",
        }
    }

    /// The text of a string.
    pub(in super::super) fn as_text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An integer that counts or indexes something.
    pub(in super::super) fn as_index(&self) -> Option<usize> {
        match self {
            Self::Integer(value) => usize::try_from(*value).ok(),
            _ => None,
        }
    }
}

/// All objects of one pickle.
#[derive(Debug, Default)]
pub(in super::super) struct Heap<'a> {
    values: Vec<Value<'a>>,
    /// Entries of dicts that were made by copying others.
    copied: usize,
}

impl<'a> Heap<'a> {
    /// Gives `value` a place. There are never more values than opcodes, whose limit fits 32 bits.
    pub(super) fn add(&mut self, value: Value<'a>) -> ValueId {
        let id = ValueId(self.values.len() as u32);
        self.values.push(value);
        id
    }

    /// Counts entries that are made by copying: a few opcodes could do that to a long list over and over.
    ///
    /// # Errors
    /// When they are more than opcodes could make one by one.
    pub(super) fn count_copied(&mut self, entries: usize) -> Result<(), PickleFault> {
        self.copied = self.copied.saturating_add(entries);
        match self.copied {
            ..=MAX_OPCODES => Ok(()),
            _ => Err(PickleFault::Limit { what: "copied entries of dicts", limit: MAX_OPCODES }),
        }
    }

    /// The object with this number.
    pub(in super::super) fn get(&self, id: ValueId) -> &Value<'a> {
        self.values.get(id.0 as usize).unwrap_or(&Value::None)
    }

    /// The object with this number, to be filled.
    pub(super) fn get_mut(&mut self, id: ValueId) -> Option<&mut Value<'a>> {
        self.values.get_mut(id.0 as usize)
    }

    /// Every storage mentioned anywhere.
    pub(in super::super) fn storages(&self) -> impl Iterator<Item = &Storage<'a>> {
        self.values.iter().filter_map(|value| match value {
            Value::Storage(storage) => Some(storage),
            _ => None,
        })
    }
}
