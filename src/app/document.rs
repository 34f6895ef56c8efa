//! The picture on the screen, the people in it, and what was found about them.

use std::path::PathBuf;

use crate::engine::{Answer, Person, PersonAnswer, follow};
use crate::pose::coco;
use crate::pose::{BoundingBox, KEYPOINT_COUNT, Labels, Pose, agreement, joint_oks, oks, pck};
use crate::source::Frame;

/// PCK counts a joint within this share of the box's longer side.
pub const PCK_THRESHOLD: f64 = 0.2;

/// Labelled joints of a person.
#[derive(Clone, Debug)]
pub struct Truth {
    /// The joints.
    pub labels: Labels,
    /// Area of the person in square pixels, for OKS.
    pub area: f64,
}

/// A person in the picture.
#[derive(Clone, Debug)]
pub struct PersonState {
    /// Where.
    pub bounds: BoundingBox,
    /// Whether `bounds` is a guess that the network may refine.
    pub refine: bool,
    /// Labelled joints, where there are any.
    pub truth: Option<Truth>,
}

/// How good the joints of a person are, and compared with what.
#[derive(Clone, Debug, PartialEq)]
pub enum Score {
    /// Against labelled joints: accuracy.
    Accuracy {
        /// Object keypoint similarity, 0 … 1.
        oks: f64,
        /// Share of joints within a fifth of the box's longer side.
        pck: f64,
        /// Mean distance over labelled joints in picture pixels.
        error_px: f64,
    },
    /// Against the same network at the largest input: agreement, never accuracy.
    Agreement {
        /// Object keypoint similarity with the reference joints, 0 … 1.
        oks: f64,
    },
}

/// Joints at the reference resolution.
struct Reference {
    boxes: Vec<BoundingBox>,
    poses: Vec<Pose>,
}

/// One picture or the newest frame of a camera.
pub struct Document {
    /// The picture.
    pub frame: Frame,
    /// Changes with the picture; names its textures.
    pub version: u64,
    /// Everybody in it.
    pub people: Vec<PersonState>,
    /// Index of the person the panels show.
    pub selected: Option<usize>,
    /// The file the labelled joints came from.
    pub truth_path: Option<PathBuf>,
    /// Whether more frames will come by themselves.
    pub live: bool,
    /// Answers with lower tickets belong to what was shown before.
    first_ticket: u64,
    answer: Option<Answer>,
    reference: Option<Reference>,
}

impl Document {
    /// A picture with the people labelled in it, or else one person who may be anywhere. `first_ticket` is
    /// the lowest that a question about it can have.
    pub fn new(
        frame: Frame,
        version: u64,
        first_ticket: u64,
        truth: Option<(PathBuf, Vec<coco::Person>)>,
    ) -> Self {
        let (width, height) = frame.picture.dimensions();
        let mut people = Vec::new();
        let mut truth_path = None;
        if let Some((path, labelled)) = truth {
            truth_path = Some(path);
            let inside = |person: coco::Person| {
                let bounds = person.bbox.clipped(width, height).ok()?;
                let truth =
                    (person.num_keypoints > 0).then_some(Truth { labels: person.labels, area: person.area });
                Some(PersonState { bounds, refine: false, truth })
            };
            people = labelled.into_iter().filter(|person| !person.iscrowd).filter_map(inside).collect();
        }
        if people.is_empty() {
            let bounds = BoundingBox::whole(width, height);
            people.push(PersonState { bounds, refine: true, truth: None });
        }
        Self {
            frame,
            version,
            people,
            selected: Some(0),
            truth_path,
            live: false,
            first_ticket,
            answer: None,
            reference: None,
        }
    }

    /// The next frame of a camera: people stay, and are looked for where their joints were.
    pub fn advance(&mut self, frame: Frame, version: u64) {
        let size = frame.picture.dimensions();
        let same_size = self.frame.picture.dimensions() == size;
        let found: Vec<Option<BoundingBox>> = (0..self.people.len())
            .map(|i| self.person_answer(i).filter(|_| same_size).and_then(|p| follow(&p.pose, size)))
            .collect();
        for (person, found) in self.people.iter_mut().zip(found) {
            // A lost person may be anywhere; following the joints then narrows the box from frame to frame.
            let bounds = found.unwrap_or_else(|| BoundingBox::whole(size.0, size.1));
            *person = PersonState { bounds, refine: false, truth: None };
        }
        (self.frame, self.version, self.live) = (frame, version, true);
        self.reference = None;
    }

