//! How the program ends when there is nothing to do or something went wrong, and what it says then.

use std::io::{Error, ErrorKind, Write, stderr};
use std::process::ExitCode;

use anyhow::anyhow;
use thiserror::Error as ThisError;

use super::printable::one_line;

/// Nobody reads standard output any more, as after `head` has what it wants. The program then ends without a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
#[error("standard output is closed")]
pub struct OutputClosed;

impl OutputClosed {
    /// Exit code of a program whose reader went away: what shells give for one that SIGPIPE ended.
    pub const EXIT_CODE: u8 = 141;
}

/// Why something was not printed: [`OutputClosed`], or a message.
pub fn stdout_error(error: &Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::BrokenPipe => OutputClosed.into(),
        _ => anyhow!("cannot write to standard output: {error}"),
    }
}

/// Prints help, the version, or what is wrong with the usage.
pub fn answered(answer: &clap::Error) -> ExitCode {
    match answer.print() {
        Err(error) if !answer.use_stderr() => failed(&stdout_error(&error)),
        _ => u8::try_from(answer.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from),
    }
}

/// Says what went wrong; nothing where nobody reads standard output any more.
pub fn failed(error: &anyhow::Error) -> ExitCode {
    if error.is::<OutputClosed>() {
        return ExitCode::from(OutputClosed::EXIT_CODE);
    }
    // One line, whatever backtraces the environment asks for: the reader is a user or a script. Nobody is left to be
    // told when standard error is closed.
    let _ = writeln!(stderr().lock(), "error: {}", one_line(&format!("{error:#}")));
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_has_gone_is_told_from_other_errors() {
        assert!(stdout_error(&Error::from(ErrorKind::BrokenPipe)).is::<OutputClosed>());
        let full = stdout_error(&Error::from(ErrorKind::StorageFull));
        assert!(!full.is::<OutputClosed>());
        assert!(full.to_string().starts_with("cannot write to standard output: "), "{full}");
    }
}
