//! What the network finds with all its parts, to compare with what it finds without some.

use crossbeam_channel::Receiver;

use crate::app::document::Document;
use crate::engine::{Engine, JobHandle, Settings};
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
    asked: Option<(Question, Receiver<PersonPass>, JobHandle)>,
    found: Option<(Question, Pose)>,
    /// Why the newest question has no answer, if it failed.
    failed: Option<String>,
}

impl Untouched {
    /// The joints of the selected person that go with the answer on the screen, as soon as they are known; none where
    /// that is of the untouched network itself, or of a camera. Asks the engine, where one is given, for what is not
    /// known.
    pub fn follow(&mut self, document: &Document, engine: Option<&Engine>) -> Option<Pose> {
        if let Some((question, passes, handle)) = &self.asked {
            if let Ok(pass) = passes.try_recv() {
                self.found = Some((question.clone(), pass.pose));
            }
            if let Some(Err(error)) = handle.end() {
                self.failed = Some(error.to_string());
            }
        }
        let question = question(document)?;
        if let Some((known, pose)) = &self.found
            && *known == question
        {
            return Some(*pose);
        }
        let is_asked = self.asked.as_ref().is_some_and(|(asked, ..)| *asked == question);
        if !is_asked {
            self.failed = None;
        }
        if let (false, Some(engine)) = (is_asked, engine) {
            let settings = vec![question.settings.clone()];
            let picture = document.frame.picture.clone();
            if let Ok((study, passes)) = PersonStudy::of(picture, &question.bounds, settings) {
                self.asked = Some((question, passes, engine.start_job(Box::new(study))));
            }
        }
        None
    }

    /// Why the newest question has no answer, if it failed.
    pub fn failure(&self) -> Option<&str> {
        self.failed.as_deref()
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
