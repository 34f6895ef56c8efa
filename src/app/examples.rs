//! The example pictures that are shipped beside the program.

use super::App;
use crate::shipped;

/// An example picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the menu calls it.
    pub label: &'static str,
    /// Where it is, seen from the program's folder.
    pub path: &'static str,
}

/// Every example, in the order of the menu; the first is opened when the user names no picture.
pub const EXAMPLES: [Example; 3] = [
    Example { label: "Astronaut", path: "assets/examples/astronaut.png" },
    Example { label: "Photographer", path: "assets/examples/camera.png" },
    Example { label: "Naval officer", path: "assets/examples/grace_hopper.jpg" },
];

impl App {
    /// Opens an example, or says that it is missing.
    pub(super) fn open_example(&mut self, example: Example) {
        match shipped::shipped(example.path) {
            Some(path) => self.open_path(path),
            None => self.error(format!("{} is not beside the program", example.path)),
        }
    }
}
