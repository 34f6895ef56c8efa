//! Where each curve falls too low, in words.

use egui::{RichText, Ui};

use super::drawn::Drawn;
use crate::app::panel::dot;
use crate::app::sweep::{Measure, Standing, Sweep, in_words};

/// Room for a sentence, in points.
const LINE: f32 = 22.0;
/// Sentences that have room in every case: those of the standard network inputs.
const USUAL: usize = 4;

/// The height of so many sentences, and of four at least, in points.
pub fn height(curves: usize) -> f32 {
    curves.max(USUAL) as f32 * LINE
}

/// A sentence for each curve, beside its colour.
pub fn ui(ui: &mut Ui, curves: &[Drawn], measure: Measure, sweep: &Sweep) {
    let at_work = sweep.stage().is_some();
    ui.vertical(|ui| {
        ui.set_min_height(height(curves.len()));
        for drawn in curves {
            line(ui, drawn, &sentence(drawn, measure, at_work));
        }
    });
}

/// What a curve says, after its name.
pub fn sentence(drawn: &Drawn, measure: Measure, at_work: bool) -> String {
    let told = match (drawn.complete, in_words(measure.name(), &drawn.curve.scores())) {
        (true, Some(told)) => told,
        (true, None) => "nobody could be measured".to_owned(),
        (false, _) if at_work => "being measured…".to_owned(),
        (false, _) => "not measured to the end".to_owned(),
    };
    format!("{}: {told}", drawn.name)
}

/// A sentence beside the colour of its curve.
pub fn line(ui: &mut Ui, drawn: &Drawn, sentence: &str) {
    let text = RichText::new(sentence).small();
    ui.horizontal_wrapped(|ui| {
        dot(ui, drawn.colour);
        ui.label(if drawn.standing == Standing::Stale { text.weak() } else { text });
    });
}
