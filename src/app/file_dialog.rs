//! The system's dialog for choosing a file or folder, and how to tell that there is none.
//!
//! On Linux a dialog is shown by a desktop portal, or else by zenity. [`rfd`] gives nothing both when the user
//! cancels and when neither of them answers, so what is missing is looked for beforehand, and an answer that
//! came sooner than anybody can cancel counts as none.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::source::clip::VIDEO_EXTENSIONS;
use crate::source::picture;

/// Whether dialogs come from a portal or zenity here, which may both be missing.
const NEEDS_SERVICE: bool = cfg!(all(unix, not(target_vendor = "apple")));
/// The program that shows dialogs where no portal does.
const FALLBACK: &str = "zenity";
/// Nobody sees a dialog and cancels it sooner than this.
const FASTEST_CANCEL: Duration = Duration::from_millis(300);

/// What the user does where no dialog can be shown.
const TYPED_INSTEAD: &str = "type the path here";

/// What a dialog asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A picture file.
    Picture,
    /// A folder.
    Folder,
    /// A weights file.
    Weights,
    /// A weights file for side B of a comparison.
    OtherWeights,
    /// Annotations of a data set.
    Annotations,
    /// A folder of data sets.
    SetFolder,
    /// The folder that holds a data set's pictures.
    PictureFolder,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What the dialog is called.
    pub title: &'static str,
    /// What the file is called unless the user says otherwise.
    pub name: String,
    /// What files of its kind are called, and how their names end, without the point.
    pub kind: (&'static str, &'static str),
}

/// A file to be written, of one of several kinds: the ending of its name says which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    /// What the dialog is called.
    pub title: &'static str,
    /// What the file is called unless the user says otherwise.
    pub name: String,
    /// What files of each kind are called, and how their names end, without the point. A name without an ending gets
    /// the first.
    pub kinds: Vec<(&'static str, &'static str)>,
}

impl Targets {
    /// A path with the ending of the first kind where it has none.
    pub fn with_ending(&self, path: PathBuf) -> PathBuf {
        match self.kinds.first() {
            Some((_, ending)) if path.extension().is_none() => path.with_extension(ending),
            _ => path,
        }
    }
}

impl From<Target> for Targets {
    fn from(Target { title, name, kind }: Target) -> Self {
        Self { title, name, kinds: vec![kind] }
    }
}

/// How a dialog ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// With this path.
    Path(PathBuf),
    /// The user did not want to choose.
    Cancelled,
    /// It was never shown; the sentence says why.
    NoDialog(String),
}

/// Shows the dialog and waits for its end; for a thread of its own.
pub fn ask(wanted: Wanted) -> Choice {
    let instead = match wanted {
        Wanted::OtherWeights => "open the weights for A by their path and swap the sides",
        _ => TYPED_INSTEAD,
    };
    shown(|| dialog(wanted), instead)
}

/// Shows the dialog for a file to be written and waits for its end; for a thread of its own. A name without an ending
/// gets that of its kind.
pub fn ask_where(target: &Target) -> Choice {
    ask_where_as(&target.clone().into())
}

/// The same for a file of one of several kinds; a name without an ending gets that of the first.
pub fn ask_where_as(target: &Targets) -> Choice {
    shown(|| new_file(target), TYPED_INSTEAD)
}

/// Shows the dialog for a new file. Where the name has no ending and with one is that of a file, which the dialog could
/// not ask about, it is shown again with the whole name.
fn new_file(target: &Targets) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new().set_title(target.title).set_file_name(&target.name);
    let with_kind =
        |dialog: rfd::FileDialog, (kind, ending): &(&str, &str)| dialog.add_filter(*kind, &[*ending]);
    let mut dialog = target.kinds.iter().fold(dialog, with_kind);
    loop {
        let named = dialog.clone().save_file()?;
        let whole = target.with_ending(named.clone());
        let (Some(folder), Some(name)) = (whole.parent(), whole.file_name()) else { return Some(whole) };
        if whole == named || !whole.exists() {
            return Some(whole);
        }
        dialog = dialog.set_directory(folder).set_file_name(name.to_string_lossy());
    }
}

/// How a dialog ends; where none can be shown, `instead` ends the sentence that says so.
fn shown(dialog: impl FnOnce() -> Option<PathBuf>, instead: &str) -> Choice {
    if NEEDS_SERVICE && !has_service() {
        return Choice::NoDialog(format!(
            "No file dialog can be shown, because this session has neither a message bus nor zenity: {instead}."
        ));
    }
    let started = Instant::now();
    match dialog() {
        Some(path) => Choice::Path(path),
        None if NEEDS_SERVICE && started.elapsed() < FASTEST_CANCEL => Choice::NoDialog(format!(
            "No file dialog came up, because neither a desktop portal nor zenity answered: {instead}."
        )),
        None => Choice::Cancelled,
    }
}

/// Whether there is something that could show a dialog.
fn has_service() -> bool {
    let has_bus = env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
        || env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| Path::new(&folder).join("bus").exists());
    has_bus || env::var_os("PATH").is_some_and(|folders| is_in(&folders, FALLBACK))
}

/// Whether one of the folders of a PATH holds a program.
fn is_in(folders: &OsStr, program: &str) -> bool {
    env::split_paths(folders).any(|folder| folder.join(program).is_file())
}

fn dialog(wanted: Wanted) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new();
    match wanted {
        Wanted::Picture => dialog
            .set_title("Open picture or video")
            .add_filter("Pictures and videos", &[&picture::EXTENSIONS[..], &VIDEO_EXTENSIONS].concat())
            .add_filter("All files", &["*"])
            .pick_file(),
        Wanted::Folder => dialog.set_title("Open folder").pick_folder(),
        Wanted::Weights | Wanted::OtherWeights => dialog
            .set_title("Open weights")
            .add_filter("Weights", &["safetensors", "pth", "pt", "ckpt"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Wanted::Annotations => dialog
            .set_title("Open data set")
            .add_filter("COCO keypoints", &["json"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Wanted::SetFolder => dialog.set_title("Open a folder of data sets").pick_folder(),
        Wanted::PictureFolder => dialog.set_title("Pictures of the data set").pick_folder(),
    }
}

/// A typed path, with `~` at its beginning read as the user's home folder.
pub fn expand_home(text: &str, home: Option<&Path>) -> PathBuf {
    let Some(home) = home else { return text.into() };
    match text.strip_prefix('~') {
        Some("") => home.to_path_buf(),
        Some(rest) if rest.starts_with(std::path::is_separator) => {
            home.join(rest.trim_start_matches(std::path::is_separator))
        }
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_tilde_is_the_home_folder() {
        let expanded = |text| expand_home(text, Some(Path::new("/home/ada")));
        assert_eq!(expanded("~"), Path::new("/home/ada"));
        assert_eq!(expanded("~/"), Path::new("/home/ada"));
        assert_eq!(expanded("~/pictures/a b.png"), Path::new("/home/ada/pictures/a b.png"));
        assert_eq!(expanded("~grace/a.png"), Path::new("~grace/a.png"), "another user's home is not guessed");
        assert_eq!(expanded("a~/b.png"), Path::new("a~/b.png"));
        assert_eq!(expand_home("~/a.png", None), Path::new("~/a.png"));
    }

    #[test]
    fn programs_are_found_in_any_folder_of_the_path() {
        let (empty, full) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(full.path().join("zenity"), "").unwrap();
        let folders = env::join_paths([empty.path(), full.path()]).unwrap();
        assert!(is_in(&folders, "zenity"));
        assert!(!is_in(empty.path().as_os_str(), "zenity"));
    }
}
