//! `posescope infer`: the joints of everybody in pictures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::apart::check_apart;
use super::failure::in_one_message;
use super::network_args::sizes_to_measure;
use super::output::{check_writable, print, unwritable, warn, write_file};
use super::people_report::{FoundPerson, csv, results, table};
use super::progress::progress_bar;
use super::searching::Searching;
use super::subject::{BoxFile, Labelling, picture_paths};
use super::unusable::{PassedOver, refusal};
use crate::arguments::InferArgs;
use crate::counted::counted;
use crate::engine::{Answer, EngineError, Person, Predictor, Request, Settings};
use crate::network::Trace;
use crate::pose::oks;
use crate::source::{WarningTally, picture};
use crate::study::{JointsEntry, PictureIds, TensorsOf, tensors_file};

/// Finds the joints and reports them. A picture that fails and a box that cannot be used are told of, the others
/// are done.
///
/// # Errors
/// When the network or an output cannot be used, or a picture failed; a picture has failed too when it has boxes, none
/// of which can be used.
pub fn run(args: &InferArgs) -> anyhow::Result<()> {
    args.output.check()?;
    for path in [&args.csv, &args.trace].into_iter().flatten() {
        check_writable(path)?;
    }
    let boxes = args.boxes.as_deref().map(BoxFile::read).transpose()?;
    let (paths, mut warnings) = picture_paths(&args.pictures)?;
    let read: Vec<PathBuf> = paths.iter().chain(&args.boxes).chain(args.network.file()).cloned().collect();
    check_apart(&[args.output.out.as_deref(), args.csv.as_deref(), args.trace.as_deref()], &read)?;
    let predictor = args.network.load()?;
    sizes_to_measure(predictor.info(), &[args.size])?;
    if args.trace.is_some() && predictor.info().config.is_none() {
        bail!("{} has no attention or EMA tensors to write; leave out --trace", predictor.info().name);
    }
    let device = predictor.info().device_choice;
    let mut inference = Inference {
        searching: Searching::new(args.find, device),
        settings: args.view.settings(args.size, args.capture, args.flip),
        predictor,
        labels: Labelling::new(boxes, args.turn_labels),
        wants_trace: args.trace.is_some(),
        trace: None,
        passed_over: PassedOver::default(),
        told: WarningTally::default(),
    };

    let progress = progress_bar(paths.len(), "pictures", args.output.json || paths.len() == 1);
    let (mut people, mut failures, mut ids) = (Vec::new(), Vec::new(), PictureIds::default());
    for path in &paths {
        match inference.attempt(path) {
            Ok((id, found)) => {
                ids.add(id, found.len());
                people.extend(found);
            }
            Err(error) => failures.push(error),
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    ids.number(people.iter_mut().map(|person| &mut person.entry), inference.labels.largest_id());
    warnings.extend(inference.told.sentences());
    warnings.extend(inference.labels.take_warnings());
    warnings.iter().for_each(|warning| warn(warning));
    if let (1, Some(_)) = (paths.len(), failures.first()) {
        return Err(failures.remove(0));
    }
    let delivered = deliver(args, &inference, &people, failures.is_empty());
    for failure in &failures {
        warn(&failure.to_string());
    }
    if let Some(warning) = inference.passed_over.warning() {
        warn(&warning);
    }
    delivered?;
    match failures.len() {
        0 => Ok(()),
        failed => bail!("{failed} of {} failed", counted(paths.len(), "picture", "pictures")),
    }
}

/// Writes and prints all that is asked for, also after one of it has failed; `complete` says that no picture failed.
///
/// # Errors
/// The first that occurs; the others are told of.
fn deliver(
    args: &InferArgs,
    inference: &Inference,
    people: &[FoundPerson],
    complete: bool,
) -> anyhow::Result<()> {
    let rows = args.csv.as_deref().map(|path| -> anyhow::Result<()> { write_file(path, &csv(people)?) });
    let trace = args.trace.as_deref().map(|path| inference.write_trace(path));
    let printed = args.output.deliver(&results(people), || table(people)).and_then(|()| {
        match people.is_empty() && complete && !args.output.json {
            true => print("nobody to look for\n"),
            false => Ok(()),
        }
    });
    let mut errors = [rows, trace, Some(printed)].into_iter().flatten().filter_map(Result::err);
    let first = errors.next();
    for later in errors {
        warn(&later.to_string());
    }
    first.map_or(Ok(()), Err)
}

/// A network at work on one picture after the other.
struct Inference {
    predictor: Predictor,
    labels: Labelling,
    searching: Searching,
    settings: Settings,
    wants_trace: bool,
    trace: Option<(String, Arc<Trace>)>,
    passed_over: PassedOver,
    /// What is to be said of pictures.
    told: WarningTally,
}

impl Inference {
    /// Everybody in a picture, or a message that names it, whatever went wrong.
    fn attempt(&mut self, path: &Path) -> anyhow::Result<(Option<u64>, Vec<FoundPerson>)> {
        let file = path.display().to_string();
        in_one_message(|| self.picture(path)).map_err(|error| match error.to_string().contains(&file) {
            true => error,
            false => anyhow!("{file}: {error}"),
        })
    }

    /// Everybody in a picture, and the picture's id where annotations give one. [`PictureIds`] numbers the others.
    fn picture(&mut self, path: &Path) -> anyhow::Result<(Option<u64>, Vec<FoundPerson>)> {
        let file = path.display().to_string();
        let frame = picture::open(path)?;
        self.told.add(path, &frame.warnings);
        let size = (frame.width(), frame.height());
        let cast = self.labels.cast_of(path, &frame)?;
        let cast = self.searching.recast(cast, &frame.picture)?;
        let (subjects, unusable) = cast.told_apart(size);
        if subjects.is_empty() {
            return match refusal(&unusable) {
                Some(why) => Err(anyhow!("{file}, {}: {why}", cast.origin)),
                None => Ok((cast.image_id, Vec::new())),
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
        self.keep_trace(&file, &mut answer);
        self.passed_over.add(&file, &unusable);
        let found = answer.people.iter().zip(&subjects).map(|(found, (place, subject))| FoundPerson {
            entry: JointsEntry::new(file.clone(), *place, found.pose),
            origin: cast.origin.clone(),
            bounds: found.bounds,
            oks: subject.truth.as_ref().and_then(|truth| oks(&found.pose, &truth.labels, truth.area)),
        });
        Ok((cast.image_id, found.collect()))
    }

    fn keep_trace(&mut self, file: &str, answer: &mut Answer) {
        if let Some(trace) = answer.people.first_mut().and_then(|person| person.trace.take()) {
            self.trace = Some((file.to_owned(), trace));
        }
    }

    fn write_trace(&self, path: &Path) -> anyhow::Result<()> {
        let Some((file, trace)) = &self.trace else {
            bail!("nobody was found whose tensors could be written to {}", path.display());
        };
        let network = &self.predictor.info().name;
        let of = TensorsOf { picture: file, network, settings: &self.settings };
        let bytes = tensors_file(trace, None, &of).map_err(|error| unwritable(path, &error))?;
        write_file(path, &bytes)
    }
}
