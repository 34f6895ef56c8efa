//! What can go wrong with a borrowed network.

use std::path::PathBuf;

use super::movenet_variant::MoveNetVariant;
use crate::input_file::InputError;

/// An error of loading or running a borrowed network.
#[derive(Debug, thiserror::Error)]
pub enum BorrowedError {
    /// The file did not come with the program.
    #[error("{file}: expected in the folder of the program or of its source, found no such file")]
    Missing {
        /// The file by its path from that folder.
        file: &'static str,
    },
    /// The file is there and cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: InputError,
    },
    /// The file is another than the one that comes with the program, and was not given to libtorch.
    #[error(
        "{}: expected SHA-256 {expected}, found {found}; a TorchScript file can hold code, so no other than the one \
         that comes with posescope is loaded",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// SHA-256 of the file that comes with the program, in lower-case hexadecimal.
        expected: &'static str,
        /// SHA-256 of this one.
        found: String,
    },
    /// libtorch refused the file or an operation.
    #[error("{file}: {problem}")]
    Torch {
        /// The network's file by its path from the program's folder.
        file: &'static str,
        /// What libtorch said, in one line.
        problem: String,
    },
    /// The network gave something else than it should.
    #[error("{file}: expected outputs of {expected}, found {found}")]
    Output {
        /// The network's file by its path from the program's folder.
        file: &'static str,
        /// Shapes of the outputs it should give.
        expected: String,
        /// What it gave.
        found: String,
    },
    /// A picture is no square of the side that the network takes.
    #[error("{} takes squares of {side} × {side} pixels, found {width} × {height}", variant.name(), side = variant.side())]
    NotASquare {
        /// The network.
        variant: MoveNetVariant,
        /// Width of the picture in pixels.
        width: u32,
        /// Height of the picture in pixels.
        height: u32,
    },
}
