//! The people of a sweep over pictures.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::output::warn;
use super::subject::{Labelling, picture_paths};
use crate::engine::{Person, Predictor, Request, Settings};
use crate::source::picture;
use crate::study::{People, StoredPicture, Truth};

/// Everybody in pictures; boxes that are only guesses are refined once, at the reference resolution.
///
/// # Errors
/// When a picture or its annotations cannot be read, or nobody is to look for.
pub fn people_in(
    paths: &[PathBuf],
    mut labels: Labelling,
    predictor: &Predictor,
    reference: &Settings,
) -> anyhow::Result<People> {
    let mut people = People::default();
    for path in picture_paths(paths)? {
        let frame = picture::open(&path)?;
        let cast = labels.cast_of(&path, &frame)?;
        let request = Request {
            picture: frame.picture,
            people: cast.subjects.iter().map(|s| Person { bounds: s.bounds, refine: s.refine }).collect(),
            settings: reference.clone(),
            trace: None,
            reference: false,
        };
        let answer = predictor
            .answer(0, Arc::new(request))
            .map_err(|error| anyhow!("{}, {}: {error}", path.display(), cast.origin))?;
        let truths = cast.subjects.into_iter().map(|subject| subject.truth);
        let truths = truths.map(|truth| truth.map(|(labels, area)| Truth { labels, area }));
        people.add(StoredPicture::File(path), answer.people.iter().map(|person| person.bounds).zip(truths));
    }
    for warning in labels.take_warnings() {
        warn(&warning);
    }
    match people.is_empty() {
        true => bail!("nobody to look for in the pictures named"),
        false => Ok(people),
    }
}
