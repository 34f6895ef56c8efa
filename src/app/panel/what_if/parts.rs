//! The parts of a stage, each to be left out with a click.

use egui::{Button, RichText, Role, Ui, WidgetInfo, vec2};

use super::ema_choice;
use crate::network::{Ablation, NetworkConfig};

/// Between parts, in points.
const GAP: f32 = 2.0;
/// Least width of a part, in points.
const NARROWEST: f32 = 17.0;
/// Width of the name before the parts of a block, in points.
const NAME: f32 = 38.0;

/// The name of a stage, and what its EMA module does where it has one.
pub fn heading(ui: &mut Ui, config: &NetworkConfig, stage: usize, ablations: &mut Vec<Ablation>) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.strong(format!("Stage {}", stage + 1));
        if config.ema_groups.is_some() {
            ema_choice::ui(ui, stage, ablations);
        }
    });
}

/// The parts of a stage: a line for all its blocks together, and one for each.
pub fn ui(ui: &mut Ui, config: &NetworkConfig, stage: usize, ablations: &mut Vec<Ablation>) {
    let all = Ablation::all(config);
    let of_stage: Vec<&Ablation> = all.iter().filter(|ablation| ablation.stage() == stage).collect();
    let depth = config.depths.get(stage).map_or(0, |depth| *depth as usize);
    for block in std::iter::once(None).chain((0..depth).map(Some)) {
        let parts: Vec<&Ablation> =
            of_stage.iter().copied().filter(|part| block_of(part) == Some(block)).collect();
        if parts.is_empty() {
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.spacing_mut().button_padding.x = 2.0;
            let name = block.map_or_else(|| "all".to_owned(), |block| format!("Block {}", block + 1));
            ui.add_sized([NAME, 18.0], egui::Label::new(RichText::new(name).small().weak()));
            for part in parts {
                toggle(ui, part, ablations);
            }
        });
    }
}

/// The block that a part is of, or all of its stage; none for EMA modules, which have a choice of their own.
fn block_of(part: &Ablation) -> Option<Option<usize>> {
    match *part {
        Ablation::MuteHead { block, .. } => Some(Some(block)),
        Ablation::MuteScale { block, .. } | Ablation::MuteCascade { block, .. } => Some(block),
        Ablation::Ema { .. } => None,
    }
}

fn toggle(ui: &mut Ui, part: &Ablation, ablations: &mut Vec<Ablation>) {
    let left_out = ablations.contains(part);
    let name = match part {
        Ablation::MuteHead { head, .. } => format!("h{}", head + 1),
        Ablation::MuteScale { scale, .. } => format!("S{}", scale + 1),
        Ablation::MuteCascade { scale, .. } => format!("c{}", scale + 1),
        Ablation::Ema { .. } => String::new(),
    };
    let text = RichText::new(name).small();
    let text = match left_out {
        true => text.strikethrough().color(ui.visuals().warn_fg_color),
        false => text,
    };
    let button = Button::new(text).selected(left_out).min_size(vec2(NARROWEST, 18.0));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, left_out, part.to_string()));
    if response.on_hover_text(part.to_string()).clicked() {
        match left_out {
            true => ablations.retain(|other| other != part),
            false => ablations.push(part.clone()),
        }
    }
}
