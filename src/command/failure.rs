//! Errors and panics of a command as one message.

use anyhow::anyhow;

use super::ending::OutputClosed;
use crate::contained::contained;

/// Runs a command or a part of one; its error, with everything that caused it, becomes a single message, and so does
/// a panic of libtorch (out of memory, for one). [`OutputClosed`] stays what it is.
pub fn in_one_message<T>(command: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    match contained(command) {
        Ok(Err(error)) if !error.is::<OutputClosed>() => Err(anyhow!("{}", message(&error))),
        Ok(result) => result,
        Err(stop) => Err(anyhow!("{}", stop.after("stopped by an internal error"))),
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
        let told = || Err::<(), _>(anyhow!("no such file")).context("cannot read a.json: no such file");
        assert_eq!(in_one_message(told).unwrap_err().to_string(), "cannot read a.json: no such file");
        let untold = || Err::<(), _>(anyhow!("no such file")).context("cannot read a.json");
        assert_eq!(in_one_message(untold).unwrap_err().to_string(), "cannot read a.json: no such file");
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let error = in_one_message::<()>(|| panic!("shape mismatch\nbacktrace")).unwrap_err();
        assert_eq!(error.to_string(), "stopped by an internal error: shape mismatch");
        let error = in_one_message::<()>(|| panic!("CUDA error: out of memory\nbacktrace")).unwrap_err();
        assert_eq!(error.to_string(), "out of memory; a smaller input or fewer people at once need less");
    }

    #[test]
    fn a_closed_output_is_still_known_as_one() {
        let error = in_one_message(|| Err::<(), _>(OutputClosed.into())).unwrap_err();
        assert!(error.is::<OutputClosed>());
    }
}
