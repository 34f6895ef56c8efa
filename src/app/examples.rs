//! The example pictures that are shipped beside the program.

/// An example picture.
#[derive(Clone, Copy, Debug)]
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
