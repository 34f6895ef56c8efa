//! What the data set window does off the window's thread: dialogs, opening a set, reading a person's picture, export.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};
use egui::Context;

use super::export::{Export, Format};
use super::open_set::OpenSet;
use crate::app::file_dialog::{self, Choice, Wanted};
use crate::app::opening::Opened;
use crate::engine::Settings;
use crate::output_file;
use crate::pose::coco;
use crate::source::{Frame, ReadPicture};
use crate::study::{
    LabelledSet, PersonResult, SetChoice, SetDescription, StoredPicture, StudyError, sets_at,
};

/// Results that may wait for the window.
const WAITING: usize = 8;

/// What a path is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Annotations to open.
    File,
    /// A folder with sets to open.
    Folder,
    /// Where the pictures of the annotations are that could not be opened.
    Pictures,
    /// A file to write the runs to.
    Save(Format),
}

/// Somebody of the set for the main window, with the picture.
pub struct ShownPerson {
    /// The picture and everybody labelled in it.
    pub opened: Opened,
    /// Whom to select.
    pub person: coco::Person,
    /// How the person was looked at.
    pub settings: Settings,
}

/// A set that could not be opened.
pub struct NotOpened {
    /// The number of the asking.
    pub number: u64,
    /// The set.
    pub description: SetDescription,
    /// Why.
    pub error: StudyError,
}

/// What came back from a thread.
pub enum Done {
    /// The sets that a path leads to, under the number of the asking.
    Sets(u64, Vec<SetChoice>),
    /// A set was opened, under the number of the asking.
    Opened(u64, Box<OpenSet>),
    /// A set could not be opened.
    NotOpened(Box<NotOpened>),
    /// A path was chosen in a dialog.
    Chosen(Purpose, PathBuf),
    /// No dialog could be shown; the sentence says why.
    NoDialog(Purpose, String),
    /// A person's picture was read or could not be, under the number of the reading; the message is for the user.
    Person(u64, Result<Box<ShownPerson>, String>),
    /// A file was written.
    Saved(PathBuf),
    /// Something failed; the message is for the user.
    Failed(String),
}

/// Starts threads, and collects what they did.
pub struct Tasks {
    sender: Sender<Done>,
    receiver: Receiver<Done>,
    ctx: Context,
}

impl Tasks {
    /// `ctx` is asked for a repaint whenever something has come back.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = bounded(WAITING);
        Self { sender, receiver, ctx }
    }

    /// The next result, if there is one.
    pub fn poll(&self) -> Option<Done> {
        self.receiver.try_recv().ok()
    }

    /// The window's context.
    pub fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// Shows the system's dialog, and tells what is chosen in it. `name` is what a file to be written is called.
    pub fn ask(&self, purpose: Purpose, name: String) {
        self.start("data set dialog", move || {
            let choice = match purpose {
                Purpose::File => file_dialog::ask(Wanted::Annotations),
                Purpose::Folder => file_dialog::ask(Wanted::SetFolder),
                Purpose::Pictures => file_dialog::ask(Wanted::PictureFolder),
                Purpose::Save(format) => file_dialog::ask_where(&format.target(name)),
            };
            match choice {
                Choice::Path(path) => Some(Done::Chosen(purpose, path)),
                Choice::Cancelled => None,
                Choice::NoDialog(why) => Some(Done::NoDialog(purpose, why)),
            }
        });
    }

    /// Looks which sets a path leads to; the result comes back under `number`.
    pub fn look(&self, number: u64, path: PathBuf) {
        self.start("data set folder", move || {
            Some(match sets_at(&path) {
                Ok(sets) => Done::Sets(number, sets),
                Err(error) => Done::Failed(error.to_string()),
            })
        });
    }

    /// Opens a set; the result comes back under `number`. False where the system starts no thread for it.
    pub fn open(&self, number: u64, description: SetDescription) -> bool {
        self.start("data set", move || {
            Some(match OpenSet::open(&description) {
                Ok(set) => Done::Opened(number, Box::new(set)),
                Err(error) => Done::NotOpened(Box::new(NotOpened { number, description, error })),
            })
        })
    }

    /// Reads the picture of somebody of a set for the main window; it comes back under `number`. False where the system
    /// starts no thread for it.
    pub fn show_person(
        &self,
        number: u64,
        set: Arc<LabelledSet>,
        result: &PersonResult,
        settings: Settings,
    ) -> bool {
        let (person, picture) = (result.person, result.picture);
        self.start("data set picture", move || {
            Some(Done::Person(number, shown_person(&set, person, picture, settings).map(Box::new)))
        })
    }

    /// Writes runs to a file.
    pub fn save(&self, export: Export, format: Format, path: PathBuf) {
        self.start("data set export", move || Some(saved(&export, format, path)));
    }

    /// False where the system starts no thread, which is told like any other failure.
    fn start(&self, name: &str, work: impl FnOnce() -> Option<Done> + Send + 'static) -> bool {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || {
            if let Some(done) = work()
                && sender.send(done).is_ok()
            {
                ctx.request_repaint();
            }
        });
        let Err(error) = thread else { return true };
        // With no room in the channel, results come that are told first.
        let _ = self.sender.try_send(Done::Failed(format!("cannot start a thread: {error}")));
        false
    }
}

