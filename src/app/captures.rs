//! The capture heights that sweeps, the strip and keys go through.

/// Pixels that a person's region is tall in the camera's picture, small heights first. Those of the standard network
/// inputs are among them.
pub const CAPTURES: [u32; 8] = [8, 16, 24, 32, 48, 64, 96, 128];

/// The next of [`CAPTURES`] that is larger.
pub fn above(height: u32) -> Option<u32> {
    CAPTURES.into_iter().find(|capture| *capture > height)
}

/// The next of [`CAPTURES`] that is smaller.
pub fn below(height: u32) -> Option<u32> {
    CAPTURES.into_iter().rfind(|capture| *capture < height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::InputSize;

    #[test]
    fn a_step_goes_to_the_next_height_from_any_and_ends_at_the_last() {
        assert_eq!([above(64), above(65), above(128), above(200)], [Some(96), Some(96), None, None]);
        assert_eq!([below(64), below(65), below(8), below(200)], [Some(48), Some(64), None, Some(128)]);
        assert!(InputSize::STANDARD.iter().all(|input| CAPTURES.contains(&input.height())));
    }
}
