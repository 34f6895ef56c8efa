//! The program proper, which `posescope` starts.

use std::process::ExitCode;

use clap::Parser;
use posescope::arguments::Cli;
use posescope::cli;
use posescope::command::{answered, failed};

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
