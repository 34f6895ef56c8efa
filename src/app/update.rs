//! What happens between frames: answers come in, commands are done, questions go out.

use std::path::PathBuf;
use std::time::Duration;

use egui::{Context, ThemePreference};

use super::command::Command;
use super::document::Document;
use super::file_dialog::Wanted;
use super::layers::Layer;
use super::opening::{Incoming, NotOpened, Opened};
use super::panel::camera::CameraWish;
use super::preferences::{Preferences, RightPanel};
use super::toasts::Level;
use super::{App, Asked, default_weights};
use crate::engine::{Event, Request, Settings};
use crate::network::DeviceChoice;
use crate::pose::InputSize;
use crate::shipped;

/// How much a key press enlarges.
const ZOOM_STEP: f32 = 1.25;
/// Until the frame that follows news, and makes sure it is seen.
const ONE_MORE_FRAME: Duration = Duration::from_millis(30);

impl App {
    /// Takes in everything that the threads have sent.
    pub(super) fn take_in(&mut self, ctx: &Context) {
        let mut news = false;
        while let Some(event) = self.engine.poll() {
            self.engine_event(ctx, event);
            news = true;
        }
        while let Some(incoming) = self.opener.poll() {
            news = true;
            match incoming {
                Incoming::Opened(opened) => self.show(*opened),
                Incoming::NotOpened(failure) => self.not_opened(failure),
                Incoming::Labels(path, people) => {
                    if let Some(document) = &mut self.document {
                        document.take_labels(path, people);
                    }
                }
                Incoming::Chosen(path) => self.open_path(path),
                Incoming::NoDialog(why) => self.dialogs.path.open_because(why),
                Incoming::Weights(path) => self.engine.load(path),
                Incoming::Cameras(cameras) => {
                    self.camera.found(ctx, cameras, self.preferences.mirror_camera, &mut self.toasts)
                }
                Incoming::Warning(message) => self.toasts.add(Level::Warning, message),
                Incoming::Failed(message) => self.error(message),
            }
        }
        if news {
            // Software renderers may hold a frame back until the next one is begun.
            ctx.request_repaint_after(ONE_MORE_FRAME);
        }
    }

    fn engine_event(&mut self, ctx: &Context, event: Event) {
        match event {
            Event::Network(info) => {
                self.preferences.device = info.device_choice;
                if let Some(path) = &info.path {
                    let bundled = shipped::network().as_ref() == Some(path);
                    self.preferences.weights = (!bundled).then(|| path.clone());
                }
                if self.network.as_ref().is_some_and(|old| old.path != info.path) {
                    self.toasts.add(Level::Info, format!("Using {}", info.name));
                }
                self.network = Some(info);
                self.asked = None;
                if let Some(document) = &mut self.document {
                    document.forget_reference();
                }
            }
            Event::Answer(answer) => {
                self.answered = self.answered.max(answer.ticket);
                tracing::info!(
                    ticket = answer.ticket,
                    input = %answer.request.settings.input,
                    people = answer.people.len(),
                    milliseconds = answer.milliseconds(),
                    "answered"
                );
                let newest = answer.ticket == self.ticket;
                self.rates.add(ctx.input(|input| input.time), answer.people.len());
                let settings = &answer.request.settings;
                let at_reference = self
                    .network
                    .as_ref()
                    .is_some_and(|network| network.reference_settings(settings) == *settings);
                let refined = self.document.as_mut().is_some_and(|document| {
                    document.at_reference = at_reference;
                    document.take(*answer)
                });
                if let (true, Some(document), Some(asked)) =
                    (refined && newest, &self.document, &mut self.asked)
                {
                    // The answer at hand already is that of the refined boxes.
                    asked.people = document.asked_people();
                }
            }
            Event::Reference { ticket, poses } => {
                if let Some(document) = &mut self.document {
                    document.take_reference(ticket, poses);
                }
            }
            Event::Failed { ticket, message } => {
                self.answered = self.answered.max(ticket);
                self.error(message);
            }
            Event::NetworkFailed(message) if self.network.is_some() => {
                self.error(format!("{message}. The network before stays."));
            }
            Event::NetworkFailed(message) => {
                self.error(message);
                // A remembered file or device that no longer works must not leave the window without a network.
                if !std::mem::replace(&mut self.fell_back, true) {
                    self.preferences.weights = None;
                    self.engine.use_instead(default_weights(), DeviceChoice::Auto);
                }
            }
        }
    }

