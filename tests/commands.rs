//! The commands as a user meets them: the program is run, and what it prints and writes is read.

#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::expect_used, reason = "a test may stop at once")]

mod commands {
    mod ablate;
    mod alone;
    mod errors;
    mod fixture;
    mod infer;
    mod killed;
    mod measuring;
    mod places;
    mod rival;
    mod sets;
    mod videos;
    mod weights;
}
