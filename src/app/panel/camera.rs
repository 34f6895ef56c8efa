//! The camera: which, how it fares, freeze and mirror.

use egui::{RichText, Ui};

use super::{heading, note};
use crate::app::command::Command;
use crate::app::preferences::Preferences;
use crate::source::{Camera, CameraInfo, CameraMode, CameraState};

/// What the user asks of cameras in the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum CameraWish {
    /// Start the camera of this number.
    Start(u32),
    /// Start the running camera anew with this format.
    Format(CameraMode),
    /// A command of the list.
    Command(Command),
}

/// The panel's part on a running or failed camera.
pub fn ui(
    ui: &mut Ui,
    camera: &Camera,
    cameras: &[CameraInfo],
    preferences: &mut Preferences,
    wishes: &mut Vec<CameraWish>,
) {
    heading(ui, "Camera");
    ui.label(camera.name());
    let state = camera.state();
    tell(ui, &state);
    let running =
        matches!(state, CameraState::Opening | CameraState::Streaming { .. } | CameraState::Frozen { .. });
    ui.horizontal_wrapped(|ui| {
        if running {
            let frozen = matches!(state, CameraState::Frozen { .. });
            let freeze = ui.selectable_label(frozen, if frozen { "Go on" } else { "Freeze" });
            if freeze.on_hover_text("Hold this picture (Space)").clicked() {
                wishes.push(CameraWish::Command(Command::Hold));
            }
            if ui.button("Stop").on_hover_text(Command::StopCamera.tooltip()).clicked() {
                wishes.push(CameraWish::Command(Command::StopCamera));
            }
            ui.checkbox(&mut preferences.mirror_camera, "Mirror")
                .on_hover_text("Left and right as in a mirror");
        } else if ui.button("Start again").on_hover_text(Command::StartCamera.tooltip()).clicked() {
            wishes.push(CameraWish::Command(Command::StartCamera));
        }
    });
    ui.checkbox(&mut preferences.smooth_motion, "Smooth motion").on_hover_text(
        "Draw joints through a one-euro filter: they tremble less when a person is still, and hardly lag behind when \
         they move. Scores and everything measured use the joints as they were found.",
    );
    if cameras.len() > 1 {
        for info in cameras {
            if ui
                .selectable_label(camera.name() == info.name, &info.name)
                .on_hover_text(&info.description)
                .clicked()
            {
                wishes.push(CameraWish::Start(info.index));
            }
        }
    }
    choose_format(ui, camera, running, wishes);
}

/// How the camera fares.
fn tell(ui: &mut Ui, state: &CameraState) {
    match state {
        CameraState::Opening => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label("Opening…");
            });
        }
        CameraState::Streaming { format, frames, dropped, frames_per_second }
        | CameraState::Frozen { format, frames, dropped, frames_per_second } => {
            note(ui, format);
            note(ui, format!("{frames_per_second:.1} frames/s, {frames} frames, {dropped} not shown"));
        }
        CameraState::Stopped => note(ui, "Stopped."),
        CameraState::Failed(message) => {
            ui.label(RichText::new(message).color(ui.visuals().error_fg_color));
        }
    }
}

fn choose_format(ui: &mut Ui, camera: &Camera, running: bool, wishes: &mut Vec<CameraWish>) {
    let modes = camera.modes();
    if !running || modes.len() < 2 {
        return;
    }
    egui::ComboBox::from_id_salt("camera format").selected_text("Format…").show_ui(ui, |ui| {
        for mode in modes {
            if ui.selectable_label(false, mode.to_string()).clicked() {
                wishes.push(CameraWish::Format(mode));
            }
        }
    });
}
