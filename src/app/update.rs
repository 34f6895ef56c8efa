//! What commands do, and what the camera panel asks for.

use std::path::PathBuf;

use egui::{Context, ThemePreference};

use super::command::Command;
use super::document::Document;
use super::file_dialog::Wanted;
use super::how_to_read::HowTo;
use super::panel::camera::CameraWish;
use super::panel::ema::EmaWish;
use super::preferences::RightPanel;
use super::toasts::Level;
use super::{App, Carried, captures};
use crate::borrowed::Search;
use crate::pose::InputSize;
use crate::shipped;

/// How much a key press enlarges.
const ZOOM_STEP: f32 = 1.25;

impl App {
    /// Opens what was dropped on the window.
    pub(super) fn dropped_files(&mut self, ctx: &Context) {
        for file in ctx.input(|i| i.raw.dropped_files.clone()) {
            self.opener.open(file.path().to_path_buf());
        }
    }

    /// Does what a command says.
    pub(super) fn act(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::OpenPicture => self.opener.ask(Wanted::Picture),
            Command::OpenFolder => self.opener.ask(Wanted::Folder),
            Command::OpenWeights => self.opener.ask(Wanted::Weights),
            Command::OpenPath => self.dialogs.path.open(),
            Command::DataSet => self.open_data_set(ctx),
            Command::NextPicture => self.step_folder(true),
            Command::PreviousPicture => self.step_folder(false),
            Command::CopyBoxes => self.copy_boxes(),
            Command::BundledWeights => match shipped::network() {
                Some(path) => self.use_network(path),
                None => {
                    self.error("no network came with this program; open one with Network › Open weights…")
                }
            },
            Command::MoveNet(variant) => self.use_network(variant),
            Command::AboutNetwork => self.dialogs.network.open = true,
            Command::EmaOverPeople => {
                self.show_right(RightPanel::Ema);
                self.ema_wish(ctx, EmaWish::Run);
            }
            Command::StartCamera => self.opener.list_cameras(),
            Command::StopCamera => self.camera.stop(),
            Command::Hold => self.toggle_held(),
            Command::SmoothMotion => self.preferences.smooth_motion = !self.preferences.smooth_motion,
            Command::NextFrame => self.step_frames(1),
            Command::PreviousFrame => self.step_frames(-1),
            Command::LargerInput => self.step_input(1),
            Command::SmallerInput => self.step_input(-1),
            Command::LargerCapture => self.step_capture(captures::above),
            Command::SmallerCapture => self.step_capture(captures::below),
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
            Command::FindPeople => self.find_people(Search::Still),
            Command::FindMore => self.find_people(Search::More),
            Command::FindInNewPictures => self.preferences.find_people = !self.preferences.find_people,
            Command::SecondOpinion => self.preferences.second_opinion = !self.preferences.second_opinion,
            Command::NextPerson => self.with_document(|document| document.select_next(1)),
            Command::PreviousPerson => self.with_document(|document| document.select_next(-1)),
            Command::DeletePerson => self.with_document(Document::remove_selected),
            Command::HidePerson => self.with_document(|document| {
                if let Some(index) = document.selected {
                    document.toggle_hidden(index);
                }
            }),
            Command::LabelJoints => self.toggle_labelling(),
            Command::Undo | Command::Redo => {
                self.with_document(if command == Command::Undo { Document::undo } else { Document::redo });
                // Without the labels there is agreement to ask for.
                self.asked = None;
            }
            Command::Toggle(layer) => self.preferences.layers.toggle(layer),
            Command::Show(panel) => self.show_right(panel),
            Command::LeftPanel => self.preferences.show_left = !self.preferences.show_left,
            Command::RightPanel => self.preferences.show_right = !self.preferences.show_right,
            Command::AcrossSizes => {
                self.preferences.attention.across_sizes = !self.is_on(command).unwrap_or(false);
                self.show_right(RightPanel::Attention);
            }
            Command::AllBlocks => {
                self.preferences.attention.all_blocks = !self.is_on(command).unwrap_or(false);
                self.show_right(RightPanel::Attention);
            }
            Command::Strip => self.preferences.show_strip = !self.preferences.show_strip,
            Command::Compare => self.toggle_compare(ctx),
            Command::CompareAs(mode) => self.compare_as(ctx, mode),
            Command::SwapSides => self.swap_sides(),
            Command::CopyToB => self.copy_to_b(),
            Command::Large => self.toggle_large(),
            Command::Sweep(over) => self.sweep_over(ctx, over),
            Command::SaveSweep => self.save_sweep(),
            Command::SavePlot => self.save_plot(ctx),
            Command::Export(way) => self.take_out(ctx, way),
            Command::ResetLayout => self.reset_layout(ctx),
            Command::SwitchTheme => ctx.set_theme(match ctx.theme() {
                egui::Theme::Dark => ThemePreference::Light,
                egui::Theme::Light => ThemePreference::Dark,
            }),
            Command::Palette => self.dialogs.palette.open(),
            Command::Glossary => self.dialogs.glossary.open(),
            Command::HowToReadThis => {
                self.dialogs.how_to_read.open(HowTo::on_the_right(&self.preferences));
            }
            Command::HowToRead(how_to) => self.dialogs.how_to_read.open(how_to),
            Command::Messages => self.dialogs.messages = !self.dialogs.messages,
            Command::About => self.dialogs.about = true,
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    fn with_document(&mut self, change: impl FnOnce(&mut Document)) {
        if let Some(document) = &mut self.document {
            change(document);
        }
    }

    pub(super) fn show_right(&mut self, panel: RightPanel) {
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

    fn step_capture(&mut self, next: impl Fn(u32) -> Option<u32>) {
        if let Some(height) = next(self.preferences.settings.capture.height) {
            self.preferences.go_to(None, height);
        }
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

    /// The picture after this one in its folder.
    pub(super) fn next_in_folder(&self) -> Option<&PathBuf> {
        let (folder, index) = self.folder.as_ref()?;
        folder.next(*index).and_then(|index| folder.paths().get(index))
    }

    /// Opens the next picture of the folder; the present boxes are put into it when it comes.
    fn copy_boxes(&mut self) {
        let Some((document, path)) = self.document.as_ref().zip(self.next_in_folder().cloned()) else {
            return;
        };
        let boxes = document.people.iter().map(|person| person.bounds).collect();
        self.carried = Some(Carried { to: path.clone(), boxes });
        self.opener.open(path);
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
