//! Files that are shipped beside the program: networks and example pictures.

use std::path::{Path, PathBuf};

/// The network that is used when the user names none.
const BEST_NETWORK: &str = "models/posescope.safetensors";
/// How many folders above the executable are searched: a release, or a build inside its source tree.
const FOLDERS_ABOVE: usize = 4;

/// A file by its path from the program's folder, looked for around the executable, then where it was built.
pub fn shipped(relative: &str) -> Option<PathBuf> {
    let executable = std::env::current_exe().ok();
    let around = executable.iter().flat_map(|path| path.ancestors().skip(1).take(FOLDERS_ABOVE));
    around
        .chain([Path::new(env!("CARGO_MANIFEST_DIR"))])
        .map(|folder| folder.join(relative))
        .find(|path| path.is_file())
}

/// The bundled network, where there is one.
pub fn network() -> Option<PathBuf> {
    shipped(BEST_NETWORK)
}
