//! A plot against capture height whose points can be read and clicked.

use egui::{Pos2, Role, Sense, Stroke, Ui, WidgetInfo};
use egui_plot::{
    FilledArea, GridMark, HLine, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotTransform, PlotUi, Points,
    VLine,
};

use super::drawn::Drawn;
use crate::app::sweep::{CAPTURES, LIMIT, Measure, Point, Standing};
use crate::pose::InputSize;

/// Room left and right of the first and last height, in steps that double the height.
const MARGIN: f64 = 0.15;
/// Room for the numbers left of the curves, in points.
const AXIS: f32 = 30.0;
/// How near the pointer counts as on a point, in points of the screen.
const NEAR: f32 = 14.0;
/// How strongly a band is filled.
const BAND: f32 = 0.14;
/// A step between marks so wide, in units of either axis, that a plot leaves out the numbers of none of them.
const EVERY_MARK: f64 = 4.0;
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
    fn height(self) -> f32 {
        match self {
            Self::Score(_) => 220.0,
            Self::Time(_) => 110.0,
        }
    }

    fn of(self, point: &Point) -> f64 {
        match self {
            Self::Score(_) => point.score.mean,
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

/// Draws the curves and tells of the point under the pointer; gives the network input and the capture height of one
/// that was clicked. `present` is the capture height on the screen.
pub fn show(ui: &mut Ui, figure: Figure, curves: &[Drawn], present: u32) -> Option<(Option<InputSize>, u32)> {
    let (weak, text) = (ui.visuals().weak_text_color(), ui.visuals().text_color());
    let plot = frame(ui, figure).show(ui, |plot| {
        if figure.is_score() {
            plot.hline(HLine::new("limit", LIMIT).color(weak).style(DOTS));
        }
        plot.vline(VLine::new("present", place(present)).color(text).style(DOTS));
        for drawn in curves {
            if figure.is_score() {
                band(plot, drawn);
            }
            curve(plot, drawn, figure);
        }
    });
    plot.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, figure.name()));
    let pointer = plot.response.hover_pos()?;
    let (drawn, point, at) = nearest(curves, figure, &plot.transform, pointer)?;
    ui.painter().circle_stroke(at, 7.0, Stroke::new(1.5, ui.visuals().strong_text_color()));
    let clicked = plot.response.clicked();
    plot.response.on_hover_text_at_pointer(reading(drawn, point, figure.measure()));
    clicked.then_some((drawn.curve.input, point.capture))
}

/// Where a capture height stands: heights that double are equally far apart.
fn place(height: u32) -> f64 {
    f64::from(height.max(1)).log2()
}

fn frame<'a>(ui: &Ui, figure: Figure) -> Plot<'a> {
    let ends = CAPTURES.first().zip(CAPTURES.last());
    let (from, to) = ends.map_or((0.0, 1.0), |(first, last)| (place(*first), place(*last)));
    let plot = Plot::new(("sweep", figure.is_score()))
        .width(ui.available_width())
        .height(figure.height())
        .sense(Sense::click())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .y_axis_min_width(AXIS)
        .default_x_bounds(from - MARGIN, to + MARGIN)
        .x_grid_spacer(|_| {
            CAPTURES.map(|height| GridMark { value: place(height), step_size: EVERY_MARK }).to_vec()
        })
        .x_axis_formatter(|mark, _| format!("{:.0}", mark.value.exp2()));
    if figure.is_score() {
        plot.default_y_bounds(0.0, 1.03)
            .y_grid_spacer(|_| {
                [0.0, 0.25, 0.5, 0.75, 1.0].map(|value| GridMark { value, step_size: EVERY_MARK }).into()
            })
            .y_axis_formatter(|mark, _| format!("{:.2}", mark.value))
    } else {
        plot.include_y(0.0).include_y(1.0).y_axis_formatter(|mark, _| format!("{:.0}", mark.value))
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
    let points = &drawn.curve.points;
    if drawn.standing == Standing::Stale || points.iter().all(|point| point.score.count < 2) {
        return;
    }
    let places: Vec<f64> = points.iter().map(|point| place(point.capture)).collect();
    let (low, high): (Vec<f64>, Vec<f64>) =
        points.iter().map(|point| (point.score.quartiles[0], point.score.quartiles[2])).unzip();
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
        drawn.curve.points.iter().map(move |point| {
            let at = PlotPoint::new(place(point.capture), figure.of(point));
            (drawn, point, transform.position_from_point(&at))
        })
    });
    places
        .filter(|(.., at)| at.distance(pointer) <= NEAR)
        .min_by(|a, b| a.2.distance(pointer).total_cmp(&b.2.distance(pointer)))
}

/// What a point says.
fn reading(drawn: &Drawn, point: &Point, measure: Measure) -> String {
    let score = point.score;
    let score = match score.count {
        1 => format!("{:.2}", score.mean),
        people => format!("{:.2} ± {:.2} over {people} people", score.mean, score.deviation),
    };
    let (name, capture, milliseconds) = (&drawn.name, point.capture, point.milliseconds);
    let title = match measure {
        Measure::Accuracy => "OKS",
        Measure::Agreement => "Agreement",
    };
    format!("{name}, captured at {capture} px\n{title} {score}\n{milliseconds:.1} ms a person")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sweep::Curve;
    use crate::app::theme;
    use crate::study::Spread;

    fn drawn(scores: &[f64]) -> (Drawn, Point) {
        let score = Spread::of(scores).unwrap();
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
    }

    #[test]
    fn doubled_heights_are_equally_far_apart() {
        assert_eq!((place(8), place(16), place(128)), (3.0, 4.0, 7.0));
        assert_eq!(place(0), 0.0);
    }
}
