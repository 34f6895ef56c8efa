//! Panics of libraries as errors, with no word of them on the terminal.
//!
//! libtorch and the decoders of other people's files report some failures by a panic. Rust's own handler would print
//! each on standard error before it becomes the error that the reader is told anyway; here it stays silent for the
//! work that is contained, and for that alone. `POSESCOPE_LOG=debug` still tells where a panic came from. Knows nothing
//! else of this program.

mod stop;

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

pub use stop::{Stop, is_out_of_memory, told};

thread_local! {
    /// Whether this thread is inside of contained work.
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` so that a panic in it, on this thread, becomes an error and prints nothing.
///
/// # Errors
/// When `work` panics: what it said, in one line.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, Stop> {
    quieten();
    let _inside = Inside::new();
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Stop::of(text_of(panic.as_ref())))
}

/// Puts the silence before the handler of panics that stands, once in the life of the program.
fn quieten() {
    static ONCE: Once = Once::new();
    // The handler cannot be changed by a thread that unwinds.
    if std::thread::panicking() {
        return;
    }
    ONCE.call_once(|| {
        let standing = take_hook();
        set_hook(Box::new(move |panic| {
            if CONTAINED.try_with(Cell::get).unwrap_or(false) {
                tracing::debug!(%panic, "contained");
            } else {
                standing(panic);
            }
        }));
    });
}

/// While it lives, this thread is inside of contained work.
struct Inside {
    before: bool,
}

impl Inside {
    fn new() -> Self {
        Self { before: CONTAINED.replace(true) }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        CONTAINED.set(self.before);
    }
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a reason")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_its_first_line_and_the_silence_ends_with_the_work() {
        assert_eq!(contained(|| 3), Ok(3));
        let outer = contained(|| {
            let inner = contained::<()>(|| panic!("shape mismatch\nbacktrace"));
            assert_eq!(inner, Err(Stop::Panic("shape mismatch".to_owned())));
            CONTAINED.get()
        });
        assert_eq!(outer, Ok(true));
        assert!(!CONTAINED.get());
        let odd = contained::<()>(|| std::panic::panic_any(7));
        assert_eq!(odd, Err(Stop::Panic("without a reason".to_owned())));
    }
}
