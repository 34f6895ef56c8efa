//! AP of every run against network input, and published figures beside it, each kind told from the other.

use egui::{Pos2, Sense, Shape, Stroke, Ui, vec2};
use egui_plot::{GridMark, Line, LineStyle, MarkerShape, PlotPoints, Points};

use super::plots::{frame, named};
use crate::app::data_set::choices::PlotKind;
use crate::app::data_set::published::{MEASURED_ON, PUBLISHED, SOURCE};
use crate::app::data_set::run::Run;
use crate::app::hint;
use crate::app::panel::note;
use crate::app::still_plot::{self, marks, nearest};
use crate::pose::InputSize;

/// Markers of the published networks, which no run has.
const MARKERS: [MarkerShape; PUBLISHED.len()] = [MarkerShape::Diamond, MarkerShape::Up, MarkerShape::Down];
/// How near the pointer counts as on a point, in points of the screen.
const NEAR: f32 = 10.0;
/// Least highest AP of the axis, in percent: that of the published figures.
const HIGHEST: f64 = 76.0;
/// AP that is marked, in percent.
const AP_MARKS: [f64; 4] = [0.0, 25.0, 50.0, 75.0];
/// Between two of them.
const AP_STEP: f64 = 25.0;

/// A point with what it says.
struct Read {
    place: [f64; 2],
    text: String,
}

/// The runs of one network with one way to look, by rising input.
struct Curve<'a> {
    name: &'a str,
    runs: Vec<&'a Run>,
}

/// Draws the plot, and the key to it.
pub fn ui(ui: &mut Ui, runs: &[Run]) {
    let (weak, text) = (ui.visuals().weak_text_color(), ui.visuals().text_color());
    let curves = curves(runs);
    let frame = frame(ui, PlotKind::Inputs)
        .default_x_bounds(place(InputSize::STANDARD[0]) - 0.3, place(InputSize::STANDARD[3]) + 0.3)
        .include_y(0.0)
        .include_y(HIGHEST)
        .x_grid_spacer(|_| marks(InputSize::STANDARD.map(place)))
        .x_axis_formatter(|mark, _| format!("{:.0}", mark.value.exp2()))
        .y_grid_spacer(|_| AP_MARKS.map(|value| GridMark { value, step_size: AP_STEP }).into())
        .y_axis_formatter(|mark, _| format!("{:.0}", mark.value));
    let drawn = frame.show(ui, |plot| {
        for (network, marker) in PUBLISHED.iter().zip(MARKERS) {
            let points: PlotPoints<'_> = network.points().map(|(input, ap)| [place(input), ap]).collect();
            let points = Points::new(network.name, points).shape(marker).radius(5.0).filled(false);
            plot.points(points.color(weak).allow_hover(false));
        }
        for (index, curve) in curves.iter().enumerate() {
            let points: PlotPoints<'_> = curve.runs.iter().filter_map(|run| measured(run)).collect();
            plot.line(
                Line::new(format!("curve {index}"), points)
                    .color(text)
                    .style(style(index))
                    .allow_hover(false),
            );
            for run in &curve.runs {
                let point: PlotPoints<'_> = measured(run).into_iter().collect();
                let point = Points::new(format!("run {}", run.id), point).radius(4.0).color(run.colour());
                plot.points(point.allow_hover(false));
            }
        }
    });
    named(&drawn, PlotKind::Inputs);
    let pointed = drawn.response.hover_pos().and_then(|pointer| {
        let readings = readings(runs).into_iter().map(|read| (read.text, read.place));
        nearest(readings, &drawn.transform, pointer, NEAR)
    });
    if let Some((text, _)) = pointed {
        hint::over_plot(drawn.response, text);
    }
    key(ui, &curves);
}

/// Where an input stands: heights that double are equally far apart.
fn place(input: InputSize) -> f64 {
    still_plot::place(input.height())
}

/// Rows that the network or the camera has, and AP in percent.
fn measured(run: &Run) -> Option<[f64; 2]> {
    Some([place(run.settings().input), 100.0 * run.measured.figures.evaluation.ap?])
}

fn style(index: usize) -> LineStyle {
    match index {
        0 => LineStyle::Solid,
        1 => LineStyle::Dashed { length: 8.0 },
        _ => LineStyle::Dotted { spacing: 5.0 },
    }
}

/// The runs of each network that differ in nothing but the input, in the order in which they were measured.
fn curves(runs: &[Run]) -> Vec<Curve<'_>> {
    let mut curves: Vec<Curve<'_>> = Vec::new();
    for run in runs {
        let alike = |known: &&Run| known.differs_in_input_alone(run);
        match curves.iter_mut().find(|curve| curve.runs.first().is_some_and(alike)) {
            Some(curve) => curve.runs.push(run),
            None => curves.push(Curve { name: &run.network.name, runs: vec![run] }),
        }
    }
    curves.iter_mut().for_each(|curve| curve.runs.sort_by_key(|run| run.settings().input));
    curves
}

