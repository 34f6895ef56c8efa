//! A figure of the EMA modules against resolution: a curve for each stage, with a band over people.

use egui::{Color32, Pos2, Role, Stroke, Ui, WidgetInfo};
use egui_plot::{FilledArea, Line, LineStyle, MarkerShape, Plot, PlotPoints, PlotTransform, Points, VLine};

use super::over_people::label;
use crate::app::captures::CAPTURES;
use crate::app::ema::{Axis, Point, Run};
use crate::app::hint;
use crate::app::still_plot::{self, marks, place, still_plot};
use crate::app::theme;
use crate::network::STAGES;
use crate::pose::InputSize;
use crate::study::EmaFigure;

/// Height of a plot, in points.
const HEIGHT: f32 = 130.0;
/// Room left and right of the first and last height, in steps that double the height.
const MARGIN: f64 = 0.15;
/// How near the pointer counts as on a point, in points of the screen.
const NEAR: f32 = 14.0;
/// How strongly a band is filled.
const BAND: f32 = 0.16;
/// The axis of figures ends at multiples of this, at least twice as far apart.
const ROUND: f64 = 0.05;
/// The markers of the stages.
const MARKERS: [MarkerShape; STAGES] = [MarkerShape::Circle, MarkerShape::Square, MarkerShape::Diamond];

/// What a stage's curve is called.
pub(super) fn stage_name(stage: usize) -> String {
    format!("Stage {}", stage + 1)
}

/// Draws the curves there are, grey where they are not `current`, and tells of the point under the pointer. `present` is
/// the number of rows on the screen.
pub(super) fn show(
    ui: &mut Ui,
    axis: Axis,
    figure: EmaFigure,
    (run, current): (Option<&Run>, bool),
    present: u32,
) {
    let curve = |stage| run.map(|run| run.curve(axis, stage, figure)).unwrap_or_default();
    let curves: Vec<Vec<Point>> = (0..STAGES).map(curve).collect();
    let (low, high) = ends(curves.iter().flatten());
    let colour = ui.visuals().text_color();
    let plot = frame(ui, axis, low, high).show(ui, |plot| {
        plot.set_plot_bounds_y(low..=high);
        let style = LineStyle::Dotted { spacing: 4.0 };
        plot.vline(VLine::new("present", place(present)).color(colour).style(style));
        for (stage, points) in curves.iter().enumerate() {
            let (name, colour) = (stage_name(stage), stage_colour(stage, current));
            if points.iter().any(|point| point.spread.count > 1) {
                plot.add(band(&name, points).fill_color(colour.gamma_multiply(BAND)).allow_hover(false));
            }
            let places = || -> PlotPoints<'static> { points.iter().map(position).collect() };
            plot.line(Line::new(name.clone(), places()).color(colour).width(1.5).allow_hover(false));
            let markers = Points::new(name, places()).color(colour).shape(MARKERS[stage]);
            plot.points(markers.radius(3.5).allow_hover(false));
        }
    });
    let against = match axis {
        Axis::Input => "network input",
        Axis::Capture => "capture height",
    };
    let name = format!("{} against {against}", label(figure));
    plot.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    if let Some(pointer) = plot.response.hover_pos()
        && let Some((stage, point, at)) = nearest(&curves, &plot.transform, pointer)
    {
        ui.painter().circle_stroke(at, 7.0, Stroke::new(1.5, ui.visuals().strong_text_color()));
        hint::over_plot(plot.response, reading(stage, point, axis, figure));
    }
}

/// The colour of a stage's curve; that of what is out of date where it is not `current`.
fn stage_colour(stage: usize, current: bool) -> Color32 {
    if current { theme::STAGES[stage] } else { theme::STALE }
}

fn frame<'a>(ui: &Ui, axis: Axis, low: f64, high: f64) -> Plot<'a> {
    let heights: Vec<u32> = match axis {
        Axis::Input => InputSize::STANDARD.map(InputSize::height).to_vec(),
        Axis::Capture => CAPTURES.to_vec(),
    };
    // Both plots have the same axis, so that points of the same height stand below each other.
    let ends = CAPTURES.first().zip(CAPTURES.last());
    let (from, to) = ends.map_or((0.0, 1.0), |(first, last)| (place(*first), place(*last)));
    still_plot(ui, ("EMA against resolution", axis))
        .height(HEIGHT)
        .default_x_bounds(from - MARGIN, to + MARGIN)
        .x_grid_spacer(move |_| marks(heights.iter().copied().map(place)))
        .x_axis_formatter(|mark, _| format!("{:.0}", mark.value.exp2()))
        .y_grid_spacer(move |_| marks([low, (low + high) / 2.0, high]))
        .y_axis_formatter(|mark, _| format!("{:.2}", mark.value))
}

