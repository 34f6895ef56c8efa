//! The menu bar.

use egui::{Atom, AtomPaintArgs, Button, Label, MenuBar, RichText, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::App;
use super::command::Command;
use super::compare::CompareMode;
use super::examples;
use super::export::WayOut;
use super::keys;
use super::layers::Layer;
use super::preferences::RightPanel;
use super::reading::name_of;
use super::sweep::SweepOver;
use super::theme::Palette;
use crate::borrowed::MoveNetVariant;
use crate::network::DeviceChoice;

/// Width of File › Examples in points.
const EXAMPLES_WIDTH: f32 = 530.0;

/// Side of the square in which a tick stands, in points.
const TICK_SIDE: f32 = 12.0;

/// Draws the menus, and the network's name on the right.
pub fn ui(app: &mut App, ui: &mut Ui) {
    MenuBar::new().ui(ui, |ui| {
        ui.menu_button("File", |ui| file(app, ui));
        ui.menu_button("View", |ui| view(app, ui));
        ui.menu_button("People", |ui| {
            entries(app, ui, &[Command::Undo, Command::Redo]);
            ui.separator();
            entries(app, ui, &[Command::FindPeople, Command::FindMore, Command::FindInNewPictures]);
            ui.separator();
            entries(
                app,
                ui,
                &[
                    Command::NextPerson,
                    Command::PreviousPerson,
                    Command::DeletePerson,
                    Command::HidePerson,
                    Command::ZoomToPerson,
                ],
            );
            ui.separator();
            entries(app, ui, &[Command::LabelJoints]);
            entries(app, ui, &[Command::Export(WayOut::SaveTruth)]);
            ui.separator();
            entries(app, ui, &[Command::CopyBoxes]);
            ui.separator();
            ui.menu_button("Sweep", |ui| {
                entries(app, ui, &SweepOver::ALL.map(Command::Sweep));
                ui.separator();
                entries(app, ui, &[Command::SaveSweep, Command::SavePlot]);
            });
            entries(app, ui, &[Command::SecondOpinion]);
        });
        ui.menu_button("Network", |ui| network(app, ui));
        ui.menu_button("Camera", |ui| {
            entries(app, ui, &[Command::StartCamera, Command::StopCamera]);
            ui.separator();
            entries(app, ui, &[Command::Hold, Command::PreviousFrame, Command::NextFrame]);
            ui.separator();
            entries(app, ui, &[Command::SmoothMotion]);
        });
        ui.menu_button("Help", |ui| {
            entries(app, ui, &[Command::Palette, Command::HowToReadThis, Command::Glossary]);
            entries(app, ui, &[Command::Messages, Command::About]);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| network_name(app, ui));
    });
}

/// A line of a menu, greyed where its command could do nothing, with a tick where it is switched on.
fn entry(app: &mut App, ui: &mut Ui, command: Command, text: String) {
    let keys = command.shortcut().map(|shortcut| keys::readable(ui.ctx(), &shortcut)).unwrap_or_default();
    let (on, possible) = (app.is_on(command), app.can_act(command));
    let button = Button::new((tick(on.unwrap_or(false)), text.as_str())).shortcut_text(keys);
    let response = ui
        .add_enabled(possible, button)
        .on_hover_text(command.tooltip())
        .on_disabled_hover_text(app.why_greyed(command));
    // The name alone, without the keys; a tick is told as a switch.
    response.widget_info(|| match on {
        Some(on) => WidgetInfo::selected(egui::Role::Button, possible, on, &text),
        None => WidgetInfo::labeled(egui::Role::Button, possible, &text),
    });
    if response.clicked() {
        let ctx = ui.ctx().clone();
        app.act(&ctx, command);
        ui.close();
    }
}

/// The place of a tick, so that names stand below each other, and the tick itself where `shown`.
fn tick(shown: bool) -> Atom<'static> {
    Atom::paint(vec2(TICK_SIDE, TICK_SIDE), move |ui: &Ui, args: AtomPaintArgs| {
        if shown {
            let at = |x: f32, y: f32| args.rect.min + vec2(x, y) * TICK_SIDE;
            let points = [at(0.15, 0.55), at(0.4, 0.8), at(0.85, 0.25)];
            let stroke = Stroke::new(1.5, args.fallback_text_color);
            ui.painter().line_segment([points[0], points[1]], stroke);
            ui.painter().line_segment([points[1], points[2]], stroke);
        }
    })
}

fn entries(app: &mut App, ui: &mut Ui, commands: &[Command]) {
    for command in commands {
        entry(app, ui, *command, command.text());
    }
}

fn file(app: &mut App, ui: &mut Ui) {
    entries(app, ui, &[Command::OpenPicture, Command::OpenFolder, Command::OpenPath]);
    ui.menu_button("Examples", |ui| {
        ui.set_min_width(EXAMPLES_WIDTH);
        if let Some(example) = examples::gallery(ui) {
            app.open_example(example);
            ui.close();
        }
    });
    let recent = app.preferences.recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Recent", |ui| {
            for path in recent {
                if ui.button(name_of(&path)).on_hover_text(path.display().to_string()).clicked() {
                    app.open_path(path);
                    ui.close();
                }
            }
        });
    });
    ui.separator();
    entries(app, ui, &[Command::DataSet]);
    ui.separator();
    ui.menu_button("Save", |ui| entries(app, ui, &WayOut::SAVED.map(Command::Export)));
    entries(app, ui, &WayOut::COPIED.map(Command::Export));
    ui.separator();
    entries(app, ui, &[Command::PreviousPicture, Command::NextPicture]);
    ui.separator();
    entries(app, ui, &[Command::Quit]);
}

