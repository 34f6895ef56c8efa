//! Reading files and asking for them, off the window's thread.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};
use egui::Context;

use super::file_dialog::{self, Choice, Target, Wanted};
use super::label_file::{self, LabelFile};
use super::reading::Reading;
use super::settings_folder;
use crate::output_file;
use crate::pose::coco::{self, FrameFit, FrameTally, ImageEntry, LabelCache, Shown};
use crate::source::{CameraInfo, Folder, Frame, camera, picture};

/// Results that may wait for the window.
const WAITING: usize = 16;

/// A picture with what stands beside it.
pub struct Opened {
    /// The picture.
    pub frame: Frame,
    /// People labelled in it, and the file that says so.
    pub truth: Option<(PathBuf, Vec<coco::Person>)>,
    /// A problem with the annotations, which does not keep the picture from being shown.
    pub warning: Option<String>,
    /// The pictures of the same folder.
    pub folder: Option<Folder>,
}

/// A path that could not be opened.
#[derive(Clone, Debug)]
pub struct NotOpened {
    /// The path that was asked for.
    pub path: PathBuf,
    /// Why, in a sentence for the user.
    pub message: String,
}

/// What comes back from the threads.
pub enum Incoming {
    /// A picture was read.
    Opened(Box<Opened>),
    /// A path could not be read.
    NotOpened(NotOpened),
    /// People labelled in the picture that was at hand.
    Labels {
        /// The picture.
        picture: PathBuf,
        /// The file that says so.
        file: PathBuf,
        /// Everybody it lists there.
        people: Vec<coco::Person>,
        /// What was left out of the file.
        warning: Option<String>,
    },
    /// A path was chosen in a dialog; it has not been read.
    Chosen(PathBuf),
    /// No dialog could be shown; the sentence says why.
    NoDialog(String),
    /// A path was chosen that is no picture's: use it as weights.
    Weights(PathBuf),
    /// Weights were chosen for side B of a comparison.
    OtherWeights(PathBuf),
    /// The cameras that are connected.
    Cameras(Vec<CameraInfo>),
    /// A file was written.
    Saved(PathBuf),
    /// Something is missing that the program can do without; the message is for the user.
    Warning(String),
    /// Something failed; the message is for the user.
    Failed(String),
}

/// A result, and the number of the path it is about.
struct Found {
    number: Option<u64>,
    incoming: Incoming,
}

/// A picture that is shown, and how.
#[derive(Clone, Debug)]
struct AtHand {
    path: PathBuf,
    shown: Shown,
}

/// Starts threads that read files, and collects what they found.
pub struct Opener {
    sender: Sender<Found>,
    receiver: Receiver<Found>,
    reading: Reading,
    /// The picture that is shown; labels opened are looked through for it first.
    at_hand: Option<AtHand>,
    /// Label files beside the pictures opened last.
    labels: Arc<Mutex<LabelCache>>,
    ctx: Context,
}

impl Opener {
    /// `ctx` is asked for a repaint whenever something has come back.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = bounded(WAITING);
        Self { sender, receiver, reading: Reading::default(), at_hand: None, labels: Arc::default(), ctx }
    }

    /// The next result that is still wanted, if there is one.
    pub fn poll(&mut self) -> Option<Incoming> {
        loop {
            let Found { number, incoming } = self.receiver.try_recv().ok()?;
            let Some(number) = number else { return Some(incoming) };
            self.reading.end(number);
            if !matches!(incoming, Incoming::Opened(_)) || self.reading.shows(number) {
                return Some(incoming);
            }
        }
    }

    /// What is being read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The same, for pictures that are read elsewhere.
    pub fn reading_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }

    /// Tells which picture is shown now.
    pub fn shown(&mut self, picture: Option<&Frame>) {
        self.at_hand =
            picture.and_then(|frame| Some(AtHand { path: frame.path.clone()?, shown: shape_of(frame) }));
    }

    /// Opens whatever a path names: a picture, the first picture of a folder, labels in a COCO file, or weights.
    pub fn open(&mut self, path: PathBuf) {
        let number = self.reading.begin(&path);
        let (at_hand, labels) = (self.at_hand.clone(), Arc::clone(&self.labels));
        self.in_background("open", Some(number), move || Some(open(&path, at_hand.as_ref(), &labels)));
    }

    /// Shows the system's dialog, and tells what is chosen in it.
    pub fn ask(&self, wanted: Wanted) {
        self.in_background("dialog", None, move || match file_dialog::ask(wanted) {
            Choice::Path(path) if wanted == Wanted::Weights => Some(Incoming::Weights(path)),
            Choice::Path(path) if wanted == Wanted::OtherWeights => Some(Incoming::OtherWeights(path)),
            Choice::Path(path) => Some(Incoming::Chosen(path)),
            Choice::Cancelled => None,
            Choice::NoDialog(why) if wanted == Wanted::OtherWeights => Some(Incoming::Failed(why)),
            Choice::NoDialog(why) => Some(Incoming::NoDialog(why)),
        });
    }

    /// Shows the system's dialog for a new file, and writes these bytes to the one that is named in it.
    pub fn save(&self, target: Target, bytes: Vec<u8>) {
        self.save_made(target, move || Ok(bytes));
    }

    /// As [`Self::save`], with bytes that are made on that thread once the file is named, or a sentence why they cannot
    /// be.
    pub fn save_made(&self, target: Target, make: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static) {
        self.in_background("save", None, move || match file_dialog::ask_where(&target) {
            Choice::Path(path) => {
                let written = make()
                    .and_then(|bytes| output_file::write(&path, &bytes).map_err(|error| error.to_string()));
                Some(match written {
                    Ok(()) => Incoming::Saved(path),
                    Err(error) => Incoming::Failed(format!("cannot write {}: {error}", path.display())),
                })
            }
            Choice::Cancelled => None,
            Choice::NoDialog(why) => Some(Incoming::Failed(why)),
        });
    }

    /// Looks for cameras.
    pub fn list_cameras(&self) {
        self.in_background("camera list", None, || {
            Some(match camera::list() {
                Ok(cameras) => Incoming::Cameras(cameras),
                Err(error) => Incoming::Failed(error.to_string()),
            })
        });
    }

    /// Looks whether settings can be saved, and warns if not.
    pub fn check_settings_folder(&self) {
        self.in_background("settings check", None, || {
            settings_folder::problem(settings_folder::path().as_deref()).map(Incoming::Warning)
        });
    }

    fn in_background(
        &self,
        name: &str,
        number: Option<u64>,
        work: impl FnOnce() -> Option<Incoming> + Send + 'static,
    ) {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || {
            if let Some(incoming) = work()
                && sender.send(Found { number, incoming }).is_ok()
            {
                ctx.request_repaint();
            }
        });
        if let Err(error) = thread {
            let incoming = Incoming::Failed(format!("cannot start a thread: {error}"));
            // The channel has room: nothing else is sent from the window's own thread.
            let _ = self.sender.try_send(Found { number, incoming });
        }
    }
}

