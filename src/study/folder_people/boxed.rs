//! Everybody in boxes, where no joints are labelled.

use image::RgbImage;

use super::lookup::Listed;
use super::{Gathering, Limits, evenly, note_unreadable};
use crate::counted::counted;
use crate::engine::FinderError;
use crate::pose::BoundingBox;
use crate::pose::coco::FrameTally;
use crate::study::{People, StudyError};

/// The people of the boxes known in evenly spread pictures, and in those without any whom `find` finds; none where
/// `go_on` ends it.
///
/// # Errors
/// When `find` fails.
pub(super) fn people(
    listed: Vec<Listed>,
    limits: Limits,
    left_out: &mut Vec<String>,
    mut find: impl FnMut(&RgbImage) -> Result<Vec<BoundingBox>, FinderError>,
    go_on: &mut impl FnMut(Gathering) -> bool,
) -> Result<Option<People>, StudyError> {
    let count = listed.len();
    let places: Vec<usize> = evenly(count, limits.searched).collect();
    let chosen = listed.into_iter().enumerate().filter(|(place, _)| places.binary_search(place).is_ok());
    let (of, mut frames, mut people) = (places.len(), FrameTally::default(), People::default());
    let (mut unreadable, mut empty, mut seen) = (Vec::new(), 0, 0);
    for (done, (_, listed)) in chosen.enumerate() {
        if !go_on(Gathering::Pictures { done, of }) {
            return Ok(None);
        }
        let path = listed.path.clone();
        let Ok((picture, known)) = listed.fitted(&mut frames) else {
            unreadable.push(path);
            continue;
        };
        let known = known.into_iter().filter(|person| !person.iscrowd);
        let mut boxes: Vec<BoundingBox> = known.map(|person| person.bbox).collect();
        if boxes.is_empty() {
            let Ok(read) = picture.read() else {
                unreadable.push(path);
                continue;
            };
            boxes = find(&read.picture)?;
        }
        if !people.is_empty() && people.len() + boxes.len() > limits.people {
            break;
        }
        seen += 1;
        match boxes.is_empty() {
            true => empty += 1,
            false => people.add(picture, boxes.into_iter().map(|bounds| (bounds, None))),
        }
    }
    note_unreadable(&unreadable, left_out);
    left_out.append(&mut frames.take_warnings());
    if empty > 0 {
        left_out.push(format!("nobody was found in {}", counted(empty, "picture", "pictures")));
    }
    let seen = seen + unreadable.len();
    if seen < count {
        left_out.push(format!(
            "{seen} of {count} pictures were looked at: at most {}, with {} people",
            limits.searched, limits.people
        ));
    }
    Ok(Some(people))
}
