//! Every reader on small files and on thousands of damaged ones, the same at each run: an error with a message at
//! worst, never a panic. `fuzz/run` does the same with new damage, guided by what it reaches.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use readers::Said;
use seeds::Seed;

#[path = "corpus_replay/mutation.rs"]
mod mutation;
#[path = "corpus_replay/readers.rs"]
mod readers;
#[path = "corpus_replay/seeds.rs"]
mod seeds;

/// What is said of the bytes; a panic or an error without a message fails the test and names the bytes.
fn said(read: fn(&[u8]) -> Said, bytes: &[u8], name: &str) -> Said {
    let said = catch_unwind(AssertUnwindSafe(|| read(bytes)));
    let said = said.unwrap_or_else(|_| panic!("{name}: the reader panicked"));
    if let Err(message) = &said {
        assert!(!message.trim().is_empty(), "{name}: an error without a message");
    }
    said
}

/// Reads the seeds, then each with so much damage.
fn replay(read: fn(&[u8]) -> Said, seeds: &[Seed], mutations: u64) {
    assert!(!seeds.is_empty());
    for (name, bytes) in seeds {
        let _ = said(read, bytes, name);
        for number in 0..mutations {
            let damaged = mutation::mutated(bytes, &mut ChaCha8Rng::seed_from_u64(number));
            let _ = said(read, &damaged, &format!("{name}, mutation {number}"));
        }
    }
}

/// Seeds that are made here are sound; otherwise only what refuses them would be tried.
fn sound(read: fn(&[u8]) -> Said, seeds: &[Seed]) {
    for (name, bytes) in seeds {
        assert_eq!(said(read, bytes, name), Ok(()), "{name}");
    }
}

#[test]
fn weights() {
    replay(readers::weights, &seeds::weights(), 300);
}

#[test]
fn networks() {
    let seeds = seeds::networks();
    sound(readers::network, &seeds);
    replay(readers::network, &seeds, 100);
    replay(readers::network, &seeds::weights(), 20);
}

#[test]
fn checkpoints() {
    let seeds = seeds::checkpoints();
    sound(readers::checkpoint, &seeds);
    replay(readers::checkpoint, &seeds, 200);
}

#[test]
fn annotations() {
    replay(readers::annotations, &seeds::annotations(), 200);
}

#[test]
fn results() {
    let seeds = seeds::results();
    sound(readers::results, &seeds);
    replay(readers::results, &seeds, 300);
}

#[test]
fn pictures() {
    let seeds = seeds::pictures();
    sound(readers::picture, &seeds);
    replay(readers::picture, &seeds, 200);
    replay(readers::picture, &seeds::unsound_pictures(), 200);
}

#[test]
fn archives() {
    let seeds = seeds::archives();
    sound(readers::archive, &seeds);
    replay(readers::archive, &seeds, 300);
}

/// Where `fuzz/run` begins: it names a folder, and each reader's seeds are put into one of its name.
#[test]
fn seeds_are_handed_out() {
    let Some(corpora) = std::env::var_os("POSESCOPE_SEEDS") else { return };
    for (target, seeds) in [
        ("weights", seeds::weights()),
        ("network", seeds::networks()),
        ("checkpoint", seeds::checkpoints()),
        ("annotations", seeds::annotations()),
        ("results", seeds::results()),
        ("archive", seeds::archives()),
        ("picture", [seeds::pictures(), seeds::unsound_pictures()].concat()),
    ] {
        let folder = Path::new(&corpora).join(target);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in seeds {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
}
