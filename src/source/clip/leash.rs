use std::process::{Child, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
        let mut held = self.lock();
        let before = held.child.replace(child);
        let after = if held.cut { held.child.take() } else { None };
        drop(held);
        before.into_iter().chain(after).for_each(end);
    }

    /// Ends the program that is held.
    pub fn pull(&self) {
        let child = self.lock().child.take();
        child.into_iter().for_each(end);
    }

    /// Ends the program that is held, and each that will be; whoever reads from it waits for its end.
    pub fn cut(&self) {
        let mut held = self.lock();
        held.cut = true;
        if let Some(child) = &mut held.child {
            // One that has ended by itself cannot be killed.
            let _ = child.kill();
        }
    }

    /// Whether programs are ended as soon as they are held.
    pub fn is_cut(&self) -> bool {
        self.lock().cut
    }

    /// How the program ended that gives nothing any more, where that was neither well nor by [`Self::cut`].
    pub fn failure(&self) -> Option<ExitStatus> {
        let child = self.lock().child.take();
        let status = child.and_then(|mut child| child.wait().ok())?;
        (!status.success() && !self.is_cut()).then_some(status)
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        // Every change is complete before anything can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn end(mut child: Child) {
    // One that has ended by itself cannot be killed, and is waited for all the same.
    let _ = child.kill();
    let _ = child.wait();
}
