//! A picture on its way to the clipboard: drawn on a thread of its own, handed over on the window's.

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use egui::{ColorImage, Context};

use super::view_picture::ViewPicture;
use crate::app::textures::to_screen;

/// The picture that is being drawn, if one is.
#[derive(Default)]
pub struct Copying {
    drawn: Option<Receiver<ColorImage>>,
}

impl Copying {
    /// Begins to draw a picture, unless one is being drawn: the keys may be held.
    ///
    /// # Errors
    /// When the system starts no thread: a sentence for the user.
    pub fn start(&mut self, ctx: &Context, view: ViewPicture) -> Result<(), String> {
        if self.drawn.is_some() {
            return Ok(());
        }
        let (sender, receiver) = bounded(1);
        let ctx = ctx.clone();
        let work = move || {
            // There is room for it, and nobody to tell where the window has gone.
            let _ = sender.send(to_screen(&view.image()));
            ctx.request_repaint();
        };
        let thread = std::thread::Builder::new().name("copy view".into()).spawn(work);
        thread.map_err(|error| format!("cannot start a thread: {error}"))?;
        self.drawn = Some(receiver);
        Ok(())
    }

    /// The picture, once it is drawn, or an error where drawing it failed.
    pub fn poll(&mut self) -> Option<Result<ColorImage, String>> {
        let found = match self.drawn.as_ref()?.try_recv() {
            Ok(image) => Ok(image),
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("the picture of the view cannot be drawn".to_owned()),
        };
        self.drawn = None;
        Some(found)
    }
}
