//! A path that is typed where no dialog can be shown, or none is wanted.

use super::export::Format;
use super::tasks::Purpose;

/// A path that is being typed.
pub struct Prompt {
    /// What it is wanted for.
    pub purpose: Purpose,
    /// Why there is no dialog, where the user asked for one.
    pub reason: Option<String>,
    /// What is typed.
    pub text: String,
    /// Whether the text still has to be given the keyboard.
    pub just_opened: bool,
}

impl Prompt {
    /// An empty text for a path.
    pub fn new(purpose: Purpose, reason: Option<String>) -> Self {
        Self { purpose, reason, text: String::new(), just_opened: true }
    }
}

impl Purpose {
    /// What a window that asks for the path is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::File | Self::Folder => "Open data set",
            Self::Pictures => "Pictures of the data set",
            Self::Save(Format::Csv) => "Export CSV",
            Self::Save(Format::Json) => "Export JSON",
        }
    }

    /// What is expected.
    pub fn hint(self) -> &'static str {
        match self {
            Self::File | Self::Folder => "A COCO .json file, or a folder of them",
            Self::Pictures => "A folder or a .tar file that holds the pictures",
            Self::Save(Format::Csv) => "A .csv file",
            Self::Save(Format::Json) => "A .json file",
        }
    }

    /// What is done with the path.
    pub fn verb(self) -> &'static str {
        match self {
            Self::File | Self::Folder => "Open",
            Self::Pictures => "Look there",
            Self::Save(_) => "Export",
        }
    }
}
