//! The program proper, which `posescope` starts.

use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::Parser;
use posescope::cli::{self, Cli};
use posescope::command::{OutputClosed, one_line, stdout_error};

fn main() -> ExitCode {
    let ended = match Cli::try_parse() {
        Ok(cli) => cli::run(cli),
        Err(answer) => return answered(&answer),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// Prints help, the version, or what is wrong with the usage.
fn answered(answer: &clap::Error) -> ExitCode {
    match answer.print() {
        Err(error) if !answer.use_stderr() => failed(&stdout_error(&error)),
        _ => u8::try_from(answer.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from),
    }
}

/// Says what went wrong.
fn failed(error: &anyhow::Error) -> ExitCode {
    if error.is::<OutputClosed>() {
        return ExitCode::from(OutputClosed::EXIT_CODE);
    }
    // One line, whatever backtraces the environment asks for: the reader is a user or a script. Nobody is left to be
    // told when standard error is closed.
    let _ = writeln!(stderr().lock(), "error: {}", one_line(&format!("{error:#}")));
    ExitCode::FAILURE
}
