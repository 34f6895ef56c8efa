//! The channel weights of the selected person at the largest size, to compare those at hand with.

use crate::app::document::Document;
use crate::app::idle_job::IdleJob;
use crate::engine::{Engine, NetworkInfo, Settings};
use crate::network::checkpoint::HostTensor;
use crate::pose::BoundingBox;
use crate::study::{ChannelStudy, StageWeights};

/// What the network is asked.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    /// Which picture.
    version: u64,
    bounds: BoundingBox,
    settings: Settings,
}

/// The weights at the largest size, or why there are none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AtLargest<'a> {
    /// p2 `[G, c]` of the stage asked about.
    Known(&'a HostTensor),
    /// The answer at hand is that of the largest size.
    AtHand,
    /// They have been asked for, or will be as soon as nothing else is.
    Waiting,
    /// A camera brings the next frame before they would come.
    Live,
    /// They could not be had; the sentence says why.
    Failed(&'a str),
}

/// The newest question about the largest size, and its newest answer.
#[derive(Default)]
pub struct LargestSize {
    /// Kept when it has failed, too: it would fail again.
    asked: Option<Question>,
    job: IdleJob<Vec<StageWeights>>,
    found: Option<(Question, Vec<StageWeights>)>,
}

impl LargestSize {
    /// Takes in what came, and asks the engine, where one is given, for what is not known. A new question takes the
    /// place of the one before.
    pub fn follow(&mut self, document: &Document, network: &NetworkInfo, engine: Option<&Engine>) {
        let weights = self.job.poll().into_iter().flatten().next();
        if let Some((question, weights)) = self.asked.as_ref().zip(weights) {
            self.found = Some((question.clone(), weights));
        }
        let Some(question) = question(document, network) else { return };
        let is_known = self.found.as_ref().is_some_and(|(known, _)| *known == question);
        let is_asked = self.asked.as_ref() == Some(&question);
        if is_known || is_asked || is_at_hand(document, &question.settings) {
            return;
        }
        (self.asked, self.job) = (None, IdleJob::default());
        let Some(engine) = engine else { return };
        let (picture, settings) = (document.frame.picture.clone(), question.settings.clone());
        match ChannelStudy::of(picture, &question.bounds, settings) {
            Ok((study, weights)) => self.job.start(engine, study, weights),
            Err(error) => self.job.fail(error),
        }
        self.asked = Some(question);
    }

    /// What is known of the selected person's weights in a stage, counted from 0.
    pub fn weights(&self, document: &Document, network: &NetworkInfo, stage: usize) -> AtLargest<'_> {
        if document.live {
            return AtLargest::Live;
        }
        let Some(question) = question(document, network) else { return AtLargest::Waiting };
        if is_at_hand(document, &question.settings) {
            return AtLargest::AtHand;
        }
        let known = self.found.as_ref().filter(|(known, _)| *known == question);
        let of_stage = known.and_then(|(_, weights)| weights.iter().find(|weights| weights.stage == stage));
        match (of_stage, self.job.failure()) {
            (Some(weights), _) => AtLargest::Known(&weights.p2),
            (None, Some(why)) => AtLargest::Failed(why),
            (None, None) => AtLargest::Waiting,
        }
    }
}

/// The same person at the resolution that agreement is measured against, seen sharply by the untouched network; none
/// of a camera, and where nobody is answered about or the network has no EMA modules.
fn question(document: &Document, network: &NetworkInfo) -> Option<Question> {
    network.config.as_ref()?.ema_groups?;
    if document.live {
        return None;
    }
    let settings = straight(&network.reference_settings(&document.answer()?.request.settings));
    let bounds = document.selected_answer()?.bounds;
    Some(Question { version: document.version, bounds, settings })
}

/// Whether the answer on the screen was found at these settings.
fn is_at_hand(document: &Document, settings: &Settings) -> bool {
    document.answer().is_some_and(|answer| straight(&answer.request.settings) == *settings)
}

/// Without the mirrored pass, which leaves no weights behind.
fn straight(settings: &Settings) -> Settings {
    Settings { flip_test: false, ..settings.clone() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::app::preferences::Preferences;
    use crate::engine::{Answer, Event, Request, Weights};
    use crate::network::{DeviceChoice, NetworkConfig};
    use crate::pose::InputSize;
    use crate::source::Frame;

    /// Generous, for slow machines; no test waits this long unless it fails.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// A picture with one box in it.
    fn document() -> Document {
        let picture =
            image::RgbImage::from_fn(120, 160, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
        let mut document = Document::new(Frame::still(picture, "made.png", None), 1, 1, None);
        document.remove_selected();
        document.add_person(BoundingBox { x: 20.0, y: 10.0, width: 60.0, height: 120.0 });
        document
    }

    fn answer(engine: &Engine, document: &Document, settings: Settings) -> Answer {
        let (picture, people) = (document.frame.picture.clone(), document.asked_people());
        engine.submit(Request { picture, people, settings, trace: Some(0), reference: false });
        match engine.wait(PATIENCE) {
            Some(Event::Answer(answer)) => *answer,
            other => panic!("no answer but {other:?}"),
        }
    }

    #[test]
    fn the_weights_are_those_of_a_request_at_the_largest_size() {
        let weights = Weights::Untrained(NetworkConfig::tiny().with_ema(8));
        let engine = Engine::start(weights, DeviceChoice::Cpu, || {}).unwrap();
        let Some(Event::Network(network)) = engine.wait(PATIENCE) else { panic!("no network") };
        let mut settings = Preferences::default().settings;
        (settings.input, settings.capture.height) = (InputSize::STANDARD[0], 32);
        let mut document = document();
        let mut largest = LargestSize::default();
        largest.follow(&document, &network, Some(&engine));
        assert!(largest.asked.is_none(), "nothing is asked before there is an answer");
        document.take(answer(&engine, &document, settings.clone()));
        largest.follow(&document, &network, None);
        assert!(largest.asked.is_none() && largest.weights(&document, &network, 0) == AtLargest::Waiting);
        let started = Instant::now();
        while largest.weights(&document, &network, 0) == AtLargest::Waiting {
            assert!(started.elapsed() < PATIENCE);
            largest.follow(&document, &network, Some(&engine));
            std::thread::sleep(Duration::from_millis(5));
        }
        let reference = answer(&engine, &document, network.reference_settings(&settings));
        let trace: Arc<_> = reference.people[0].trace.clone().unwrap();
        for stage in 0..3 {
            let AtLargest::Known(p2) = largest.weights(&document, &network, stage) else {
                panic!("nothing is known of stage {stage}")
            };
            let direct = &trace.ema_of(stage).unwrap().channel_2;
            assert_eq!(p2.shape, direct.shape);
            assert!(p2.values.iter().zip(&direct.values).all(|(a, b)| (a - b).abs() < 1e-5));
        }
        document.take(reference);
        assert_eq!(largest.weights(&document, &network, 0), AtLargest::AtHand);
        document.live = true;
        assert_eq!(largest.weights(&document, &network, 0), AtLargest::Live);
    }
}
