//! B at work: a network on a thread of its own, so that A never waits for it. It is asked once A has answered.

use std::sync::Arc;

use egui::Context;

use super::question::{Question, milliseconds};
use crate::app::document::{Document, OtherAnswer};
use crate::app::threshold::{Threshold, Thresholds};
use crate::app::what_if::keep_possible;
use crate::engine::{Answer, Engine, EngineError, Event, NetworkChoice, NetworkInfo, Settings};
use crate::network::{Ablation, DeviceChoice};

/// Added to the tickets of B's answers: textures are named by the ticket, and A counts from 1 too.
const TICKETS_OF_B: u64 = 1 << 63;

/// What B found last, and what A had found of the same people.
pub struct Found {
    /// B's answer; none only while the document shows it in the place of A's.
    pub other: Option<OtherAnswer>,
    /// What was asked, and A's part.
    pub question: Question,
    /// Milliseconds of B's answer; none where it came from memory.
    pub milliseconds: Option<f64>,
}

/// B's network and what it was asked.
pub struct Rival {
    engine: Engine,
    ordered: (NetworkChoice, DeviceChoice),
    /// Whether the network that was ordered last is still being loaded.
    loading: bool,
    /// The network at work.
    pub network: Option<Arc<NetworkInfo>>,
    asked: Option<(u64, Question)>,
    failed: Option<(Question, String)>,
    /// Why the network ordered last is not at work.
    not_loaded: Option<String>,
    /// What came last.
    pub found: Option<Found>,
}

impl Rival {
    /// Starts the thread, which loads the network at once.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn start(ctx: &Context, choice: NetworkChoice, device: DeviceChoice) -> Result<Self, EngineError> {
        let notify = ctx.clone();
        let engine = Engine::start(choice.clone(), device, move || notify.request_repaint())?;
        Ok(Self {
            engine,
            ordered: (choice, device),
            loading: true,
            network: None,
            asked: None,
            failed: None,
            not_loaded: None,
            found: None,
        })
    }

    /// Whether a network is being loaded.
    pub fn is_loading(&self) -> bool {
        self.loading
    }

    /// Whether an answer is waited for.
    pub fn is_asked(&self) -> bool {
        self.loading || self.asked.is_some()
    }

    /// Why there is no answer of the network that was chosen, if there is none.
    pub fn failure(&self) -> Option<&str> {
        let failed = || self.failed.as_ref().map(|(_, message)| message.as_str());
        self.not_loaded.as_deref().or_else(failed)
    }

    /// From which confidence on B is sure of each joint at these settings; what the user chose goes before.
    pub fn thresholds(&self, chosen: Threshold, settings: &Settings) -> Thresholds {
        chosen.at(self.network.as_deref(), settings.input)
    }

    /// Uses another network or device, unless that is the one ordered last.
    pub fn order(&mut self, choice: &NetworkChoice, device: DeviceChoice) {
        let wanted = (choice.clone(), device);
        if self.ordered != wanted {
            self.engine.use_instead(choice.clone(), device);
            (self.ordered, self.loading, self.not_loaded) = (wanted, true, None);
        }
    }

    /// Takes in what has come, and gives whether anything has. Lets go of those of `ablations` that another network has
    /// no parts for.
    pub fn take_in(&mut self, ablations: &mut Vec<Ablation>) -> bool {
        let mut news = false;
        while let Some(event) = self.engine.poll() {
            news = true;
            match event {
                Event::Network(info) => {
                    // An order may have come after the one that this network is of, or this after one that failed.
                    self.loading = (&info.choice, info.device_choice) != (&self.ordered.0, self.ordered.1);
                    if !self.loading {
                        keep_possible(ablations, info.config.as_ref());
                    }
                    self.not_loaded = None;
                    (self.network, self.found, self.failed) = (Some(info), None, None);
                }
                Event::NetworkFailed { choice, device, message } => {
                    tracing::error!("side B: {message}");
                    // That of an earlier order says nothing about the one that is still on its way.
                    if (choice, device) == self.ordered {
                        (self.loading, self.not_loaded) = (false, Some(message));
                    }
                }
                Event::Answer(answer) => {
                    if let Some((_, question)) = self.asked.take_if(|(ticket, _)| *ticket == answer.ticket) {
                        self.found = found(*answer, question, self.found.take());
                        self.failed = None;
                    }
                }
                Event::Failed { ticket, message, .. } => {
                    if let Some((_, question)) = self.asked.take_if(|(asked, _)| *asked == ticket) {
                        tracing::error!("side B: {message}");
                        self.failed = Some((question, message));
                    }
                }
                Event::Reference { .. } => {}
            }
        }
        news
    }

    /// Keeps what was found beside A's newest answer, and asks about that where B has not looked, unless A has still to
    /// answer: `idle` says whether it has not. One question at a time: while one is answered, newer ones would only take
    /// its place. While something is `dragged`, only the selected person is asked about, as A does.
    pub fn follow(
        &mut self,
        document: &Document,
        settings: &Settings,
        traced: bool,
        idle: bool,
        dragged: bool,
    ) {
        let is_gone = |found: &Found| !document.live && !found.question.is_about(document);
        if self.found.as_ref().is_some_and(is_gone) {
            self.found = None;
        }
        let traced = traced && self.network.as_ref().is_some_and(|network| network.config.is_some());
        let Some(question) = Question::of(document, settings, traced) else { return };
        if let Some(found) = &mut self.found
            && question.is_about_those_of(&found.question)
        {
            found.question.against = question.against.clone();
        }
        let question = if dragged { self.narrowed(question, document) } else { question };
        let is_past = |(earlier, _): &(Question, String)| !question.is_answered_by(earlier);
        if self.failed.as_ref().is_some_and(is_past) {
            self.failed = None;
        }
        let known = self.found.iter().map(|found| &found.question);
        let failed = self.failed.iter().map(|(question, _)| question);
        let is_answered = known.chain(failed).any(|earlier| question.is_answered_by(earlier));
        if idle && !is_answered && self.network.is_some() && !self.is_asked() {
            self.asked = Some((self.engine.submit(question.request()), question));
        }
    }

    /// A question about the selected person alone, where it has no answer yet and the others have one that can stay.
    fn narrowed(&self, question: Question, document: &Document) -> Question {
        let Some(found) = self.found.as_ref().filter(|found| !question.is_answered_by(&found.question))
        else {
            return question;
        };
        let place = document.alone_while_dragging().and_then(|index| document.place(index));
        let alone = place.and_then(|place| question.about_alone(place, &found.question));
        alone.unwrap_or(question)
    }

    /// Ends the thread without waiting for it: it may be loading a network.
    pub fn end(self) {
        let thread = std::thread::Builder::new().name("side B ends".into()).spawn(move || drop(self.engine));
        if let Err(error) = thread {
            tracing::warn!("the network of side B was waited for: {error}");
        }
    }
}

