//! The window.
//!
//! One frame: take in what came back from the threads, do the commands, draw (panels change preferences and
//! the document in place), then ask the engine if what it was last asked is no longer what is on the screen.

mod across_sizes;
mod asking;
mod attention_choice;
mod camera_control;
mod canvas;
mod capitalised;
mod captures;
mod centre;
mod command;
mod command_state;
mod compare;
mod data_set;
mod dialogs;
mod document;
mod drop_overlay;
mod ema;
mod empty_state;
mod examples;
mod export;
mod file_dialog;
mod finding;
#[cfg(test)]
mod fixtures;
mod glossary;
mod hint;
mod how_to_read;
mod idle_job;
mod incoming;
mod input_window;
mod keys;
mod label_file;
mod labelling;
mod layers;
mod layout;
mod menu;
mod messages;
mod monitor;
mod network_window;
mod offscreen;
mod opening;
mod palette;
mod panel;
mod preferences;
mod rates;
mod reading;
mod save_box;
mod scale;
mod settings_folder;
mod short_of_memory;
mod still_plot;
mod stream;
mod strip;
mod sweep;
mod textures;
mod theme;
mod threshold;
mod toasts;
mod typed_path;
mod update;
mod what_if;
mod what_matters;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::engine::{Engine, EngineError, NetworkChoice, NetworkInfo, Weights};
use crate::network::{DeviceChoice, NetworkConfig};
use crate::pose::BoundingBox;
use crate::shipped;
use crate::source::{Folder, Player};
use across_sizes::AcrossSizes;
use asking::Asked;
use camera_control::CameraControl;
use canvas::Canvas;
use centre::Centre;
use command::Command;
use compare::Compare;
use data_set::DataSet;
use dialogs::Dialogs;
use document::{Document, Draft};
use egui::{Context, Ui};
use ema::Ema;
use examples::EXAMPLES;
use export::{Copying, OverlayVideo};
use finding::PeopleFinder;
use monitor::Fitting;
use opening::{NotOpened, Opener};
use preferences::Preferences;
use rates::Rates;
use short_of_memory::ShortOfMemory;
use strip::Strip;
use sweep::Sweep;
use textures::Textures;
use toasts::{Level, Toasts};
use what_if::WhatIf;
use what_matters::WhatMatters;

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

/// Boxes that go from one picture of a folder to the next.
struct Carried {
    /// The picture that they are for.
    to: PathBuf,
    boxes: Vec<BoundingBox>,
}

/// The window's state.
pub struct App {
    engine: Engine,
    finder: PeopleFinder,
    opener: Opener,
    network: Option<Arc<NetworkInfo>>,
    preferences: Preferences,
    document: Option<Document>,
    /// Labels placed by hand in pictures that were shown before, by their names.
    drafts: HashMap<String, Draft>,
    /// Those that are being written to a file, which is known once the user has named it.
    written: Option<(Draft, Arc<OnceLock<PathBuf>>)>,
    /// Whether the user knows that some are in no file.
    told_of_labels: bool,
    /// Boxes on their way to another picture.
    carried: Option<Carried>,
    /// The folder of the picture, and the picture's index in it.
    folder: Option<(Folder, usize)>,
    canvas: Canvas,
    centre: Centre,
    camera: CameraControl,
    /// The video or moving picture whose frames are shown.
    clip: Option<Player>,
    dialogs: Dialogs,
    textures: Textures,
    toasts: Toasts,
    fitting: Fitting,
    what_if: WhatIf,
    what_matters: WhatMatters,
    compare: Compare,
    sweep: Sweep,
    data_set: DataSet,
    copying: Copying,
    overlay_video: Option<OverlayVideo>,
    ema: Ema,
    /// The path that could not be opened last, while nothing was open.
    not_opened: Option<NotOpened>,
    versions: u64,
    rates: Rates,
    strip: Strip,
    across_sizes: AcrossSizes,
    asked: Option<Asked>,
    ticket: u64,
    answered: u64,
    /// Whether the weights or device asked for at the start failed, and the default ones were asked for.
    fell_back: bool,
    short_of_memory: ShortOfMemory,
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
        // Nobody would remember why a network that was opened yesterday finds less today.
        preferences.settings.ablations.clear();
        if let Some(device) = options.device {
            preferences.device = device;
        }
        let named = options.weights.map(NetworkChoice::from);
        let remembered = || preferences.remembered_network();
        let choice = named.or_else(remembered).unwrap_or_else(|| default_weights().into());
        let ctx = cc.egui_ctx.clone();
        theme::apply(&ctx);
        egui_extras::install_image_loaders(&ctx);
        let notify = ctx.clone();
        let engine = Engine::start(choice, preferences.device, move || notify.request_repaint())?;
        let finder = PeopleFinder::start(&ctx, preferences.device)?;
        let (mut opener, mut toasts) = (Opener::new(ctx), Toasts::default());
        opener.check_settings_folder();
        match options.picture.or_else(|| shipped::shipped(EXAMPLES[0].path)) {
            Some(path) => opener.open(path),
            None => toasts.add(Level::Warning, "The example pictures are not beside the program."),
        }
        Ok(Self {
            engine,
            finder,
            opener,
            network: None,
            preferences,
            document: None,
            drafts: HashMap::new(),
            written: None,
            told_of_labels: false,
            carried: None,
            folder: None,
            canvas: Canvas::default(),
            centre: Centre::default(),
            camera: CameraControl::default(),
            clip: None,
            dialogs: Dialogs::default(),
            textures: Textures::default(),
            toasts,
            fitting: Fitting::default(),
            what_if: WhatIf::default(),
            what_matters: WhatMatters::default(),
            compare: Compare::default(),
            sweep: Sweep::default(),
            data_set: DataSet::new(cc.egui_ctx.clone()),
            copying: Copying::default(),
            overlay_video: None,
            ema: Ema::default(),
            not_opened: None,
            versions: 0,
            rates: Rates::default(),
            strip: Strip::default(),
            across_sizes: AcrossSizes::default(),
            asked: None,
            ticket: 0,
            answered: 0,
            fell_back: false,
            short_of_memory: ShortOfMemory::default(),
        })
    }

    fn error(&mut self, message: impl Into<String>) {
        let message = message.into();
        tracing::error!("{message}");
        self.toasts.add(Level::Error, message);
    }
}

/// The bundled network, or random weights where none is bundled.
fn default_weights() -> Weights {
    let untrained = || Weights::Untrained(NetworkConfig::small().with_ema(UNTRAINED_EMA_GROUPS));
    shipped::network().map_or_else(untrained, Weights::File)
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.take_in(ctx);
        self.guard_labels(ctx);
        self.stream_frame(ctx);
        self.find_live();
        self.leave_large(ctx);
        for command in Command::pressed(ctx) {
            self.act(ctx, command);
        }
        self.dropped_files(ctx);
        self.film(ctx);
        self.fitting.fit(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.follow_what_if(&ctx);
        self.follow_ema(&ctx);
        self.follow_what_matters(&ctx);
        self.follow_compare(&ctx);
        self.panels(ui, frame.info().cpu_usage);
        self.dialogs(&ctx);
        self.data_set_window(&ctx);
        for wish in self.camera.take_wishes() {
            self.camera_wish(&ctx, wish);
        }
        self.toasts.show(&ctx);
        drop_overlay::show(&ctx);
        self.textures.end_frame();
        self.ask(&ctx);
        self.fill_strip(&ctx);
        self.fill_across_sizes(&ctx);
        self.ask_finder(&ctx);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, STORAGE_KEY, &self.preferences);
    }
}
