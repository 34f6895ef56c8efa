//! AP of every run against the rows captured, and published figures beside it, each kind told from the other.

use std::collections::BTreeSet;

use egui::{Sense, Stroke, Ui};
use egui_plot::{GridMark, Line, MarkerShape, PlotPoints, PlotUi, Points};

use super::ap_key;
use super::plots::{frame, named};
use crate::app::data_set::act::Wish;
use crate::app::data_set::choices::PlotKind;
use crate::app::data_set::curves::curves;
use crate::app::data_set::published::{MEASURED_ON, PUBLISHED, SOURCE};
use crate::app::data_set::run::Run;
use crate::app::data_set::work::Work;
use crate::app::hint;
use crate::app::still_plot::{self, marks, nearest};
use crate::pose::InputSize;

/// Markers of the published networks, which no run has.
pub const MARKERS: [MarkerShape; PUBLISHED.len()] =
    [MarkerShape::Diamond, MarkerShape::Up, MarkerShape::Down];
/// How near the pointer counts as on a point, in points of the screen.
const NEAR: f32 = 10.0;
/// Least highest AP of the axis, in percent: that of the published figures.
const HIGHEST: f64 = 76.0;
/// AP that is marked, in percent.
const AP_MARKS: [f64; 4] = [0.0, 25.0, 50.0, 75.0];
/// Between two of them.
const AP_STEP: f64 = 25.0;
/// Room left and right of the fewest and the most rows, in steps that double them.
const MARGIN: f64 = 0.2;

/// A point with what it says.
struct Read {
    place: [f64; 2],
    text: String,
    /// The run that it is of; none for a published figure.
    run: Option<u64>,
}

/// Draws the plot, and below it what its curves say; gives a run that was clicked. `chosen` is the run whose people are
/// listed, `work` the measurement that is going on.
pub fn ui(ui: &mut Ui, runs: &[Run], chosen: Option<&Run>, work: Option<&Work>) -> Option<Wish> {
    let (weak, text, strong) = {
        let visuals = ui.visuals();
        (visuals.weak_text_color(), visuals.text_color(), visuals.strong_text_color())
    };
    let (curves, places) = (curves(runs), marked(runs));
    let [from, to] = [places.first(), places.last()].map(|end| end.copied().unwrap_or_default());
    let frame = frame(ui, PlotKind::Captures)
        .sense(Sense::click())
        .include_x(from - MARGIN)
        .include_x(to + MARGIN)
        .include_y(0.0)
        .include_y(HIGHEST)
        .x_grid_spacer(move |_| marks(places.iter().copied()))
        .x_axis_formatter(|mark, _| format!("{:.0}", mark.value.exp2()))
        .y_grid_spacer(|_| AP_MARKS.map(|value| GridMark { value, step_size: AP_STEP }).into())
        .y_axis_formatter(|mark, _| format!("{:.0}", mark.value));
    let drawn = frame.show(ui, |plot| {
        for (network, marker) in PUBLISHED.iter().zip(MARKERS) {
            let points: PlotPoints<'_> =
                network.points().map(|(input, ap)| [still_plot::place(input.height()), ap]).collect();
            let points = Points::new(network.name, points).shape(marker).radius(5.0).filled(false);
            plot.points(points.color(weak).allow_hover(false));
        }
        for (index, curve) in curves.iter().enumerate() {
            let points: PlotPoints<'_> = curve.runs.iter().filter_map(|run| measured(run)).collect();
            let line = Line::new(format!("curve {index}"), points).color(curve.colour(text));
            plot.line(line.style(ap_key::style(curve.look)).allow_hover(false));
        }
        runs.iter().for_each(|run| dot(plot, run));
        if let Some(place) = chosen.and_then(measured) {
            let ring = Points::new("chosen", vec![place]).radius(6.5).filled(false);
            plot.points(ring.color(strong).allow_hover(false));
        }
    });
    named(&drawn, PlotKind::Captures);
    let pointed = drawn.response.hover_pos().and_then(|pointer| {
        let readings = readings(runs).into_iter().map(|read| ((read.text, read.run), read.place));
        nearest(readings, &drawn.transform, pointer, NEAR)
    });
    let mut wish = None;
    if let Some(((reading, run), at)) = pointed {
        ui.painter().circle_stroke(at, 7.0, Stroke::new(1.5, strong));
        wish = run.filter(|_| drawn.response.clicked()).map(Wish::Choose);
        hint::over_plot(drawn.response, reading);
    }
    ap_key::ui(ui, &curves, work);
    wish
}

