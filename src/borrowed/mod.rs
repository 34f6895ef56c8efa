//! Networks made by others: NanoDet-g finds people, MoveNet is a rival for the joints. Each is a TorchScript file of
//! `models/` together with what goes before and after it.
//!
//! TorchScript holds code, which libtorch would run. So a file is read whole and its SHA-256 compared with the one that
//! is written here before libtorch is given a byte of it: only the files that come with the program are ever loaded,
//! and no path from outside leads here. What they are, where they come from and their licences stand in their cards
//! (`models/nanodet.md`, `models/movenet.md`).

mod error;
mod finder;
mod found_person;
mod heads;
mod known_file;
mod letterbox;
mod movenet;
mod movenet_variant;
mod nanodet;
mod pictures;
mod script;
mod search;

pub use error::BorrowedError;
pub use finder::Finder;
pub use found_person::FoundPerson;
pub use movenet::MoveNet;
pub use movenet_variant::MoveNetVariant;
pub use search::Search;
