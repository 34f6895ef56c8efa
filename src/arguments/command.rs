//! The commands.

use super::ablate::AblateArgs;
use super::bench::BenchArgs;
use super::convert::ConvertArgs;
use super::eval::EvalArgs;
use super::infer::InferArgs;
use super::sweep::SweepArgs;
use super::train::TrainArgs;

/// What to do.
#[derive(clap::Subcommand)]
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
    Train(Box<TrainArgs>),
    /// Turn weights into a posescope safetensors file
    Convert(ConvertArgs),
    /// Time the network in every form and size
    Bench(BenchArgs),
}
