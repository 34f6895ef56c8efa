//! Who a sweep looks at, and what is said of them at one setting.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::by_joint::JointMeans;
use super::figures::{Found, detections};
use super::labelled_set::{DataArgs, LabelledSet};
use super::measure::{Look, Pass};
use super::output::warn;
use super::stored_picture::StoredPicture;
use super::subject::{Labelling, picture_paths};
use super::sweep_report::{Spread, SweepRow};
use crate::engine::{Person, Predictor, Request, Settings};
use crate::pose::coco::{Dataset, evaluate};
use crate::pose::{KEYPOINT_COUNT, LabelledKeypoint, Labels, Pose, joint_oks};

/// The people of a sweep.
#[derive(Debug)]
pub struct Swept {
    /// The pictures they are in.
    pub pictures: Vec<StoredPicture>,
    /// Where they are.
    pub looks: Vec<Look>,
    /// For each of them the labelled joints and the area in square pixels, where somebody labelled them.
    truths: Vec<Option<(Labels, f64)>>,
    /// The data set, with the index in its people of each of them.
    set: Option<(Dataset, Vec<usize>)>,
}

impl Swept {
    /// Everybody labelled in a data set.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn data_set(args: &DataArgs) -> anyhow::Result<Self> {
        let set = LabelledSet::open(args)?;
        let (indexes, looks): (Vec<usize>, Vec<Look>) = set.looks().into_iter().unzip();
        let truth = |index: &usize| set.dataset.people.get(*index).map(|person| (person.labels, person.area));
        Ok(Self {
            truths: indexes.iter().map(truth).collect(),
            pictures: set.pictures,
            looks,
            set: Some((set.dataset, indexes)),
        })
    }

    /// Everybody in pictures; boxes that are only guesses are refined once, at the reference resolution.
    ///
    /// # Errors
    /// When a picture or its annotations cannot be read, or nobody is to look for.
    pub fn pictures(
        paths: &[PathBuf],
        mut labels: Labelling,
        predictor: &Predictor,
        reference: &Settings,
    ) -> anyhow::Result<Self> {
        let mut swept = Self { pictures: Vec::new(), looks: Vec::new(), truths: Vec::new(), set: None };
        for path in picture_paths(paths)? {
            let stored = StoredPicture::File(path.clone());
            let frame = stored.read()?;
            let cast = labels.cast_of(&path, &frame)?;
            let request = Request {
                picture: frame.picture,
                people: cast.subjects.iter().map(|s| Person { bounds: s.bounds, refine: s.refine }).collect(),
                settings: reference.clone(),
                trace: None,
                reference: false,
            };
            let answer = predictor
                .answer(0, Arc::new(request))
                .map_err(|error| anyhow!("{}, {}: {error}", path.display(), cast.origin))?;
            let picture = swept.pictures.len();
            swept.pictures.push(stored);
            swept.looks.extend(answer.people.iter().map(|person| Look { picture, bounds: person.bounds }));
            swept.truths.extend(cast.subjects.into_iter().map(|subject| subject.truth));
        }
        for warning in labels.take_warnings() {
            warn(&warning);
        }
        match swept.looks.is_empty() {
            true => bail!("nobody to look for in the pictures named"),
            false => Ok(swept),
        }
    }

    /// The figures of one setting. `reference` is the pass to compare with, and its settings.
    pub fn row(&self, settings: &Settings, pass: &Pass, reference: (&Settings, &Pass)) -> SweepRow {
        let (reference_settings, reference) = reference;
        let (mut oks, mut agreements) = (Vec::new(), Vec::new());
        let (mut joint_oks_means, mut joint_agreements) = (JointMeans::default(), JointMeans::default());
        let people = pass.poses.iter().zip(&reference.poses).zip(self.looks.iter().zip(&self.truths));
        for ((pose, reference), (look, truth)) in people {
            let (Some(pose), Some(reference)) = (pose, reference) else {
                continue;
            };
            if let Some((labels, area)) = truth {
                note(pose, labels, *area, &mut oks, &mut joint_oks_means);
            }
            let area = look.bounds.area();
            note(pose, &as_labels(reference), area, &mut agreements, &mut joint_agreements);
        }
        SweepRow {
            input: settings.input,
            capture: settings.capture.height,
            people: pass.poses.iter().flatten().count(),
            ap: self.ap(pass),
            oks: Spread::of(&oks),
            reference: reference_settings.input,
            agreement: Spread::of(&agreements),
            network_ms_per_person: pass.ms_per_person(),
            joint_oks: joint_oks_means.means(),
            joint_agreement: joint_agreements.means(),
        }
    }

    fn ap(&self, pass: &Pass) -> Option<f64> {
        let (dataset, indexes) = self.set.as_ref()?;
        let found = indexes.iter().zip(&pass.poses);
        let found: Vec<Found> =
            found.filter_map(|(&person, pose)| Some(Found { person, pose: (*pose)? })).collect();
        evaluate(dataset, &detections(dataset, &found)).ap
    }
}

/// Adds one person's similarity with `labels`.
fn note(pose: &Pose, labels: &Labels, area: f64, people: &mut Vec<f64>, joints: &mut JointMeans) {
    let similarities = joint_oks(pose, labels, area);
    let labelled: Vec<f64> = similarities.iter().flatten().copied().collect();
    if !labelled.is_empty() {
        people.push(labelled.iter().sum::<f64>() / labelled.len() as f64);
    }
    joints.add(&similarities);
}

/// A found pose in the place of labels, to compare another with it.
fn as_labels(pose: &Pose) -> Labels {
    let mut labels = [LabelledKeypoint::default(); KEYPOINT_COUNT];
    for (label, joint) in labels.iter_mut().zip(pose) {
        *label = LabelledKeypoint { x: joint.x, y: joint.y, visibility: 2 };
    }
    labels
}
