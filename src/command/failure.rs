//! Errors and panics of a command as one message.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::anyhow;

/// Runs a command; its error, with everything that caused it, becomes a single line of text, and so does a panic
/// of libtorch (out of memory, for one).
pub fn in_one_message(command: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
    match catch_unwind(AssertUnwindSafe(command)) {
        Ok(result) => result.map_err(|error| anyhow!("{}", message(&error))),
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("unknown");
            Err(anyhow!("stopped by an internal error: {}", text.lines().next().unwrap_or_default()))
        }
    }
}

/// The error and its causes; many errors of this program tell their cause in their own message, and then it is
/// not told again.
fn message(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn causes_are_told_once() {
        let told = || Err(anyhow!("no such file")).context("cannot read a.json: no such file");
        assert_eq!(in_one_message(told).unwrap_err().to_string(), "cannot read a.json: no such file");
        let untold = || Err(anyhow!("no such file")).context("cannot read a.json");
        assert_eq!(in_one_message(untold).unwrap_err().to_string(), "cannot read a.json: no such file");
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let error = in_one_message(|| panic!("out of memory\nbacktrace")).unwrap_err();
        assert_eq!(error.to_string(), "stopped by an internal error: out of memory");
    }
}
