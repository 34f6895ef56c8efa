//! What the network finds with all its parts, to compare with what it finds without some.

use crate::app::document::Document;
use crate::app::idle_job::IdleJob;
use crate::engine::{Engine, Settings};
use crate::pose::{BoundingBox, Pose};
use crate::study::{PersonPass, PersonStudy};

/// What is asked of the untouched network.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    /// Which picture.
    version: u64,
    bounds: BoundingBox,
    /// Without ablations.
    settings: Settings,
}

/// The newest question to the untouched network, and its newest answer.
#[derive(Default)]
pub struct Untouched {
    /// Kept when it has failed, too: it would fail again.
    asked: Option<Question>,
    job: IdleJob<PersonPass>,
    found: Option<(Question, Pose)>,
}

impl Untouched {
    /// The joints of the selected person that go with the answer on the screen, as soon as they are known; none where
    /// that is of the untouched network itself, or of a camera. Asks the engine, where one is given, for what is not
    /// known; a new question takes the place of the one before.
    pub fn follow(&mut self, document: &Document, engine: Option<&Engine>) -> Option<Pose> {
        let pass = self.job.poll().into_iter().flatten().next();
        if let Some((question, pass)) = self.asked.as_ref().zip(pass) {
            self.found = Some((question.clone(), pass.pose));
        }
        let question = question(document)?;
        if let Some((known, pose)) = &self.found
            && *known == question
        {
            return Some(*pose);
        }
        if self.asked.as_ref() == Some(&question) {
            return None;
        }
        (self.asked, self.job) = (None, IdleJob::default());
        let (engine, picture) = (engine?, document.frame.picture.clone());
        match PersonStudy::of(picture, &question.bounds, vec![question.settings.clone()]) {
            Ok((study, passes)) => self.job.start(engine, study, passes),
            Err(error) => self.job.fail(error),
        }
        self.asked = Some(question);
        None
    }

    /// Why the newest question has no answer, if it failed.
    pub fn failure(&self) -> Option<&str> {
        self.job.failure()
    }
}

fn question(document: &Document) -> Option<Question> {
    let settings = &document.answer()?.request.settings;
    if document.live || settings.ablations.is_empty() {
        return None;
    }
    let bounds = document.selected_answer()?.bounds;
    let settings = Settings { ablations: Vec::new(), ..settings.clone() };
    Some(Question { version: document.version, bounds, settings })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::app::document::fixtures::{answer, labelled};
    use crate::engine::{Request, Weights};
    use crate::network::{DeviceChoice, NetworkConfig};

    /// Generous, for slow machines; no test waits this long unless it fails.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// A document whose answer was found without a scale.
    fn ablated() -> Document {
        let mut document = labelled();
        let mut answer = answer(&document, 1);
        let mut request: Request = (*answer.request).clone();
        request.settings.ablations = vec!["s2.scale2".parse().unwrap()];
        answer.request = Arc::new(request);
        document.take(answer);
        document
    }

    #[test]
    fn a_failure_is_kept_until_something_else_is_asked() {
        let engine = |weights| Engine::start(weights, DeviceChoice::Cpu, || {}).unwrap();
        let without = engine(Weights::File("absent.safetensors".into()));
        let with = engine(Weights::Untrained(NetworkConfig::tiny()));
        assert!(with.wait(PATIENCE).is_some());
        let (mut document, mut untouched) = (ablated(), Untouched::default());
        let started = Instant::now();
        while untouched.failure().is_none() {
            assert!(started.elapsed() < PATIENCE && untouched.follow(&document, Some(&without)).is_none());
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(untouched.follow(&document, Some(&with)).is_none());
        assert!(untouched.failure().is_some(), "it is not asked again");
        document.version += 1;
        assert!(untouched.follow(&document, None).is_none() && untouched.failure().is_none());
        let pose = loop {
            assert!(started.elapsed() < 2 * PATIENCE && untouched.failure().is_none());
            if let Some(pose) = untouched.follow(&document, Some(&with)) {
                break pose;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(untouched.follow(&document, None), Some(pose), "what is known stays");
    }
}
