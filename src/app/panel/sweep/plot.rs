//! A plot against capture height whose points can be read and clicked.

use egui::{Pos2, Role, Sense, Stroke, Ui, WidgetInfo};
use egui_plot::{FilledArea, HLine, Line, LineStyle, Plot, PlotPoints, PlotTransform, PlotUi, Points, VLine};

use super::drawn::Drawn;
use crate::app::captures::CAPTURES;
use crate::app::hint;
use crate::app::still_plot::{self, marks, place, round_marks, still_plot};
use crate::app::sweep::{LIMIT, Measure, Point, Score, Standing};
use crate::pose::InputSize;
use crate::study::Spread;

/// Room left and right of the first and last height, in steps that double the height.
const MARGIN: f64 = 0.15;
/// How near the pointer counts as on a point, in points of the screen.
const NEAR: f32 = 14.0;
/// How strongly a band is filled.
const BAND: f32 = 0.14;
/// Lines that are no curves.
const DOTS: LineStyle = LineStyle::Dotted { spacing: 4.0 };

/// What is drawn against capture height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A score, 0 … 1.
    Score(Measure),
    /// Milliseconds a person; the score stands beside it where points are read.
    Time(Measure),
}

impl Figure {
    fn of(self, point: &Point) -> f64 {
        match self {
            Self::Score(_) => point.score.value,
            Self::Time(_) => point.milliseconds,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Score(measure) => measure.title(),
            Self::Time(_) => "Milliseconds a person against capture height",
        }
    }

    fn is_score(self) -> bool {
        matches!(self, Self::Score(_))
    }

    fn measure(self) -> Measure {
        match self {
            Self::Score(measure) | Self::Time(measure) => measure,
        }
    }
}

/// What was pressed in a plot.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pressed {
    /// The network input and the capture height of a point that was clicked.
    pub go_to: Option<(Option<InputSize>, u32)>,
    /// Whether a double click asks for more room, or gives it back.
    pub wants_room: bool,
}

/// Draws the curves, `height` points high, and tells of the point under the pointer. `present` is the capture height on
/// the screen.
pub fn show(ui: &mut Ui, figure: Figure, curves: &[Drawn], present: Option<u32>, height: f32) -> Pressed {
    let (weak, text) = (ui.visuals().weak_text_color(), ui.visuals().text_color());
    let plot = frame(ui, figure).height(height).show(ui, |plot| {
        if figure.is_score() {
            plot.hline(HLine::new("limit", LIMIT).color(weak).style(DOTS));
        }
        if let Some(present) = present {
            plot.vline(VLine::new("present", place(present)).color(text).style(DOTS));
        }
        for drawn in curves {
            if figure.is_score() {
                band(plot, drawn);
            }
            curve(plot, drawn, figure);
        }
    });
    plot.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, figure.name()));
    let near = plot.response.hover_pos().and_then(|at| nearest(curves, figure, &plot.transform, at));
    let Some((drawn, point, at)) = near else {
        return Pressed { go_to: None, wants_room: plot.response.double_clicked() };
    };
    ui.painter().circle_stroke(at, 7.0, Stroke::new(1.5, ui.visuals().strong_text_color()));
    let clicked = plot.response.clicked();
    hint::over_plot(plot.response, reading(drawn, point, figure.measure()));
    Pressed { go_to: clicked.then_some((drawn.curve.input, point.capture)), wants_room: false }
}

fn frame<'a>(ui: &Ui, figure: Figure) -> Plot<'a> {
    let ends = CAPTURES.first().zip(CAPTURES.last());
    let (from, to) = ends.map_or((0.0, 1.0), |(first, last)| (place(*first), place(*last)));
    let plot = still_plot(ui, ("sweep", figure.is_score()))
        .sense(Sense::click())
        .default_x_bounds(from - MARGIN, to + MARGIN)
        .x_grid_spacer(|_| marks(CAPTURES.map(place)))
        .x_axis_formatter(|mark, _| format!("{:.0}", mark.value.exp2()));
    if figure.is_score() {
        plot.default_y_bounds(0.0, 1.03)
            .y_grid_spacer(|_| marks([0.0, 0.25, 0.5, 0.75, 1.0]))
            .y_axis_formatter(|mark, _| format!("{:.2}", mark.value))
    } else {
        // Of a fast network the steps are parts of a millisecond.
        plot.include_y(0.0)
            .include_y(1.0)
            .y_grid_spacer(round_marks)
            .y_axis_formatter(|mark, _| format!("{:.*}", usize::from(mark.step_size < 1.0), mark.value))
    }
}

