//! How many rows a simulated camera can spend on a person.

/// Smallest capture height in pixels.
pub const MIN_HEIGHT: u32 = 8;

/// Largest capture height in pixels.
pub const MAX_HEIGHT: u32 = 512;