/// A run in the colour of its input.
fn dot(plot: &mut PlotUi<'_>, run: &Run) {
    let point: PlotPoints<'_> = measured(run).into_iter().collect();
    let point = Points::new(format!("run {}", run.id), point).radius(4.0).color(run.colour());
    plot.points(point.allow_hover(false));
}

/// Where the axis is marked: at the rows of the standard inputs and at all that were captured, fewest first.
fn marked(runs: &[Run]) -> Vec<f64> {
    let standard = InputSize::STANDARD.iter().map(|input| input.height());
    let rows: BTreeSet<u32> = standard.chain(runs.iter().map(|run| run.settings().capture.height)).collect();
    rows.into_iter().map(still_plot::place).collect()
}

/// Where a run stands: rows captured, of which those that double are equally far apart, and AP in percent.
fn measured(run: &Run) -> Option<[f64; 2]> {
    let rows = run.settings().capture.height;
    Some([still_plot::place(rows), 100.0 * run.measured.figures.evaluation.ap?])
}

/// Every point of the plot in words.
fn readings(runs: &[Run]) -> Vec<Read> {
    let own = runs.iter().filter_map(|run| {
        let (place, oks) = (measured(run)?, run.measured.figures.mean_oks);
        let oks = oks.map_or_else(String::new, |oks| format!(", mean OKS {oks:.2}"));
        let text = format!("{}: AP {:.1}{oks} on this set", run.title(), place[1]);
        Some(Read { place, text, run: Some(run.id) })
    });
    let published = PUBLISHED.iter().flat_map(|network| {
        network.points().map(|(input, ap)| Read {
            place: [still_plot::place(input.height()), ap],
            text: format!(
                "{} at {input}: AP {ap:.1}, published in {SOURCE}, measured on {MEASURED_ON}",
                network.name
            ),
            run: None,
        })
    });
    own.chain(published).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::data_set::fixtures::{run_at, run_of, set_of};

    #[test]
    fn published_points_say_what_they_were_measured_on_and_own_ones_do_too() {
        let set = Arc::new(set_of(3));
        let runs = [run_of(&set, 1, "CMSA-S")];
        let readings = readings(&runs);
        assert_eq!(readings.len(), 1 + 7);
        let figures = &runs[0].measured.figures;
        let (ap, oks) = (100.0 * figures.evaluation.ap.unwrap(), figures.mean_oks.unwrap());
        assert_eq!(readings[0].text, format!("CMSA-S, 64×48: AP {ap:.1}, mean OKS {oks:.2} on this set"));
        assert_eq!((readings[0].run, readings[0].place), (Some(1), [6.0, ap]));
        for Read { text, run, .. } in &readings[1..] {
            assert!(
                text.contains("not on this set") && text.contains("2412.02197") && run.is_none(),
                "{text}"
            );
        }
        assert!(readings[1].text.starts_with("CMSA-S at 32×24: AP 52.3"), "{}", readings[1].text);
    }

    #[test]
    fn a_point_stands_at_the_rows_captured_and_each_of_them_is_marked() {
        let set = Arc::new(set_of(3));
        let [_, middle, ..] = InputSize::STANDARD;
        assert_eq!(marked(&[]).first(), Some(&5.0), "32 rows");
        let runs = [run_at(&set, 1, "CMSA-S", middle, 64), run_at(&set, 2, "CMSA-S", middle, 16)];
        let readings = readings(&runs);
        assert_eq!((readings[0].place[0], readings[1].place[0]), (6.0, 4.0));
        assert!(readings[1].text.starts_with("CMSA-S, 64×48, 16 rows: AP "), "{}", readings[1].text);
        assert_eq!((marked(&runs).first(), marked(&runs).len()), (Some(&4.0), 5));
    }
}