    /// What the engine is to be asked.
    pub fn asked_people(&self) -> Vec<Person> {
        self.people.iter().map(|p| Person { bounds: p.bounds, refine: p.refine }).collect()
    }

    /// Takes in an answer, unless it belongs to another picture or other people.
    /// Gives whether boxes were refined by it.
    pub fn take(&mut self, answer: Answer) -> bool {
        if answer.ticket < self.first_ticket || answer.people.len() != self.people.len() {
            return false;
        }
        let mut refined = false;
        for (person, found) in self.people.iter_mut().zip(&answer.people) {
            if person.refine {
                (person.bounds, person.refine) = (found.bounds, false);
                refined = true;
            }
        }
        self.answer = Some(answer);
        refined
    }

    /// Takes in the joints at the reference resolution of the answer at hand.
    pub fn take_reference(&mut self, ticket: u64, poses: Vec<Pose>) {
        if let Some(answer) = self.answer.as_ref().filter(|answer| answer.ticket == ticket) {
            let boxes = answer.people.iter().map(|person| person.bounds).collect();
            self.reference = Some(Reference { boxes, poses });
        }
    }

    /// Forgets what an earlier network found, but draws its answer until the next one comes.
    pub fn forget_reference(&mut self) {
        self.reference = None;
    }

    /// Whether agreement has to be asked for: nobody labelled these people, and nothing fitting is at hand.
    pub fn wants_reference(&self) -> bool {
        let fits = |r: &Reference| r.boxes.iter().eq(self.people.iter().map(|p| &p.bounds));
        !self.live
            && self.people.iter().any(|p| p.truth.is_none())
            && !self.reference.as_ref().is_some_and(fits)
    }

    /// The newest answer.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }

    /// What was found about a person.
    pub fn person_answer(&self, index: usize) -> Option<&PersonAnswer> {
        self.answer.as_ref()?.people.get(index)
    }

    /// What was found about the selected person.
    pub fn selected_answer(&self) -> Option<&PersonAnswer> {
        self.person_answer(self.selected?)
    }

    /// How good the joints of a person are.
    pub fn score(&self, index: usize) -> Option<Score> {
        let found = self.person_answer(index)?;
        let person = self.people.get(index)?;
        if let Some(truth) = &person.truth {
            return Some(Score::Accuracy {
                oks: oks(&found.pose, &truth.labels, truth.area)?,
                pck: pck(&found.pose, &truth.labels, &person.bounds, PCK_THRESHOLD)?,
                error_px: mean_error(&found.pose, &truth.labels)?,
            });
        }
        let reference = self.reference.as_ref()?.poses.get(index)?;
        Some(Score::Agreement { oks: agreement(&found.pose, reference, person.bounds.area()) })
    }

    /// OKS of each labelled joint of a person.
    pub fn joint_scores(&self, index: usize) -> [Option<f64>; KEYPOINT_COUNT] {
        let truth = self.people.get(index).and_then(|person| person.truth.as_ref());
        match (self.person_answer(index), truth) {
            (Some(found), Some(truth)) => joint_oks(&found.pose, &truth.labels, truth.area),
            _ => [None; KEYPOINT_COUNT],
        }
    }

    /// Adds a person and selects them.
    pub fn add_person(&mut self, bounds: BoundingBox) {
        self.people.push(PersonState { bounds, refine: false, truth: None });
        self.selected = Some(self.people.len() - 1);
    }

    /// Removes the selected person; the one before is selected then.
    pub fn remove_selected(&mut self) {
        let Some(index) = self.selected.filter(|index| *index < self.people.len()) else {
            return;
        };
        self.people.remove(index);
        if let Some(answer) = &mut self.answer
            && index < answer.people.len()
        {
            answer.people.remove(index);
        }
        self.reference = None;
        self.selected = if self.people.is_empty() { None } else { Some(index.saturating_sub(1)) };
    }

    /// Selects the person `step` further on, around the end.
    pub fn select_next(&mut self, step: isize) {
        let count = self.people.len() as isize;
        if count > 0 {
            let from = self.selected.map_or(-1, |index| index as isize);
            self.selected = Some((from + step).rem_euclid(count) as usize);
        }
    }
}

fn mean_error(pose: &Pose, labels: &Labels) -> Option<f64> {
    let pairs = pose.iter().zip(labels).filter(|(_, label)| label.is_labelled());
    let distances: Vec<f64> =
        pairs.map(|(joint, label)| (joint.x - label.x).hypot(joint.y - label.y)).collect();
    (!distances.is_empty()).then(|| distances.iter().sum::<f64>() / distances.len() as f64)
}
