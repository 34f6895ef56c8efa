//! A file that is to be written and has no name yet.

use std::path::{Path, PathBuf};

use crate::app::file_dialog::Targets;
use crate::output_file;

/// What writes a file once its name is known, or gives a sentence why it cannot.
type Write = Box<dyn FnOnce(&Path) -> Result<(), String> + Send>;

/// A file that is to be written and has no name yet.
pub struct Unnamed {
    /// What it is called unless the user says otherwise, and what kinds there are.
    pub target: Targets,
    write: Write,
    /// The file that the user may name again to have it replaced.
    replaceable: Option<PathBuf>,
}

/// What became of a file to be written.
pub enum Written {
    /// It was written.
    Saved(PathBuf),
    /// It was not; the message is for the user.
    Failed(String),
    /// Another file has that name; the sentence says which.
    Taken {
        /// What the user can do.
        reason: String,
        /// The file that still is to be written.
        file: Unnamed,
    },
}

impl Unnamed {
    /// A file of which `make` gives the bytes.
    pub fn new(
        target: Targets,
        make: impl FnOnce(&Path) -> Result<Vec<u8>, String> + Send + 'static,
    ) -> Self {
        Self::writing_itself(target, move |path| {
            let bytes = make(path)?;
            output_file::write(path, &bytes).map_err(|error| error.to_string())
        })
    }

    /// A file that `write` writes.
    pub fn writing_itself(
        target: Targets,
        write: impl FnOnce(&Path) -> Result<(), String> + Send + 'static,
    ) -> Self {
        Self { target, write: Box::new(write), replaceable: None }
    }

    /// The file that is replaced where it is named again, if one was named.
    pub fn replaceable(&self) -> Option<&Path> {
        self.replaceable.as_deref()
    }

    /// Writes it.
    pub fn write(self, path: PathBuf) -> Written {
        match (self.write)(&path) {
            Ok(()) => Written::Saved(path),
            Err(error) => Written::Failed(format!("cannot write {}: {error}", path.display())),
        }
    }

    /// Writes it to a path that was typed, which gets the ending of the first kind where it has none. A file that is
    /// there already is replaced only when it is named twice.
    pub fn write_typed(mut self, path: PathBuf) -> Written {
        let path = self.target.with_ending(path);
        if path.exists() && self.replaceable.as_ref() != Some(&path) {
            let reason = format!(
                "{} is there already. Save it again to replace that file, or give another name.",
                path.display()
            );
            self.replaceable = Some(path);
            return Written::Taken { reason, file: self };
        }
        self.write(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::file_dialog::Target;

    fn file() -> Unnamed {
        let target = Target { title: "Save joints", name: "joints.csv".into(), kind: ("Table", "csv") };
        Unnamed::new(target.into(), |path| Ok(path.display().to_string().into_bytes()))
    }

    #[test]
    fn a_typed_name_gets_its_ending_and_replaces_nothing_unless_it_is_typed_twice() {
        let folder = tempfile::tempdir().unwrap();
        let (bare, whole) = (folder.path().join("mine"), folder.path().join("mine.csv"));
        assert!(matches!(file().write_typed(bare.clone()), Written::Saved(path) if path == whole));
        assert_eq!(std::fs::read(&whole).unwrap(), whole.display().to_string().as_bytes());
        std::fs::write(&whole, "kept").unwrap();
        let Written::Taken { reason, file } = file().write_typed(bare) else { panic!("it was replaced") };
        assert!(reason.contains("is there already"), "{reason}");
        assert_eq!(file.replaceable(), Some(whole.as_path()));
        assert_eq!(std::fs::read(&whole).unwrap(), b"kept");
        assert!(matches!(file.write_typed(whole.clone()), Written::Saved(_)));
        assert_ne!(std::fs::read(&whole).unwrap(), b"kept");
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let path = Path::new("/no/such/folder/joints.csv").to_owned();
        let Written::Failed(why) = file().write_typed(path) else { panic!("it was written") };
        assert!(why.starts_with("cannot write /no/such/folder/joints.csv: "), "{why}");
    }
}