fn position(point: &Point) -> [f64; 2] {
    [place(point.height), point.spread.mean]
}

/// The middle half of the people.
fn band(name: &str, points: &[Point]) -> FilledArea {
    let places: Vec<f64> = points.iter().map(|point| place(point.height)).collect();
    let (low, high): (Vec<f64>, Vec<f64>) =
        points.iter().map(|point| (point.spread.quartiles[0], point.spread.quartiles[2])).unzip();
    FilledArea::new(name, &places, &low, &high)
}

/// Where the axis of figures begins and ends: round numbers around all means and bands, within 0 … 1.
fn ends<'a>(points: impl Iterator<Item = &'a Point>) -> (f64, f64) {
    let (low, high) = points.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| {
        let [quarter, _, three] = point.spread.quartiles;
        (low.min(quarter).min(point.spread.mean), high.max(three).max(point.spread.mean))
    });
    if low > high {
        return (0.0, 1.0);
    }
    let (mut first, mut last) = ((low / ROUND).floor(), (high / ROUND).ceil());
    let most = (1.0 / ROUND).round();
    if last - first < 2.0 {
        (first, last) = if last < most { (first, first + 2.0) } else { (last - 2.0, last) };
    }
    (first * ROUND, last * ROUND)
}

/// The point under the pointer, with its stage and where it is on the screen.
fn nearest<'a>(
    curves: &'a [Vec<Point>],
    transform: &PlotTransform,
    pointer: Pos2,
) -> Option<(usize, &'a Point, Pos2)> {
    let places = curves
        .iter()
        .enumerate()
        .flat_map(|(stage, points)| points.iter().map(move |point| ((stage, point), position(point))));
    let ((stage, point), at) = still_plot::nearest(places, transform, pointer, NEAR)?;
    Some((stage, point, at))
}

/// What a point says.
fn reading(stage: usize, point: &Point, axis: Axis, figure: EmaFigure) -> String {
    let (rows, spread) = (point.height, point.spread);
    let place = match axis {
        Axis::Input => format!("network input of {rows} rows"),
        Axis::Capture => format!("captured at {rows} px"),
    };
    let told = match spread.count {
        1 => format!("{:.3}", spread.mean),
        people => format!("{:.3} ± {:.3} over {people} people", spread.mean, spread.deviation),
    };
    format!("{}, {place}\n{} {told}", stage_name(stage), label(figure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Spread;

    fn point(figures: &[f64]) -> Point {
        Point { height: 32, spread: Spread::of(figures).unwrap() }
    }

    #[test]
    fn the_axis_ends_at_round_numbers_around_everything() {
        let ends = |points: &[Point]| {
            let (low, high) = ends(points.iter());
            ((low * 100.0).round(), (high * 100.0).round())
        };
        assert_eq!(ends(&[]), (0.0, 100.0));
        assert_eq!(ends(&[point(&[0.52]), point(&[0.83])]), (50.0, 85.0));
        assert_eq!(ends(&[point(&[0.97])]), (90.0, 100.0), "at least two steps, none beyond 1");
        assert_eq!(ends(&[point(&[0.02])]), (0.0, 10.0));
    }

    #[test]
    fn curves_of_other_people_have_no_colour_of_a_stage() {
        for stage in 0..STAGES {
            assert_eq!(stage_colour(stage, true), theme::STAGES[stage]);
            assert!(!theme::STAGES.contains(&stage_colour(stage, false)));
        }
    }

    #[test]
    fn a_point_says_stage_size_figure_and_people() {
        let told = reading(1, &point(&[0.25, 0.75]), Axis::Capture, EmaFigure::Spatial);
        assert_eq!(told, "Stage 2, captured at 32 px\nσ(w) 0.500 ± 0.250 over 2 people");
        let told = reading(0, &point(&[0.5]), Axis::Input, EmaFigure::Entropy);
        assert_eq!(told, "Stage 1, network input of 32 rows\nEvenness of p2 0.500");
    }
}
