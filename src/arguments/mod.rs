//! What the command line can say: clap's definitions, and the values that they give. What is done with them stands in
//! `command` and `cli`.
//!
//! The launcher, which is not linked to libtorch, is compiled from these files too, and answers help and wrong usage
//! without the program. So they take in values of other rooms alone, from files that need neither libtorch nor another
//! room's work; `main.rs` lists those.

mod ablate;
mod bench;
mod cli;
mod command;
mod convert;
mod data;
mod eval;
mod find;
mod infer;
mod network;
mod output;
mod people;
mod sweep;
mod train;
mod view;

pub use ablate::AblateArgs;
pub use bench::BenchArgs;
pub use cli::{Cli, Renderer, WindowArgs};
pub use command::Command;
pub use convert::ConvertArgs;
pub use data::DataArgs;
pub use eval::EvalArgs;
pub use find::Find;
pub use infer::InferArgs;
pub use network::{AnyNetworkArgs, NetworkArgs, NetworkKind};
pub use output::JsonArgs;
pub use people::PeopleArgs;
pub use sweep::SweepArgs;
pub use train::{BudgetArgs, RecipeArgs, TrainArgs};
pub use view::{DecoderChoice, ViewArgs};
