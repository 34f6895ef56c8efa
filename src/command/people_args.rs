//! The people of a sweep or of ablations: those of a data set, or of pictures.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::output::warn;
use super::searching::Searching;
use super::subject::{BoxFile, Labelling, picture_paths};
use super::unusable::PassedOver;
use crate::arguments::PeopleArgs;
use crate::engine::{Person, Predictor, Request, Settings};
use crate::source::{WarningTally, picture};
use crate::study::{People, StoredPicture};

impl PeopleArgs {
    /// Reads the boxes that are named, before anything takes time.
    ///
    /// # Errors
    /// When neither pictures nor a data set are named, or the boxes cannot be read.
    pub fn boxes(&self) -> anyhow::Result<Option<BoxFile>> {
        if self.paths.is_empty() && !self.data.given() {
            bail!(
                "nothing to look at; name pictures, or a data set with --annotations FILE or --data FOLDER"
            );
        }
        self.boxes.as_deref().map(BoxFile::read).transpose()
    }

    /// The pictures and label files that are named.
    pub fn files(&self) -> Vec<PathBuf> {
        // What is wrong with a folder is told when its pictures are looked at.
        let (pictures, _) = picture_paths(&self.paths).unwrap_or_default();
        pictures.into_iter().chain(self.boxes.clone()).chain(self.data.files()).collect()
    }

    /// Everybody named, in the boxes that were read.
    ///
    /// # Errors
    /// When a picture or its annotations cannot be read, the finder or the network fails, or nobody is to look for.
    pub fn people(
        &self,
        boxes: Option<BoxFile>,
        predictor: &Predictor,
        reference: &Settings,
    ) -> anyhow::Result<People> {
        if self.paths.is_empty() {
            return Ok(People::labelled(Arc::new(self.data.open()?)));
        }
        let labels = Labelling::new(boxes, self.data.turn_labels);
        let searching = Searching::new(self.find, predictor.info().device_choice);
        people_in(&self.paths, labels, searching, predictor, reference)
    }
}

/// Everybody in pictures: those labelled, else whoever is found. Boxes that are only guesses are refined once, at the
/// reference resolution; those that nobody can be cut out of are passed over, and told of.
///
/// # Errors
/// When a picture or its annotations cannot be read, the finder or the network fails, or nobody is to look for.
fn people_in(
    paths: &[PathBuf],
    mut labels: Labelling,
    mut searching: Searching,
    predictor: &Predictor,
    reference: &Settings,
) -> anyhow::Result<People> {
    let mut people = People::default();
    let (paths, mut warnings) = picture_paths(paths)?;
    let (mut passed_over, mut told) = (PassedOver::default(), WarningTally::default());
    for path in paths {
        let frame = picture::open(&path)?;
        let cast = labels.cast_of(&path, &frame)?;
        let cast =
            searching.recast(cast, &frame.picture).map_err(|error| anyhow!("{}: {error}", path.display()))?;
        let (subjects, unusable) = cast.told_apart((frame.width(), frame.height()));
        passed_over.add(&path.display().to_string(), &unusable);
        if subjects.is_empty() {
            // Of the others the experiment tells, which reads them again.
            told.add(&path, &frame.warnings);
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
        people.add(StoredPicture::File(path), answer.people.iter().map(|person| person.bounds).zip(truths));
    }
    warnings.extend(told.sentences());
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
