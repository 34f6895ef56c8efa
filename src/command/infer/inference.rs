use std::path::Path;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::found::Found;
use crate::arguments::InferArgs;
use crate::command::failure::in_one_message;
use crate::command::output::{unwritable, write_file};
use crate::command::people_report::FoundPerson;
use crate::command::searching::Searching;
use crate::command::subject::{BoxFile, Cast, Labelling};
use crate::command::unusable::{PassedOver, refusal};
use crate::engine::{Answer, EngineError, Person, Predictor, Request, Settings};
use crate::network::Trace;
use crate::pose::oks;
use crate::source::{Clip, Frame, WarningTally, picture};
use crate::study::{JointsEntry, TensorsOf, tensors_file};

/// A network at work on one picture after the other.
pub(super) struct Inference {
    predictor: Predictor,
    pub labels: Labelling,
    pub searching: Searching,
    settings: Settings,
    wants_trace: bool,
    trace: Option<(String, Arc<Trace>)>,
    pub passed_over: PassedOver,
    /// What is to be said of pictures.
    pub told: WarningTally,
    /// Whether frames are counted on a bar.
    pub quiet: bool,
}

impl Inference {
    /// Looks as the arguments say, for the people of a box file where there is one.
    pub fn new(args: &InferArgs, predictor: Predictor, boxes: Option<BoxFile>) -> Self {
        Self {
            searching: Searching::new(args.find, predictor.info().device_choice),
            settings: args.view.settings(args.size, args.capture, args.flip),
            predictor,
            labels: Labelling::new(boxes, args.turn_labels),
            wants_trace: args.trace.is_some(),
            trace: None,
            passed_over: PassedOver::default(),
            told: WarningTally::default(),
            quiet: args.output.json,
        }
    }

    /// Adds everybody in a picture or a video; whatever goes wrong becomes a message that names it.
    pub fn attempt(&mut self, path: &Path, found: &mut Found) -> anyhow::Result<()> {
        let file = path.display().to_string();
        let added = in_one_message(|| match Clip::of_video(path)? {
            Some(clip) => self.video(clip, found),
            None => self.picture(path, found),
        });
        added.map_err(|error| match error.to_string().contains(&file) {
            true => error,
            false => anyhow!("{file}: {error}"),
        })
    }

    fn picture(&mut self, path: &Path, found: &mut Found) -> anyhow::Result<()> {
        let file = path.display().to_string();
        let frame = picture::open(path)?;
        self.told.add(path, &frame.warnings);
        let cast = self.labels.cast_of(path, &frame)?;
        let cast = self.searching.recast(cast, &frame.picture)?;
        let people = self.people(&file, &frame, &cast)?;
        found.add(cast.image_id, people);
        Ok(())
    }

    /// Everybody of a cast who can be cut out of a frame.
    pub fn people(&mut self, file: &str, frame: &Frame, cast: &Cast) -> anyhow::Result<Vec<FoundPerson>> {
        let (subjects, unusable) = cast.told_apart((frame.width(), frame.height()));
        if subjects.is_empty() {
            return match refusal(&unusable) {
                Some(why) => Err(anyhow!("{file}, {}: {why}", cast.origin)),
                None => Ok(Vec::new()),
            };
        }
        let people = subjects.iter().map(|(_, s)| Person { bounds: s.bounds, refine: s.refine }).collect();
        let request = Request {
            picture: frame.picture.clone(),
            people,
            settings: self.settings.clone(),
            trace: (self.wants_trace && self.trace.is_none()).then_some(0),
            reference: false,
        };
        let answer = self.predictor.answer(0, Arc::new(request));
        let mut answer = answer.map_err(|error: EngineError| anyhow!("{file}, {}: {error}", cast.origin))?;
        self.keep_trace(file, &mut answer);
        self.passed_over.add(file, &unusable);
        let found = answer.people.iter().zip(&subjects).map(|(found, (place, subject))| FoundPerson {
            entry: JointsEntry::new(file.to_owned(), *place, found.pose),
            origin: cast.origin.clone(),
            bounds: found.bounds,
            oks: subject.truth.as_ref().and_then(|truth| oks(&found.pose, &truth.labels, truth.area)),
        });
        Ok(found.collect())
    }

    fn keep_trace(&mut self, file: &str, answer: &mut Answer) {
        if let Some(trace) = answer.people.first_mut().and_then(|person| person.trace.take()) {
            self.trace = Some((file.to_owned(), trace));
        }
    }

    /// Writes the tensors of the first person.
    ///
    /// # Errors
    /// When nobody was found, or the file cannot be written.
    pub fn write_trace(&self, path: &Path) -> anyhow::Result<()> {
        let Some((file, trace)) = &self.trace else {
            bail!("nobody was found whose tensors could be written to {}", path.display());
        };
        let network = &self.predictor.info().name;
        let of = TensorsOf { picture: file, network, settings: &self.settings };
        let bytes = tensors_file(trace, None, &of).map_err(|error| unwritable(path, &error))?;
        write_file(path, &bytes)
    }
}
