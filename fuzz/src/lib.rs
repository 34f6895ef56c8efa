//! The readers that the targets run: those of the tests that replay the seeds.

#[path = "../../tests/corpus_replay/readers.rs"]
pub mod readers;
