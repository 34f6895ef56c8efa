//! Progress bars on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::engine::Predictor;
use crate::study::{Experiment, StudyError};

/// How a bar looks.
const TEMPLATE: &str = "{msg} {bar:30} {pos}/{len} {eta}";

/// A bar over `total` steps, gone when it is finished. It shows nothing where `hidden` is set or standard error
/// is no terminal.
pub fn progress_bar(total: usize, message: &'static str, hidden: bool) -> ProgressBar {
    let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total as u64), target).with_style(style).with_message(message)
}

/// Runs an experiment over so many people to its end, with a bar over people.
///
/// # Errors
/// When a picture cannot be read or the network fails.
pub fn run_with_bar(
    experiment: &mut Experiment,
    predictor: &Predictor,
    people: usize,
    hidden: bool,
) -> Result<(), StudyError> {
    let bar = progress_bar(people, "people", hidden);
    experiment
        .run(predictor, |progress| bar.set_position((progress.done * people / progress.of.max(1)) as u64))?;
    bar.finish_and_clear();
    Ok(())
}
