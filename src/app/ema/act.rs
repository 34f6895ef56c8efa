//! What the EMA panel and its command ask for.

use egui::Context;

use super::{EmaOver, Subject};
use crate::app::App;
use crate::app::file_dialog::Target;
use crate::app::panel::ema::EmaWish;
use crate::app::preferences::RightPanel;
use crate::app::sweep::Ground;

impl App {
    /// Does what the EMA panel asks for.
    pub(in crate::app) fn ema_wish(&mut self, ctx: &Context, wish: EmaWish) {
        match wish {
            EmaWish::Run => self.run_ema(ctx),
            EmaWish::Cancel => self.ema.cancel(),
            EmaWish::Save => self.save_ema(),
        }
    }

    /// Whether EMA could be looked at over people now.
    pub(in crate::app) fn can_run_ema(&self) -> bool {
        let config = self.network.as_ref().and_then(|network| network.config.as_ref());
        let has_ema = config.is_some_and(|config| config.ema_groups.is_some());
        has_ema && !self.ema.is_running() && self.ema_subject().is_some()
    }

    /// Asks for the selected person's channel weights at the largest size while the panel is shown and nothing else is
    /// to be answered, and takes in what came.
    pub(in crate::app) fn follow_ema(&mut self, ctx: &Context) {
        let (Some(document), Some(network)) = (&self.document, &self.network) else { return };
        let shown = self.preferences.show_right && self.preferences.right == RightPanel::Ema;
        let engine = (shown && self.is_idle(ctx)).then_some(&self.engine);
        self.ema.largest.follow(document, network, engine);
    }

    fn ema_subject(&self) -> Option<Subject> {
        let folder = self.folder.as_ref().map(|(folder, _)| folder);
        let document = self.document.as_ref()?;
        Subject::of(document, folder, self.preferences.ema.over, &self.preferences.settings)
    }

    fn run_ema(&mut self, ctx: &Context) {
        let Some(subject) = self.ema_subject().filter(|_| self.can_run_ema()) else { return };
        let (Some(document), Some(network)) = (&self.document, &self.network) else { return };
        let ground = match (self.preferences.ema.over, &self.folder) {
            (EmaOver::Folder, Some((folder, _))) => Ground::Folder(Box::new(folder.clone())),
            _ => Ground::Picture(document.frame.picture.clone()),
        };
        self.ema.start(&self.engine, network, subject, &self.preferences.settings, ground, ctx);
    }

    /// Asks where the figures of the newest run are to be written.
    fn save_ema(&mut self) {
        let Some(run) = self.ema.run() else { return };
        let name = format!("EMA {}.csv", run.network.name);
        match run.tally.csv() {
            Ok(bytes) => {
                let kind = ("Comma-separated values", "csv");
                self.opener.save(Target { title: "Save EMA against resolution", name, kind }, bytes);
            }
            Err(error) => self.error(format!("EMA against resolution cannot be written as CSV: {error}")),
        }
    }
}
