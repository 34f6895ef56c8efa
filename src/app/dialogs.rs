//! Small windows over the main one: path box, command palette, how to read the panels, glossary, messages, the network's
//! input, about. Escape closes them.

use std::path::PathBuf;

use egui::{Align2, Context, Key, TextEdit, Ui, Window};

use super::glossary::Glossary;
use super::how_to_read::HowToReadWindow;
use super::network_window::NetworkWindow;
use super::save_box::SaveBox;
use super::typed_path::typed_path;
use super::{App, input_window, messages};

/// Which small windows are open.
#[derive(Default)]
pub struct Dialogs {
    /// A text to type a path into.
    pub path: TextBox,
    /// A text to type the path of a new file into.
    pub save: SaveBox,
    /// The list of everything that can be done.
    pub palette: TextBox,
    /// What the words of the window mean.
    pub glossary: Glossary,
    /// How to read the panels.
    pub how_to_read: HowToReadWindow,
    /// Whether the list of messages is open.
    pub messages: bool,
    /// Whether the network's input is shown large.
    pub input: bool,
    /// What the program is.
    pub about: bool,
    /// What the network is.
    pub network: NetworkWindow,
}

impl Dialogs {
    /// Whether any of them is open.
    pub fn any_open(&self) -> bool {
        let paths = self.path.is_open() || self.save.is_open();
        let texts = paths || self.palette.is_open() || self.glossary.is_open();
        texts || self.how_to_read.is_open() || self.messages || self.input || self.about || self.network.open
    }

    /// Closes all of them.
    fn close(&mut self) {
        self.path.close();
        self.save.close();
        self.palette.close();
        self.glossary.close();
        self.how_to_read.close();
        (self.messages, self.input, self.about, self.network.open) = (false, false, false, false);
    }
}

/// A text that is typed in a small window.
#[derive(Default)]
pub struct TextBox {
    open: bool,
    /// Whether the text still has to be given the keyboard.
    pub just_opened: bool,
    /// What is typed.
    pub text: String,
    /// The line that is marked in a list below the text.
    pub chosen: usize,
    /// Why the window opened, where the user did not ask for it.
    reason: Option<String>,
}

impl TextBox {
    /// Opens the window with an empty text.
    pub fn open(&mut self) {
        *self = Self { open: true, just_opened: true, ..Self::default() };
    }

    /// Opens the window in the place of something else, and says why.
    pub fn open_because(&mut self, reason: String) {
        self.open();
        self.reason = Some(reason);
    }

    /// Draws why the window opened, if the user did not ask for it.
    pub fn tell_reason(&self, ui: &mut Ui) {
        if let Some(reason) = &self.reason {
            ui.weak(reason);
        }
    }

    /// Whether the window is open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Closes the window.
    pub fn close(&mut self) {
        self.open = false;
    }
}

impl App {
    /// Draws the small windows that are open.
    pub(super) fn dialogs(&mut self, ctx: &Context) {
        if ctx.input(|i| i.key_pressed(Key::Escape)) {
            self.dialogs.close();
        }
        if let Some(path) = path_window(ctx, &mut self.dialogs.path) {
            self.open_path(path);
        }
        if let Some((file, path)) = self.dialogs.save.show(ctx) {
            self.opener.save_typed(file, path);
        }
        self.palette(ctx);
        self.dialogs.how_to_read.show(ctx, &mut self.dialogs.glossary);
        self.dialogs.glossary.show(ctx);
        messages::window(ctx, &mut self.dialogs.messages, &mut self.toasts.log);
        if let Some(document) = &self.document {
            let (open, preferences) = (&mut self.dialogs.input, &mut self.preferences);
            let network = self.network.as_deref();
            input_window::show(ctx, open, document, network, preferences, &mut self.textures);
        }
        about_window(ctx, &mut self.dialogs.about);
        self.dialogs.network.show(ctx, self.network.as_deref());
    }
}

fn path_window(ctx: &Context, state: &mut TextBox) -> Option<PathBuf> {
    let mut chosen = None;
    window(ctx, "Open path", state, |ui, state| {
        state.tell_reason(ui);
        let edit = TextEdit::singleline(&mut state.text)
            .desired_width(460.0)
            .hint_text("A picture, a folder, or a .safetensors or .pth file");
        let response = ui.add(edit);
        if std::mem::take(&mut state.just_opened) {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if (ui.button("Open").clicked() || entered) && !state.text.trim().is_empty() {
            chosen = Some(typed_path(&state.text, std::env::home_dir().as_deref()));
            state.open = false;
        }
    });
    chosen
}

/// A window at the top of the screen, while its text is typed.
pub(super) fn window(
    ctx: &Context,
    title: &str,
    state: &mut TextBox,
    content: impl FnOnce(&mut Ui, &mut TextBox),
) {
    if !state.open {
        return;
    }
    let mut open = true;
    Window::new(title)
        .open(&mut open)
        .anchor(Align2::CENTER_TOP, [0.0, 80.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| content(ui, state));
    state.open &= open;
}

/// A window in the middle of the screen, as large as what is in it.
pub(super) fn centred(title: &'static str) -> Window<'static> {
    Window::new(title).anchor(Align2::CENTER_CENTER, [0.0, 0.0]).collapsible(false).resizable(false)
}

fn about_window(ctx: &Context, open: &mut bool) {
    centred("About posescope").open(open).show(ctx, |ui| {
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