    fn show(&mut self, opened: Opened) {
        let Opened { frame, truth, warning, folder } = opened;
        if let Some(path) = &frame.path {
            self.preferences.remember(path);
        }
        if let Some(warning) = warning {
            self.toasts.add(Level::Warning, warning);
        }
        self.camera.stop();
        self.versions += 1;
        self.opener.shown(frame.path.clone());
        let place =
            folder.as_ref().zip(frame.path.as_ref()).and_then(|(folder, path)| folder.position_of(path));
        self.document = Some(Document::new(frame, self.versions, self.ticket + 1, truth));
        self.folder = folder.zip(place);
        self.canvas.view.fit();
    }

    /// Says that a path could not be opened: in the middle of the window where there is nothing else to see.
    fn not_opened(&mut self, failure: NotOpened) {
        if self.document.is_some() {
            self.error(failure.message);
            return;
        }
        tracing::error!("{}", failure.message);
        self.toasts.log.add(Level::Error, &failure.message);
        self.not_opened = Some(failure);
    }

    /// Puts the newest frame of the camera on the screen.
    pub(super) fn camera_frame(&mut self) {
        self.camera.mirror(self.preferences.mirror_camera);
        let Some(frame) = self.camera.latest() else { return };
        self.versions += 1;
        match &mut self.document {
            Some(document) if document.live => document.advance(frame, self.versions),
            _ => {
                let mut document = Document::new(frame, self.versions, self.ticket + 1, None);
                document.live = true;
                self.document = Some(document);
                self.folder = None;
                self.canvas.view.fit();
            }
        }
    }

    /// Opens what was dropped on the window.
    pub(super) fn dropped_files(&mut self, ctx: &Context) {
        for file in ctx.input(|i| i.raw.dropped_files.clone()) {
            self.opener.open(file.path().to_path_buf());
        }
    }

    /// Asks the engine, if what is on the screen is not what it was asked last.
    pub(super) fn ask(&mut self, ctx: &Context) {
        let dragging = ctx.input(|input| input.pointer.any_down());
        let (Some(document), Some(_)) = (&self.document, &self.network) else {
            return;
        };
        if document.people.is_empty() {
            return;
        }
        let asked = Asked {
            version: document.version,
            people: document.asked_people(),
            settings: Settings {
                // While something is dragged one pass has to do; the mirrored one follows when it is let go.
                flip_test: self.preferences.settings.flip_test && !dragging,
                ..self.preferences.settings.clone()
            },
            trace: document.selected.filter(|_| self.shows_trace()),
        };
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        self.ticket = self.engine.submit(Request {
            picture: document.frame.picture.clone(),
            people: asked.people.clone(),
            settings: asked.settings.clone(),
            trace: asked.trace,
            reference: document.wants_reference(),
        });
        self.asked = Some(asked);
    }

    /// Whether anything on the screen is drawn from attention or EMA tensors.
    fn shows_trace(&self) -> bool {
        let Preferences { layers, right, show_right, .. } = &self.preferences;
        let drawn = [Layer::Attention, Layer::WindowGrid].into_iter().any(|layer| layers.state(layer).shown);
        drawn || (*show_right && *right != RightPanel::Joints)
    }

