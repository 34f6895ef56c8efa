//! Panics as errors.

use super::error::EngineError;
use crate::contained::{Stop, contained};

/// Runs `work` so that a panic in it (libtorch's shape errors are panics) becomes an error.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
    contained(work).unwrap_or_else(|stop| {
        Err(match stop {
            Stop::OutOfMemory(line) => EngineError::OutOfMemory(line),
            Stop::Panic(line) => EngineError::Panic(line),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_with_its_first_line() {
        let error = guarded::<()>(|| panic!("shape mismatch\nbacktrace")).unwrap_err();
        assert_eq!(error.to_string(), "the network stopped with an internal error: shape mismatch");
        let error = guarded::<()>(|| panic!("CUDA error: out of memory\nbacktrace")).unwrap_err();
        assert_eq!(error.to_string(), "out of memory; a smaller input or fewer people at once need less");
    }
}
