//! Loss scaling for training in 16 bits (mixed precision training, arXiv 1710.03740): small gradients would
//! vanish in float16, so the loss is multiplied by as much as does not overflow.

use serde::{Deserialize, Serialize};

/// The scale is doubled after this many steps without overflow.
const PATIENCE: u32 = 2000;
/// No loss is scaled by more.
const MAX_SCALE: f64 = 16_777_216.0;

/// The current scale; dynamic, as PyTorch's `GradScaler` adjusts it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct GradScaler {
    /// Factor on the loss.
    pub scale: f64,
    /// Steps since it last changed.
    pub steps: u32,
}

impl Default for GradScaler {
    fn default() -> Self {
        Self { scale: 65_536.0, steps: 0 }
    }
}

impl GradScaler {
    /// Whether training can have come to this.
    ///
    /// # Errors
    /// Says what was expected and what was found.
    pub fn check(&self) -> Result<(), String> {
        match self.scale > 0.0 && self.scale <= MAX_SCALE && self.steps < PATIENCE {
            true => Ok(()),
            false => Err(format!(
                "expected a loss scale above 0 and up to {MAX_SCALE} for less than {PATIENCE} steps, found {} for {}",
                self.scale, self.steps
            )),
        }
    }

    /// Takes note of whether a step's gradient was finite. Gives whether the scale can still be lowered; if not,
    /// the overflow is no matter of scale.
    pub fn update(&mut self, finite: bool) -> bool {
        if !finite {
            *self = Self { scale: self.scale / 2.0, steps: 0 };
            return self.scale >= 1.0;
        }
        self.steps += 1;
        if self.steps >= PATIENCE {
            *self = Self { scale: (self.scale * 2.0).min(MAX_SCALE), steps: 0 };
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_falls_on_overflow_and_rises_with_patience() {
        let mut scaler = GradScaler::default();
        assert!(scaler.update(false));
        assert_eq!(scaler.scale, 32_768.0);
        (0..PATIENCE).for_each(|_| assert!(scaler.update(true)));
        assert_eq!(scaler, GradScaler::default());
        assert!((0..16).all(|_| scaler.update(false)));
        assert!(!scaler.update(false));
    }
}
