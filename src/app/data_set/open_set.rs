//! The set that is open.

use std::path::Path;
use std::sync::Arc;

use crate::counted::counted;
use crate::study::{LabelledSet, SetDescription, StudyError};

/// The set that is open.
pub struct OpenSet {
    /// Annotations and pictures.
    pub set: Arc<LabelledSet>,
    /// How it was asked for.
    pub description: SetDescription,
    /// The name of its annotations, without the ending.
    pub name: String,
    /// Everybody who is looked for.
    pub people: usize,
}

impl OpenSet {
    /// Reads annotations and finds the pictures.
    ///
    /// # Errors
    /// Those of [`LabelledSet::open`].
    pub fn open(description: &SetDescription) -> Result<Self, StudyError> {
        let set = LabelledSet::open(description)?;
        let people = set.looks().len();
        let (name, description) = (name_of(&set.path), description.clone());
        Ok(Self { set: Arc::new(set), description, name, people })
    }

    /// How many people and pictures it has.
    pub fn size(&self) -> String {
        let pictures = counted(self.set.dataset.images.len(), "picture", "pictures");
        let first = if self.description.limit.is_some() { "the first " } else { "" };
        format!("{} in {first}{pictures}", counted(self.people, "person", "people"))
    }
}

/// The name of a set by its annotations.
pub fn name_of(annotations: &Path) -> String {
    annotations.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
