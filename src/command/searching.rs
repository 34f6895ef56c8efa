//! Who is looked for in pictures without boxes.

use anyhow::anyhow;
use image::RgbImage;

use super::subject::{Cast, Subject};
use crate::arguments::Find;
use crate::borrowed::Search;
use crate::engine::{LazyFinder, largest_first};
use crate::network::DeviceChoice;

/// A finder at work on one picture after the other; loaded with the first that has no boxes.
pub struct Searching {
    find: Find,
    device: DeviceChoice,
    finder: LazyFinder,
}

impl Searching {
    /// Looks for people in this way, on this device.
    pub fn new(find: Find, device: DeviceChoice) -> Self {
        Self { find, device, finder: LazyFinder::default() }
    }

    /// The people of a picture: those of `cast`, or those found where it only is a guess, the largest first. Where
    /// nobody is found, the guess stays and says so.
    ///
    /// # Errors
    /// When the finder cannot be loaded or fails.
    pub fn recast(&mut self, cast: Cast, picture: &RgbImage) -> anyhow::Result<Cast> {
        let search = match self.find {
            Find::People => Search::Still,
            Find::More => Search::More,
            Find::Off => return Ok(cast),
        };
        if !cast.subjects.iter().any(|subject| subject.refine) {
            return Ok(cast);
        }
        let found = self.finder.find(picture, search, self.device).map_err(|error| {
            anyhow!("cannot look for people: {error}; --find off looks at the whole picture")
        })?;
        let people = largest_first(&found, picture.dimensions());
        if people.is_empty() {
            return Ok(Cast { origin: format!("{}; NanoDet found nobody", cast.origin), ..cast });
        }
        let subject = |bounds| Subject { bounds, refine: false, truth: None };
        let subjects = people.iter().map(|person| subject(person.bounds)).collect();
        Ok(Cast { origin: "found by NanoDet".to_owned(), subjects, ..cast })
    }
}
