//! What posescope does without a window: one subcommand a file, all thin around the engine.
//!
//! Commands print to standard output, progress bars and warnings to standard error. Every command that takes long
//! checks first that its outputs can be written.

mod ablate;
mod ablate_report;
mod bench;
mod convert;
mod data_args;
mod eval;
mod eval_report;
mod eval_table;
mod failure;
mod find_args;
mod infer;
mod network_args;
mod output;
mod people_args;
mod people_report;
mod picture_ids;
mod printable;
mod progress;
mod subject;
mod sweep;
mod sweep_report;
mod table;
mod train;
mod unusable;
mod view_args;

pub use ablate::AblateArgs;
pub use bench::BenchArgs;
pub use convert::ConvertArgs;
pub use eval::EvalArgs;
pub use infer::InferArgs;
pub use network_args::NetworkArgs;
pub use output::{OutputClosed, stdout_error};
pub use printable::one_line;
pub use sweep::SweepArgs;
pub use train::TrainArgs;

use failure::in_one_message;

/// What to do.
#[derive(clap::Subcommand)]
#[expect(clippy::large_enum_variant, reason = "made once, at start-up")]
pub enum Command {
    /// Find the joints of everybody in pictures
    Infer(InferArgs),
    /// Measure accuracy over a COCO keypoint data set
    Eval(EvalArgs),
    /// Measure accuracy or agreement, and time, against capture height and network input
    Sweep(SweepArgs),
    /// Measure what each part of the network is worth: leave out one after the other
    Ablate(AblateArgs),
    /// Train a network
    Train(TrainArgs),
    /// Turn weights into a posescope safetensors file
    Convert(ConvertArgs),
    /// Time the network in every form and size
    Bench(BenchArgs),
}

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
        Command::Train(args) => train::run(args),
        Command::Convert(args) => convert::run(&args),
        Command::Bench(args) => bench::run(&args),
    })
}
