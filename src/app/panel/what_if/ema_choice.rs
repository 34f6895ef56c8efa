//! What the EMA module of a stage does.

use egui::{ComboBox, Ui};

use crate::network::{Ablation, EmaChange};

/// What the choice is called where the module works as it is.
const AS_IT_IS: &str = "as it is";

/// A choice of what the module does.
pub fn ui(ui: &mut Ui, stage: usize, ablations: &mut Vec<Ablation>) {
    let changed = |ablation: &Ablation| match *ablation {
        Ablation::Ema { stage: own, change } if own == stage => Some(change),
        _ => None,
    };
    let before = ablations.iter().find_map(changed);
    let mut chosen = before;
    let label = ui.label("EMA");
    let combo = ComboBox::from_id_salt("ema").width(118.0).selected_text(short(chosen));
    let shown = combo.show_ui(ui, |ui| {
        for change in std::iter::once(None).chain(EmaChange::ALL.map(Some)) {
            ui.selectable_value(&mut chosen, change, name(change)).on_hover_text(meaning(change));
        }
    });
    shown.response.labelled_by(label.id).on_hover_text(meaning(chosen));
    if chosen != before {
        ablations.retain(|ablation| changed(ablation).is_none());
        ablations.extend(chosen.map(|change| Ablation::Ema { stage, change }));
    }
}

fn name(change: Option<EmaChange>) -> &'static str {
    match change {
        None => AS_IT_IS,
        Some(EmaChange::Identity) => "identity",
        Some(EmaChange::MeanGate) => "gate replaced by its mean",
        Some(EmaChange::P2ByP1) => "p2 replaced by p1",
    }
}

/// The name where there is little room.
fn short(change: Option<EmaChange>) -> &'static str {
    match change {
        Some(EmaChange::MeanGate) => "gate by its mean",
        Some(EmaChange::P2ByP1) => "p2 by p1",
        other => name(other),
    }
}

fn meaning(change: Option<EmaChange>) -> &'static str {
    match change {
        None => "The EMA module after this stage works as it was trained.",
        Some(EmaChange::Identity) => "The module hands on its input unchanged.",
        Some(EmaChange::MeanGate) => {
            "The spatial gate σ(w) is replaced by its mean over the map: how strong it is stays, where it is strong \
             does not."
        }
        Some(EmaChange::P2ByP1) => {
            "The channel weights p2, which the picture causes, are replaced by the learned p1."
        }
    }
}
