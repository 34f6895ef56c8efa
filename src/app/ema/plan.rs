//! At which settings EMA is looked at over people.

use crate::app::captures::CAPTURES;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;

/// What figures are drawn against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// The network input, each captured at its own size.
    Input,
    /// The capture height, at one network input.
    Capture,
}

impl Axis {
    /// Both, in the order of the plots.
    pub const ALL: [Self; 2] = [Self::Input, Self::Capture];
}

/// The settings of a run, and which of them stand on which axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The network input of the capture axis.
    pub input: InputSize,
    /// Every setting once.
    pub settings: Vec<Settings>,
    inputs: Vec<(u32, usize)>,
    captures: Vec<(u32, usize)>,
}

impl Plan {
    /// The standard inputs that a network takes, and [`CAPTURES`] at the input of `view`; otherwise as `view`.
    pub fn of(network: &NetworkInfo, view: &Settings) -> Self {
        let mut plan =
            Self { input: view.input, settings: Vec::new(), inputs: Vec::new(), captures: Vec::new() };
        for input in InputSize::STANDARD.into_iter().filter(|size| network.takes(*size)) {
            let place = plan.place(view, input, input.height());
            plan.inputs.push((input.height(), place));
        }
        for height in CAPTURES {
            let place = plan.place(view, view.input, height);
            plan.captures.push((height, place));
        }
        plan
    }

    /// Rows of pixels on an axis, small to large, each with the place of its setting.
    pub fn on(&self, axis: Axis) -> &[(u32, usize)] {
        match axis {
            Axis::Input => &self.inputs,
            Axis::Capture => &self.captures,
        }
    }

    /// The place of a setting, which is put in where it is missing.
    fn place(&mut self, view: &Settings, input: InputSize, height: u32) -> usize {
        let mut settings = Settings { input, flip_test: false, ..view.clone() };
        settings.capture.height = height;
        let known = self.settings.iter().position(|known| *known == settings);
        known.unwrap_or_else(|| {
            self.settings.push(settings);
            self.settings.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixtures::network;
    use crate::app::preferences::Preferences;
    use crate::network::NetworkConfig;

    #[test]
    fn a_setting_that_stands_on_both_axes_is_looked_at_once() {
        let mut view = Preferences::default().settings;
        view.flip_test = true;
        let plan = Plan::of(&network(NetworkConfig::small().with_ema(8)), &view);
        let heights = |axis: Axis| plan.on(axis).iter().map(|(height, _)| *height).collect::<Vec<u32>>();
        assert_eq!(
            (heights(Axis::Input), heights(Axis::Capture)),
            (vec![32, 64, 96, 128], CAPTURES.to_vec())
        );
        assert_eq!(plan.settings.len(), 4 + CAPTURES.len() - 1, "64×48 captured at 64 rows is on both");
        for axis in Axis::ALL {
            for (height, place) in plan.on(axis) {
                let settings = &plan.settings[*place];
                assert!(settings.capture.height == *height && !settings.flip_test);
                let input = if axis == Axis::Input { *height } else { view.input.height() };
                assert_eq!(settings.input.height(), input);
            }
        }
    }
}
