//! A box for the path of a file to be written, where the system shows no dialog.

use std::path::PathBuf;

use egui::{Context, Key, TextEdit};

use super::dialogs::{TextBox, window};
use super::opening::Unnamed;
use super::typed_path::typed_path;

/// The box, and the file that waits for its name.
#[derive(Default)]
pub struct SaveBox {
    text: TextBox,
    file: Option<Unnamed>,
}

impl SaveBox {
    /// Asks for the name of a file, and says why here. The name typed before stands there, or the file's own in the
    /// home folder.
    pub fn ask(&mut self, file: Unnamed, reason: String) {
        self.text.open_because(reason);
        let name = &file.target.name;
        self.text.text = match file.replaceable() {
            Some(path) => path.display().to_string(),
            None if std::env::home_dir().is_some() => format!("~/{name}"),
            None => name.clone(),
        };
        self.file = Some(file);
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.text.is_open()
    }

    /// Closes it; the file is not written.
    pub fn close(&mut self) {
        self.text.close();
        self.file = None;
    }

    /// Draws the box while it is open; gives the file and its path once that was entered.
    pub fn show(&mut self, ctx: &Context) -> Option<(Unnamed, PathBuf)> {
        let title = self.file.as_ref().map(|file| file.target.title)?;
        let mut entered = false;
        window(ctx, title, &mut self.text, |ui, text| {
            text.tell_reason(ui);
            let edit = TextEdit::singleline(&mut text.text).desired_width(460.0).hint_text("A file to write");
            let response = ui.add(edit);
            if std::mem::take(&mut text.just_opened) {
                response.request_focus();
            }
            let by_key = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            entered = (ui.button("Save").clicked() || by_key) && !text.text.trim().is_empty();
        });
        if !self.is_open() {
            self.file = None;
        }
        if !entered {
            return None;
        }
        self.text.close();
        let path = typed_path(&self.text.text, std::env::home_dir().as_deref());
        self.file.take().map(|file| (file, path))
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::file_dialog::Target;

    #[test]
    fn a_name_is_typed_and_escape_would_drop_the_file() {
        let draw = |ui: &mut egui::Ui, state: &mut (SaveBox, Option<PathBuf>)| {
            if let Some((_, path)) = state.0.show(ui.ctx()) {
                state.1 = Some(path);
            }
        };
        let mut harness = Harness::builder()
            .with_size(egui::vec2(800.0, 400.0))
            .build_ui_state(draw, (SaveBox::default(), None));
        let ask = |harness: &mut Harness<'_, (SaveBox, Option<PathBuf>)>| {
            let target = Target { title: "Save joints", name: "a.csv".into(), kind: ("Table", "csv") };
            let file = Unnamed::new(target.into(), |_| Ok(Vec::new()));
            harness.state_mut().0.ask(file, "No dialog can be shown".into());
            harness.run_steps(3);
        };
        ask(&mut harness);
        assert!(harness.query_by_label("No dialog can be shown").is_some());
        harness.get_by_label("Save").click();
        harness.run_steps(3);
        let path = harness.state().1.clone().unwrap();
        assert!(path.ends_with("a.csv") && !harness.state().0.is_open(), "{}", path.display());
        harness.state_mut().1 = None;
        ask(&mut harness);
        harness.state_mut().0.close();
        harness.run_steps(2);
        assert!(harness.state().1.is_none() && harness.query_by_label("Save").is_none());
    }
}