/// Whether a path is to be read as weights.
pub fn names_weights(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    matches!(extension.as_str(), "safetensors" | "pth" | "pt" | "ckpt")
}

fn open(path: &Path, at_hand: Option<&AtHand>, labels: &Mutex<LabelCache>) -> Incoming {
    if names_weights(path) {
        return Incoming::Weights(path.to_path_buf());
    }
    let opened = match label_file::names_labels(path) {
        true => open_labels(path, at_hand, labels),
        false => open_picture(path, labels).map(|opened| Incoming::Opened(Box::new(opened))),
    };
    opened.unwrap_or_else(|message| Incoming::NotOpened(NotOpened { path: path.to_path_buf(), message }))
}

fn open_labels(
    path: &Path,
    at_hand: Option<&AtHand>,
    labels: &Mutex<LabelCache>,
) -> Result<Incoming, String> {
    let fitted = |image: &ImageEntry, people: Vec<coco::Person>, picture: &Path, shown: &Shown, warning| {
        let (people, told) = fit(image, people, picture, shown);
        let told = told.into_iter().map(|told| format!("{}: {told}", path.display()));
        (people, Option::into_iter(warning).chain(told).collect::<Vec<String>>())
    };
    match (label_file::read(path, at_hand.map(|at_hand| at_hand.path.as_path()))?, at_hand) {
        (LabelFile::OfPictureAtHand(image, people, warning), Some(AtHand { path: picture, shown })) => {
            let (people, warnings) = fitted(&image, people, picture, shown, warning);
            match people {
                Some(people) => Ok(Incoming::Labels {
                    picture: picture.clone(),
                    file: path.to_path_buf(),
                    people,
                    warning: joined(&warnings),
                }),
                None => Err(warnings.join("\n")),
            }
        }
        (LabelFile::OfPictureAtHand(..), None) => Err(format!("{}: no picture is shown", path.display())),
        (LabelFile::OfAnother(picture, image, people, warning), _) => {
            let opened = open_picture(&picture, labels)?;
            let (people, warnings) = fitted(&image, people, &picture, &shape_of(&opened.frame), warning);
            let truth = people.map(|people| (path.to_path_buf(), people));
            Ok(Incoming::Opened(Box::new(Opened { truth, warning: joined(&warnings), ..opened })))
        }
    }
}

fn open_picture(path: &Path, labels: &Mutex<LabelCache>) -> Result<Opened, String> {
    let mut warnings = Vec::new();
    let (path, folder) = if path.is_dir() {
        let folder = Folder::open(path).map_err(|error| error.to_string())?;
        warnings.extend(folder.not_opened());
        let first =
            folder.paths().first().cloned().ok_or_else(|| format!("{}: no pictures", path.display()))?;
        (first, Some(folder))
    } else {
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (path.to_path_buf(), Folder::open(parent).ok())
    };
    let frame = picture::open(&path).map_err(|error| error.to_string())?;
    let mut labels = labels.lock().unwrap_or_else(PoisonError::into_inner);
    let found = labels.beside(&path);
    warnings.extend(frame.sentences());
    warnings.append(&mut labels.take_warnings());
    let truth = match found {
        Ok(Some(beside)) => {
            let (people, told) = fit(&beside.image, beside.people, &path, &shape_of(&frame));
            warnings.extend(told.into_iter().map(|told| format!("{}: {told}", beside.path.display())));
            people.map(|people| (beside.path, people))
        }
        Ok(None) => None,
        Err(error) => {
            warnings.push(format!("ground truth not used: {error}"));
            None
        }
    };
    Ok(Opened { frame, truth, warning: joined(&warnings), folder })
}

fn shape_of(frame: &Frame) -> Shown {
    Shown { width: frame.width(), height: frame.height(), orientation: frame.orientation }
}

/// The people of a picture's entry brought to the picture as it is shown, and what is to be said of that; none where
/// they are of another picture.
fn fit(
    image: &ImageEntry,
    mut people: Vec<coco::Person>,
    picture: &Path,
    shown: &Shown,
) -> (Option<Vec<coco::Person>>, Vec<String>) {
    let mut frames = FrameTally::default();
    let fit = frames.fit(image, &mut people, picture, shown);
    ((fit != FrameFit::None).then_some(people), frames.take_warnings())
}

fn joined(warnings: &[String]) -> Option<String> {
    (!warnings.is_empty()).then(|| warnings.join("\n"))
}
