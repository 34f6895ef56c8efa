//! Engines come and go, and no thread is left of them. Alone in its program, since it counts threads.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use posescope::engine::{Engine, Event, Weights};
use posescope::network::{DeviceChoice, NetworkConfig};

/// Generous, for slow machines; no test waits this long unless it fails.
const PATIENCE: Duration = Duration::from_secs(60);
/// Threads that libtorch keeps for an engine's thread end within this time of it.
const SETTLING: Duration = Duration::from_millis(300);

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

/// The number of threads once it no longer changes.
fn settled_threads() -> usize {
    loop {
        let before = threads();
        std::thread::sleep(SETTLING);
        if threads() == before {
            return before;
        }
    }
}

fn engine() -> Engine {
    let engine = Engine::start(Weights::Untrained(NetworkConfig::tiny()), DeviceChoice::Cpu, || {}).unwrap();
    assert!(matches!(engine.wait(PATIENCE), Some(Event::Network(_))));
    engine
}

#[test]
fn dropped_engines_leave_no_threads() {
    // libtorch starts some threads of its own with the first.
    drop(engine());
    let before = settled_threads();
    let engines: Vec<Engine> = (0..4).map(|_| engine()).collect();
    assert!(threads() >= before + engines.len(), "each has one");
    drop(engines);
    let after = settled_threads();
    assert!(after <= before, "{before} threads before, {after} after");
}
