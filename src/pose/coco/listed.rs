//! The pictures that an annotation file lists.

use std::collections::{HashMap, HashSet};

use super::annotations::ImageEntry;
use super::entries::ReadImage;
use super::free_ids::FreeIds;
use super::left_out::{LeftOutKind, Tally};
use super::value::{Id, quoted};

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
                    format!("id {id} of {} and {}", quoted(&known.file_name), quoted(&file_name))
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

/// Gives every picture its number: that of the file, and to others a free one above the largest.
fn numbered(kept: Vec<(Id, ImageEntry)>, tally: &mut Tally) -> (Vec<ImageEntry>, HashMap<Id, u64>) {
    let used: HashSet<u64> = kept.iter().filter_map(|(id, _)| id.kept()).collect();
    let mut free = FreeIds::above(used.iter().copied().max().unwrap_or(0), used);
    let mut numbers = HashMap::with_capacity(kept.len());
    let mut images = Vec::with_capacity(kept.len());
    for (id, image) in kept {
        let number = id.kept().unwrap_or_else(|| {
            let number = free.take();
            tally.add(LeftOutKind::NumberedAnew, || format!("{id} is {number}"));
            number
        });
        images.push(ImageEntry { id: number, ..image });
        numbers.insert(id, number);
    }
    (images, numbers)
}
