//! Who is looked for in pictures without boxes.

use clap::ValueEnum;

/// How people are looked for in pictures without boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Find {
    /// Everybody whom NanoDet is sure of
    People,
    /// Unsure ones too: more are found, and more that are none
    More,
    /// Nobody: the whole picture is taken for one person, and refined
    Off,
}
