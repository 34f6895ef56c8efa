//! What the table of all parts is measured on.

use super::Scope;
use crate::app::document::Document;
use crate::engine::Settings;
use crate::pose::BoundingBox;
use crate::study::Truth;

/// Whom the network looks at without each of its parts, and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Subject {
    /// Who was chosen.
    pub scope: Scope,
    /// Which picture.
    version: u64,
    /// The boxes of the people, with the ground truth where there is one.
    pub looks: Vec<(BoundingBox, Option<Truth>)>,
    /// Without ablations.
    pub settings: Settings,
}

impl Subject {
    /// What would be measured now.
    pub fn of(document: &Document, scope: Scope, settings: &Settings) -> Self {
        let looks = (0..document.people.len())
            .filter(|index| scope == Scope::Everybody || document.selected == Some(*index))
            .map(|index| {
                let person = &document.people[index];
                let bounds = document.person_answer(index).map_or(person.bounds, |found| found.bounds);
                (bounds, person.truth)
            })
            .collect();
        let settings = Settings { ablations: Vec::new(), ..settings.clone() };
        Self { scope, version: document.version, looks, settings }
    }
}