/// Every point of the plot in words.
fn readings(runs: &[Run]) -> Vec<Read> {
    let own = runs.iter().filter_map(|run| {
        let place = measured(run)?;
        Some(Read { place, text: format!("{}: AP {:.1} on this set", run.title(), place[1]) })
    });
    let published = PUBLISHED.iter().flat_map(|network| {
        network.points().map(|(input, ap)| Read {
            place: [place(input), ap],
            text: format!(
                "{} at {input}: AP {ap:.1}, published in {SOURCE}, measured on {MEASURED_ON}",
                network.name
            ),
        })
    });
    own.chain(published).collect()
}

/// Which marker and line is which, and what the open markers were measured on.
fn key(ui: &mut Ui, curves: &[Curve<'_>]) {
    let (weak, text) = (ui.visuals().weak_text_color(), ui.visuals().text_color());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (index, curve) in curves.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 10.0), Sense::hover());
            let ends = [rect.left_center(), rect.right_center()];
            match style(index) {
                LineStyle::Solid => {
                    ui.painter().line_segment(ends, Stroke::new(1.5, text));
                }
                LineStyle::Dashed { length } => {
                    ui.painter().extend(Shape::dashed_line(
                        &ends,
                        Stroke::new(1.5, text),
                        length,
                        0.6 * length,
                    ));
                }
                LineStyle::Dotted { spacing } => {
                    ui.painter().extend(Shape::dotted_line(&ends, text, spacing, 1.0));
                }
            }
            note(ui, curve.name);
        }
        for (network, marker) in PUBLISHED.iter().zip(MARKERS) {
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 10.0), Sense::hover());
            let outline = outline(marker, rect.center());
            ui.painter().add(Shape::closed_line(outline, Stroke::new(1.2, weak)));
            note(ui, network.name);
        }
    });
    note(ui, format!("Open markers: published in {SOURCE}, on {MEASURED_ON}."));
}

/// The corners of a marker as plots draw it.
fn outline(marker: MarkerShape, centre: Pos2) -> Vec<Pos2> {
    let corners: &[(f32, f32)] = match marker {
        MarkerShape::Up => &[(0.0, -4.5), (4.0, 3.0), (-4.0, 3.0)],
        MarkerShape::Down => &[(0.0, 4.5), (4.0, -3.0), (-4.0, -3.0)],
        _ => &[(0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0)],
    };
    corners.iter().map(|(x, y)| centre + vec2(*x, *y)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::data_set::fixtures::{run_of, set_of};
    use crate::study::Measured;

    #[test]
    fn published_points_say_what_they_were_measured_on_and_own_ones_do_too() {
        let set = Arc::new(set_of(3));
        let runs = [run_of(&set, 1, "CMSA-S")];
        let texts: Vec<String> = readings(&runs).into_iter().map(|read| read.text).collect();
        assert_eq!(texts.len(), 1 + 7);
        let ap = 100.0 * runs[0].measured.figures.evaluation.ap.unwrap();
        assert_eq!(texts[0], format!("CMSA-S, 64×48: AP {ap:.1} on this set"));
        for published in &texts[1..] {
            assert!(published.contains("not on this set") && published.contains("2412.02197"), "{published}");
        }
        assert!(texts[1].starts_with("CMSA-S at 32×24: AP 52.3"), "{}", texts[1]);
    }

    #[test]
    fn a_network_is_one_curve_by_rising_input_unless_it_looks_otherwise() {
        let set = Arc::new(set_of(3));
        let run = |id, input: InputSize, flip_test| {
            let run = run_of(&set, id, "CMSA-S");
            let mut measured: Measured = Arc::unwrap_or_clone(run.measured);
            (measured.row.settings.input, measured.row.settings.flip_test) = (input, flip_test);
            Run { measured: Arc::new(measured), ..run }
        };
        let [small, _, _, large] = InputSize::STANDARD;
        let mut noisy = run(4, small, true);
        Arc::make_mut(&mut noisy.measured).row.settings.capture.noise = 0.25;
        let runs = [run(1, large, true), run(2, small, true), run(3, small, false), noisy];
        let ids: Vec<Vec<u64>> =
            curves(&runs).iter().map(|curve| curve.runs.iter().map(|run| run.id).collect()).collect();
        assert_eq!(ids, [vec![2, 1], vec![3], vec![4]]);
    }
}
