//! The table of all parts, while it is measured and after.

use super::subject::Subject;
use crate::app::document::Document;
use crate::counted::counted;
use crate::engine::{JobHandle, Settings};
use crate::study::{AblationTable, Watch};

/// Whom all parts are compared for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The selected person.
    #[default]
    Person,
    /// Everybody in the picture.
    Everybody,
}

impl Scope {
    /// Every scope, in the order of the buttons.
    pub const ALL: [Self; 2] = [Self::Person, Self::Everybody];

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "This person",
            Self::Everybody => "Everybody",
        }
    }
}

/// The network without each of its parts, measured or being measured.
pub struct Comparison {
    subject: Subject,
    /// What it was measured on, for people to read.
    pub about: String,
    /// The rows so far.
    pub table: AblationTable,
    /// Why it ended early, if it did.
    pub failure: Option<String>,
    /// None once it has ended. Dropping it ends the work.
    work: Option<(JobHandle, Watch)>,
}

impl Comparison {
    /// One that has begun.
    pub(super) fn new(subject: Subject, about: String, handle: JobHandle, watch: Watch) -> Self {
        Self { subject, about, table: AblationTable::default(), failure: None, work: Some((handle, watch)) }
    }

    /// Whether the person, the picture or the settings, but for ablations, are no longer those that it was measured on.
    pub fn is_stale(&self, document: &Document, settings: &Settings) -> bool {
        self.subject != Subject::of(document, self.subject.scope, settings)
    }

    /// Takes in the rows that came. At the end gives what is to be said of the pictures.
    pub fn follow(&mut self) -> Option<String> {
        let (handle, watch) = self.work.as_ref()?;
        // Asked first: all rows of a job that has ended are there to be read.
        let end = handle.end();
        while let Some(row) = watch.poll() {
            self.table.take(row);
        }
        let end = end?;
        let warning = watch.warning();
        self.failure = end.err().map(|error| error.to_string());
        self.work = None;
        warning
    }

    /// The share that is done, 0 … 1, while it is measured.
    pub fn progress(&self) -> Option<f64> {
        self.work.as_ref().map(|(_, watch)| watch.progress().share())
    }

    /// Ends the work; the rows so far stay.
    pub fn cancel(&mut self) {
        self.work = None;
    }
}

/// What is measured, in one line.
pub(super) fn about(picture: &str, people: usize, settings: &Settings) -> String {
    let people = counted(people, "person", "people");
    format!("{picture}, {people}, {}, captured at {} rows", settings.input, settings.capture.height)
}
