//! The EMA panel: what the modules weigh, and what that does and does not mean.

mod channel_weights;
mod curves;
mod gates;
mod largest;
mod matrix;
mod over_people;
mod spatial;

use egui::{Response, Role, Ui, WidgetInfo};

use super::kept_room::KeptRoom;
use super::{heading, note, nothing_found, stage_choice};
use crate::app::document::Document;
use crate::app::ema::{AtLargest, Ema, WeightsShown};
use crate::app::hint;
use crate::app::how_to_read::{self, HowTo};
use crate::app::preferences::Preferences;
use crate::app::textures::{Textures, to_screen};
use crate::engine::{Answer, NetworkInfo, PersonAnswer};
use crate::network::checkpoint::HostTensor;
use crate::network::{EmaTrace, group_variations};
use crate::source::Folder;
use matrix::Matrix;

/// What the panel asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmaWish {
    /// Look at everybody chosen at every size.
    Run,
    /// End that.
    Cancel,
    /// Write what came of it to a file.
    Save,
}

/// What the panel is drawn from.
pub struct EmaPanel<'a> {
    /// The picture and what was found in it.
    pub document: &'a Document,
    /// The network at work.
    pub network: Option<&'a NetworkInfo>,
    /// What was looked at besides, with the network of side A.
    pub ema: &'a Ema,
    /// Whether the document is what side B of a comparison found.
    pub of_side_b: bool,
    /// The folder of the picture.
    pub folder: Option<&'a Folder>,
}

impl EmaPanel<'_> {
    /// The whole panel.
    pub fn ui(&self, ui: &mut Ui, preferences: &mut Preferences, textures: &mut Textures) -> Option<EmaWish> {
        let Some(network) = self.network else {
            note(ui, "Waiting for the network…");
            return None;
        };
        match &network.config {
            None => {
                note(ui, format!("{} has no EMA modules.", network.name));
                return None;
            }
            Some(config) if config.ema_groups.is_none() => {
                note(ui, "This network has no EMA modules.");
                return None;
            }
            Some(_) => {}
        }
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            stage_choice::ui(ui, &mut preferences.attention.stage);
            how_to_read::button(ui, HowTo::Ema);
        });
        self.person(ui, network, preferences, textures);
        if self.of_side_b {
            return None;
        }
        ui.separator();
        self.over_people(ui, network, preferences)
    }

    /// What is weighed in the selected person, or why that is not known; in as much room as it last took.
    fn person(
        &self,
        ui: &mut Ui,
        network: &NetworkInfo,
        preferences: &mut Preferences,
        textures: &mut Textures,
    ) {
        let room = KeptRoom::of("EMA in the person");
        let (Some(answer), Some(found)) = (self.document.answer(), self.document.selected_answer()) else {
            return room.leave(ui, nothing_found(self.document));
        };
        let Some(trace) = &found.trace else { return room.leave(ui, "Waiting for the network…") };
        let Some(ema) = trace.ema_of(preferences.attention.stage) else {
            return room.leave(ui, "The EMA module of this stage is left out.");
        };
        let look = Look { answer, found, ema };
        room.fill(ui, |ui| self.look(ui, &look, network, preferences, textures));
    }

    fn look(
        &self,
        ui: &mut Ui,
        look: &Look<'_>,
        network: &NetworkInfo,
        preferences: &mut Preferences,
        textures: &mut Textures,
    ) {
        let Preferences { palette, ema: view, .. } = preferences;
        heading(ui, "Channel weights");
        ui.horizontal_wrapped(|ui| {
            for shown in WeightsShown::ALL {
                ui.selectable_value(&mut view.weights, shown, shown.label())
                    .on_hover_text(shown.explanation());
            }
        });
        let largest = || self.ema.largest.weights(self.document, network, look.ema.stage);
        let at_largest = (!self.of_side_b).then(largest);
        let variations = match at_largest {
            Some(AtLargest::Known(there)) => group_variations(there, &look.ema.channel_2),
            _ => None,
        };
        let matrix = Matrix {
            ema: look.ema,
            ticket: look.answer.ticket,
            palette: *palette,
            variations: variations.as_deref(),
        };
        matrix.ui(ui, view, textures);
        let groups = look.ema.channel_2.shape.first().copied().unwrap_or(0);
        channel_weights::ui(ui, look.ema, view.group.min(groups.saturating_sub(1)));
        note(ui, channel_weights_note(look.ema));
        if let Some(at_largest) = at_largest {
            largest::ui(ui, at_largest, &network.reference_name(), look.ema, &mut view.group);
        }
        let key = (self.document.selected_key(), "input");
        let input = textures.sharp(ui.ctx(), key, || to_screen(&look.found.seen.input));
        spatial::ui(ui, look.ema, look.answer.ticket, input, *palette, textures);
        gates::ui(ui, look.ema, look.answer.ticket, *palette, textures);
    }
}

/// What the network weighed in the selected person.
struct Look<'a> {
    answer: &'a Answer,
    found: &'a PersonAnswer,
    ema: &'a EmaTrace,
}

fn channel_weights_note(ema: &EmaTrace) -> String {
    let channels = ema.channel_2.shape.get(1).copied().unwrap_or(0);
    format!(
        "p2 is the channel weighting that this picture causes. The {channels} channels of a group add up to 1, so an \
         even share is {:.3}. p1 is the same for every picture: the module's normalisation removes what the picture \
         would change. Neither gates a channel of the output by itself.",
        1.0 / channels.max(1) as f32
    )
}

/// Part `index` of the first dimension.
fn part(tensor: &HostTensor, index: usize) -> &[f32] {
    let each = tensor.shape.iter().skip(1).product::<usize>();
    tensor.values.get(index * each..(index + 1) * each).unwrap_or(&[])
}

/// Names a drawing, and tells the range of its numbers when pointed at.
fn describe(ui: &Ui, response: Response, label: &str, values: &[f32]) {
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
    let (low, high) = values.iter().fold((1f32, 0f32), |(l, h), v| (l.min(*v), h.max(*v)));
    hint::outside(ui, response, format!("{label}, from {low:.2} to {high:.2}"));
}
