//! Labels placed by hand, from the window's side: begun, kept while other pictures are shown, and saved.

use std::path::Path;

use egui::{Context, ViewportCommand};

use super::App;
use super::layers::Layer;
use super::toasts::Level;

impl App {
    /// Begins to place the joints of the selected person, or ends it. It is done in the picture alone: a comparison ends.
    pub(super) fn toggle_labelling(&mut self) {
        let Some(document) = self.document.as_mut().filter(|document| document.can_label()) else { return };
        document.toggle_labelling();
        self.told_of_labels = false;
        if document.labelled_by_hand().is_some() {
            self.compare.end();
            if !self.preferences.layers.state(Layer::Truth).shown {
                self.preferences.layers.toggle(Layer::Truth);
            }
        }
    }

    /// Keeps what was placed by hand in the picture that is about to go.
    pub(super) fn keep_draft(&mut self) {
        let kept =
            self.document.as_ref().and_then(|document| Some((document.kept_as.clone()?, document.draft()?)));
        self.drafts.extend(kept);
    }

    /// Whether anything was placed by hand in this picture before.
    pub(super) fn has_draft(&self) -> bool {
        let key = self.document.as_ref().and_then(|document| document.kept_as.as_ref());
        key.is_some_and(|key| self.drafts.contains_key(key))
    }

    /// Takes up again what was placed by hand in the picture that has come.
    pub(super) fn take_draft(&mut self) {
        let Some(document) = &mut self.document else { return };
        let draft = document.kept_as.as_ref().and_then(|key| self.drafts.remove(key));
        if let Some(draft) = draft {
            document.take_draft(draft);
            let text =
                "The joints placed by hand in this picture are back. People › Save ground truth… keeps them.";
            self.toasts.add(Level::Info, text);
        }
    }

    /// Keeps the window open where it is to be closed and labels are in no file, and says so; the second time it closes.
    pub(super) fn guard_labels(&mut self, ctx: &Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        let placed = self.document.as_ref().is_some_and(|document| document.hand_labelled);
        if closing
            && (placed || !self.drafts.is_empty())
            && !std::mem::replace(&mut self.told_of_labels, true)
        {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            let text = "Joints placed by hand are in no file: People › Save ground truth… keeps those of this picture. \
                        Close the window again to leave without them.";
            self.toasts.add(Level::Warning, text);
        }
    }

    /// Takes labels for those of a file that was written with them.
    pub(super) fn saved(&mut self, path: &Path) {
        // Joints and tables are saved as well, and a dialog may have been left without a name.
        let written = self.written.take_if(|(_, file)| file.get().is_some_and(|file| file == path));
        if let (Some(document), Some((draft, _))) = (&mut self.document, written) {
            document.saved_as(path.to_path_buf(), &draft);
        }
    }
}