fn view(app: &mut App, ui: &mut Ui) {
    entries(
        app,
        ui,
        &[Command::Fit, Command::ActualPixels, Command::ZoomIn, Command::ZoomOut, Command::ZoomToPerson],
    );
    entries(app, ui, &[Command::EnlargeInput]);
    ui.separator();
    ui.menu_button("Layers", |ui| {
        for layer in Layer::ALL {
            entry(app, ui, Command::Toggle(layer), layer.label().into());
        }
    });
    ui.menu_button("Colours of maps", |ui| {
        for palette in Palette::ALL {
            ui.radio_value(&mut app.preferences.palette, palette, palette.label());
        }
    });
    ui.separator();
    entries(app, ui, &RightPanel::ALL.map(Command::Show));
    entries(app, ui, &[Command::AcrossSizes, Command::AllBlocks]);
    entries(app, ui, &[Command::LeftPanel, Command::RightPanel, Command::Strip, Command::Large]);
    ui.separator();
    entries(app, ui, &[Command::Compare]);
    ui.menu_button("Compare as", |ui| {
        for mode in CompareMode::ALL {
            entry(app, ui, Command::CompareAs(mode), mode.label().into());
        }
        ui.separator();
        entries(app, ui, &[Command::SwapSides, Command::CopyToB]);
    });
    ui.separator();
    entries(app, ui, &[Command::ResetLayout, Command::SwitchTheme]);
}

fn network(app: &mut App, ui: &mut Ui) {
    entries(app, ui, &[Command::BundledWeights]);
    entries(app, ui, &MoveNetVariant::ALL.map(Command::MoveNet));
    entries(app, ui, &[Command::OpenWeights]);
    ui.separator();
    entries(app, ui, &[Command::AboutNetwork, Command::EmaOverPeople]);
    ui.separator();
    entries(
        app,
        ui,
        &[
            Command::LargerInput,
            Command::SmallerInput,
            Command::LargerCapture,
            Command::SmallerCapture,
            Command::LinkResolutions,
            Command::FlipTest,
        ],
    );
    ui.separator();
    ui.menu_button("Device", |ui| {
        for device in DeviceChoice::ALL {
            let chosen = app.preferences.device == device;
            if ui.radio(chosen, device.label()).clicked() && !chosen {
                app.engine.set_device(device);
                ui.close();
            }
        }
    });
}

fn network_name(app: &mut App, ui: &mut Ui) {
    match &app.network {
        Some(network) => {
            let hint = format!("{}\nClick for what it is made of and how good it is", network.source());
            let parameters = network.parameters as f64 / 1e6;
            ui.label(RichText::new(format!("{parameters:.1} M parameters on {}", network.device)).weak());
            let name = Label::new(RichText::new(&network.name).strong()).sense(Sense::click());
            if ui.add(name).on_hover_text(hint).clicked() {
                app.dialogs.network.open = true;
            }
        }
        None => {
            ui.weak("Loading the network…");
        }
    }
}