/// What an answer says of everybody whom its question is about; none where it is about one person alone and nothing is
/// known about the others `before` it.
fn found(answer: Answer, question: Question, before: Option<Found>) -> Option<Found> {
    let milliseconds = milliseconds(&answer);
    let before = before.and_then(|before| Some((before.question, before.other?.answer)));
    let mut answer = question.completed(answer, before)?;
    answer.ticket |= TICKETS_OF_B;
    let (numbers, found_with) = (question.numbers.clone(), question.found_with.clone());
    Some(Found { other: Some(OtherAnswer { answer, numbers, found_with }), question, milliseconds })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::engine::Weights;
    use crate::network::NetworkConfig;

    /// Generous, for slow machines; no test waits this long unless it fails.
    const PATIENCE: Duration = Duration::from_secs(20);

    #[test]
    fn an_order_that_failed_says_nothing_about_the_one_after_it() {
        let missing = PathBuf::from("nowhere.safetensors");
        let mut rival = Rival::start(&Context::default(), missing.into(), DeviceChoice::Cpu).unwrap();
        let tiny = NetworkChoice::from(Weights::Untrained(NetworkConfig::tiny()));
        rival.order(&tiny, DeviceChoice::Cpu);
        let started = Instant::now();
        while rival.is_loading() {
            assert!(started.elapsed() < PATIENCE);
            std::thread::sleep(Duration::from_millis(5));
            rival.take_in(&mut Vec::new());
            assert_eq!(rival.failure(), None);
        }
        assert!(rival.network.is_some_and(|network| network.choice == tiny));
    }

    #[test]
    fn a_network_that_is_no_longer_wanted_takes_no_parts_out_of_the_setup() {
        let tiny = Weights::Untrained(NetworkConfig::tiny());
        let with_ema = NetworkChoice::from(Weights::Untrained(NetworkConfig::tiny().with_ema(8)));
        let mut rival = Rival::start(&Context::default(), tiny.into(), DeviceChoice::Cpu).unwrap();
        rival.order(&with_ema, DeviceChoice::Cpu);
        let mut ablations: Vec<Ablation> =
            ["s1.ema=identity", "s1.b9.scale1"].map(|id| id.parse().unwrap()).into();
        let started = Instant::now();
        while rival.is_loading() {
            assert!(started.elapsed() < PATIENCE);
            std::thread::sleep(Duration::from_millis(5));
            rival.take_in(&mut ablations);
        }
        assert_eq!(ablations.iter().map(Ablation::id).collect::<Vec<_>>(), ["s1.ema=identity"]);
    }
}
