//! The two resolutions: what the camera catches, and what the network gets.

use egui::{RichText, Slider, Ui};

use super::{heading_explained, note};
use crate::app::glossary;
use crate::app::how_to_read::HowTo;
use crate::app::preferences::Preferences;
use crate::engine::NetworkInfo;
use crate::pose::{Decoder, InputSize, MAX_HEIGHT, MIN_HEIGHT, Sampling};

/// Largest capture height of the slider: above it, nothing is lost at any standard input.
const SLIDER_MAX: u32 = 256;

/// Heights of the smallest and largest standard input.
const SMALLEST: u32 = InputSize::STANDARD[0].height();
const LARGEST: u32 = InputSize::STANDARD[InputSize::STANDARD.len() - 1].height();

/// The sliders and what belongs to them.
pub fn ui(ui: &mut Ui, preferences: &mut Preferences, network: Option<&NetworkInfo>) {
    heading_explained(ui, "Resolution", HowTo::Resolution);
    controls(ui, preferences, network);
}

/// The sliders and the details below them.
pub fn controls(ui: &mut Ui, preferences: &mut Preferences, network: Option<&NetworkInfo>) {
    ui.spacing_mut().slider_width = ui.available_width() - 84.0;
    input_slider(ui, preferences);
    match network.and_then(|network| Some((network, network.square()?))) {
        Some((network, side)) => fixed_square(ui, &network.name, side),
        None => trained_sizes(ui, preferences.settings.input, network),
    }
    capture_slider(ui, preferences);
    let mut linked = preferences.linked;
    let link = ui
        .checkbox(&mut linked, "Link capture and input")
        .on_hover_text("Both equal, as in published low-resolution protocols (L)");
    if link.changed() {
        preferences.set_linked(linked);
    }
    let heatmaps = network.is_none_or(|network| network.config.is_some());
    ui.collapsing("Camera and decoder", |ui| details(ui, preferences, heatmaps));
}

fn input_slider(ui: &mut Ui, preferences: &mut Preferences) {
    let sizes = InputSize::STANDARD;
    let present = preferences.settings.input;
    let mut index = sizes.iter().position(|size| *size == present).unwrap_or_default();
    let label = ui.label("Network input");
    let slider = Slider::new(&mut index, 0..=sizes.len() - 1)
        .step_by(1.0)
        .custom_formatter(|i, _| sizes[(i as usize).min(sizes.len() - 1)].to_string())
        .custom_parser(|text| {
            let size: InputSize = text.parse().ok()?;
            sizes.iter().position(|known| *known == size).map(|i| i as f64)
        });
    let hint = glossary::hint("Rows × columns the network gets.  [ and ]", "Network input");
    let response = ui.add(slider).labelled_by(label.id).on_hover_text(&hint);
    label.on_hover_text(hint);
    if response.changed() {
        preferences.set_input(sizes[index.min(sizes.len() - 1)]);
    }
}

/// That the slider above moves nothing but the capture it may be linked to.
fn fixed_square(ui: &mut Ui, name: &str, side: u32) {
    let line = RichText::new(format!("Not used: always {side}×{side}")).small().weak();
    ui.label(line).on_hover_text(format!("{name} always gets {side}×{side}, enlarged from the capture"));
}

/// One line in every case, so that moving the slider moves nothing else.
fn trained_sizes(ui: &mut Ui, input: InputSize, network: Option<&NetworkInfo>) {
    let Some(network) = network.filter(|network| network.trained && !network.trained_sizes.is_empty()) else {
        return;
    };
    let known: Vec<String> = network.trained_sizes.iter().map(InputSize::to_string).collect();
    let hint =
        format!("The weights learned from inputs of {}; at any other, joints mean little", known.join(", "));
    let line = match network.trained_at(input) {
        true => RichText::new("Trained at this size").weak(),
        false => RichText::new("Not trained at this size").color(ui.visuals().warn_fg_color),
    };
    ui.label(line.small()).on_hover_text(hint);
}

fn capture_slider(ui: &mut Ui, preferences: &mut Preferences) {
    let mut height = preferences.settings.capture.height;
    let label = ui.label("Capture");
    let slider = match preferences.linked {
        // Only heights that are network inputs too: the keys step from one to the next.
        true => Slider::new(&mut height, SMALLEST..=LARGEST).step_by(f64::from(InputSize::ROWS)),
        false => Slider::new(&mut height, MIN_HEIGHT..=SLIDER_MAX.min(MAX_HEIGHT)).logarithmic(true),
    };
    let slider = slider.suffix(" px");
    let hint =
        glossary::hint("How many pixels tall the person's region is in the camera's picture", "Capture");
    let response = ui.add(slider).labelled_by(label.id).on_hover_text(&hint);
    label.on_hover_text(hint);
    if response.changed() {
        preferences.set_capture(height);
    }
}

fn details(ui: &mut Ui, preferences: &mut Preferences, heatmaps: bool) {
    let settings = &mut preferences.settings;
    ui.horizontal_wrapped(|ui| {
        for sampling in Sampling::ALL {
            ui.selectable_value(&mut settings.capture.sampling, sampling, sampling.label()).on_hover_text(
                match sampling {
                    Sampling::AreaAverage => {
                        "Each pixel is the mean of what it covers, as on a distant camera's chip"
                    }
                    Sampling::Bilinear => {
                        "Plain bilinear sampling aliases; published low-resolution protocols use it"
                    }
                },
            );
        }
    });
    let label = ui.label("Sensor noise");
    let noise = Slider::new(&mut settings.capture.noise, 0.0..=0.3).fixed_decimals(2);
    ui.add(noise).labelled_by(label.id).on_hover_text("Standard deviation, as a share of full white");
    let mut compressed = settings.capture.jpeg_quality.is_some();
    if ui.checkbox(&mut compressed, "JPEG compression").changed() {
        settings.capture.jpeg_quality = compressed.then_some(50);
    }
    if let Some(quality) = &mut settings.capture.jpeg_quality {
        ui.add(Slider::new(quality, 1..=100).text("quality"));
    }
    ui.add_enabled_ui(heatmaps, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label("Decoder");
            for decoder in Decoder::ALL {
                ui.selectable_value(&mut settings.decoder, decoder, decoder.label())
                    .on_hover_text(glossary::meaning(decoder.label()).unwrap_or_default())
                    .on_disabled_hover_text("This network gives positions, with no heatmap to decode");
            }
        });
    });
    let hint = glossary::hint("Average with the mirrored picture (F)", "Flip test");
    ui.checkbox(&mut settings.flip_test, "Flip test").on_hover_text(hint);
    note(ui, "The network sees the capture enlarged or reduced to its input.");
}
