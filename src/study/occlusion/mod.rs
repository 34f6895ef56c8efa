//! What a joint's place hangs on, by occlusion (Zeiler and Fergus 2014, arXiv 1311.2901): a grey patch is moved over what
//! the network is shown, and the joints are looked for again at each of its places.

mod effect;
mod patch;
mod plan;

use std::collections::VecDeque;

use crossbeam_channel::Receiver;

pub use effect::{JointEffect, PatchEffect, occlusion_map};
pub use patch::Patch;
pub use plan::{PatchSize, patches};

use super::outbox::{self, Outbox};
use super::shown_person::ShownPerson;
use super::view::find;
use crate::engine::{EngineError, Job, Predictor, Step};
use crate::pose::{Pose, Seen};

/// Lays one patch after the other over a person, in the order in which they are given. A job of the engine: its first
/// step looks at the person without a patch, and each after it is one pass of as many patches as gain time together.
///
/// What is covered is the network's input, or the capture where the network gets a square of that instead.
pub struct OcclusionStudy {
    person: ShownPerson,
    left: VecDeque<(PatchSize, Patch)>,
    untouched: Option<Pose>,
    effects: Outbox<Vec<PatchEffect>>,
}

impl OcclusionStudy {
    /// A study of a person with these patches, and where their effects come out, those of a pass together. It pauses
    /// where many passes wait to be read, and ends when nobody is there to read them.
    pub fn of(
        person: ShownPerson,
        patches: impl IntoIterator<Item = (PatchSize, Patch)>,
    ) -> (Self, Receiver<Vec<PatchEffect>>) {
        let (effects, reader) = Outbox::new();
        (Self { person, left: patches.into_iter().collect(), untouched: None, effects }, reader)
    }

    fn look(&self, predictor: &Predictor, seen: &[Seen]) -> Result<Vec<Pose>, EngineError> {
        let views: Vec<_> = seen.iter().map(|seen| self.person.view_of(seen)).collect();
        let (poses, _) = find(predictor, &views, &self.person.settings)?;
        Ok(poses)
    }

    /// The next pass; false where everything is done.
    fn advance(&mut self, predictor: &Predictor) -> Result<bool, EngineError> {
        let Some(untouched) = self.untouched else {
            let nobody = || EngineError::Panic("expected the joints of one person, found none".to_owned());
            let seen = std::slice::from_ref(&self.person.seen);
            self.untouched = Some(self.look(predictor, seen)?.into_iter().next().ok_or_else(nobody)?);
            return Ok(true);
        };
        let at_once = predictor.people_at_once(self.person.settings.input).max(1).min(self.left.len());
        let batch: Vec<(PatchSize, Patch)> = self.left.drain(..at_once).collect();
        if batch.is_empty() {
            return Ok(false);
        }
        let square = predictor.info().square().is_some();
        let seen: Vec<Seen> =
            batch.iter().map(|(_, patch)| covered(&self.person.seen, patch, square)).collect();
        let poses = self.look(predictor, &seen)?;
        let Seen { capture, input } = &self.person.seen;
        let pixels = if square { capture.dimensions() } else { input.dimensions() };
        let found = batch.into_iter().zip(&poses).map(|((size, patch), pose)| {
            let joints = effect::effects(&untouched, pose, &self.person.region, pixels);
            PatchEffect { size, patch, joints }
        });
        self.effects.put(found.collect());
        Ok(!self.left.is_empty())
    }
}

/// What is shown with a patch over it: over the capture for a network that gets a square of that.
fn covered(seen: &Seen, patch: &Patch, square: bool) -> Seen {
    let Seen { capture, input } = seen;
    match square {
        true => Seen { capture: patch.over(capture), input: input.clone() },
        false => Seen { capture: capture.clone(), input: patch.over(input) },
    }
}

impl Job for OcclusionStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        outbox::step(self, |study| &mut study.effects, |study| study.advance(predictor))
    }
}

#[cfg(test)]
mod tests;
