use std::process::Child;
use std::sync::{Mutex, PoisonError};

/// Holds the program that decodes a video, so that another thread can end it: whoever reads from it may wait for ever.
#[derive(Debug, Default)]
pub(super) struct Leash(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    child: Option<Child>,
    cut: bool,
}

impl Leash {
    /// Takes a program that was started; the one before is ended.
    pub fn hold(&self, child: Child) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = held.child.replace(child) {
            end(before);
        }
        if held.cut
            && let Some(child) = held.child.take()
        {
            end(child);
        }
    }

    /// Ends the program that is held.
    pub fn pull(&self) {
        let child = self.0.lock().unwrap_or_else(PoisonError::into_inner).child.take();
        if let Some(child) = child {
            end(child);
        }
    }

    /// Ends the program that is held, and each that will be.
    pub fn cut(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).cut = true;
        self.pull();
    }
}

fn end(mut child: Child) {
    // One that has ended by itself cannot be killed, and is waited for all the same.
    let _ = child.kill();
    let _ = child.wait();
}
