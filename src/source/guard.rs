//! Keeps panics of the libraries that meet other people's files and devices from ending a thread.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a library's code; a panic inside becomes its message.
pub(super) fn without_panic<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| message_of(payload.as_ref()))
}

fn message_of(payload: &(dyn Any + Send)) -> String {
    let text =
        payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    format!("the library for it gave up ({})", text.unwrap_or("without a reason"))
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
