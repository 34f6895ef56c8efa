//! Which category of an annotation file is people, and in which order it lists their joints.

use std::collections::HashSet;
use std::path::Path;

use super::super::skeleton::{KEYPOINT_COUNT, KEYPOINT_NAMES};
use super::entries::ReadCategory;
use super::error::DatasetError;
use super::left_out::{LeftOutKind, Tally};
use super::raw::PERSON_CATEGORY;
use super::value::{Id, quoted};
use crate::words::words_of;

/// What categories of people are called, in lower case.
const PEOPLE: [&str; 4] = ["person", "human", "people", "pedestrian"];

/// A category with its id.
type Known<'a> = (&'a Id, &'a ReadCategory);
/// How many categories an error lists; COCO has 80.
const MOST_NAMED: usize = 100;

/// The category of people.
#[derive(Default)]
pub(super) struct People {
    /// Its id, and those of others that are called the same and have the same joints; none where annotations name no
    /// category.
    pub categories: HashSet<Id>,
    /// Other categories of people that annotations use; they are left out, and told of.
    pub others: HashSet<Id>,
    /// Where each of COCO's joints stands in the file, where that is not COCO's order.
    pub order: Option<[usize; KEYPOINT_COUNT]>,
}

impl People {
    /// The category with COCO's 17 joints in any order; else the one called person, human, people or pedestrian;
    /// else the only one in `used`, those of the annotations. What annotations use comes before what they do not.
    /// Without a list of categories COCO's own number does.
    ///
    /// # Errors
    /// When there is none of these, or its joints are others than COCO's.
    pub(super) fn among(
        categories: &[Option<ReadCategory>],
        used: &[Id],
        path: &Path,
        tally: &mut Tally,
    ) -> Result<Self, DatasetError> {
        let known = categories.iter().flatten();
        let known: Vec<Known<'_>> =
            known.filter_map(|category| category.id.as_ref().map(|id| (id, category))).collect();
        let ids: HashSet<&Id> = used.iter().collect();
        let (in_use, unused): (Vec<_>, Vec<_>) = known.iter().copied().partition(|(id, _)| ids.contains(id));
        if let Some((id, category)) = of_people(&in_use).or_else(|| of_people(&unused)) {
            return Ok(Self::of(id, Some(category), path)?.beside(category, &in_use));
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
                    true => list(several.iter().map(|id| named(id, None))),
                    false => list(known.iter().map(|(id, category)| named(id, Some(*category)))),
                },
            }),
        }
    }

    fn of(id: &Id, category: Option<&ReadCategory>, path: &Path) -> Result<Self, DatasetError> {
        let names = category.map(|category| category.keypoints.as_slice()).unwrap_or_default();
        let order = order(names);
        if !names.is_empty() && order.is_none() {
            let strange =
                names.iter().find(|name| KEYPOINT_NAMES.iter().all(|joint| plain(joint) != plain(name)));
            let found = match strange {
                Some(strange) if names.len() == KEYPOINT_COUNT => quoted(strange),
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
        Ok(Self { categories: HashSet::from([id.clone()]), others: HashSet::new(), order: order.filter(own) })
    }

    /// With the other categories of people that annotations use.
    fn beside(mut self, own: &ReadCategory, in_use: &[Known<'_>]) -> Self {
        let is_alike = |category: &ReadCategory| {
            category.name.trim().eq_ignore_ascii_case(own.name.trim())
                && category.keypoints.len() == own.keypoints.len()
                && order(&category.keypoints) == order(&own.keypoints)
        };
        for (id, category) in in_use {
            if self.categories.contains(*id) {
                continue;
            }
            if is_alike(category) {
                self.categories.insert((*id).clone());
            } else if of_people(&[(*id, *category)]).is_some() {
                self.others.insert((*id).clone());
            }
        }
        self
    }

    /// Whether an annotation of this category is of a person; one of none always is.
    pub(super) fn include(&self, category: Option<&Id>) -> bool {
        category.is_none_or(|id| self.categories.contains(id))
    }
}

/// The first category of people: with COCO's joints, or else with a name of people.
fn of_people<'a>(categories: &[Known<'a>]) -> Option<Known<'a>> {
    let with_joints: Vec<Known<'a>> =
        categories.iter().copied().filter(|(_, category)| order(&category.keypoints).is_some()).collect();
    called_people(&with_joints).or(with_joints.first().copied()).or_else(|| called_people(categories))
}

/// The category with the name that comes first in [`PEOPLE`].
fn called_people<'a>(categories: &[Known<'a>]) -> Option<Known<'a>> {
    let called = |name: &&str| {
        categories.iter().copied().find(|(_, category)| category.name.trim().eq_ignore_ascii_case(name))
    };
    PEOPLE.iter().find_map(called)
}

fn named(id: &Id, category: Option<&ReadCategory>) -> String {
    category.map_or_else(|| id.to_string(), |category| format!("{id} {}", quoted(&category.name)))
}

/// As many as anybody reads.
fn list(mut names: impl Iterator<Item = String>) -> String {
    let mut shown: Vec<String> = names.by_ref().take(MOST_NAMED).collect();
    shown.extend(names.next().map(|_| "…".to_owned()));
    shown.join(", ")
}

/// Where each of COCO's joints stands among these names; none if they are others, or not 17.
fn order(names: &[String]) -> Option<[usize; KEYPOINT_COUNT]> {
    if names.len() != KEYPOINT_COUNT {
        return None;
    }
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let mut order = [0; KEYPOINT_COUNT];
    for (place, joint) in order.iter_mut().zip(KEYPOINT_NAMES) {
        *place = names.iter().position(|name| *name == plain(joint))?;
    }
    Some(order)
}

/// A joint's name in small letters without what stands between its words, the side first and whole: `leftEye`, `L_EYE`
/// and `eye.l` are `lefteye`.
fn plain(name: &str) -> String {
    let side = |word: &str| match word {
        "l" | "left" => Some("left"),
        "r" | "right" => Some("right"),
        _ => None,
    };
    let words = words_of(name);
    let sides = words.iter().filter_map(|word| side(word));
    let others = words.iter().map(String::as_str).filter(|word| side(word).is_none());
    sides.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joints_are_known_in_any_spelling() {
        for name in
            ["left_eye", "Left Eye", "leftEye", "LeftEye", "L_EYE", "l-eye", "eye.l", "eye_left", "lefteye"]
        {
            assert_eq!(plain(name), "lefteye", "{name}");
        }
        assert_eq!(
            (plain(" Nose "), plain("neck"), plain("rAnkle")),
            ("nose".into(), "neck".into(), "rightankle".into())
        );
        let names: Vec<String> =
            KEYPOINT_NAMES.iter().map(|name| name.replace(' ', "_").to_uppercase()).collect();
        assert_eq!(order(&names).map(|order| order[16]), Some(16));
    }

    #[test]
    fn an_error_lists_no_more_than_anybody_reads() {
        let named = |count: usize| list((0..count).map(|name| name.to_string()));
        assert_eq!(named(2), "0, 1");
        assert!(named(MOST_NAMED + 9).ends_with(", 99, …"));
    }
}
