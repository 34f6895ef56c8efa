//! What the sweep panel and its commands ask for.

use egui::Context;

use super::{Ground, Subject, SweepOver};
use crate::app::App;
use crate::app::centre::Centre;
use crate::app::file_dialog::Target;
use crate::app::panel::sweep::{SweepPicture, SweepWish};
use crate::app::preferences::RightPanel;

impl App {
    /// Does what the sweep panel asks for.
    pub(in crate::app) fn sweep_wish(&mut self, ctx: &Context, wish: SweepWish) {
        match wish {
            SweepWish::Run => self.run_sweep(ctx),
            SweepWish::Cancel => self.sweep.cancel(),
            SweepWish::Clear => self.sweep.clear(),
            SweepWish::SaveCsv => self.save_sweep(),
            SweepWish::SavePicture => self.save_plot(ctx),
            SweepWish::Large => self.toggle_centre(Centre::Sweep),
            SweepWish::GoTo { input, capture } => self.preferences.go_to(input, capture),
        }
    }

    /// Shows the sweep and measures these people.
    pub(in crate::app) fn sweep_over(&mut self, ctx: &Context, over: SweepOver) {
        self.preferences.sweep_over = over;
        self.show_right(RightPanel::Sweep);
        self.run_sweep(ctx);
    }

    /// Who these people are now.
    pub(in crate::app) fn sweep_subject(&self, over: SweepOver) -> Option<Subject> {
        let folder = self.folder.as_ref().map(|(folder, _)| folder);
        Subject::of(self.document.as_ref()?, folder, over, &self.preferences.settings)
    }

    fn run_sweep(&mut self, ctx: &Context) {
        let over = self.preferences.sweep_over;
        let (Some(document), Some(network)) = (&self.document, &self.network) else { return };
        let Some(subject) = self.sweep_subject(over) else { return };
        let ground = match (over, &self.folder) {
            (SweepOver::Folder, Some((folder, _))) => Ground::Folder(Box::new(folder.clone())),
            _ => Ground::Picture(document.frame.picture.clone()),
        };
        self.sweep.start(&self.engine, network, subject, ground, ctx);
    }

    /// Asks where the newest run is to be written.
    pub(in crate::app) fn save_sweep(&mut self) {
        let Some(run) = self.sweep.runs().last() else { return };
        let name = format!("sweep {}.csv", run.network.name);
        match run.csv() {
            Ok(bytes) => {
                let kind = ("Comma-separated values", "csv");
                self.opener.save(Target { title: "Save sweep", name, kind }, bytes);
            }
            Err(error) => self.error(format!("the sweep cannot be written as CSV: {error}")),
        }
    }

    /// Asks where a picture of the plot is to be written; it is drawn once that is known.
    pub(in crate::app) fn save_plot(&mut self, ctx: &Context) {
        let subject = self.sweep_subject(self.preferences.sweep_over);
        let input = self.preferences.settings.input;
        let picture =
            SweepPicture::of(&self.sweep, subject.as_ref(), self.network.as_deref(), input, ctx.theme());
        let Some(picture) = picture else { return };
        let name = format!("sweep {}.png", picture.network());
        let target = Target { title: "Save plot", name, kind: ("PNG picture", "png") };
        self.opener.save_made(target, move || picture.png());
    }
}
