//! The window.
//!
//! One frame: take in what came back from the threads, do the commands, draw (panels change preferences and
//! the document in place), then ask the engine if what it was last asked is no longer what is on the screen.

mod attention_choice;
mod camera_control;
mod canvas;
mod command;
mod command_state;
mod dialogs;
mod document;
mod drop_overlay;
mod empty_state;
mod examples;
mod file_dialog;
mod glossary;
mod input_window;
mod keys;
mod label_file;
mod layers;
mod menu;
mod messages;
mod monitor;
mod network_window;
mod opening;
mod palette;
mod panel;
mod preferences;
mod rates;
mod reading;
mod scale;
mod settings_folder;
mod textures;
mod theme;
mod threshold;
mod toasts;
mod update;

use std::path::PathBuf;
use std::sync::Arc;

use crate::engine::{Engine, EngineError, NetworkInfo, Person, Settings, Weights};
use crate::network::{DeviceChoice, NetworkConfig};
use crate::shipped;
use crate::source::Folder;
use camera_control::CameraControl;
use canvas::Canvas;
use command::Command;
use dialogs::Dialogs;
use document::Document;
use egui::{Align, CentralPanel, Context, Layout, Panel, ScrollArea, Stroke, Ui};
use empty_state::EmptyState;
use examples::EXAMPLES;
use monitor::Fitting;
use opening::{NotOpened, Opener};
use panel::status::Status;
use preferences::{Preferences, RightPanel};
use rates::Rates;
use textures::Textures;
use toasts::{Level, Toasts};

/// Name under which preferences are stored.
const STORAGE_KEY: &str = "posescope";
/// Channel groups of the EMA modules of the untrained network.
const UNTRAINED_EMA_GROUPS: i64 = 8;

/// What the command line asks of the window.
#[derive(Clone, Debug, Default)]
pub struct LaunchOptions {
    /// A picture or folder to open instead of the first example.
    pub picture: Option<PathBuf>,
    /// Weights to use instead of the bundled or remembered ones.
    pub weights: Option<PathBuf>,
    /// Where the network runs, instead of where it ran last.
    pub device: Option<DeviceChoice>,
}

/// What the engine was asked last; compared with what is on the screen.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    version: u64,
    people: Vec<Person>,
    settings: Settings,
    trace: Option<usize>,
}

/// The window's state.
pub struct App {
    engine: Engine,
    opener: Opener,
    network: Option<Arc<NetworkInfo>>,
    preferences: Preferences,
    document: Option<Document>,
    /// The folder of the picture, and the picture's index in it.
    folder: Option<(Folder, usize)>,
    canvas: Canvas,
    camera: CameraControl,
    dialogs: Dialogs,
    textures: Textures,
    toasts: Toasts,
    fitting: Fitting,
    /// The path that could not be opened last, while nothing was open.
    not_opened: Option<NotOpened>,
    versions: u64,
    rates: Rates,
    asked: Option<Asked>,
    ticket: u64,
    answered: u64,
    /// Whether the weights or device asked for at the start failed, and the default ones were asked for.
    fell_back: bool,
}

impl App {
    /// The window's state at start-up; the network loads and the first picture opens in the background.
    ///
    /// # Errors
    /// When the engine's thread cannot be started.
    pub fn new(cc: &eframe::CreationContext<'_>, options: LaunchOptions) -> Result<Self, EngineError> {
        let mut preferences: Preferences =
            cc.storage.and_then(|storage| eframe::get_value(storage, STORAGE_KEY)).unwrap_or_default();
        preferences.set_linked(preferences.linked);
        if let Some(device) = options.device {
            preferences.device = device;
        }
        let remembered = preferences.weights.clone().filter(|path| path.is_file());
        let weights = options.weights.or(remembered).map_or_else(default_weights, Weights::File);
        let ctx = cc.egui_ctx.clone();
        theme::apply(&ctx);
        egui_extras::install_image_loaders(&ctx);
        let notify = ctx.clone();
        let engine = Engine::start(weights, preferences.device, move || notify.request_repaint())?;
        let (mut opener, mut toasts) = (Opener::new(ctx), Toasts::default());
        opener.check_settings_folder();
        match options.picture.or_else(|| shipped::shipped(EXAMPLES[0].path)) {
            Some(path) => opener.open(path),
            None => toasts.add(Level::Warning, "The example pictures are not beside the program."),
        }
        Ok(Self {
            engine,
            opener,
            network: None,
            preferences,
            document: None,
            folder: None,
            canvas: Canvas::default(),
            camera: CameraControl::default(),
            dialogs: Dialogs::default(),
            textures: Textures::default(),
            toasts,
            fitting: Fitting::default(),
            not_opened: None,
            versions: 0,
            rates: Rates::default(),
            asked: None,
            ticket: 0,
            answered: 0,
            fell_back: false,
        })
    }

    fn error(&mut self, message: impl Into<String>) {
        let message = message.into();
        tracing::error!("{message}");
        self.toasts.add(Level::Error, message);
    }

