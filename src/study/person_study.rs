//! One person at many settings, a setting at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use crossbeam_channel::Receiver;
use image::RgbImage;

use super::outbox::{self, Outbox};
use super::people::Truth;
use super::view::{find, warm_up};
use crate::engine::{EngineError, Job, Predictor, Settings, Step, View};
use crate::network::Ablation;
use crate::pose::{BoundingBox, BoxError, InputSize, Pose, Region, Seen, agreement, oks};

/// What was found of a person at one setting.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonPass {
    /// The setting.
    pub settings: Settings,
    /// The joints, in picture pixels.
    pub pose: Pose,
    /// The pictures a camera and the network saw.
    pub seen: Seen,
    /// The area of the picture that they show.
    pub region: Region,
    /// Similarity with the labelled joints, where there are some: accuracy, 0 … 1.
    pub oks: Option<f64>,
    /// Similarity with what the same network finds at the reference setting, where there is one: agreement, 0 … 1.
    pub agreement: Option<f64>,
    /// Milliseconds in the network, mirrored pass included.
    pub milliseconds: f64,
}

/// Looks for one person at one setting after the other, in the order in which they are given, the reference before all.
/// A job of the engine: each step is one pass through the network, and there is one more before the first of each
/// shape, outside the clock.
pub struct PersonStudy {
    picture: Arc<RgbImage>,
    bounds: BoundingBox,
    truth: Option<Truth>,
    reference: Option<Settings>,
    reference_pass: Option<PersonPass>,
    settings: VecDeque<Settings>,
    warm: Vec<Shape>,
    passes: Outbox<PersonPass>,
}

impl PersonStudy {
    /// A study of the person in a box of the picture, and where its passes come out. It pauses where many passes wait
    /// to be read, and ends when nobody is there to read them.
    ///
    /// # Errors
    /// When nobody can be cut out of the box.
    pub fn of(
        picture: Arc<RgbImage>,
        bounds: &BoundingBox,
        settings: Vec<Settings>,
    ) -> Result<(Self, Receiver<PersonPass>), BoxError> {
        let bounds = bounds.clipped(picture.width(), picture.height())?;
        let (passes, reader) = Outbox::new();
        let (truth, reference, reference_pass) = (None, None, None);
        let (settings, warm) = (settings.into(), Vec::new());
        Ok((Self { picture, bounds, truth, reference, reference_pass, settings, warm, passes }, reader))
    }

    /// Compares what is found with labelled joints.
    #[must_use]
    pub fn with_truth(mut self, truth: Truth) -> Self {
        self.truth = Some(truth);
        self
    }

    /// Compares what is found with what is found at this setting, which is looked at first.
    #[must_use]
    pub fn against(mut self, reference: Settings) -> Self {
        self.reference = Some(reference);
        self
    }

    /// Looks at a setting; none where the network had to run at its shape for the first time.
    fn look(
        &mut self,
        predictor: &Predictor,
        settings: &Settings,
    ) -> Result<Option<PersonPass>, EngineError> {
        let region = Region::around(&self.bounds);
        let seen = settings.capture.see(&self.picture, &region, settings.input);
        let views = [View { bounds: self.bounds, region, seen: &seen }];
        let shape = Shape::of(settings, predictor.info().square().is_some());
        if !self.warm.contains(&shape) {
            warm_up(predictor, &views, settings)?;
            self.warm.push(shape);
            return Ok(None);
        }
        let (poses, milliseconds) = find(predictor, &views, settings)?;
        let nobody = || EngineError::Panic("expected the joints of one person, found none".to_owned());
        let pose = poses.into_iter().next().ok_or_else(nobody)?;
        let truth = self.truth.as_ref();
        Ok(Some(PersonPass {
            oks: truth.and_then(|truth| oks(&pose, &truth.labels, truth.area)),
            agreement: None,
            settings: settings.clone(),
            pose,
            seen,
            region,
            milliseconds,
        }))
    }

    /// The next setting, or the reference; false where everything is done.
    fn advance(&mut self, predictor: &Predictor) -> Result<bool, EngineError> {
        if let Some(reference) = self.reference.clone().filter(|_| self.reference_pass.is_none()) {
            self.reference_pass = self.look(predictor, &reference)?;
            return Ok(true);
        }
        let Some(settings) = self.settings.front().cloned() else { return Ok(false) };
        let known = self.reference_pass.as_ref().filter(|pass| pass.settings == settings);
        let pass = match known {
            Some(pass) => Some(pass.clone()),
            None => self.look(predictor, &settings)?,
        };
        let Some(mut pass) = pass else { return Ok(true) };
        self.settings.pop_front();
        let reference = self.reference_pass.as_ref();
        pass.agreement =
            reference.map(|reference| agreement(&pass.pose, &reference.pose, self.bounds.area()));
        self.passes.put(pass);
        Ok(true)
    }
}

/// What makes a run through the network a first one, which takes longer: the shape of what the network gets, and which of its parts run.
#[derive(PartialEq, Eq)]
struct Shape {
    /// None for a network that always gets the same square.
    input: Option<InputSize>,
    flip_test: bool,
    ablations: Vec<Ablation>,
}

impl Shape {
    /// The shape at these settings; `square` where the network always gets the same square.
    fn of(settings: &Settings, square: bool) -> Self {
        let Settings { input, flip_test, ablations, .. } = settings.clone();
        Self { input: (!square).then_some(input), flip_test, ablations }
    }
}

impl Job for PersonStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        outbox::step(self, |study| &mut study.passes, |study| study.advance(predictor))
    }
}
