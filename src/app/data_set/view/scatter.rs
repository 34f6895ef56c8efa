//! OKS of everybody against their height in the picture.

use egui::{Color32, Sense, Stroke, Ui};
use egui_plot::{PlotPoints, Points};

use super::plots::{frame, named};
use crate::app::data_set::act::Wish;
use crate::app::data_set::choices::PlotKind;
use crate::app::hint;
use crate::app::panel::note;
use crate::app::still_plot::{marks, nearest};
use crate::study::PersonResult;

/// How near the pointer counts as on a point, in points of the screen.
const NEAR: f32 = 8.0;
/// Size of a point in points of the screen.
const RADIUS: f32 = 1.8;
/// Heights that are marked: doubled from 8 to 1024 pixels.
const MARKS: std::ops::RangeInclusive<i32> = 3..=10;

/// Draws everybody who was found; gives a person who was clicked, by place.
pub fn ui(ui: &mut Ui, people: &[PersonResult], colour: Color32) -> Option<Wish> {
    let points: PlotPoints<'_> = people.iter().filter_map(place).collect();
    let points = Points::new("people", points).radius(RADIUS).color(colour.gamma_multiply(0.7));
    let frame = frame(ui, PlotKind::Heights)
        .sense(Sense::click())
        .default_y_bounds(-0.03, 1.05)
        .include_x(5.0)
        .include_x(7.0)
        .x_grid_spacer(|input| {
            // A plot writes the numbers of marks beyond its ends beside itself.
            let (from, to) = input.bounds;
            marks(MARKS.map(f64::from).filter(|mark| (from..=to).contains(mark)))
        })
        .x_axis_formatter(|mark, _| format!("{:.0}", mark.value.exp2()))
        .y_grid_spacer(|_| marks([0.0, 0.5, 1.0]))
        .y_axis_formatter(|mark, _| format!("{:.1}", mark.value));
    let drawn = frame.show(ui, |plot| plot.points(points.allow_hover(false)));
    named(&drawn, PlotKind::Heights);
    let clicked = drawn.response.clicked();
    let found = people.iter().enumerate().filter_map(|(index, person)| Some((index, place(person)?)));
    let pointed =
        drawn.response.hover_pos().and_then(|pointer| nearest(found, &drawn.transform, pointer, NEAR));
    note(ui, "Height of the labelled box in picture pixels. A click on a point shows that person.");
    let (index, at) = pointed?;
    let (person, stroke) = (people.get(index)?, Stroke::new(1.5, ui.visuals().strong_text_color()));
    ui.painter().circle_stroke(at, 4.0, stroke);
    let oks = person.oks.unwrap_or_default();
    hint::over_plot(drawn.response, format!("OKS {oks:.2}, {:.0} px tall", person.height));
    clicked.then_some(Wish::Show(index))
}

/// Where somebody stands: heights that double are equally far apart. None for whoever was not found.
fn place(person: &PersonResult) -> Option<[f64; 2]> {
    Some([person.height.max(1.0).log2(), person.oks?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::data_set::fixtures::person;

    #[test]
    fn doubled_heights_are_equally_far_apart_and_whoever_was_not_found_is_no_point() {
        assert_eq!(place(&person(0, Some(0.5), 64.0)), Some([6.0, 0.5]));
        assert_eq!(place(&person(0, Some(0.5), 128.0)), Some([7.0, 0.5]));
        assert_eq!(place(&person(0, Some(1.0), 0.25)), Some([0.0, 1.0]));
        assert_eq!(place(&person(0, None, 64.0)), None);
    }
}
