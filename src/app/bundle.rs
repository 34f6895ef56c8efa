//! What is shipped beside the program: networks and example pictures.

use std::path::{Path, PathBuf};

/// The network that is opened when the user names none.
const BEST_NETWORK: &str = "models/posescope.safetensors";

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
    Example { label: "Rear admiral", path: "assets/examples/grace_hopper.jpg" },
];

/// A file shipped beside the program, looked for around the executable, then where it was built.
pub fn shipped(relative: &str) -> Option<PathBuf> {
    let executable = std::env::current_exe().ok();
    let around = executable.iter().flat_map(|exe| exe.ancestors().skip(1).take(4));
    around
        .chain([Path::new(env!("CARGO_MANIFEST_DIR"))])
        .map(|folder| folder.join(relative))
        .find(|path| path.is_file())
}

/// The bundled network, where there is one.
pub fn network() -> Option<PathBuf> {
    shipped(BEST_NETWORK)
}