    /// Does what a command says.
    pub(super) fn act(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::OpenPicture => self.opener.ask(Wanted::Picture),
            Command::OpenFolder => self.opener.ask(Wanted::Folder),
            Command::OpenWeights => self.opener.ask(Wanted::Weights),
            Command::OpenPath => self.dialogs.path.open(),
            Command::NextPicture => self.step_folder(true),
            Command::PreviousPicture => self.step_folder(false),
            Command::BundledWeights => match shipped::network() {
                Some(path) => self.engine.load(path),
                None => {
                    self.error("no network came with this program; open one with Network › Open weights…")
                }
            },
            Command::AboutNetwork => self.dialogs.network.open = true,
            Command::StartCamera => self.opener.list_cameras(),
            Command::StopCamera => self.camera.stop(),
            Command::FreezeCamera => self.camera.toggle_freeze(),
            Command::LargerInput => self.step_input(1),
            Command::SmallerInput => self.step_input(-1),
            Command::LinkResolutions => self.preferences.set_linked(!self.preferences.linked),
            Command::FlipTest => self.preferences.settings.flip_test = !self.preferences.settings.flip_test,
            Command::Fit => self.canvas.view.fit(),
            Command::ActualPixels => self.canvas.view.actual_pixels(),
            Command::ZoomIn => self.canvas.zoom_by(ZOOM_STEP),
            Command::ZoomOut => self.canvas.zoom_by(1.0 / ZOOM_STEP),
            Command::ZoomToPerson => {
                if let Some(document) = &self.document {
                    self.canvas.zoom_to_person(document);
                }
            }
            Command::EnlargeInput => {
                self.dialogs.input = self.document.is_some() && !self.dialogs.input;
            }
            Command::NextPerson => {
                if let Some(document) = &mut self.document {
                    document.select_next(1);
                }
            }
            Command::DeletePerson => {
                if let Some(document) = &mut self.document {
                    document.remove_selected();
                }
            }
            Command::Undo => {
                if let Some(document) = &mut self.document {
                    document.undo();
                }
            }
            Command::Redo => {
                if let Some(document) = &mut self.document {
                    document.redo();
                }
            }
            Command::Toggle(layer) => self.preferences.layers.toggle(layer),
            Command::Show(panel) => self.show_right(panel),
            Command::LeftPanel => self.preferences.show_left = !self.preferences.show_left,
            Command::RightPanel => self.preferences.show_right = !self.preferences.show_right,
            Command::SwitchTheme => ctx.set_theme(match ctx.theme() {
                egui::Theme::Dark => ThemePreference::Light,
                egui::Theme::Light => ThemePreference::Dark,
            }),
            Command::Palette => self.dialogs.palette.open(),
            Command::Glossary => self.dialogs.glossary.open(),
            Command::Messages => self.dialogs.messages = !self.dialogs.messages,
            Command::About => self.dialogs.about = true,
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    fn show_right(&mut self, panel: RightPanel) {
        self.preferences.right = panel;
        self.preferences.show_right = true;
    }

    fn step_input(&mut self, step: isize) {
        let sizes = InputSize::STANDARD;
        let present =
            sizes.iter().position(|size| *size == self.preferences.settings.input).unwrap_or_default();
        let index = present.saturating_add_signed(step).min(sizes.len() - 1);
        self.preferences.set_input(sizes[index]);
    }

    fn step_folder(&mut self, forward: bool) {
        let Some((folder, index)) = &self.folder else { return };
        let next = if forward { folder.next(*index) } else { folder.previous(*index) };
        match next.and_then(|index| folder.paths().get(index)) {
            Some(path) => self.opener.open(path.clone()),
            None => {
                let end = if forward { "last" } else { "first" };
                self.toasts.add(Level::Info, format!("This is the {end} picture of the folder"));
            }
        }
    }

    /// The number of the picture in its folder, counted from 1, and how many pictures are there; where there are several.
    pub(super) fn place_in_folder(&self) -> Option<(usize, usize)> {
        let (folder, index) = self.folder.as_ref()?;
        let count = folder.paths().len();
        (count > 1).then_some((index + 1, count))
    }

    /// Opens a picture, folder or weights file by its path.
    pub(super) fn open_path(&mut self, path: PathBuf) {
        self.opener.open(path);
    }

    /// Does what the camera panel asks.
    pub(super) fn camera_wish(&mut self, ctx: &Context, wish: CameraWish) {
        let mirrored = self.preferences.mirror_camera;
        match wish {
            CameraWish::Command(command) => self.act(ctx, command),
            CameraWish::Start(index) => self.camera.start(ctx, index, Default::default(), mirrored),
            CameraWish::Format(mode) => self.camera.restart(ctx, mode, mirrored),
        }
    }
}
