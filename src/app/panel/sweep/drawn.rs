//! How curves of a sweep are told apart: inputs and joints by colour and marker, networks and single joints by dashes.

use egui::Color32;
use egui_plot::{LineStyle, MarkerShape};

use crate::app::captures::CAPTURES;
use crate::app::sweep::{
    Chosen, Crossing, Curve, LIMIT, Measure, Part, Run, Standing, Subject, Sweep, crossing,
};
use crate::app::theme;
use crate::engine::NetworkInfo;
use crate::pose::{InputSize, Side, side};

/// The markers of the standard network inputs, small to large.
const MARKERS: [MarkerShape; 4] =
    [MarkerShape::Circle, MarkerShape::Square, MarkerShape::Diamond, MarkerShape::Up];
/// The markers of the parts of the body, from the head down.
const PART_MARKERS: [MarkerShape; Part::GROUPS] = [
    MarkerShape::Circle,
    MarkerShape::Square,
    MarkerShape::Diamond,
    MarkerShape::Up,
    MarkerShape::Down,
    MarkerShape::Plus,
    MarkerShape::Cross,
];

/// A curve and how it is drawn.
#[derive(Clone)]
pub struct Drawn {
    /// The curve.
    pub curve: Curve,
    /// What it is called: its input, and its network where there are several; or its joints.
    pub name: String,
    /// Its colour.
    pub colour: Color32,
    /// Its points.
    pub marker: MarkerShape,
    /// Its line.
    pub style: LineStyle,
    /// Whether it is about what is on the screen.
    pub standing: Standing,
    /// Whether all of it was measured.
    pub complete: bool,
}

/// Every curve that is chosen of a sweep; those by joint are at a network input, where the newest run has it.
pub fn drawn(
    sweep: &Sweep,
    subject: Option<&Subject>,
    network: Option<&NetworkInfo>,
    input: InputSize,
) -> Vec<Drawn> {
    let Some(newest) = sweep.runs().last() else { return Vec::new() };
    match (sweep.chosen.by_joint, sweep.measure_shown()) {
        (true, Some(measure)) => {
            let standing = newest.standing(subject, network);
            by_joint(newest, &sweep.chosen, measure, standing, input)
        }
        (_, Some(measure)) => by_input(sweep.runs(), measure, subject, network),
        (_, None) => Vec::new(),
    }
}

/// Every curve of these runs, of which the last is the newest.
fn by_input(
    runs: &[Run],
    measure: Measure,
    subject: Option<&Subject>,
    network: Option<&NetworkInfo>,
) -> Vec<Drawn> {
    let several = runs.len() > 1;
    let curves = runs.iter().rev().enumerate().flat_map(|(age, run)| {
        let (standing, complete) = (run.standing(subject, network), run.is_complete());
        let solid = standing == Standing::Present || (standing == Standing::Stale && age == 0);
        run.curves(measure).into_iter().map(move |curve| {
            let (colour, marker) = look(curve.input);
            Drawn {
                name: name(&run.network.name, curve.input, several || run.network.square().is_some()),
                colour: if standing == Standing::Stale { theme::STALE } else { colour },
                marker,
                style: line_style(solid, age),
                standing,
                complete: complete || is_whole(&curve),
                curve,
            }
        })
    });
    curves.collect()
}

/// The curves of the chosen joints in a run, those that fail first before the others once all is measured.
fn by_joint(
    run: &Run,
    chosen: &Chosen,
    measure: Measure,
    standing: Standing,
    input: InputSize,
) -> Vec<Drawn> {
    let of_part = |part: &Part| {
        let curve = run.part_curve(input, *part, measure)?;
        let (colour, marker, style) = part_look(*part);
        Some(Drawn {
            name: part.name().to_owned(),
            colour: if standing == Standing::Stale { theme::STALE } else { colour },
            marker,
            style,
            standing,
            complete: run.is_complete() || is_whole(&curve),
            curve,
        })
    };
    let mut curves: Vec<Drawn> = chosen.parts().iter().filter_map(of_part).collect();
    if curves.iter().all(|drawn| drawn.complete) {
        curves.sort_by(|a, b| fails_below(&b.curve).total_cmp(&fails_below(&a.curve)));
    }
    curves
}

