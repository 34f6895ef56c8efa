//! How curves of a sweep are told apart: inputs by colour and marker, networks by dashes.

use egui::Color32;
use egui_plot::{LineStyle, MarkerShape};

use crate::app::sweep::{CAPTURES, Curve, Run, Standing, Subject};
use crate::app::theme;
use crate::engine::NetworkInfo;
use crate::pose::InputSize;

/// The markers of the standard network inputs, small to large.
const MARKERS: [MarkerShape; 4] =
    [MarkerShape::Circle, MarkerShape::Square, MarkerShape::Diamond, MarkerShape::Up];

/// A curve and how it is drawn.
pub struct Drawn {
    /// The curve.
    pub curve: Curve,
    /// What it is called: its input, and its network where there are several.
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

/// Every curve of these runs, of which the last is the newest.
pub fn drawn(runs: &[Run], subject: Option<&Subject>, network: Option<&NetworkInfo>) -> Vec<Drawn> {
    let several = runs.len() > 1;
    let curves = runs.iter().rev().enumerate().flat_map(|(age, run)| {
        let (standing, complete) = (run.standing(subject, network), run.is_complete());
        let solid = standing == Standing::Present || (standing == Standing::Stale && age == 0);
        run.curves().into_iter().map(move |curve| {
            let (colour, marker) = look(curve.input);
            let complete = complete || curve.points.len() == CAPTURES.len();
            Drawn {
                name: name(&run.network.name, curve.input, several || run.network.square().is_some()),
                colour: if standing == Standing::Stale { theme::STALE } else { colour },
                marker,
                style: line_style(solid, age),
                standing,
                complete,
                curve,
            }
        })
    });
    curves.collect()
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
    fn a_curve_is_called_by_its_input_and_by_its_network_where_there_are_several() {
        let small = Some(InputSize::STANDARD[0]);
        assert_eq!(name("CMSA-S", small, false), "32×24");
        assert_eq!(name("CMSA-S", small, true), "CMSA-S, 32×24");
        assert_eq!(name("MoveNet thunder", None, true), "MoveNet thunder");
    }
}
