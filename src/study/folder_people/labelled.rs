//! Everybody whose joints are labelled.

use std::path::Path;
use std::sync::Arc;

use super::lookup::Listed;
use super::{Gathering, note_unreadable};
use crate::counted::counted;
use crate::pose::coco::FrameTally;
use crate::study::{LabelledSet, People};

/// Everybody labelled in these pictures, as a data set called after the folder; none where `go_on` ends it.
pub(super) fn people(
    root: &Path,
    listed: Vec<Listed>,
    most: usize,
    left_out: &mut Vec<String>,
    go_on: &mut impl FnMut(Gathering) -> bool,
) -> Option<People> {
    let count = listed.len();
    let labelled: Vec<Listed> = listed.into_iter().filter(|listed| listed.labelled() > 0).collect();
    if labelled.len() < count {
        let pictures = counted(count - labelled.len(), "picture has", "pictures have");
        left_out.push(format!("{pictures} no labelled joints"));
    }
    let chosen = chosen(labelled, most, left_out);
    let (of, mut frames) = (chosen.len(), FrameTally::default());
    let (mut pictures, mut unreadable) = (Vec::with_capacity(of), Vec::new());
    for (done, listed) in chosen.into_iter().enumerate() {
        if !go_on(Gathering::Pictures { done, of }) {
            return None;
        }
        match listed.fitted(&mut frames) {
            Ok((_, people)) if people.is_empty() => {}
            Ok(fitted) => pictures.push(fitted),
            Err(path) => unreadable.push(path),
        }
    }
    note_unreadable(&unreadable, left_out);
    left_out.append(&mut frames.take_warnings());
    Some(People::labelled(Arc::new(LabelledSet::of(root.to_owned(), pictures))))
}

/// Evenly spread pictures that hold at most `most` people together, or a single one.
fn chosen(labelled: Vec<Listed>, most: usize, left_out: &mut Vec<String>) -> Vec<Listed> {
    let total: usize = labelled.iter().map(Listed::labelled).sum();
    let step = total.div_ceil(most.max(1)).max(1);
    let pictures = labelled.len();
    let (mut people, mut full) = (0, false);
    let mut chosen: Vec<Listed> = Vec::new();
    for listed in labelled.into_iter().step_by(step) {
        let more = people + listed.labelled();
        full |= more > most && !chosen.is_empty();
        if full {
            break;
        }
        people = more;
        chosen.push(listed);
    }
    if chosen.len() < pictures {
        left_out.push(format!(
            "{people} of {total} labelled people are measured, in {} of {pictures} pictures: at most {most}",
            chosen.len()
        ));
    }
    chosen
}
