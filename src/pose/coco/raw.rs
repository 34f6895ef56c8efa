//! COCO annotation files as they are on disk, before anything is checked.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A whole annotation file.
#[derive(Deserialize, Serialize)]
pub(super) struct RawFile {
    pub images: Entries<RawImage>,
    pub annotations: Entries<RawAnnotation>,
    #[serde(default)]
    pub categories: Entries<RawCategory>,
}

/// The two lists by which an annotation file is told from other JSON.
#[derive(Deserialize)]
pub(super) struct Outline {
    #[serde(rename = "images")]
    _images: Vec<IgnoredAny>,
    #[serde(rename = "annotations")]
    _annotations: Vec<IgnoredAny>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct RawImage {
    pub id: u64,
    pub file_name: String,
    #[serde(default)]
    pub width: u32,
    #[serde(default)]
    pub height: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct RawAnnotation {
    pub id: Option<u64>,
    pub image_id: u64,
    pub category_id: Option<u64>,
    #[serde(default)]
    pub iscrowd: u8,
    pub num_keypoints: Option<usize>,
    pub keypoints: Option<Vec<f64>>,
    pub bbox: Vec<f64>,
    pub area: Option<f64>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct RawCategory {
    pub id: u64,
    pub name: String,
    pub keypoints: Option<Vec<String>>,
    #[serde(skip_deserializing)]
    pub skeleton: Vec<(usize, usize)>,
}

/// An entry of one of the lists of a file.
pub(super) trait Entry {
    /// What the entry is called in error messages.
    const KIND: &'static str;
}

impl Entry for RawImage {
    const KIND: &'static str = "image";
}

impl Entry for RawAnnotation {
    const KIND: &'static str = "annotation";
}

impl Entry for RawCategory {
    const KIND: &'static str = "category";
}

/// A list whose parsing errors name the kind and the index of the entry.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Entries<T>(pub Vec<T>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Entry + Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(EntriesVisitor(PhantomData)).map(Self)
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Entry + Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a list of {} entries", T::KIND)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut entries = Vec::new();
        loop {
            match list.next_element() {
                Ok(Some(entry)) => entries.push(entry),
                Ok(None) => return Ok(entries),
                Err(error) => {
                    return Err(A::Error::custom(format_args!(
                        "{} entry {}: {error}",
                        T::KIND,
                        entries.len()
                    )));
                }
            }
        }
    }
}
