//! A COCO file: labels for the picture at hand, or the way to another one.

use std::path::Path;
use std::sync::Mutex;

use super::at_hand::AtHand;
use super::fitting::{fit, joined, shape_of};
use super::outcome::{Incoming, Opened};
use super::picture::open_picture;
use crate::app::label_file::{self, LabelFile};
use crate::pose::coco::{self, ImageEntry, LabelCache, Shown};

/// Reads a COCO file: its labels of the picture at hand or, where it does not list that one, of another with it.
///
/// # Errors
/// When the file or its picture cannot be read, or the labels are of another picture: sentences for the user.
pub(super) fn open_labels(
    path: &Path,
    at_hand: Option<&AtHand>,
    labels: &Mutex<LabelCache>,
) -> Result<Incoming, String> {
    let fitted = |image: &ImageEntry, people: Vec<coco::Person>, picture: &Path, shown: &Shown, warning| {
        let (people, told) = fit(image, people, picture, shown);
        let told = told.into_iter().map(|told| format!("{}: {told}", path.display()));
        (people, Option::into_iter(warning).chain(told).collect::<Vec<String>>())
    };
    match (label_file::read(path, at_hand.map(|at_hand| at_hand.path.as_path()))?, at_hand) {
        (LabelFile::OfPictureAtHand(image, people, warning), Some(AtHand { path: picture, shown })) => {
            let (people, warnings) = fitted(&image, people, picture, shown, warning);
            match people {
                Some(people) => Ok(Incoming::Labels {
                    picture: picture.clone(),
                    file: path.to_path_buf(),
                    people,
                    warning: joined(&warnings),
                }),
                None => Err(warnings.join("\n")),
            }
        }
        (LabelFile::OfPictureAtHand(..), None) => Err(format!("{}: no picture is shown", path.display())),
        (LabelFile::OfAnother(picture, image, people, warning), _) => {
            let opened = open_picture(&picture, labels)?;
            let (people, warnings) = fitted(&image, people, &picture, &shape_of(&opened.frame), warning);
            let truth = people.map(|people| (path.to_path_buf(), people));
            Ok(Incoming::Opened(Box::new(Opened { truth, warning: joined(&warnings), ..opened })))
        }
    }
}
