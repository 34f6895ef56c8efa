//! The threads that read files, and the channel they answer through.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crossbeam_channel::{Receiver, Sender, bounded};
use egui::Context;

use super::at_hand::AtHand;
use super::outcome::Incoming;
use super::path;
use super::unnamed::Unnamed;
use crate::app::file_dialog::{self, Choice, Target, Targets, Wanted};
use crate::app::reading::Reading;
use crate::app::settings_folder;
use crate::pose::coco::LabelCache;
use crate::source::{Frame, camera};

/// Results that may wait for the window.
const WAITING: usize = 16;

/// A result, and the number of the path it is about.
struct Found {
    number: Option<u64>,
    incoming: Incoming,
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
        self.at_hand = picture.and_then(AtHand::of);
    }

    /// Opens whatever a path names: a picture, the first picture of a folder, labels in a COCO file, or weights.
    pub fn open(&mut self, path: PathBuf) {
        let number = self.reading.begin(&path);
        let (at_hand, labels) = (self.at_hand.clone(), Arc::clone(&self.labels));
        self.in_background("open", Some(number), move || Some(path::open(&path, at_hand.as_ref(), &labels)));
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
        self.save_as(target.into(), move |_| make());
    }

    /// As [`Self::save_made`], with bytes that hang on the file's name.
    pub fn save_as(
        &self,
        target: Targets,
        make: impl FnOnce(&Path) -> Result<Vec<u8>, String> + Send + 'static,
    ) {
        self.save_unnamed(Unnamed::new(target, make));
    }

    /// The same for a file that `write` writes, on that thread, as long as it takes.
    pub fn save_itself(
        &self,
        target: Targets,
        write: impl FnOnce(&Path) -> Result<(), String> + Send + 'static,
    ) {
        self.save_unnamed(Unnamed::writing_itself(target, write));
    }

    fn save_unnamed(&self, file: Unnamed) {
        self.in_background("save", None, move || match file_dialog::ask_where_as(&file.target) {
            Choice::Path(path) => Some(file.write(path).into()),
            Choice::Cancelled => None,
            Choice::NoDialog(reason) => Some(Incoming::Unnamed { reason, file }),
        });
    }

    /// Writes a file to a path that was typed.
    pub fn save_typed(&self, file: Unnamed, path: PathBuf) {
        self.in_background("save", None, move || Some(file.write_typed(path).into()));
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
