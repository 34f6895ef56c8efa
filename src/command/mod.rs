//! What posescope does without a window: one subcommand a file, all thin around the engine.
//!
//! Commands print to standard output, progress bars and warnings to standard error. Every command that takes long
//! checks first that its outputs can be written.

mod ablate;
mod ablate_report;
mod apart;
mod bench;
mod convert;
mod data_args;
mod ending;
mod eval;
mod eval_report;
mod eval_table;
mod failure;
mod infer;
mod network_args;
mod output;
mod people_args;
mod people_report;
mod printable;
mod progress;
mod searching;
mod subject;
mod sweep;
mod sweep_report;
mod table;
mod train;
mod unusable;
mod view_args;

pub use ending::{answered, failed};

use crate::arguments::Command;
use failure::in_one_message;

/// Runs a command.
///
/// # Errors
/// What went wrong, in one line that names the file or tensor at fault.
pub fn run(command: Command) -> anyhow::Result<()> {
    in_one_message(|| match command {
        Command::Infer(args) => infer::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Sweep(args) => sweep::run(&args),
        Command::Ablate(args) => ablate::run(&args),
        Command::Train(args) => train::run(*args),
        Command::Convert(args) => convert::run(&args),
        Command::Bench(args) => bench::run(&args),
    })
}