    fn panels(&mut self, ui: &mut Ui, draw_secs: Option<f32>) {
        let ctx = ui.ctx().clone();
        let menu = Panel::top("menu").show(ui, |ui| menu::ui(self, ui)).response.rect;
        if self.opener.reading().is_slow() {
            // Over the menu's lower edge, where it moves nothing.
            let stroke = Stroke::new(2.0, ui.visuals().selection.bg_fill);
            ui.painter().hline(menu.x_range(), menu.bottom() - 1.0, stroke);
        }
        if self.network.as_ref().is_some_and(|network| !network.trained) {
            Panel::top("untrained").show(ui, untrained_banner);
        }
        Panel::bottom("status").show(ui, |ui| {
            ui.horizontal(|ui| {
                let status = Status {
                    document: self.document.as_ref(),
                    place: self.place_in_folder(),
                    rates: self.rates.last_second(ctx.input(|input| input.time)),
                    zoom: self.canvas.view.zoom(),
                    waiting: self.answered < self.ticket,
                    draw_secs,
                };
                panel::status::ui(ui, &status);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.status_end(ui));
            });
        });
        let width = ui.available_width();
        // On a small screen the picture keeps half of it.
        let (left, right) = if width < 1200.0 { (200.0, 262.0) } else { (290.0, 400.0) };
        if self.preferences.show_left {
            Panel::left("left").default_size(left).size_range(200.0..=420.0).show(ui, |ui| {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.left(ui));
            });
        }
        if self.preferences.show_right {
            Panel::right("right")
                .default_size(right)
                .size_range(260.0..=(0.5 * width).max(260.0))
                .show(ui, |ui| self.right(ui));
        }
        let mut chosen = None;
        CentralPanel::no_frame().show(ui, |ui| match &mut self.document {
            Some(document) => self.canvas.ui(ui, document, &mut self.preferences, &mut self.textures),
            None => {
                let state = match (self.opener.reading().newest(), &self.not_opened) {
                    (Some((name, _)), _) => EmptyState::Working(name),
                    (None, Some(failure)) => EmptyState::Failed(failure),
                    (None, None) => EmptyState::Nothing,
                };
                chosen = empty_state::ui(ui, &state, &self.preferences.recent);
            }
        });
        if let Some(entry) = chosen {
            self.choose(&ctx, entry);
        }
    }

    /// The right end of the status line: messages, and what is being read behind the present picture.
    fn status_end(&mut self, ui: &mut Ui) {
        if messages::button(ui, &self.toasts.log) {
            self.dialogs.messages = !self.dialogs.messages;
        }
        if self.document.is_some() {
            reading::sign(ui, self.opener.reading());
        }
    }

    fn left(&mut self, ui: &mut Ui) {
        self.camera.ui(ui, &mut self.preferences);
        let network = self.network.as_deref();
        panel::resolution::ui(ui, &mut self.preferences, network);
        if let Some(document) = &self.document {
            panel::score::ui(ui, document, network);
            if panel::input::ui(ui, document, &mut self.preferences, &mut self.textures) {
                self.dialogs.input = true;
            }
        }
        if let Some(document) = &mut self.document {
            panel::people::ui(ui, document);
        }
        panel::layers::ui(ui, &mut self.preferences);
    }

    fn right(&mut self, ui: &mut Ui) {
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            for tab in RightPanel::ALL {
                ui.selectable_value(&mut self.preferences.right, tab, tab.label());
            }
        });
        ui.separator();
        let Some(document) = &self.document else { return };
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match self.preferences.right {
            RightPanel::Attention => {
                let config = self.network.as_ref().map(|network| &network.config);
                panel::attention::ui(ui, document, config, &mut self.preferences, &mut self.textures);
            }
            RightPanel::Ema => panel::ema::ui(ui, document, &mut self.preferences, &mut self.textures),
            RightPanel::Joints => panel::joints::ui(ui, document, &mut self.preferences),
        });
    }
}

/// The bundled network, or random weights where none is bundled.
fn default_weights() -> Weights {
    let untrained = || Weights::Untrained(NetworkConfig::small().with_ema(UNTRAINED_EMA_GROUPS));
    shipped::network().map_or_else(untrained, Weights::File)
}

fn untrained_banner(ui: &mut Ui) {
    let colour = ui.visuals().warn_fg_color;
    ui.horizontal_wrapped(|ui| {
        ui.colored_label(colour, "This network is untrained: its joints are random and mean nothing.");
        ui.weak("Attention and EMA views still show how it works. Open trained weights with Network › Open weights…");
    });
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.take_in(ctx);
        self.camera_frame();
        for command in Command::pressed(ctx) {
            self.act(ctx, command);
        }
        self.dropped_files(ctx);
        self.fitting.fit(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let input = self.preferences.settings.input;
        self.preferences
            .threshold
            .follow(self.network.as_ref().and_then(|network| network.thresholds_at(input)));
        self.panels(ui, frame.info().cpu_usage);
        self.dialogs(&ctx);
        for wish in self.camera.take_wishes() {
            self.camera_wish(&ctx, wish);
        }
        self.toasts.show(&ctx);
        drop_overlay::show(&ctx);
        self.textures.end_frame();
        self.ask(&ctx);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, STORAGE_KEY, &self.preferences);
    }
}
