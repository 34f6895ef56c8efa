//! Who is looked for in pictures without boxes.

use anyhow::anyhow;
use image::RgbImage;

use super::subject::{Cast, Subject};
use crate::arguments::Find;
use crate::borrowed::Search;
use crate::engine::{LazyFinder, largest_first};
use crate::network::DeviceChoice;

/// Where the boxes are from that the finder gives.
const FOUND: &str = "found by NanoDet";

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
        if !cast.subjects.iter().any(|subject| subject.refine) {
            return Ok(cast);
        }
        let Some(subjects) = self.found(picture)? else { return Ok(cast) };
        if subjects.is_empty() {
            return Ok(Cast { origin: format!("{}; NanoDet found nobody", cast.origin), ..cast });
        }
        Ok(Cast { origin: FOUND.to_owned(), subjects, ..cast })
    }

    /// The people found in a frame of a video, the largest first; where nobody is to be looked for, the whole picture.
    ///
    /// # Errors
    /// When the finder cannot be loaded or fails.
    pub fn cast_of_frame(&mut self, picture: &RgbImage) -> anyhow::Result<Cast> {
        Ok(match self.found(picture)? {
            Some(subjects) => Cast { image_id: None, origin: FOUND.to_owned(), subjects },
            None => Cast::whole(picture.dimensions(), None),
        })
    }

    /// The people found in a picture, the largest first; none where nobody is to be looked for.
    fn found(&mut self, picture: &RgbImage) -> anyhow::Result<Option<Vec<Subject>>> {
        let search = match self.find {
            Find::People => Search::Still,
            Find::More => Search::More,
            Find::Off => return Ok(None),
        };
        let found = self.finder.find(picture, search, self.device).map_err(|error| {
            anyhow!("cannot look for people: {error}; --find off looks at the whole picture")
        })?;
        let people = largest_first(&found, picture.dimensions());
        let subject = |bounds| Subject { bounds, refine: false, truth: None };
        Ok(Some(people.iter().map(|person| subject(person.bounds)).collect()))
    }
}
