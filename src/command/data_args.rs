//! The data set a command measures on.

use std::path::PathBuf;

use anyhow::anyhow;

use super::output::warn;
use crate::arguments::DataArgs;
use crate::source::MissingPictures;
use crate::study::{LabelledSet, SetDescription, StudyError};

impl DataArgs {
    /// Whether a data set is named at all.
    pub fn given(&self) -> bool {
        self.annotations.is_some() || self.data.is_some()
    }

    /// The annotation file, where one is named, and the places of its pictures.
    pub fn files(&self) -> Vec<PathBuf> {
        // What is wrong with the set is told when it is opened.
        let description = self.description().unwrap_or_default();
        description.pictures.into_iter().chain([description.annotations]).collect()
    }

    /// Opens the data set; what was left out of its annotations is told of.
    ///
    /// # Errors
    /// When none is named or it cannot be used.
    pub fn open(&self) -> anyhow::Result<LabelledSet> {
        let set = LabelledSet::open(&self.description()?).map_err(|error| match error {
            StudyError::MissingPictures {
                source: MissingPictures::Missing { missing, total, .. }, ..
            } if missing < total => {
                anyhow!("{error}; --skip-missing goes on without them")
            }
            error => error.into(),
        })?;
        set.warnings.iter().for_each(|warning| warn(warning));
        Ok(set)
    }

    /// The data set that is named.
    ///
    /// # Errors
    /// When none is, or it has no annotations.
    pub fn description(&self) -> anyhow::Result<SetDescription> {
        let whole = match (&self.annotations, &self.data) {
            (Some(annotations), _) => SetDescription::of_annotations(annotations, &self.pictures),
            (None, Some(data)) => SetDescription::of_split(data, self.split.as_deref().unwrap_or("dev"))?,
            (None, None) => {
                return Err(anyhow!(
                    "no data set is named; use --annotations FILE --pictures PATH…, or --data FOLDER --split NAME"
                ));
            }
        };
        Ok(SetDescription {
            source: self.source.clone(),
            limit: self.limit.map(|limit| limit as usize),
            skip_missing: self.skip_missing,
            turn_labels: self.turn_labels,
            ..whole
        })
    }
}
