//! The menu bar.

use egui::{Button, Label, MenuBar, RichText, Sense, Ui};

use super::App;
use super::command::Command;
use super::examples::EXAMPLES;
use super::layers::Layer;
use super::preferences::RightPanel;
use super::theme::Palette;
use crate::network::DeviceChoice;
use crate::shipped;

/// Draws the menus, and the network's name on the right.
pub fn ui(app: &mut App, ui: &mut Ui) {
    MenuBar::new().ui(ui, |ui| {
        ui.menu_button("File", |ui| file(app, ui));
        ui.menu_button("View", |ui| view(app, ui));
        ui.menu_button("Person", |ui| {
            entries(app, ui, &[Command::NextPerson, Command::DeletePerson, Command::ZoomToPerson])
        });
        ui.menu_button("Network", |ui| network(app, ui));
        ui.menu_button("Camera", |ui| {
            entries(app, ui, &[Command::StartCamera, Command::FreezeCamera, Command::StopCamera]);
        });
        ui.menu_button("Help", |ui| entries(app, ui, &[Command::Palette, Command::About]));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| network_name(app, ui));
    });
}

fn entry(app: &mut App, ui: &mut Ui, command: Command) {
    let keys = command.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    let button = Button::new(command.text()).shortcut_text(keys);
    if ui.add(button).on_hover_text(command.tooltip()).clicked() {
        let ctx = ui.ctx().clone();
        app.act(&ctx, command);
        ui.close();
    }
}

fn entries(app: &mut App, ui: &mut Ui, commands: &[Command]) {
    for command in commands {
        entry(app, ui, *command);
    }
}

fn file(app: &mut App, ui: &mut Ui) {
    entries(app, ui, &[Command::OpenPicture, Command::OpenFolder, Command::OpenPath]);
    ui.menu_button("Examples", |ui| {
        for example in EXAMPLES {
            if ui.button(example.label).clicked() {
                match shipped::shipped(example.path) {
                    Some(path) => app.open_path(path),
                    None => app.error(format!("{} is not beside the program", example.path)),
                }
                ui.close();
            }
        }
    });
    let recent = app.preferences.recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Recent", |ui| {
            for path in recent {
                let name = path
                    .file_name()
                    .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
                if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                    app.open_path(path);
                    ui.close();
                }
            }
        });
    });
    ui.separator();
    entries(app, ui, &[Command::PreviousPicture, Command::NextPicture]);
    ui.separator();
    entry(app, ui, Command::Quit);
}

fn view(app: &mut App, ui: &mut Ui) {
    entries(
        app,
        ui,
        &[Command::Fit, Command::ActualPixels, Command::ZoomIn, Command::ZoomOut, Command::ZoomToPerson],
    );
    ui.separator();
    ui.menu_button("Layers", |ui| {
        for layer in Layer::ALL {
            entry(app, ui, Command::Toggle(layer));
        }
    });
    ui.menu_button("Colours of maps", |ui| {
        for palette in Palette::ALL {
            ui.radio_value(&mut app.preferences.palette, palette, palette.label());
        }
    });
    ui.separator();
    for panel in RightPanel::ALL {
        entry(app, ui, Command::Show(panel));
    }
    entries(app, ui, &[Command::LeftPanel, Command::RightPanel]);
    ui.separator();
    entry(app, ui, Command::SwitchTheme);
}

fn network(app: &mut App, ui: &mut Ui) {
    entries(app, ui, &[Command::OpenWeights, Command::BundledWeights, Command::AboutNetwork]);
    ui.separator();
    entries(
        app,
        ui,
        &[Command::LargerInput, Command::SmallerInput, Command::LinkResolutions, Command::FlipTest],
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
            let source = match &network.path {
                Some(path) => path.display().to_string(),
                None => "random weights".into(),
            };
            let hint = format!("{source}\nClick for what it is made of and how good it is");
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
