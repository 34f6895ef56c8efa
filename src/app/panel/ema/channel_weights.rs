//! The channel weights of one group of an EMA module as bars.

use egui::{Color32, RichText, Role, Ui, WidgetInfo};
use egui_plot::{Bar, BarChart, GridMark};

use super::part;
use crate::app::glossary;
use crate::app::hint;
use crate::app::panel::dot;
use crate::app::still_plot::still_plot;
use crate::app::theme;
use crate::network::EmaTrace;

/// The bars that are the same for every picture.
const LEARNED: Color32 = Color32::from_rgb(148, 155, 172);
/// Height of one chart.
const HEIGHT: f32 = 76.0;
/// How much of a channel's room one of its two bars takes.
const BAR: f64 = 0.44;

/// The chart of a group; charts of a stage all end at the same number.
pub fn ui(ui: &mut Ui, ema: &EmaTrace, group: usize) {
    let [_, channels] = ema.channel_2.shape[..] else {
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("Group {}", group + 1)).small().strong());
        for (colour, term, text) in
            [(theme::LEFT, "p2", "caused by the picture"), (LEARNED, "p1", "a learned constant")]
        {
            ui.add_space(4.0);
            dot(ui, colour);
            ui.label(RichText::new(format!("{term}, {text}")).small().weak())
                .on_hover_text(glossary::meaning(term).unwrap_or_default());
        }
    });
    let top = top(channels, ema.channel_1.values.iter().chain(&ema.channel_2.values));
    chart(ui, ema, group, top);
}

/// Where the charts of a stage end: at the largest weight or twice an even share, whole hundredths.
fn top<'a>(channels: usize, weights: impl Iterator<Item = &'a f32>) -> f64 {
    let twice = 2.0 / channels.max(1) as f32;
    let largest = weights.copied().fold(twice.min(1.0), f32::max);
    // Less a hair, so that a weight of 0.2 as a float does not end at 0.21.
    (f64::from(largest) * 100.0 - 1e-4).ceil() / 100.0
}

fn chart(ui: &mut Ui, ema: &EmaTrace, group: usize, top: f64) {
    let (learned, caused) = (part(&ema.channel_1, group), part(&ema.channel_2, group));
    let bars = |weights: &[f32], side: f64, colour: Color32| -> Vec<Bar> {
        let bar = |(channel, weight): (usize, &f32)| {
            Bar::new(channel as f64 + side * BAR / 2.0, f64::from(*weight)).width(BAR).fill(colour)
        };
        weights.iter().enumerate().map(bar).collect()
    };
    let caused_bars = BarChart::new("p2", bars(caused, -1.0, theme::LEFT)).color(theme::LEFT);
    let learned_bars = BarChart::new("p1", bars(learned, 1.0, LEARNED)).color(LEARNED);
    // A chart this small has no room for a plot's own way of telling numbers; the tooltip has.
    let plot = still_plot(ui, "EMA channel weights")
        .height(HEIGHT)
        .include_y(0.0)
        .include_y(top)
        .show_axes([false, true])
        .show_grid([false, true])
        .y_grid_spacer(move |_| [0.0, top].map(|value| GridMark { value, step_size: top }).to_vec())
        .y_axis_formatter(|mark, _| format!("{:.2}", mark.value))
        .show(ui, |plot| {
            plot.bar_chart(caused_bars);
            plot.bar_chart(learned_bars);
        });
    let name = format!("Channel weights of group {}", group + 1);
    plot.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    let at = plot.response.hover_pos().map(|at| plot.transform.value_from_position(at).x.round());
    let channel = at.filter(|channel| *channel >= 0.0).map(|channel| channel as usize);
    if let Some(channel) = channel
        && let (Some(p1), Some(p2)) = (learned.get(channel), caused.get(channel))
    {
        let told = format!("Group {}, channel {}\np2 {p2:.3}\np1 {p1:.3}", group + 1, channel + 1);
        hint::over_plot(plot.response, told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_end_above_every_weight_and_show_an_even_share_at_half_height() {
        assert_eq!(top(10, [0.05, 0.1].iter()), 0.2);
        assert_eq!(top(10, [0.05, 0.345].iter()), 0.35);
        assert_eq!(top(1, [1.0].iter()), 1.0, "one channel has all the weight");
    }
}
