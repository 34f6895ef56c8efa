//! Why a pickle was not read.

use thiserror::Error;

/// A pickle that was not read, and where reading stopped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("byte {offset}: {fault}")]
pub struct PickleError {
    /// Offset of the opcode at fault from the start of the record or file that holds the pickle.
    pub offset: usize,
    /// What is wrong with it; part of this error's message, hence not its `source`.
    pub fault: PickleFault,
}

/// What is wrong with a pickle.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PickleFault {
    /// The bytes end within an opcode.
    #[error("expected {wanted} more bytes, found {left} (the file may be cut short)")]
    Truncated {
        /// Bytes the opcode takes.
        wanted: usize,
        /// Bytes that are there.
        left: usize,
    },
    /// An opcode that `torch.save` does not write for tensors, or no opcode at all.
    #[error("refuses opcode 0x{code:02x} ({name}): only tensors are read")]
    Opcode {
        /// The opcode.
        code: u8,
        /// Its name in Python's `pickletools`.
        name: &'static str,
    },
    /// An operand of the wrong kind.
    #[error("expected {expected}, found {found}")]
    Operand {
        /// What the opcode works on.
        expected: &'static str,
        /// What it was given.
        found: String,
    },
    /// Larger than any checkpoint.
    #[error("expected at most {limit} {what}, found more")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
}

impl PickleFault {
    /// A [`PickleFault::Operand`].
    pub(super) fn operand(expected: &'static str, found: impl Into<String>) -> Self {
        Self::Operand { expected, found: found.into() }
    }
}