fn saved(export: &Export, format: Format, path: PathBuf) -> Done {
    let written =
        export.bytes(format).and_then(|bytes| output_file::write(&path, &bytes).map_err(|e| e.to_string()));
    match written {
        Ok(()) => Done::Saved(path),
        Err(error) => Done::Failed(format!("cannot write {}: {error}", path.display())),
    }
}

fn shown_person(
    set: &LabelledSet,
    person: usize,
    picture: usize,
    settings: Settings,
) -> Result<ShownPerson, String> {
    let there = (set.dataset.people.get(person), set.dataset.images.get(picture), set.pictures.get(picture));
    let (Some(person), Some(image), Some(stored)) = there else {
        return Err(format!("{}: there is no such person any more", set.path.display()));
    };
    let frame = frame(stored, &image.file_name).map_err(|error| error.to_string())?;
    let people = set.dataset.people_of(image).into_iter().cloned().collect();
    let opened =
        Opened { frame, truth: Some((set.path.clone(), people)), warning: None, folder: None, clip: None };
    Ok(ShownPerson { opened, person: person.clone(), settings })
}

/// A stored picture as a source gives it, called by its name without folders.
fn frame(stored: &StoredPicture, file_name: &str) -> Result<Frame, crate::source::SourceError> {
    let ReadPicture { picture, shown, warnings } = stored.read()?;
    let name = Path::new(file_name).file_name().map(|name| name.to_string_lossy().into_owned());
    let path = match stored {
        StoredPicture::File(path) => Some(path.clone()),
        StoredPicture::Entry { .. } | StoredPicture::Held(_) => None,
    };
    Ok(Frame {
        picture,
        orientation: shown.orientation,
        name: name.unwrap_or_else(|| file_name.to_owned()),
        path,
        warnings,
        sequence: 0,
        captured: Instant::now(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::data_set::fixtures::{set_of, settings};
    use crate::app::document::Document;

    #[test]
    fn a_person_comes_with_picture_and_labels_and_is_selected() {
        let set = set_of(3);
        let shown = shown_person(&set, 2, 2, settings()).unwrap();
        assert_eq!((shown.opened.frame.name.as_str(), shown.person.id), ("3.png", 1003));
        let mut document = Document::new(shown.opened.frame, 1, 1, shown.opened.truth);
        document.selected = None;
        document.select_labelled(&shown.person.labels, &shown.person.bbox);
        assert_eq!(document.selected, Some(0));
        assert!(document.people[0].truth.is_some());
        assert!(shown_person(&set, 3, 3, settings()).is_err());
    }
}
