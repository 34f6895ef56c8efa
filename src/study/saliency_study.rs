//! What a joint's heatmap peak hangs on, by the network's gradient.

use crossbeam_channel::Receiver;

use super::error::StudyError;
use super::outbox::Outbox;
use super::shown_person::ShownPerson;
use crate::engine::{EngineError, Job, Predictor, Step};
use crate::network::Grid;

/// Finds gradient × input of one joint's heatmap peak, as [`Predictor::saliency`] gives it. A job of the engine: one
/// step, one pass forwards and one back.
pub struct SaliencyStudy {
    person: ShownPerson,
    joint: usize,
    maps: Outbox<Grid>,
}

impl SaliencyStudy {
    /// A study of one joint (in COCO order) of a person, and where its map comes out. It ends with
    /// [`StudyError::NoGradients`] with a network whose gradients are not at hand.
    pub fn of(person: ShownPerson, joint: usize) -> (Self, Receiver<Grid>) {
        let (maps, reader) = Outbox::new();
        (Self { person, joint, maps }, reader)
    }
}

impl Job for SaliencyStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        let view = self.person.view_of(&self.person.seen);
        let map = predictor.saliency(&view, &self.person.settings, self.joint)?;
        self.maps.put(map.ok_or_else(|| StudyError::NoGradients { network: predictor.info().name.clone() })?);
        // The only map: there is room for it.
        self.maps.send();
        Ok(Step::Done)
    }
}
