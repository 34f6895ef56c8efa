//! The plots of a run: as many beside each other as there is room for.

use egui::{Color32, Role, Ui, WidgetInfo};
use egui_plot::{Bar, BarChart, LineStyle, Plot, PlotResponse, VLine};

use super::{ap_plot, scatter};
use crate::app::data_set::act::Wish;
use crate::app::data_set::choices::PlotKind;
use crate::app::data_set::histogram::{BINS, histogram};
use crate::app::data_set::run::Run;
use crate::app::data_set::work::Work;
use crate::app::hint;
use crate::app::panel::{heading, note};
use crate::app::still_plot::{marks, round_marks, still_plot};
use crate::app::theme;
use crate::counted::counted;
use crate::study::PersonResult;

/// From this width on all plots stand beside each other, in points.
const WIDE: f32 = 780.0;
/// Height of a plot in points.
const HEIGHT: f32 = 170.0;
/// Room for the lines under a plot, in points: a sentence for each of the standard inputs and what published figures
/// are, or most of it.
pub const NOTES: f32 = 92.0;

/// What plots are drawn from.
#[derive(Clone, Copy)]
pub struct Plotted<'a> {
    /// Every run.
    pub runs: &'a [Run],
    /// The run whose people are listed.
    pub chosen: Option<&'a Run>,
    /// The measurement that is going on.
    pub work: Option<&'a Work>,
}

/// Draws the plots, of which `kind` stands in a narrow window; gives a person or a run that was clicked.
pub fn ui(ui: &mut Ui, plotted: Plotted<'_>, kind: &mut PlotKind) -> Option<Wish> {
    if ui.available_width() >= WIDE {
        return ui.columns(PlotKind::ALL.len(), |columns| {
            let drawn = columns.iter_mut().zip(PlotKind::ALL).map(|(ui, kind)| {
                heading(ui, kind.label());
                plot(ui, kind, plotted)
            });
            drawn.fold(None, Option::or)
        });
    }
    ui.horizontal(|ui| {
        for choice in PlotKind::ALL {
            ui.selectable_value(kind, choice, choice.label());
        }
    });
    plot(ui, *kind, plotted)
}

fn plot(ui: &mut Ui, kind: PlotKind, plotted: Plotted<'_>) -> Option<Wish> {
    let Plotted { runs, chosen, work } = plotted;
    let people = chosen.map_or(&[][..], |run| run.measured.people.as_slice());
    let colour = chosen.map_or(theme::STALE, Run::colour);
    let mut wish = None;
    ui.vertical(|ui| {
        ui.set_min_height(HEIGHT + NOTES);
        match kind {
            PlotKind::Histogram => bars(ui, people, colour, chosen),
            PlotKind::Heights => wish = scatter::ui(ui, people, colour),
            PlotKind::Captures => wish = ap_plot::ui(ui, runs, chosen, work),
        }
    });
    wish
}

/// A plot of the window, as high as the others.
pub fn frame<'a>(ui: &Ui, kind: PlotKind) -> Plot<'a> {
    still_plot(ui, ("data set", kind.label())).height(HEIGHT)
}

/// Gives a plot its name for screen readers.
pub fn named<R>(drawn: &PlotResponse<R>, kind: PlotKind) {
    drawn.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, kind.label()));
}

fn bars(ui: &mut Ui, people: &[PersonResult], colour: Color32, chosen: Option<&Run>) {
    let counts = histogram(people);
    let width = 1.0 / BINS as f64;
    let highest = counts.iter().max().copied().unwrap_or(0);
    let bar = |(bin, count): (usize, &usize)| {
        Bar::new((bin as f64 + 0.5) * width, *count as f64).width(0.9 * width)
    };
    let chart = BarChart::new("people", counts.iter().enumerate().map(bar).collect()).color(colour);
    let mean = chosen.and_then(|run| run.measured.figures.mean_oks);
    let text = ui.visuals().text_color();
    let frame = frame(ui, PlotKind::Histogram)
        .default_x_bounds(-0.02, 1.02)
        .include_y(0.0)
        .include_y(highest.max(4) as f64)
        .x_grid_spacer(|_| marks([0.0, 0.5, 1.0]))
        .x_axis_formatter(|mark, _| format!("{:.1}", mark.value))
        .y_grid_spacer(round_marks)
        .y_axis_formatter(|mark, _| format!("{:.0}", mark.value));
    let drawn = frame.show(ui, |plot| {
        plot.bar_chart(chart.allow_hover(false));
        if let Some(mean) = mean {
            plot.vline(VLine::new("mean", mean).color(text).style(LineStyle::Dotted { spacing: 4.0 }));
        }
    });
    named(&drawn, PlotKind::Histogram);
    let pointed = drawn.response.hover_pos().map(|at| drawn.transform.value_from_position(at).x);
    let bin = pointed.filter(|x| (0.0..1.0).contains(x)).map(|x| (x * BINS as f64) as usize);
    if let Some((bin, count)) = bin.and_then(|bin| Some((bin, counts.get(bin)?))) {
        let (from, to) = (bin as f64 * width, (bin + 1) as f64 * width);
        let people = counted(*count, "person", "people");
        hint::over_plot(drawn.response, format!("{people} with OKS {from:.2} to {to:.2}"));
    }
    let missing = people.len() - counts.iter().sum::<usize>();
    let mut text = mean.map_or_else(String::new, |mean| format!("Dotted line: the mean, {mean:.2}."));
    if missing > 0 {
        text += &format!(" {} who could not be cut out are in no bar.", counted(missing, "person", "people"));
    }
    note(ui, text);
}
