//! What the figures of an evaluation are called.

use super::evaluate::Evaluation;

/// A figure of an evaluation, with the name it has in publications.
pub type NamedFigure = (&'static str, fn(&Evaluation) -> Option<f64>);

impl Evaluation {
    /// COCO's ten figures and those of small people, in the order of the reference evaluation.
    pub const FIGURES: [NamedFigure; 12] = [
        ("AP", |e| e.ap),
        ("AP .50", |e| e.ap50),
        ("AP .75", |e| e.ap75),
        ("AP medium", |e| e.ap_medium),
        ("AP large", |e| e.ap_large),
        ("AR", |e| e.ar),
        ("AR .50", |e| e.ar50),
        ("AR .75", |e| e.ar75),
        ("AR medium", |e| e.ar_medium),
        ("AR large", |e| e.ar_large),
        ("AP small (not in COCO)", |e| e.small_ap),
        ("AR small (not in COCO)", |e| e.small_ar),
    ];
}
