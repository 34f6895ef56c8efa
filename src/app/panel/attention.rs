//! The attention panel: every scale side by side, every head of one, and the choice of both.

mod across;
mod blocks;
mod controls;
mod small_map;

use egui::{RichText, Role, TextureId, Ui, WidgetInfo};

use super::kept_room::KeptRoom;
use super::{heading, heading_explained, legend, multiples, note, nothing_found};
use crate::app::across_sizes::AcrossSizes;
use crate::app::attention_choice::AttentionChoice;
use crate::app::command::Command;
use crate::app::document::Document;
use crate::app::glossary;
use crate::app::how_to_read::HowTo;
use crate::app::preferences::{AttentionMode, Preferences};
use crate::app::scale::Scale;
use crate::app::textures::{Textures, to_screen};
use crate::engine::{NetworkInfo, PersonAnswer};
use crate::network::{ScaleLayout, scales_of_stage};
use small_map::SmallMap;

/// From this width on, the name of a scale fits on one line under its map.
const ONE_LINE: f32 = 230.0;
/// What a click on a map of a scale or head does.
const ON_PICTURE: &str = "Click to draw it on the picture.";

/// The whole panel.
pub fn ui(
    ui: &mut Ui,
    document: &Document,
    network: Option<&NetworkInfo>,
    across: Option<&AcrossSizes>,
    preferences: &mut Preferences,
    textures: &mut Textures,
) {
    let Some(network) = network else {
        note(ui, "No network is loaded yet.");
        return;
    };
    let Some(config) = &network.config else {
        note(ui, format!("{} has no attention: it is made of convolutions alone.", network.name));
        return;
    };
    controls::ui(ui, config, preferences);
    let room = KeptRoom::of("attention");
    let (Some(answer), Some(found)) = (document.answer(), document.selected_answer()) else {
        room.leave(ui, nothing_found(document));
        return;
    };
    if found.trace.is_none() {
        room.leave(ui, "Waiting for the network…");
        return;
    }
    let context = Context { ticket: answer.ticket, selected: document.selected_key(), found };
    room.fill(ui, |ui| {
        scales(ui, &context, preferences, textures);
        ui.add_space(4.0);
        colours(ui, &context, preferences);
        heads(ui, &context, preferences, textures);
        ui.add_space(8.0);
        if let Some(across) = across {
            across::ui(ui, &context, network, across, preferences, textures);
        }
        ui.add_space(4.0);
        blocks::ui(ui, &context, config, preferences, textures);
    });
}

/// The heading of a section that is shown on demand.
fn switch(ui: &mut Ui, on: &mut bool, text: &str, command: Command) {
    ui.checkbox(on, RichText::new(text).strong().size(14.0)).on_hover_text(command.tooltip());
}

/// What the small maps are made from.
struct Context<'a> {
    ticket: u64,
    /// Names the person's answer.
    selected: Option<(u64, usize)>,
    found: &'a PersonAnswer,
}

impl<'a> Context<'a> {
    fn choice(&self, preferences: &Preferences, scale: usize) -> Option<AttentionChoice<'a>> {
        AttentionChoice::new(self.ticket, self.found, &preferences.attention, scale)
    }

    /// The texture of the network's input.
    fn input(&self, ui: &Ui, textures: &mut Textures) -> TextureId {
        let key = (self.selected, "input");
        textures.sharp(ui.ctx(), key, || to_screen(&self.found.seen.input))
    }
}

/// What tells the scales of a stage apart: windows alone do not in stage 3.
fn scale_name(scale: usize, layout: &ScaleLayout) -> [String; 3] {
    let (wh, ww) = layout.window;
    let number = scale + 1;
    [format!("Scale {number}"), format!("window {wh}×{ww}"), format!("keys {0}×{0}", layout.pooling)]
}

/// One map for each scale of the block.
fn scales(ui: &mut Ui, context: &Context<'_>, preferences: &mut Preferences, textures: &mut Textures) {
    // True of every stage, as "coarse to fine" is not: the scales of stage 3 have equal windows.
    heading_explained(ui, "Scales, each passed on to the next", HowTo::Scales)
        .on_hover_text(glossary::meaning("Scale").unwrap_or_default());
    let stage = preferences.attention.stage;
    let layouts = scales_of_stage(stage);
    let widths = multiples::map_widths(ui);
    multiples::show(ui, layouts.len(), &widths, |ui, scale, width| {
        // Every scale as a whole; the heads of one stand below.
        let Some(choice) = context.choice(preferences, scale).map(|choice| choice.with_head(None)) else {
            return;
        };
        let map = SmallMap {
            choice: Some(&choice),
            input: Some(context.input(ui, textures)),
            width,
            label: format!("Scale {} of stage {}", scale + 1, stage + 1),
            caption: None,
            chosen: preferences.attention.scale == scale,
            current: true,
            click: ON_PICTURE,
        };
        if map.ui(ui, preferences.palette, textures) {
            preferences.attention.scale = scale;
            preferences.attention.head = None;
        }
        name_below(ui, scale, &choice, width);
    });
}

