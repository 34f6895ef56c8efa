//! Where settings are stored between starts, and whether anything can be stored there.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The name that the window was given, after which its settings are called.
const APP_ID: &str = "posescope";

/// The folder of the settings, where the system has a place for such.
pub fn path() -> Option<PathBuf> {
    eframe::storage_dir(APP_ID)
}

/// Why settings cannot be saved, in a sentence for the user; `None` where they can. Makes the folder.
pub fn problem(folder: Option<&Path>) -> Option<String> {
    let Some(folder) = folder else {
        return Some("Settings will not be saved: this user has no home folder.".into());
    };
    let error = try_saving(folder).err()?;
    Some(format!("Settings will not be saved: cannot write to {} ({error}).", folder.display()))
}

/// Writes something, since a full disk lets files be made as well.
fn try_saving(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(b"posescope")?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_that_can_be_written_are_fine() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(problem(Some(&folder.path().join("new/posescope"))), None);
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let told = problem(Some(&file.join("posescope"))).unwrap();
        assert!(told.contains(&file.display().to_string()), "{told}");
        assert!(problem(None).unwrap().contains("home"));
    }
}