fn curve(plot: &mut PlotUi<'_>, drawn: &Drawn, figure: Figure) {
    let places = || -> PlotPoints<'static> {
        drawn.curve.points.iter().map(|point| [place(point.capture), figure.of(point)]).collect()
    };
    let line = Line::new(drawn.name.as_str(), places()).color(drawn.colour).width(1.5).style(drawn.style);
    plot.line(line.allow_hover(false));
    let points = Points::new(drawn.name.as_str(), places()).color(drawn.colour).shape(drawn.marker);
    plot.points(points.radius(3.5).allow_hover(false));
}

/// The middle half of the people; nothing where there is one.
fn band(plot: &mut PlotUi<'_>, drawn: &Drawn) {
    let spreads = drawn.curve.points.iter().filter_map(|point| Some((point.capture, point.score.spread?)));
    let spreads: Vec<(u32, Spread)> = spreads.collect();
    if drawn.standing == Standing::Stale || spreads.iter().all(|(_, spread)| spread.count < 2) {
        return;
    }
    let places: Vec<f64> = spreads.iter().map(|(capture, _)| place(*capture)).collect();
    let (low, high): (Vec<f64>, Vec<f64>) =
        spreads.iter().map(|(_, spread)| (spread.quartiles[0], spread.quartiles[2])).unzip();
    let area = FilledArea::new(drawn.name.as_str(), &places, &low, &high);
    plot.add(area.fill_color(drawn.colour.gamma_multiply(BAND)).allow_hover(false));
}

/// The point under the pointer, with where it is on the screen.
fn nearest<'a>(
    curves: &'a [Drawn],
    figure: Figure,
    transform: &PlotTransform,
    pointer: Pos2,
) -> Option<(&'a Drawn, &'a Point, Pos2)> {
    let places = curves.iter().flat_map(|drawn| {
        let points = drawn.curve.points.iter();
        points.map(move |point| ((drawn, point), [place(point.capture), figure.of(point)]))
    });
    let ((drawn, point), at) = still_plot::nearest(places, transform, pointer, NEAR)?;
    Some((drawn, point, at))
}

/// What a point says.
fn reading(drawn: &Drawn, point: &Point, measure: Measure) -> String {
    let score = match point.score {
        Score { value, spread: Some(spread) } if spread.count > 1 => {
            format!("{value:.2} ± {:.2} over {} people", spread.deviation, spread.count)
        }
        Score { value, .. } => format!("{value:.2}"),
    };
    let (name, capture, milliseconds) = (&drawn.name, point.capture, point.milliseconds);
    format!("{name}, captured at {capture} px\n{} {score}\n{milliseconds:.1} ms a person", measure.term())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sweep::Curve;
    use crate::app::theme;

    fn drawn(scores: &[f64]) -> (Drawn, Point) {
        let score = Score::from(Spread::of(scores).unwrap());
        let point = Point { capture: 32, score, milliseconds: 12.34 };
        let drawn = Drawn {
            curve: Curve { input: Some(InputSize::STANDARD[1]), points: vec![point] },
            name: "64×48".to_owned(),
            colour: theme::SQUARE,
            marker: egui_plot::MarkerShape::Circle,
            style: LineStyle::Solid,
            standing: Standing::Present,
            complete: true,
        };
        (drawn, point)
    }

    #[test]
    fn a_point_says_input_capture_score_people_and_time() {
        let (single, point) = drawn(&[0.5]);
        let told = reading(&single, &point, Measure::Accuracy);
        assert_eq!(told, "64×48, captured at 32 px\nOKS 0.50\n12.3 ms a person");
        let (several, point) = drawn(&[0.25, 0.75]);
        let told = reading(&several, &point, Measure::Agreement);
        assert!(told.contains("Agreement 0.50 ± 0.25 over 2 people"), "{told}");
        let together = Point { score: Score::alone(0.375), ..point };
        assert!(reading(&several, &together, Measure::Precision).contains("\nAP 0.38\n"));
    }
}