/// The height under which a curve is too low: the larger, the sooner it fails as a person gets smaller. Infinite where
/// it is too low everywhere, below 0 where there is nothing to say.
fn fails_below(curve: &Curve) -> f64 {
    match crossing(&curve.scores(), LIMIT) {
        Some(Crossing::Everywhere) => f64::INFINITY,
        Some(Crossing::Below(height) | Crossing::Outside(height, _)) => height,
        Some(Crossing::Above(_) | Crossing::Never) => 0.0,
        None => -1.0,
    }
}

fn is_whole(curve: &Curve) -> bool {
    curve.points.len() == CAPTURES.len()
}

fn line_style(solid: bool, age: usize) -> LineStyle {
    match (solid, age) {
        (true, _) => LineStyle::Solid,
        (false, 0 | 1) => LineStyle::Dashed { length: 8.0 },
        (false, _) => LineStyle::Dotted { spacing: 5.0 },
    }
}

fn look(input: Option<InputSize>) -> (Color32, MarkerShape) {
    let place = InputSize::STANDARD.iter().position(|size| Some(*size) == input);
    let of_input = place.and_then(|place| Some((*theme::INPUTS.get(place)?, *MARKERS.get(place)?)));
    of_input.unwrap_or((theme::SQUARE, MarkerShape::Asterisk))
}

/// A single joint has the colour of its group, and a marker that points to its side.
fn part_look(part: Part) -> (Color32, MarkerShape, LineStyle) {
    let colour = theme::PARTS.get(part.group()).copied().unwrap_or(theme::SQUARE);
    match part {
        Part::Group(group) => {
            let marker = PART_MARKERS.get(group).copied().unwrap_or(MarkerShape::Asterisk);
            (colour, marker, LineStyle::Solid)
        }
        Part::Joint(joint) => {
            let marker = match side(joint) {
                Side::Left => MarkerShape::Left,
                Side::Right => MarkerShape::Right,
                Side::Middle => MarkerShape::Asterisk,
            };
            (colour, marker, LineStyle::Dashed { length: 6.0 })
        }
    }
}

fn name(network: &str, input: Option<InputSize>, with_network: bool) -> String {
    match input {
        Some(input) if with_network => format!("{network}, {input}"),
        Some(input) => input.to_string(),
        None => network.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sweep::{Point, Score};

    #[test]
    fn inputs_differ_by_colour_and_marker() {
        let looks: Vec<_> = InputSize::STANDARD.into_iter().map(Some).chain([None]).map(look).collect();
        for (i, (colour, marker)) in looks.iter().enumerate() {
            for (other, shape) in &looks[i + 1..] {
                assert!(colour != other && marker != shape);
            }
        }
    }

    #[test]
    fn groups_differ_by_colour_and_marker_and_sides_by_marker() {
        let looks: Vec<_> = Part::groups().map(part_look).collect();
        for (i, (colour, marker, _)) in looks.iter().enumerate() {
            for (other, shape, _) in &looks[i + 1..] {
                assert!(colour != other && marker != shape);
            }
        }
        let (left, right) = (part_look(Part::Joint(9)), part_look(Part::Joint(10)));
        assert!(left.0 == right.0 && left.1 != right.1 && left.0 == part_look(Part::Group(3)).0);
    }

    #[test]
    fn the_sooner_a_curve_fails_the_larger_is_its_height() {
        let curve = |scores: [f64; 3]| {
            let point = |(capture, value)| Point { capture, score: Score::alone(value), milliseconds: 1.0 };
            Curve { input: None, points: [8, 16, 32].into_iter().zip(scores).map(point).collect() }
        };
        let heights = [[0.1, 0.2, 0.3], [0.1, 0.25, 0.75], [0.25, 0.75, 0.9], [0.6, 0.7, 0.8]]
            .map(|scores| fails_below(&curve(scores)));
        assert_eq!(heights, [f64::INFINITY, 24.0, 12.0, 0.0]);
        assert!(fails_below(&Curve { input: None, points: Vec::new() }) < 0.0);
    }

    #[test]
    fn a_curve_is_called_by_its_input_and_by_its_network_where_there_are_several() {
        let small = Some(InputSize::STANDARD[0]);
        assert_eq!(name("CMSA-S", small, false), "32×24");
        assert_eq!(name("CMSA-S", small, true), "CMSA-S, 32×24");
        assert_eq!(name("MoveNet thunder", None, true), "MoveNet thunder");
    }
}
