//! Showing the network people who are cut out.

use std::time::Instant;

use image::RgbImage;

use super::error::StudyError;
use crate::engine::{EngineError, Predictor, Settings, View};
use crate::network::EmaTrace;
use crate::pose::{BoundingBox, Pose, Region};

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

/// The tensors of the network's EMA modules for the person in a box, which lies in the picture.
///
/// # Errors
/// When the network fails, or has no EMA modules.
pub(super) fn trace_ema(
    predictor: &Predictor,
    picture: &RgbImage,
    bounds: &BoundingBox,
    settings: &Settings,
) -> Result<Vec<EmaTrace>, StudyError> {
    let region = Region::around(bounds);
    let seen = settings.capture.see(picture, &region, settings.input);
    let found = predictor.ema_traces(&View { bounds: *bounds, region, seen: &seen }, settings)?;
    found.ok_or_else(|| StudyError::NoEma { network: predictor.info().name.clone() })
}
