//! Small windows over the main one: path box, command palette, about.

use egui::{Align2, Context, Key, ScrollArea, TextEdit, Window};

use super::App;
use super::command::Command;
use super::network_window::NetworkWindow;

/// Which small windows are open.
#[derive(Default)]
pub struct Dialogs {
    /// A text to type a path into.
    pub path: TextBox,
    /// The list of commands.
    pub palette: TextBox,
    /// What the program is.
    pub about: bool,
    /// What the network is.
    pub network: NetworkWindow,
}

/// A text that is typed in a small window.
#[derive(Default)]
pub struct TextBox {
    open: bool,
    just_opened: bool,
    text: String,
    chosen: usize,
}

impl TextBox {
    /// Opens the window with an empty text.
    pub fn open(&mut self) {
        *self = Self { open: true, just_opened: true, ..Self::default() };
    }
}

impl App {
    /// Draws the small windows that are open.
    pub(super) fn dialogs(&mut self, ctx: &Context) {
        if let Some(path) = path_window(ctx, &mut self.dialogs.path) {
            self.open_path(path.into());
        }
        if let Some(command) = palette_window(ctx, &mut self.dialogs.palette) {
            self.act(ctx, command);
        }
        about_window(ctx, &mut self.dialogs.about);
        self.dialogs.network.show(ctx, self.network.as_deref());
    }
}

fn path_window(ctx: &Context, state: &mut TextBox) -> Option<String> {
    let mut chosen = None;
    window(ctx, "Open path", state, |ui, state| {
        let edit = TextEdit::singleline(&mut state.text)
            .desired_width(460.0)
            .hint_text("A picture, a folder, or a .safetensors or .pth file");
        let response = ui.add(edit);
        if std::mem::take(&mut state.just_opened) {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if (ui.button("Open").clicked() || entered) && !state.text.trim().is_empty() {
            chosen = Some(state.text.trim().to_string());
            state.open = false;
        }
    });
    chosen
}

fn palette_window(ctx: &Context, state: &mut TextBox) -> Option<Command> {
    let mut chosen = None;
    window(ctx, "Command palette", state, |ui, state| {
        let (down, up) = ui.input_mut(|i| {
            let mut key = |key| i.consume_key(egui::Modifiers::NONE, key);
            (key(Key::ArrowDown), key(Key::ArrowUp))
        });
        let edit =
            TextEdit::singleline(&mut state.text).desired_width(460.0).hint_text("Type a part of a command");
        let response = ui.add(edit);
        if std::mem::take(&mut state.just_opened) {
            response.request_focus();
        }
        if response.changed() {
            state.chosen = 0;
        }
        let wanted = state.text.to_lowercase();
        let found: Vec<Command> =
            Command::all().into_iter().filter(|c| c.text().to_lowercase().contains(&wanted)).collect();
        let last = found.len().saturating_sub(1);
        state.chosen = (state.chosen + usize::from(down)).saturating_sub(usize::from(up)).min(last);
        if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
            chosen = found.get(state.chosen).copied();
        }
        ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show(ui, |ui| {
            for (i, command) in found.iter().enumerate() {
                let keys = command.shortcut().map(|s| ui.ctx().format_shortcut(&s)).unwrap_or_default();
                let button = egui::Button::selectable(i == state.chosen, command.text()).right_text(keys);
                let row = ui.add_sized([ui.available_width(), 20.0], button).on_hover_text(command.tooltip());
                if (down || up) && i == state.chosen {
                    row.scroll_to_me(None);
                }
                if row.clicked() {
                    chosen = Some(*command);
                }
            }
        });
        state.open &= chosen.is_none();
    });
    chosen
}

/// A window at the top of the screen, closed by Escape.
fn window(
    ctx: &Context,
    title: &str,
    state: &mut TextBox,
    content: impl FnOnce(&mut egui::Ui, &mut TextBox),
) {
    if !state.open {
        return;
    }
    let mut open = !ctx.input(|i| i.key_pressed(Key::Escape));
    Window::new(title)
        .open(&mut open)
        .anchor(Align2::CENTER_TOP, [0.0, 80.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| content(ui, state));
    state.open &= open;
}

fn about_window(ctx: &Context, open: &mut bool) {
    Window::new("About posescope")
        .open(open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| {
            ui.heading(format!("posescope {}", env!("CARGO_PKG_VERSION")));
            ui.label("See what a low-resolution human pose network sees.");
            ui.add_space(6.0);
            ui.label("The network: cascaded multi-scale attention (CMSA), arXiv 2412.02197");
            ui.label(
                "Its channel and spatial weighting: efficient multi-scale attention (EMA), arXiv 2305.13563",
            );
            ui.label("Runs on libtorch. MIT licence.");
        });
}
