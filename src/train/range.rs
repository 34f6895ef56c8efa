//! Numbers that a training is set to, within what makes sense.

use super::error::TrainError;

/// Whether a number is in `low ..= high`; `f64::MIN_POSITIVE` as `low` stands for anything above 0.
///
/// # Errors
/// Names the setting, what was expected and what it is.
pub(super) fn in_range(what: &str, value: f64, low: f64, high: f64) -> Result<(), TrainError> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let low = if low == f64::MIN_POSITIVE { "above 0".to_owned() } else { format!("at least {low}") };
    Err(TrainError::Config(format!("{what}: expected a number {low} and at most {high}, found {value}")))
}
