//! Showing the network people who are cut out.

use std::time::Instant;

use crate::engine::{EngineError, Predictor, Settings, View};
use crate::pose::Pose;

/// The joints of everybody, and the milliseconds from what was captured to them.
pub(super) fn find(
    predictor: &Predictor,
    views: &[View<'_>],
    settings: &Settings,
) -> Result<(Vec<Pose>, f64), EngineError> {
    let started = Instant::now();
    let found = predictor.find(views, settings)?;
    let milliseconds = started.elapsed().as_secs_f64() * 1e3;
    Ok((found.into_iter().map(|found| found.pose).collect(), milliseconds))
}

/// Runs the network once outside the clock, since libtorch prepares itself at the first run of a shape.
pub(super) fn warm_up(
    predictor: &Predictor,
    views: &[View<'_>],
    settings: &Settings,
) -> Result<(), EngineError> {
    match views {
        [] => Ok(()),
        [first, ..] => find(predictor, &[*first], settings).map(|_| ()),
    }
}
