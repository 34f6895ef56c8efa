//! Progress bars on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How a bar looks.
const TEMPLATE: &str = "{msg} {bar:30} {pos}/{len} {eta}";

/// A bar over `total` steps, gone when it is finished. It shows nothing where `hidden` is set or standard error
/// is no terminal.
pub fn progress_bar(total: usize, message: &'static str, hidden: bool) -> ProgressBar {
    let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total as u64), target).with_style(style).with_message(message)
}
