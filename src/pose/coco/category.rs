//! Which category of an annotation file is people, and in which order it lists their joints.

use std::path::Path;

use super::super::skeleton::{KEYPOINT_COUNT, KEYPOINT_NAMES};
use super::entries::ReadCategory;
use super::error::DatasetError;
use super::left_out::{LeftOutKind, Tally};
use super::raw::PERSON_CATEGORY;
use super::value::Id;

/// What categories of people are called, in lower case.
const PEOPLE: [&str; 4] = ["person", "human", "people", "pedestrian"];

/// The category of people.
#[derive(Default)]
pub(super) struct People {
    /// Its id; none where annotations name no category.
    pub category: Option<Id>,
    /// Where each of COCO's joints stands in the file, where that is not COCO's order.
    pub order: Option<[usize; KEYPOINT_COUNT]>,
}

impl People {
    /// The category with COCO's 17 joints in any order; else the one called person, human, people or pedestrian;
    /// else the only one in `used`, those of the annotations. Without a list of categories COCO's own number does.
    ///
    /// # Errors
    /// When there is none of these, or its joints are others than COCO's.
    pub(super) fn among(
        categories: &[Option<ReadCategory>],
        used: &[Id],
        path: &Path,
        tally: &mut Tally,
    ) -> Result<Self, DatasetError> {
        let known: Vec<(&Id, &ReadCategory)> = categories
            .iter()
            .flatten()
            .filter_map(|category| category.id.as_ref().map(|id| (id, category)))
            .collect();
        let with_joints: Vec<_> =
            known.iter().copied().filter(|(_, category)| order(&category.keypoints).is_some()).collect();
        if let Some((id, category)) = called_people(&with_joints).or_else(|| first_used(&with_joints, used)) {
            return Self::of(id, Some(category), path);
        }
        if let Some((id, category)) = called_people(&known) {
            return Self::of(id, Some(category), path);
        }
        let coco = Id::Number(i128::from(PERSON_CATEGORY));
        match used {
            [] => Ok(Self::default()),
            [only] => {
                let category = known.iter().find(|(id, _)| *id == only).map(|(_, category)| *category);
                if *only != coco || category.is_some() {
                    tally.add(LeftOutKind::OnlyCategory, || named(only, category));
                }
                Self::of(only, category, path)
            }
            several if known.is_empty() && several.contains(&coco) => Self::of(&coco, None, path),
            several => Err(DatasetError::NoPeople {
                path: path.to_owned(),
                found: match known.is_empty() {
                    true => several.iter().map(|id| named(id, None)).collect::<Vec<_>>().join(", "),
                    false => {
                        let names = known.iter().map(|(id, category)| named(id, Some(*category)));
                        names.collect::<Vec<_>>().join(", ")
                    }
                },
            }),
        }
    }

    fn of(id: &Id, category: Option<&ReadCategory>, path: &Path) -> Result<Self, DatasetError> {
        let names = category.map(|category| category.keypoints.as_slice()).unwrap_or_default();
        let order = order(names);
        if !names.is_empty() && order.is_none() {
            let strange = names.iter().find(|name| !KEYPOINT_NAMES.contains(&plain(name).as_str()));
            let found = match strange {
                Some(strange) if names.len() == KEYPOINT_COUNT => format!("{strange:?}"),
                _ if names.len() == KEYPOINT_COUNT => "a keypoint twice".to_owned(),
                _ => format!("{} keypoints", names.len()),
            };
            return Err(DatasetError::Entry {
                path: path.to_owned(),
                entry: format!("category {}", named(id, category)),
                expected: "the 17 COCO keypoints".to_owned(),
                found,
            });
        }
        let own = |order: &[usize; KEYPOINT_COUNT]| order.iter().enumerate().any(|(joint, at)| joint != *at);
        Ok(Self { category: Some(id.clone()), order: order.filter(own) })
    }

    /// Whether an annotation of this category is of a person; one of none always is.
    pub(super) fn include(&self, category: Option<&Id>) -> bool {
        category.is_none_or(|id| self.category.as_ref() == Some(id))
    }
}

/// The category with the name that comes first in [`PEOPLE`].
fn called_people<'a>(categories: &[(&'a Id, &'a ReadCategory)]) -> Option<(&'a Id, &'a ReadCategory)> {
    let called = |name: &&str| {
        categories.iter().copied().find(|(_, category)| category.name.trim().eq_ignore_ascii_case(name))
    };
    PEOPLE.iter().find_map(called)
}

fn first_used<'a>(
    categories: &[(&'a Id, &'a ReadCategory)],
    used: &[Id],
) -> Option<(&'a Id, &'a ReadCategory)> {
    let is_used = |(id, _): &(&Id, &ReadCategory)| used.contains(id);
    categories.iter().copied().find(is_used).or_else(|| categories.first().copied())
}

fn named(id: &Id, category: Option<&ReadCategory>) -> String {
    category.map_or_else(|| id.to_string(), |category| format!("{id} {:?}", category.name))
}

/// Where each of COCO's joints stands among these names; none if they are others, or not 17.
fn order(names: &[String]) -> Option<[usize; KEYPOINT_COUNT]> {
    if names.len() != KEYPOINT_COUNT {
        return None;
    }
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let mut order = [0; KEYPOINT_COUNT];
    for (place, joint) in order.iter_mut().zip(KEYPOINT_NAMES) {
        *place = names.iter().position(|name| name == joint)?;
    }
    Some(order)
}

/// A joint's name as this program spells it.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', '-'], " ")
}
