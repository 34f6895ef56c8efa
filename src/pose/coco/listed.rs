//! The pictures that an annotation file lists.

use std::collections::{HashMap, HashSet};

use super::annotations::ImageEntry;
use super::entries::ReadImage;
use super::left_out::{LeftOutKind, Tally};
use super::value::Id;

/// The pictures by their ids, all different, and the number under which each id of the file is kept.
pub(super) fn listed(
    entries: Vec<Option<ReadImage>>,
    tally: &mut Tally,
) -> (Vec<ImageEntry>, HashMap<Id, u64>) {
    let mut kept: Vec<(Id, ImageEntry)> = Vec::new();
    let mut places: HashMap<Id, usize> = HashMap::new();
    let mut shared: HashSet<Id> = HashSet::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let Some(ReadImage { id: Some(id), file_name: Some(file_name), width, height, source }) = entry
        else {
            tally.add(LeftOutKind::UnnamedPicture, || format!("image entry {index}"));
            continue;
        };
        match places.get(&id).and_then(|place| kept.get(*place)) {
            Some((_, known)) if known.file_name == file_name => {
                tally.add(LeftOutKind::RepeatedPicture, || format!("id {id}"));
            }
            Some((_, known)) => {
                tally.add(LeftOutKind::SharedId, || {
                    format!("id {id} of {:?} and {file_name:?}", known.file_name)
                });
                shared.insert(id);
            }
            None => {
                places.insert(id.clone(), kept.len());
                kept.push((id, ImageEntry { id: 0, file_name, width, height, source }));
            }
        }
    }
    kept.retain(|(id, _)| {
        let is_shared = shared.contains(id);
        if is_shared {
            tally.add(LeftOutKind::SharedId, || format!("id {id}"));
        }
        !is_shared
    });
    numbered(kept, tally)
}

/// Gives every picture its number: that of the file, and to others one above the largest.
fn numbered(kept: Vec<(Id, ImageEntry)>, tally: &mut Tally) -> (Vec<ImageEntry>, HashMap<Id, u64>) {
    let mut largest = kept.iter().filter_map(|(id, _)| id.kept()).max().unwrap_or(0);
    let mut numbers = HashMap::with_capacity(kept.len());
    let mut images = Vec::with_capacity(kept.len());
    for (id, image) in kept {
        let number = id.kept().unwrap_or_else(|| {
            largest = largest.saturating_add(1);
            tally.add(LeftOutKind::NumberedAnew, || format!("{id} is {largest}"));
            largest
        });
        images.push(ImageEntry { id: number, ..image });
        numbers.insert(id, number);
    }
    (images, numbers)
}