/// Which scale a map shows, how many heads went into it, and the range of its colours where it has its own.
fn name_below(ui: &mut Ui, scale: usize, choice: &AttentionChoice<'_>, width: f32) {
    let layout = &choice.map.layout;
    let name = scale_name(scale, layout);
    let seen = name.join(if width < ONE_LINE { "\n" } else { " · " });
    let response = ui.label(RichText::new(seen).small());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name.join(" · ")));
    let hint = explanation(layout, choice.pixels_per_cell());
    response.on_hover_text(glossary::hint(&glossary::hint(&hint, "Window"), "Keys"));
    note(
        ui,
        match choice.map.heads() {
            1 => "1 head".to_owned(),
            heads => format!("mean of {heads} heads"),
        },
    );
    if let Scale::Pixels(farthest) = choice.scale() {
        note(ui, format!("0.0 … {farthest:.1} px"));
    }
}

fn explanation(layout: &ScaleLayout, pixels_per_cell: f32) -> String {
    let ((wh, ww), (kh, kw), pooling) = (layout.window, layout.key_window(), layout.pooling);
    format!(
        "A window of {wh}×{ww} cells has {kh}×{kw} keys, each the mean of {pooling}×{pooling} cells. A cell covers \
         {pixels_per_cell:.0}×{pixels_per_cell:.0} input pixels."
    )
}

/// What the colours of the chosen scale mean.
fn colours(ui: &mut Ui, context: &Context<'_>, preferences: &Preferences) {
    let view = &preferences.attention;
    let Some(choice) = context.choice(preferences, view.scale) else { return };
    let colours = choice.scale();
    let meaning = meaning(view.mode, view.scale, colours);
    legend::ui(ui, colours, preferences.palette, &meaning);
    note(ui, meaning);
}

fn meaning(mode: AttentionMode, scale: usize, colours: Scale) -> String {
    match (mode, colours) {
        (_, Scale::Pixels(farthest)) => format!(
            "Mean distance in input pixels. The colours of scale {} end at {farthest:.1} px, the farthest its window \
             allows; each scale has its own.",
            scale + 1
        ),
        (AttentionMode::Entropy, _) => "Entropy, where 0 looks at one cell, 1 at all alike".into(),
        _ => "Attention, where 1× is an even spread over the window".into(),
    }
}

/// One map for each head of the chosen scale, where it has more than one.
fn heads(ui: &mut Ui, context: &Context<'_>, preferences: &mut Preferences, textures: &mut Textures) {
    let scale = preferences.attention.scale;
    let Some(count) = context.choice(preferences, scale).map(|choice| choice.map.heads()) else { return };
    if count == 1 {
        note(ui, format!("Scale {} has one head, whose map stands above.", scale + 1));
        return;
    }
    heading(ui, &format!("Heads of scale {}", scale + 1))
        .on_hover_text(glossary::meaning("Head").unwrap_or_default());
    let widths = multiples::map_widths(ui);
    multiples::show(ui, count, &widths, |ui, head, width| {
        let Some(choice) = context.choice(preferences, scale).map(|choice| choice.with_head(Some(head)))
        else {
            return;
        };
        let chosen = preferences.attention.head == Some(head);
        let label = format!("Head {}", head + 1);
        let map = SmallMap {
            choice: Some(&choice),
            input: Some(context.input(ui, textures)),
            width,
            caption: Some(label.clone()),
            label,
            chosen,
            current: true,
            click: ON_PICTURE,
        };
        if map.ui(ui, preferences.palette, textures) {
            preferences.attention.head = (!chosen).then_some(head);
        }
    });
    match preferences.attention.head {
        Some(head) => note(ui, format!("Head {} alone. Click it again for the mean of all.", head + 1)),
        None => note(ui, "The mean of all heads. Click one to see it alone."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_scales_of_a_stage_share_a_description() {
        for stage in 0..3 {
            let layouts = scales_of_stage(stage);
            for (scale, layout) in layouts.iter().enumerate() {
                let same = layouts.iter().filter(|other| scale_name(0, other) == scale_name(0, layout));
                assert_eq!(same.count(), 1, "scale {scale} of stage {stage}");
            }
        }
        assert_eq!(scale_name(1, &scales_of_stage(2)[1]).join(" · "), "Scale 2 · window 8×6 · keys 2×2");
    }

    #[test]
    fn reach_is_told_in_pixels_of_the_input() {
        let told = meaning(AttentionMode::Reach, 1, Scale::Pixels(17.9));
        assert!(told.contains("scale 2 end at 17.9 px"), "{told}");
    }
}
