use crate::command::people_report::FoundPerson;
use crate::study::PictureIds;

/// Everybody who was found so far, picture by picture.
#[derive(Default)]
pub(super) struct Found {
    people: Vec<FoundPerson>,
    ids: PictureIds,
}

impl Found {
    /// Adds the people of the next picture or frame, and its id where annotations give one.
    pub fn add(&mut self, id: Option<u64>, people: Vec<FoundPerson>) {
        self.ids.add(id, people.len());
        self.people.extend(people);
    }

    /// The people, with an id for each picture, above `largest` where annotations give none.
    pub fn numbered(mut self, largest: u64) -> Vec<FoundPerson> {
        self.ids.number(self.people.iter_mut().map(|person| &mut person.entry), largest);
        self.people
    }
}
