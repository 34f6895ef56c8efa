//! The program proper, which `posescope` starts.

#![expect(clippy::print_stderr, reason = "errors of the program go to standard error")]

use std::process::ExitCode;

use clap::Parser;
use posescope::cli::{self, Cli};

fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line, whatever backtraces the environment asks for: the reader is a user or a script.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
