//! The people who are in memory together, cut out of their pictures.

use std::path::PathBuf;

use image::RgbImage;
use rayon::prelude::*;

use super::error::StudyError;
use super::look::Look;
use super::people::People;
use crate::engine::{Settings, View};
use crate::pose::{BoundingBox, Region, Seen};
use crate::source::{PictureWarning, ReadPicture};

/// People whose crops are in memory at once, or all those of one picture if they are more.
const MOST_PEOPLE: usize = 64;
/// Bytes of crops in memory at once, or those of one picture's people if they are more.
const MOST_BYTES: usize = 256 << 20;

/// A person cut out of a picture, at every setting of the batch.
struct Crop {
    bounds: BoundingBox,
    region: Region,
    seen: Vec<Seen>,
}

/// People cut out at some settings; none for a box that nobody can be cut out of.
pub(super) struct Batch {
    crops: Vec<Option<Crop>>,
    /// What is to be said of their pictures, of each that there is something to say of.
    pub warnings: Vec<(PathBuf, Vec<PictureWarning>)>,
}

/// The people of one picture, and what is to be said of it.
type Group = (Vec<Option<Crop>>, Option<(PathBuf, Vec<PictureWarning>)>);

impl Batch {
    /// Cuts out the next people from the `first` on, at most `most` of them or all of one picture, several pictures at
    /// a time; a picture is let go once its people are cut out.
    ///
    /// # Errors
    /// When a picture cannot be read.
    pub fn cut(
        people: &People,
        first: usize,
        most: usize,
        settings: &[&Settings],
    ) -> Result<Self, StudyError> {
        let rest = people.looks.get(first..).unwrap_or_default();
        let looks = rest.get(..batch_length(rest, most_people(settings).min(most.max(1)))).unwrap_or(rest);
        let groups: Vec<&[Look]> = looks.chunk_by(|a, b| a.picture == b.picture).collect();
        let of_group = |group: &&[Look]| -> Result<Group, StudyError> {
            let index = group.first().map_or(0, |look| look.picture);
            let pictures = people.pictures.len();
            let stored = people.pictures.get(index).ok_or(StudyError::NoSuchPicture { index, pictures })?;
            let ReadPicture { picture, warnings, .. } = stored.read()?;
            let crops = group.iter().map(|look| crop(&picture, &look.bounds, settings)).collect();
            Ok((crops, (!warnings.is_empty()).then(|| (stored.name(), warnings))))
        };
        let groups: Vec<Group> = groups.par_iter().map(of_group).collect::<Result<_, _>>()?;
        let (crops, warnings): (Vec<_>, Vec<_>) = groups.into_iter().unzip();
        let (crops, warnings) = (crops.into_iter().flatten(), warnings.into_iter().flatten());
        Ok(Self { crops: crops.collect(), warnings: warnings.collect() })
    }

    /// How many people it has, those who cannot be cut out included.
    pub fn len(&self) -> usize {
        self.crops.len()
    }

    /// At one of its settings, at most `most` people from the `first` on.
    pub fn views(&self, setting: usize, first: usize, most: usize) -> Vec<Option<View<'_>>> {
        let people = self.crops.iter().skip(first).take(most);
        people.map(|crop| crop.as_ref().and_then(|crop| crop.view(setting))).collect()
    }
}

impl Crop {
    fn view(&self, setting: usize) -> Option<View<'_>> {
        Some(View { bounds: self.bounds, region: self.region, seen: self.seen.get(setting)? })
    }
}

fn crop(picture: &RgbImage, bounds: &BoundingBox, settings: &[&Settings]) -> Option<Crop> {
    let bounds = bounds.clipped(picture.width(), picture.height()).ok()?;
    let region = Region::around(&bounds);
    let seen = settings.iter().map(|settings| settings.capture.see(picture, &region, settings.input));
    Some(Crop { bounds, region, seen: seen.collect() })
}

/// How many people fit [`MOST_BYTES`] at these settings, at most [`MOST_PEOPLE`].
fn most_people(settings: &[&Settings]) -> usize {
    let bytes = |settings: &&Settings| {
        let (rows, input) = (settings.capture.height as usize, settings.input);
        3 * (rows * rows * 3 / 4 + input.width() as usize * input.height() as usize)
    };
    let each: usize = settings.iter().map(bytes).sum();
    (MOST_BYTES / each.max(1)).clamp(1, MOST_PEOPLE)
}

/// How many people go together: at least `most` where there are so many, and all of the last picture.
fn batch_length(looks: &[Look], most: usize) -> usize {
    let Some(last) = looks.get(most.saturating_sub(1)) else {
        return looks.len();
    };
    let more = looks.iter().skip(most).take_while(|look| look.picture == last.picture).count();
    most + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_end_between_pictures() {
        let bounds = BoundingBox::whole(4, 4);
        let look = |picture| Look { picture, bounds };
        let single: Vec<Look> = (0..100).map(look).collect();
        assert_eq!(batch_length(&single, MOST_PEOPLE), MOST_PEOPLE);
        assert_eq!(batch_length(&single[..10], MOST_PEOPLE), 10);
        let crowded: Vec<Look> = (0..100).map(|i| look(i / 40)).collect();
        assert_eq!(batch_length(&crowded, MOST_PEOPLE), 80);
    }
}
