use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a waiting thread looks whether it is still wanted.
const GLANCE: Duration = Duration::from_millis(50);

static CLAIMED: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());
static RELEASED: Condvar = Condvar::new();

/// The right to use a camera within this program, until dropped.
///
/// The camera library lets two streams of one program share a camera, and each then ends the other. A
/// camera that was stopped keeps its claim until its thread has let go of it.
#[derive(Debug)]
pub(super) struct Claim(u32);

impl Claim {
    /// Claims a camera, waiting so long for an earlier claim to end; none if it does not end in time
    /// or the camera is not wanted any more.
    pub(super) fn wait(index: u32, patience: Duration, given_up: impl Fn() -> bool) -> Option<Self> {
        let deadline = Instant::now() + patience;
        let mut claimed = lock();
        while !claimed.insert(index) {
            if given_up() || Instant::now() >= deadline {
                return None;
            }
            claimed = RELEASED.wait_timeout(claimed, GLANCE).unwrap_or_else(PoisonError::into_inner).0;
        }
        Some(Self(index))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        lock().remove(&self.0);
        RELEASED.notify_all();
    }
}

fn lock() -> MutexGuard<'static, BTreeSet<u32>> {
    CLAIMED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Claim;

    #[test]
    fn one_claim_at_a_time_and_again_after_it() {
        let now = |index| Claim::wait(index, Duration::ZERO, || false);
        let first = now(1001);
        assert!(first.is_some());
        assert!(now(1001).is_none());
        assert!(now(1002).is_some(), "another camera is free");
        drop(first);
        assert!(now(1001).is_some());
    }

    #[test]
    fn waits_for_the_release_unless_given_up() {
        let held = Claim::wait(1003, Duration::ZERO, || false);
        assert!(Claim::wait(1003, Duration::from_secs(3600), || true).is_none());
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| Claim::wait(1003, Duration::from_secs(3600), || false));
            drop(held);
            assert!(waiting.join().expect("no panic").is_some());
        });
    }
}
