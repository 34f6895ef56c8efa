//! Showing the network people who are cut out.

use std::time::Instant;

use image::RgbImage;

use super::error::StudyError;
use crate::engine::{EngineError, Predictor, Settings, View};
use crate::network::Trace;
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

/// What the network computes on the way to the joints of the person in a box, which lies in the picture.
///
/// # Errors
/// When the network fails, or has no EMA modules.
pub(super) fn trace_ema(
    predictor: &Predictor,
    picture: &RgbImage,
    bounds: &BoundingBox,
    settings: &Settings,
) -> Result<Trace, StudyError> {
    let info = predictor.info();
    let without = || StudyError::NoEma { network: info.name.clone() };
    if info.config.as_ref().is_none_or(|config| config.ema_groups.is_none()) {
        return Err(without());
    }
    let region = Region::around(bounds);
    let seen = settings.capture.see(picture, &region, settings.input);
    predictor.trace(&View { bounds: *bounds, region, seen: &seen }, settings)?.ok_or_else(without)
}
