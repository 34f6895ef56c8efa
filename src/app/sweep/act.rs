//! What the sweep panel asks for.

use super::Subject;
use crate::app::App;
use crate::app::file_dialog::Target;
use crate::app::panel::sweep::SweepWish;

impl App {
    /// Does what the sweep panel asks for.
    pub(in crate::app) fn sweep_wish(&mut self, wish: SweepWish) {
        match wish {
            SweepWish::Run => self.run_sweep(),
            SweepWish::Cancel => self.sweep.cancel(),
            SweepWish::Clear => self.sweep.clear(),
            SweepWish::Save => self.save_sweep(),
            SweepWish::GoTo { input, capture } => self.preferences.go_to(input, capture),
        }
    }

    fn run_sweep(&mut self) {
        let (Some(document), Some(network)) = (&self.document, &self.network) else { return };
        let over = self.preferences.sweep_over;
        if let Some(subject) = Subject::of(document, over, &self.preferences.settings) {
            let picture = document.frame.picture.clone();
            self.sweep.start(&self.engine, network.clone(), picture, subject);
        }
    }

    /// Asks where the newest run is to be written.
    fn save_sweep(&mut self) {
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
}
