//! The command palette: one list of everything that can be done or chosen, found by typing parts of its name.

use std::path::PathBuf;

use egui::{Button, Context, Key, ScrollArea, TextEdit, Ui};

use super::App;
use super::command::Command;
use super::dialogs::{TextBox, window};
use super::examples::{EXAMPLES, Example};
use super::keys;
use super::preferences::{AttentionMode, RightPanel};
use super::reading::name_of;
use super::theme::Palette;
use crate::network::{DeviceChoice, STAGES};

/// Size of the list in points.
const WIDTH: f32 = 460.0;
const HEIGHT: f32 = 320.0;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A command of the menus.
    Command(Command),
    /// Which numbers of an attention map are drawn.
    Mode(AttentionMode),
    /// The stage of the attention and EMA panels, from 0.
    Stage(usize),
    /// The colours of maps.
    Colours(Palette),
    /// Where the network runs.
    Device(DeviceChoice),
    /// A picture that came with the program.
    Example(Example),
    /// A picture that was open before.
    Recent(PathBuf),
}

impl Entry {
    fn text(&self) -> String {
        match self {
            Self::Command(command) => command.text(),
            Self::Mode(mode) => format!("Attention mode: {}", mode.label().to_lowercase()),
            Self::Stage(stage) => format!("Attention stage {}", stage + 1),
            Self::Colours(palette) => format!("Colours of maps: {}", palette.label()),
            Self::Device(device) => format!("Device: {}", device.label()),
            Self::Example(example) => format!("Example: {}", example.label),
            Self::Recent(path) => format!("Recent: {}", name_of(path)),
        }
    }

    fn tooltip(&self) -> String {
        match self {
            Self::Command(command) => command.tooltip(),
            Self::Mode(mode) => mode.explanation().into(),
            Self::Stage(_) => "Show this stage in the panels on the right.".into(),
            Self::Colours(_) => "Draw heatmaps and attention in these colours.".into(),
            Self::Device(_) => "Let the network run there.".into(),
            Self::Example(example) => example.path.into(),
            Self::Recent(path) => path.display().to_string(),
        }
    }
}

/// An entry as the list shows it.
struct Row {
    entry: Entry,
    text: String,
    keys: String,
    possible: bool,
    /// Why it is not possible, where it is not.
    why_not: &'static str,
}

impl App {
    /// Draws the palette, if it is open, and does what is chosen in it.
    pub(super) fn palette(&mut self, ctx: &Context) {
        if !self.dialogs.palette.is_open() {
            return;
        }
        let rows = self.rows(ctx, &self.dialogs.palette.text);
        let chosen = palette_window(ctx, &mut self.dialogs.palette, &rows);
        if let Some(entry) = chosen {
            self.choose(ctx, entry);
        }
    }

    /// Does what an entry says.
    pub(super) fn choose(&mut self, ctx: &Context, entry: Entry) {
        match entry {
            Entry::Command(command) => self.act(ctx, command),
            Entry::Mode(mode) => {
                self.preferences.attention.mode = mode;
                self.act(ctx, Command::Show(RightPanel::Attention));
            }
            Entry::Stage(stage) => {
                self.preferences.attention.stage = stage;
                if self.preferences.right != RightPanel::Ema {
                    self.act(ctx, Command::Show(RightPanel::Attention));
                }
            }
            Entry::Colours(palette) => self.preferences.palette = palette,
            Entry::Device(device) => self.engine.set_device(device),
            Entry::Example(example) => self.open_example(example),
            Entry::Recent(path) => self.open_path(path),
        }
    }

    /// The entries whose names have every typed part.
    fn rows(&self, ctx: &Context, typed: &str) -> Vec<Row> {
        let typed = typed.to_lowercase();
        let parts: Vec<&str> = typed.split_whitespace().collect();
        let entries = Command::all()
            .into_iter()
            .map(Entry::Command)
            .chain(AttentionMode::ALL.map(Entry::Mode))
            .chain((0..STAGES).map(Entry::Stage))
            .chain(Palette::ALL.map(Entry::Colours))
            .chain(DeviceChoice::ALL.map(Entry::Device))
            .chain(EXAMPLES.map(Entry::Example))
            .chain(self.preferences.recent.iter().cloned().map(Entry::Recent));
        let row = |entry: Entry| {
            let text = entry.text();
            let name = text.to_lowercase();
            let (shortcut, possible, why_not) = match &entry {
                Entry::Command(command) => {
                    (command.shortcut(), self.can_act(*command), self.why_greyed(*command))
                }
                _ => (None, true, ""),
            };
            let keys = shortcut.map(|shortcut| keys::readable(ctx, &shortcut)).unwrap_or_default();
            parts.iter().all(|part| name.contains(part)).then_some(Row {
                entry,
                text,
                keys,
                possible,
                why_not,
            })
        };
        entries.filter_map(row).collect()
    }
}

fn palette_window(ctx: &Context, state: &mut TextBox, rows: &[Row]) -> Option<Entry> {
    let mut chosen = None;
    window(ctx, "Command palette", state, |ui, state| {
        let (down, up) = ui.input_mut(|i| {
            let mut key = |key| i.consume_key(egui::Modifiers::NONE, key);
            (key(Key::ArrowDown), key(Key::ArrowUp))
        });
        let edit =
            TextEdit::singleline(&mut state.text).desired_width(WIDTH).hint_text("Type parts of a name");
        let response = ui.add(edit);
        if std::mem::take(&mut state.just_opened) {
            response.request_focus();
        }
        if response.changed() {
            state.chosen = 0;
        }
        let last = rows.len().saturating_sub(1);
        state.chosen = (state.chosen + usize::from(down)).saturating_sub(usize::from(up)).min(last);
        if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
            chosen = rows.get(state.chosen).filter(|row| row.possible).map(|row| row.entry.clone());
            if chosen.is_none() {
                // Enter took the keyboard away from a text that is still to be typed.
                response.request_focus();
            }
        }
        ScrollArea::vertical().max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            for (i, row) in rows.iter().enumerate() {
                if row_button(ui, row, i == state.chosen, down || up) {
                    chosen = Some(row.entry.clone());
                }
            }
        });
        if chosen.is_some() {
            state.close();
        }
    });
    chosen
}

/// A line of the list. Gives whether it was clicked.
fn row_button(ui: &mut Ui, row: &Row, marked: bool, moved: bool) -> bool {
    let button = Button::selectable(marked, row.text.as_str()).right_text(row.keys.as_str());
    let response = ui
        .add_enabled_ui(row.possible, |ui| ui.add_sized([ui.available_width(), 20.0], button))
        .inner
        .on_hover_text(row.entry.tooltip())
        .on_disabled_hover_text(row.why_not);
    if moved && marked {
        response.scroll_to_me(None);
    }
    response.clicked()
}
