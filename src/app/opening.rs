//! Reading files and asking for them, off the window's thread.

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, Sender, bounded};
use egui::Context;

use crate::pose::coco;
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

/// What comes back from the threads.
pub enum Incoming {
    /// A picture was read.
    Opened(Box<Opened>),
    /// A path was chosen that is no picture's: use it as weights.
    Weights(PathBuf),
    /// The cameras that are connected.
    Cameras(Vec<CameraInfo>),
    /// Something failed; the message is for the user.
    Failed(String),
}

/// What a dialog asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A picture file.
    Picture,
    /// A folder.
    Folder,
    /// A weights file.
    Weights,
}

/// Starts threads that read files, and collects what they found.
pub struct Opener {
    sender: Sender<Incoming>,
    receiver: Receiver<Incoming>,
    ctx: Context,
}

impl Opener {
    /// `ctx` is asked for a repaint whenever something has come back.
    pub fn new(ctx: Context) -> Self {
        let (sender, receiver) = bounded(WAITING);
        Self { sender, receiver, ctx }
    }

    /// The next result, if there is one.
    pub fn poll(&self) -> Option<Incoming> {
        self.receiver.try_recv().ok()
    }

    /// Opens whatever a path names: a picture, the first picture of a folder, or weights.
    pub fn open(&self, path: PathBuf) {
        self.in_background("open", move || Some(open(&path)));
    }

    /// Shows the system's dialog, and opens what is chosen in it.
    pub fn ask(&self, wanted: Wanted) {
        self.in_background("dialog", move || {
            let path = dialog(wanted)?;
            Some(if wanted == Wanted::Weights { Incoming::Weights(path) } else { open(&path) })
        });
    }

    /// Looks for cameras.
    pub fn list_cameras(&self) {
        self.in_background("camera list", || {
            Some(match camera::list() {
                Ok(cameras) => Incoming::Cameras(cameras),
                Err(error) => Incoming::Failed(error.to_string()),
            })
        });
    }

    fn in_background(&self, name: &str, work: impl FnOnce() -> Option<Incoming> + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || {
            if let Some(found) = work()
                && sender.send(found).is_ok()
            {
                ctx.request_repaint();
            }
        });
        if let Err(error) = thread {
            // The channel has room: nothing else is sent from the window's own thread.
            let _ = self.sender.try_send(Incoming::Failed(format!("cannot start a thread: {error}")));
        }
    }
}

/// Whether a path is to be read as weights.
pub fn names_weights(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    matches!(extension.as_str(), "safetensors" | "pth" | "pt")
}

fn open(path: &Path) -> Incoming {
    if names_weights(path) {
        return Incoming::Weights(path.to_path_buf());
    }
    match open_picture(path) {
        Ok(opened) => Incoming::Opened(Box::new(opened)),
        Err(message) => Incoming::Failed(message),
    }
}

fn open_picture(path: &Path) -> Result<Opened, String> {
    let (path, folder) = if path.is_dir() {
        let folder = Folder::open(path).map_err(|error| error.to_string())?;
        let first =
            folder.paths().first().cloned().ok_or_else(|| format!("{}: no pictures", path.display()))?;
        (first, Some(folder))
    } else {
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (path.to_path_buf(), Folder::open(parent).ok())
    };
    let frame = picture::open(&path).map_err(|error| error.to_string())?;
    let (truth, warning) = match coco::beside(&path) {
        Ok(truth) => (truth, None),
        Err(error) => (None, Some(format!("ground truth not used: {error}"))),
    };
    Ok(Opened { frame, truth, warning, folder })
}

fn dialog(wanted: Wanted) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new();
    match wanted {
        Wanted::Picture => dialog
            .set_title("Open picture")
            .add_filter("Pictures", &["jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Wanted::Folder => dialog.set_title("Open folder").pick_folder(),
        Wanted::Weights => dialog
            .set_title("Open weights")
            .add_filter("Weights", &["safetensors", "pth", "pt"])
            .add_filter("All files", &["*"])
            .pick_file(),
    }
}
