//! The labels of a data set, brought to its pictures as they are shown.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::pose::coco::{Dataset, FrameFit, FrameTally, Person, Shown};
use crate::source::StoredPicture;

/// Scales and turns labels of another frame than their picture's. Pictures whose labels are of another picture are
/// taken out of both lists, which stand in one order. Gives a sentence for each thing that was done; pictures that
/// cannot be read stay as they are.
pub(super) fn fit_labels(
    dataset: &mut Dataset,
    pictures: &mut Vec<StoredPicture>,
    turn: bool,
) -> Vec<String> {
    let shown: Vec<Option<Shown>> = pictures.par_iter().map(StoredPicture::shown).collect();
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, person) in dataset.people.iter().enumerate() {
        places.entry(person.image_id).or_default().push(place);
    }
    let mut frames = FrameTally::new(turn);
    let mut foreign = HashSet::new();
    for ((image, picture), shown) in dataset.images.iter().zip(&*pictures).zip(&shown) {
        let (Some(shown), Some(places)) = (shown, places.get(&image.id)) else { continue };
        let mut people: Vec<Person> =
            places.iter().filter_map(|place| dataset.people.get(*place)).cloned().collect();
        match frames.fit(image, &mut people, &picture.name(), shown) {
            FrameFit::Same => {}
            FrameFit::None => {
                foreign.insert(image.id);
            }
            FrameFit::Scaled | FrameFit::Turned | FrameFit::Either => {
                for (place, person) in places.iter().zip(people) {
                    if let Some(labelled) = dataset.people.get_mut(*place) {
                        *labelled = person;
                    }
                }
            }
        }
    }
    let mut ids = dataset.images.iter().map(|image| image.id);
    pictures.retain(|_| ids.next().is_none_or(|id| !foreign.contains(&id)));
    dataset.images.retain(|image| !foreign.contains(&image.id));
    dataset.people.retain(|person| !foreign.contains(&person.image_id));
    frames.take_warnings()
}
