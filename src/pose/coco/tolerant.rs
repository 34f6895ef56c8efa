//! Reading JSON that need not have the shape expected: what has another one is none, and only what is no JSON at
//! all is an error. Repeated keys are fine, the last one counts; nothing is kept of keys that nobody asked for.

use std::fmt;
use std::marker::PhantomData;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::error::DatasetError;
use super::mended;
use crate::input_file;

/// A value, where it has the shape expected.
pub(super) struct Tolerant<T>(pub Option<T>);

/// The shape of a value: an object, or a list.
pub(super) trait Shape: Sized {
    /// The value of an object; none if that is not the shape.
    fn of_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    /// The value of a list; none if that is not the shape.
    fn of_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// A list; entries of another shape are none.
pub(super) struct List<T>(pub Vec<Option<T>>);

impl<T: Shape> Shape for List<T> {
    fn of_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut entries = Vec::new();
        while let Some(Tolerant(entry)) = list.next_element()? {
            entries.push(entry);
        }
        Ok(Some(Self(entries)))
    }
}

/// The values of some keys of an object.
pub(super) struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// Those of `keys` that the object has.
    pub(super) fn of<'de, A: MapAccess<'de>>(mut object: A, keys: &[&'static str]) -> Result<Self, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = object.next_key::<String>()? {
            match keys.iter().find(|known| **known == key) {
                Some(known) => fields.push((*known, object.next_value()?)),
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Self(fields))
    }

    /// The value of a key, unless it is null.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        let last = self.0.iter().rev().find(|(known, _)| *known == key);
        last.map(|(_, value)| value).filter(|value| !value.is_null())
    }
}

impl<'de, T: Shape> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape(PhantomData)).map(Self)
    }
}

struct AnyShape<T>(PhantomData<T>);

impl<'de, T: Shape> Visitor<'de> for AnyShape<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::of_object(object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        T::of_list(list)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Reads a file of at most `limit` bytes; none where its JSON has another shape. `expected` names the kind of file.
///
/// # Errors
/// When the file cannot be read, or is no JSON.
pub(super) fn read<T: Shape>(
    path: &Path,
    limit: u64,
    expected: &'static str,
) -> Result<Option<T>, DatasetError> {
    let bytes = input_file::read(path, limit).map_err(|source| DatasetError::read(path, source))?;
    let bytes = mended::as_utf8(&bytes);
    let parse = |bytes: &[u8]| serde_json::from_slice::<Tolerant<T>>(bytes);
    let parsed = parse(&bytes).or_else(|error| match mended::as_json(&bytes) {
        Some(plain) => parse(&plain).map_err(|error| mended::in_words(&plain, error)),
        None => Err(mended::in_words(&bytes, error)),
    });
    let Tolerant(value) =
        parsed.map_err(|source| DatasetError::Json { path: path.to_owned(), expected, source })?;
    Ok(value)
}
