//! One person at many settings, a setting at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use crossbeam_channel::Receiver;
use image::RgbImage;

use super::outbox::{Outbox, Sent};
use super::people::Truth;
use super::view::{find, warm_up};
use crate::engine::{EngineError, Job, Predictor, Settings, Step, View};
use crate::pose::{BoundingBox, BoxError, Pose, Region, Seen, agreement, oks};

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

/// Looks for one person at one setting after the other, in the order in which they are given. A job of the engine: each
/// step is one setting, and one more for the reference before all.
pub struct PersonStudy {
    picture: Arc<RgbImage>,
    bounds: BoundingBox,
    truth: Option<Truth>,
    reference: Option<Settings>,
    reference_pass: Option<PersonPass>,
    settings: VecDeque<Settings>,
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
        let settings = settings.into();
        Ok((Self { picture, bounds, truth, reference, reference_pass, settings, passes }, reader))
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

    fn look(&self, predictor: &Predictor, settings: Settings) -> Result<PersonPass, EngineError> {
        let region = Region::around(&self.bounds);
        let seen = settings.capture.see(&self.picture, &region, settings.input);
        let views = [View { bounds: self.bounds, region, seen: &seen }];
        warm_up(predictor, &views, &settings)?;
        let (poses, milliseconds) = find(predictor, &views, &settings)?;
        let nobody = || EngineError::Panic("expected the joints of one person, found none".to_owned());
        let pose = poses.into_iter().next().ok_or_else(nobody)?;
        let truth = self.truth.as_ref();
        Ok(PersonPass {
            oks: truth.and_then(|truth| oks(&pose, &truth.labels, truth.area)),
            agreement: None,
            settings,
            pose,
            seen,
            region,
            milliseconds,
        })
    }

    /// The next setting, or the reference; false where everything is done.
    fn advance(&mut self, predictor: &Predictor) -> Result<bool, EngineError> {
        if let (Some(reference), None) = (&self.reference, &self.reference_pass) {
            self.reference_pass = Some(self.look(predictor, reference.clone())?);
            return Ok(true);
        }
        let Some(settings) = self.settings.pop_front() else { return Ok(false) };
        let known = self.reference_pass.as_ref().filter(|pass| pass.settings == settings);
        let mut pass = match known {
            Some(pass) => pass.clone(),
            None => self.look(predictor, settings)?,
        };
        let reference = self.reference_pass.as_ref();
        pass.agreement =
            reference.map(|reference| agreement(&pass.pose, &reference.pose, self.bounds.area()));
        self.passes.put(pass);
        Ok(true)
    }
}

impl Job for PersonStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        match self.passes.send() {
            Sent::All => {}
            Sent::Full => return Ok(Step::Later),
            Sent::NoReader => return Ok(Step::Done),
        }
        let more = self.advance(predictor)?;
        match (self.passes.send(), more) {
            (Sent::NoReader, _) | (Sent::All, false) => Ok(Step::Done),
            (Sent::All | Sent::Full, _) => Ok(Step::More),
        }
    }
}
