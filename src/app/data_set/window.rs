//! The data set's own window.

use egui::{Context, Ui, Vec2, ViewportBuilder, ViewportClass, ViewportId, vec2};

use super::act::Wish;
use super::tasks::Purpose;
use super::{DataSet, view};
use crate::app::command::Command;
use crate::engine::{NetworkInfo, Settings};

/// Size of the window at first, in points, where the monitor has room for it.
const SIZE: Vec2 = vec2(1280.0, 820.0);
/// The smallest window, in points.
const LEAST: Vec2 = vec2(820.0, 560.0);

/// Which of the program's windows it is.
pub fn viewport() -> ViewportId {
    ViewportId::from_hash_of("data set")
}

/// Draws the window, inside the main one where the system has no second one. `settings` are those of the main window.
pub fn show(
    ctx: &Context,
    data_set: &mut DataSet,
    network: Option<&NetworkInfo>,
    settings: &Settings,
) -> Option<Wish> {
    if let Some(thumbnails) = &mut data_set.thumbnails {
        thumbnails.follow();
    }
    let title = match &data_set.set {
        Some(open) => format!("Data set {}", open.name),
        None => "Data set".to_owned(),
    };
    let builder = ViewportBuilder::default()
        .with_title(title)
        .with_app_id("posescope")
        .with_inner_size(SIZE)
        .with_min_inner_size(LEAST)
        .with_clamp_size_to_monitor_size(true)
        .with_drag_and_drop(true);
    ctx.show_viewport_immediate(viewport(), builder, |ui, class| {
        let is_embedded = class == ViewportClass::EmbeddedWindow;
        let drawn = view::ui(ui, data_set, network, settings, is_embedded);
        // What an embedded window is told is meant for the main one.
        let told = if is_embedded { None } else { told(ui) };
        told.or(drawn)
    })
}

/// What the system and the keyboard tell the window.
fn told(ui: &Ui) -> Option<Wish> {
    let ctx = ui.ctx();
    let shortcut = Command::DataSet.shortcut();
    let is_shortcut = shortcut.is_some_and(|keys| ctx.input_mut(|input| input.consume_shortcut(&keys)));
    if is_shortcut || ctx.input(|input| input.viewport().close_requested()) {
        return Some(Wish::Close);
    }
    let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_path_buf()));
    dropped.map(|path| Wish::Take(Purpose::File, path))
}
