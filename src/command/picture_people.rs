//! The people of a sweep or of ablations over pictures.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::find_args::Searching;
use super::output::warn;
use super::subject::{Labelling, picture_paths};
use super::unusable::PassedOver;
use crate::engine::{Person, Predictor, Request, Settings};
use crate::source::picture;
use crate::study::{People, StoredPicture, Truth};

/// Everybody in pictures: those labelled, else whoever is found. Boxes that are only guesses are refined once, at the
/// reference resolution; those that nobody can be cut out of are passed over, and told of.
///
/// # Errors
/// When a picture or its annotations cannot be read, the finder or the network fails, or nobody is to look for.
pub fn people_in(
    paths: &[PathBuf],
    mut labels: Labelling,
    mut searching: Searching,
    predictor: &Predictor,
    reference: &Settings,
) -> anyhow::Result<People> {
    let mut people = People::default();
    let (paths, mut warnings) = picture_paths(paths)?;
    let mut passed_over = PassedOver::default();
    for path in paths {
        let mut frame = picture::open(&path)?;
        warnings.append(&mut frame.warnings);
        let cast = labels.cast_of(&path, &frame)?;
        let cast =
            searching.recast(cast, &frame.picture).map_err(|error| anyhow!("{}: {error}", path.display()))?;
        let (subjects, unusable) = cast.told_apart((frame.width(), frame.height()));
        passed_over.add(&path.display().to_string(), &unusable);
        if subjects.is_empty() {
            continue;
        }
        let request = Request {
            picture: frame.picture,
            people: subjects.iter().map(|(_, s)| Person { bounds: s.bounds, refine: s.refine }).collect(),
            settings: reference.clone(),
            trace: None,
            reference: false,
        };
        let answer = predictor
            .answer(0, Arc::new(request))
            .map_err(|error| anyhow!("{}, {}: {error}", path.display(), cast.origin))?;
        let truths = subjects.iter().map(|(_, subject)| subject.truth);
        let truths = truths.map(|truth| truth.map(|(labels, area)| Truth { labels, area }));
        people.add(StoredPicture::File(path), answer.people.iter().map(|person| person.bounds).zip(truths));
    }
    warnings.append(&mut labels.take_warnings());
    warnings.extend(passed_over.warning());
    for warning in warnings {
        warn(&warning);
    }
    match people.is_empty() {
        true => bail!("nobody to look for in the pictures named"),
        false => Ok(people),
    }
}
