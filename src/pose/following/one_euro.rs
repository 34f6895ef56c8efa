//! The one-euro filter: Casiez, Roussel, Vogel, "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in
//! Interactive Systems", CHI 2012. A low-pass filter whose cutoff rises with the speed: still things do not tremble,
//! and fast ones do not lag.

use std::f64::consts::TAU;

/// Cutoff of a joint at rest, in hertz: the lower, the calmer.
const MIN_CUTOFF: f64 = 1.0;
/// What a speed of one person's size a second adds to the cutoff, in hertz: the higher, the less lag.
const BETA: f64 = 10.0;
/// Cutoff of the speed itself, in hertz.
const D_CUTOFF: f64 = 1.0;

/// One coordinate, smoothed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OneEuro {
    /// Where it is shown, in pixels.
    value: f64,
    /// Where it was found last, in pixels.
    raw: f64,
    /// Its smoothed speed in pixels a second.
    speed: f64,
}

impl OneEuro {
    /// At rest at the first value.
    pub fn at(value: f64) -> Self {
        Self { value, raw: value, speed: 0.0 }
    }

    /// Takes in the value found `seconds` (above 0) later, of a person of `size` pixels, and gives the smoothed one.
    pub fn next(&mut self, raw: f64, seconds: f64, size: f64) -> f64 {
        // From raw value to raw value, as in the authors' later program: the speed of a ramp is exact then.
        let speed = (raw - self.raw) / seconds;
        self.speed += weight(D_CUTOFF, seconds) * (speed - self.speed);
        let cutoff = MIN_CUTOFF + BETA * self.speed.abs() / size;
        self.value += weight(cutoff, seconds) * (raw - self.value);
        self.raw = raw;
        self.value
    }
}

/// The weight of a new value in a first-order low-pass filter, 0 … 1, `seconds` after the one before.
fn weight(cutoff: f64, seconds: f64) -> f64 {
    let turned = TAU * cutoff * seconds;
    turned / (turned + 1.0)
}
