//! Panics as errors.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::EngineError;

/// Runs `work` so that a panic in it (libtorch's shape errors are panics) becomes an error.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(EngineError::Panic(panic_text(panic.as_ref()))))
}

/// The first line of what a panic says.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    text.lines().next().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_with_its_first_line() {
        let error = guarded::<()>(|| panic!("shape mismatch\nbacktrace")).unwrap_err();
        assert_eq!(error.to_string(), "the network stopped with an internal error: shape mismatch");
    }
}
