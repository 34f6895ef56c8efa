//! The attention of one query at every network input, beside each other.

use std::ops::RangeInclusive;

use egui::{ColorImage, RichText, TextureId, Ui};
use image::RgbImage;
use image::imageops::grayscale;

use super::small_map::SmallMap;
use super::{Context, switch};
use crate::app::across_sizes::{AcrossSizes, AtSize};
use crate::app::attention_choice::{AttentionChoice, MapSource, query_name, query_place};
use crate::app::command::Command;
use crate::app::how_to_read::{self, HowTo};
use crate::app::panel::{multiples, note};
use crate::app::preferences::{AttentionMode, Preferences, Query};
use crate::app::textures::Textures;
use crate::engine::NetworkInfo;

/// So narrow that all four standard inputs stand in one row of the narrowest panel.
const NARROWEST: f32 = 60.0;

/// The switch, and where it is on a map for each network input. A click on a map goes to its input.
pub(super) fn ui(
    ui: &mut Ui,
    context: &Context<'_>,
    network: &NetworkInfo,
    across: &AcrossSizes,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    ui.horizontal(|ui| {
        switch(ui, &mut preferences.attention.across_sizes, "Across sizes", Command::AcrossSizes);
        how_to_read::button(ui, HowTo::AcrossSizes);
    });
    if !preferences.attention.across_sizes {
        return;
    }
    let sizes = AcrossSizes::sizes(network);
    let place = query_place(preferences.attention.query, context.found);
    let widths: RangeInclusive<f32> = NARROWEST..=multiples::map_widths(ui).end().max(NARROWEST);
    multiples::show(ui, sizes.len(), &widths, |ui, number, width| {
        let Some(size) = sizes.get(number).copied() else { return };
        let seen = across.at(size);
        let view = &preferences.attention;
        let choice = seen.and_then(|seen| choice(seen, number, place, preferences));
        let map = SmallMap {
            choice: choice.as_ref(),
            input: seen.map(|seen| grey_input(ui, seen, number, textures)),
            width,
            label: format!("Scale {} of block {} at {size}{}", view.scale + 1, view.block + 1, state(seen)),
            caption: None,
            chosen: preferences.settings.input == size,
            current: seen.is_some_and(|seen| seen.current),
            click: "Click to go to this input.",
        };
        if map.ui(ui, preferences.palette, textures) {
            preferences.set_input(size);
        }
        ui.label(RichText::new(size.to_string()).small());
    });
    note(ui, across.failure().unwrap_or_else(|| explanation(context, across, preferences)));
}

/// What a name ends with where it is not about what is on the screen.
fn state(seen: Option<AtSize<'_>>) -> &'static str {
    match seen {
        None => ", not looked at yet",
        Some(seen) if !seen.current => ", not current",
        Some(_) => "",
    }
}

/// The chosen scale of what was found at a size.
fn choice<'a>(
    seen: AtSize<'a>,
    number: usize,
    place: (f32, f32),
    preferences: &Preferences,
) -> Option<AttentionChoice<'a>> {
    let source = MapSource {
        map: seen.found.maps.get(preferences.attention.scale)?,
        generation: seen.generation,
        number,
        region: seen.found.region,
        input_rows: seen.found.seen.input.height(),
        place,
    };
    Some(AttentionChoice::of_source(&source, &preferences.attention))
}

/// The input without its colours, so that those of the map stand out where it is small.
fn grey_input(ui: &Ui, seen: AtSize<'_>, number: usize, textures: &mut Textures) -> TextureId {
    let key = (seen.generation, number, "grey input");
    textures.sharp(ui.ctx(), key, || grey(&seen.found.seen.input))
}

fn grey(picture: &RgbImage) -> ColorImage {
    let size = [picture.width() as usize, picture.height() as usize];
    ColorImage::from_gray(size, grayscale(picture).as_raw())
}

/// What the row shows, and what differs from map to map.
fn explanation(context: &Context<'_>, across: &AcrossSizes, preferences: &Preferences) -> String {
    let view = &preferences.attention;
    let captured = match preferences.linked {
        true => "each captured at its own size".to_owned(),
        false => format!("all captured {} pixels tall", preferences.settings.capture.height),
    };
    let what = match (view.mode, view.query) {
        (AttentionMode::Query, Query::Joint(_)) => {
            let input = &context.found.seen.input;
            let name = query_name(view.query);
            format!("From the {name}, where it is found at {}×{}", input.height(), input.width())
        }
        (AttentionMode::Query, Query::Place(..)) => "From the marked pixel".to_owned(),
        (mode, _) => mode.label().to_owned(),
    };
    let wait = if across.waits_for_camera() { " Hold the picture to fill the row." } else { "" };
    format!("{what}; {captured}.{wait}")
}
