//! `posescope infer`: the joints of everybody in pictures and videos.

mod found;
mod inference;
mod video;

use std::path::PathBuf;

use anyhow::bail;

use super::apart::check_apart;
use super::network_args::sizes_to_measure;
use super::output::{check_writable, print, warn, write_file};
use super::people_report::{FoundPerson, csv, results, table};
use super::progress::progress_bar;
use super::subject::{BoxFile, picture_paths};
use crate::arguments::InferArgs;
use crate::counted::counted;
use found::Found;
use inference::Inference;

/// Finds the joints and reports them. A picture or a frame that fails and a box that cannot be used are told of, the others
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
    let mut inference = Inference::new(args, predictor, boxes);

    let progress = progress_bar(paths.len(), "pictures", args.output.json || paths.len() == 1);
    let (mut found, mut failures) = (Found::default(), Vec::new());
    for path in &paths {
        failures.extend(inference.attempt(path, &mut found).err());
        progress.inc(1);
    }
    progress.finish_and_clear();
    let people = found.numbered(inference.labels.largest_id());
    warnings.extend(inference.told.sentences());
    warnings.extend(inference.labels.take_warnings());
    warnings.iter().for_each(|warning| warn(warning));
    if let (1, Some(_), true) = (paths.len(), failures.first(), people.is_empty()) {
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
