//! The channel weights at hand against those of the same person at the largest size.

use egui::{Align, Grid, Layout, RichText, Ui, WidgetText, vec2};

use crate::app::ema::AtLargest;
use crate::app::panel::{heading, note, stage_choice};
use crate::network::{ChannelChange, EmaTrace, channel_changes, group_variations};

/// How many channels are listed.
const LISTED: usize = 10;
/// Room for three lines above the list, in points.
const STATE_HEIGHT: f32 = 46.0;
/// Width of a column of numbers, in points.
const FIGURE: f32 = 44.0;

/// The channels that change most, and all of them in a sentence. Takes as much room while nothing is known. `size` is
/// the largest size in words; a click on a channel chooses its group.
pub fn ui(ui: &mut Ui, at_largest: AtLargest<'_>, size: &str, ema: &EmaTrace, group: &mut usize) {
    heading(ui, "Against the largest size").on_hover_text(
        "p2 of the same person, seen sharply at the largest input that the network was trained at",
    );
    let mut changes = Vec::new();
    let told = match at_largest {
        AtLargest::Known(there) => {
            changes = channel_changes(there, &ema.channel_2).unwrap_or_default();
            let variations = group_variations(there, &ema.channel_2).unwrap_or_default();
            total(&variations).unwrap_or_else(|| format!("The weights at {size} are of another module."))
        }
        AtLargest::AtHand => format!("This is the largest size: {size}."),
        AtLargest::Waiting => format!("Waiting for the same person at {size}…"),
        AtLargest::Live => "Not measured on live pictures.".to_owned(),
        AtLargest::Failed(why) => format!("Nothing is known of {size}: {why}"),
    };
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), STATE_HEIGHT),
        Layout::top_down(Align::Min),
        |ui| {
            ui.set_min_height(STATE_HEIGHT);
            note(ui, told);
        },
    );
    let channels = ema.channel_2.shape.get(1).copied().unwrap_or(0);
    let grid = Grid::new("channels that change most").num_columns(5).min_col_width(0.0);
    grid.striped(true).spacing([6.0, 2.0]).show(ui, |ui| {
        let titles = [
            ("Group", "The group; click it for its bars"),
            ("Channel", "The channel's number in the stage's output"),
            ("There", "p2 at the largest size"),
            ("Here", "p2 at the present size"),
            ("Change", "p2 here less p2 there"),
        ];
        for (title, meaning) in titles {
            cell(ui, RichText::new(title).strong()).on_hover_text(meaning);
        }
        ui.end_row();
        for place in 0..LISTED {
            row(ui, changes.get(place), channels, group);
            ui.end_row();
        }
    });
}

/// A channel of the list; dashes while nothing is known.
fn row(ui: &mut Ui, change: Option<&ChannelChange>, channels: usize, group: &mut usize) {
    let Some(change) = change else {
        for _ in 0..5 {
            cell(ui, "–");
        }
        return;
    };
    let size = vec2(FIGURE, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(FIGURE);
        let chosen = *group == change.group;
        if stage_choice::numbered(ui, "Group", change.group, chosen).clicked() {
            *group = change.group;
        }
    });
    cell(ui, format!("{}", change.group * channels + change.channel + 1));
    cell(ui, format!("{:.3}", change.there));
    cell(ui, format!("{:.3}", change.here));
    cell(ui, format!("{:+.3}", change.difference()));
}

/// A text at the right end of its column.
fn cell(ui: &mut Ui, text: impl Into<WidgetText>) -> egui::Response {
    let size = vec2(FIGURE, ui.spacing().interact_size.y);
    let laid = |ui: &mut Ui| {
        ui.set_min_width(FIGURE);
        ui.label(text)
    };
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), laid).inner
}

/// The total variation of all groups in words; none where there are no groups.
fn total(variations: &[f32]) -> Option<String> {
    let (most, largest) = variations.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let mean = variations.iter().sum::<f32>() / variations.len() as f32;
    Some(format!(
        "In a group {:.1} % of the weight is on other channels here (mean total variation), at most {:.1} % in group {}.",
        100.0 * mean,
        100.0 * largest,
        most + 1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_names_the_group_that_changes_most() {
        let told = total(&[0.125, 0.5, 0.25]).unwrap();
        assert!(told.contains("29.2 %") && told.contains("at most 50.0 % in group 2"), "{told}");
        assert_eq!(total(&[]), None);
    }
}
