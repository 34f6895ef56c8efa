//! The entries of an annotation file, with every value that some program spells otherwise as it is meant.

use serde::de::MapAccess;

use super::tolerant::{Fields, List, Shape, Tolerant};
use super::value::{self, Id};

/// A whole annotation file; none for lists that are missing or something else.
#[derive(Default)]
pub(super) struct ReadFile {
    pub images: Option<Vec<Option<ReadImage>>>,
    pub annotations: Option<Vec<Option<ReadAnnotation>>>,
    pub categories: Option<Vec<Option<ReadCategory>>>,
}

pub(super) struct ReadImage {
    pub id: Option<Id>,
    pub file_name: Option<String>,
    pub width: u32,
    pub height: u32,
    pub source: Option<String>,
}

#[derive(PartialEq)]
pub(super) struct ReadAnnotation {
    pub id: Option<Id>,
    pub image_id: Option<Id>,
    pub category_id: Option<Id>,
    pub iscrowd: bool,
    pub num_keypoints: Option<usize>,
    /// Empty where the file gives none.
    pub keypoints: Vec<Option<f64>>,
    /// Empty where the file gives none.
    pub bbox: Vec<Option<f64>>,
    /// None where the file gives none, inside it none where that is no number.
    pub area: Option<Option<f64>>,
}

pub(super) struct ReadCategory {
    pub id: Option<Id>,
    pub name: String,
    /// Empty where the file gives none.
    pub keypoints: Vec<String>,
}

impl Shape for ReadFile {
    fn of_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut file = Self::default();
        while let Some(key) = object.next_key::<String>()? {
            match key.as_str() {
                "images" => file.images = list(&mut object)?,
                "annotations" => file.annotations = list(&mut object)?,
                "categories" => file.categories = list(&mut object)?,
                _ => {
                    object.next_value::<serde::de::IgnoredAny>()?;
                }
            }
        }
        Ok(Some(file))
    }
}

fn list<'de, A: MapAccess<'de>, T: Shape>(object: &mut A) -> Result<Option<Vec<Option<T>>>, A::Error> {
    let Tolerant::<List<T>>(list) = object.next_value()?;
    Ok(list.map(|list| list.0))
}

impl Shape for ReadImage {
    fn of_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let fields = Fields::of(object, &["id", "file_name", "width", "height", "source"])?;
        Ok(Some(Self {
            id: fields.get("id").and_then(value::id),
            file_name: fields.get("file_name").and_then(value::text).filter(|name| !name.is_empty()),
            width: fields.get("width").map_or(0, value::side),
            height: fields.get("height").map_or(0, value::side),
            source: fields.get("source").and_then(value::text),
        }))
    }
}

impl Shape for ReadAnnotation {
    fn of_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let keys = ["id", "image_id", "category_id", "iscrowd", "num_keypoints", "keypoints", "bbox", "area"];
        let fields = Fields::of(object, &keys)?;
        let count = |count: f64| (count >= 0.0).then_some(count as usize);
        Ok(Some(Self {
            id: fields.get("id").and_then(value::id),
            image_id: fields.get("image_id").and_then(value::id),
            category_id: fields.get("category_id").and_then(value::id),
            iscrowd: fields.get("iscrowd").is_some_and(value::flag),
            num_keypoints: fields.get("num_keypoints").and_then(value::number).and_then(count),
            keypoints: fields.get("keypoints").map(value::numbers).unwrap_or_default(),
            bbox: fields.get("bbox").map(value::numbers).unwrap_or_default(),
            area: fields.get("area").map(value::number),
        }))
    }
}

impl Shape for ReadCategory {
    fn of_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let fields = Fields::of(object, &["id", "name", "keypoints"])?;
        let names = fields.get("keypoints").and_then(|value| value.as_array());
        let name = |value: &serde_json::Value| value::text(value).unwrap_or_else(|| value.to_string());
        Ok(Some(Self {
            id: fields.get("id").and_then(value::id),
            name: fields.get("name").and_then(value::text).unwrap_or_default(),
            keypoints: names.map(|names| names.iter().map(name).collect()).unwrap_or_default(),
        }))
    }
}
