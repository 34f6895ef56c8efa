//! Keeps panics of the libraries that meet other people's files and devices from ending a thread.

use crate::contained::contained;

/// Runs a library's code; a panic inside becomes its message.
pub(super) fn without_panic<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    contained(run).map_err(|stop| format!("the library for it gave up ({})", stop.line()))
}

#[cfg(test)]
mod tests {
    use super::without_panic;

    #[test]
    fn a_panic_becomes_a_reason() {
        let reason = without_panic(|| std::panic::panic_any("no such buffer"));
        assert_eq!(reason, Err("the library for it gave up (no such buffer)".to_owned()));
        let reason = without_panic(|| std::panic::panic_any(format!("buffer {}", 7)));
        assert_eq!(reason, Err("the library for it gave up (buffer 7)".to_owned()));
        assert_eq!(without_panic(|| 3), Ok(3));
    }
}
