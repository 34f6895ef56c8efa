//! How B looks at people.

use crate::engine::{NetworkChoice, Settings};
use crate::pose::{InputSize, MAX_HEIGHT, MIN_HEIGHT};

/// Network input and capture height.
pub type Resolution = (InputSize, u32);

/// B's network and settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Capture, network input, decoder, flip test, parts left out.
    pub settings: Settings,
    /// Whether B's capture follows its network input.
    pub linked: bool,
    /// Its network; none for the same as A's.
    pub network: Option<NetworkChoice>,
}

impl Setup {
    /// A first B beside A: the same but for the next smaller input, or a larger one where there is none.
    pub fn beside(settings: &Settings) -> Self {
        let sizes = InputSize::STANDARD;
        let smaller = sizes.into_iter().rev().find(|size| size.height() < settings.input.height());
        let input = smaller.unwrap_or(sizes[1]);
        let mut settings = settings.clone();
        (settings.input, settings.capture.height) = (input, input.height());
        Self { settings, linked: true, network: None }
    }

    /// Input and capture of some settings.
    pub fn resolution(settings: &Settings) -> Resolution {
        (settings.input, settings.capture.height)
    }

    /// Moves B's resolution as A's has moved. What was as A's stays so; an input of its own goes as many steps up or
    /// down, a capture of its own as many times.
    pub fn follow(&mut self, before: Resolution, now: Resolution) {
        let settings = &mut self.settings;
        if before.0 != now.0 {
            settings.input =
                if settings.input == before.0 { now.0 } else { stepped(settings.input, before.0, now.0) };
        }
        let height = settings.capture.height;
        settings.capture.height = match (self.linked, height == before.1) {
            (true, _) => settings.input.height(),
            (false, true) => now.1,
            (false, false) => scaled(height, before.1, now.1),
        };
    }
}

/// An input as many standard sizes further on as lie between two others, as far as there are any.
fn stepped(own: InputSize, before: InputSize, now: InputSize) -> InputSize {
    let sizes = InputSize::STANDARD;
    let place = |size| sizes.iter().position(|known| *known == size);
    match (place(own), place(before), place(now)) {
        (Some(own), Some(before), Some(now)) => {
            sizes[(own + now).saturating_sub(before).min(sizes.len() - 1)]
        }
        _ => own,
    }
}

fn scaled(own: u32, before: u32, now: u32) -> u32 {
    let height = (f64::from(own) * f64::from(now) / f64::from(before.max(1))).round() as u32;
    height.clamp(MIN_HEIGHT, MAX_HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::Preferences;

    fn at(input: usize, height: u32) -> Resolution {
        (InputSize::STANDARD[input], height)
    }

    fn setup(input: usize, height: u32, linked: bool) -> Setup {
        let mut settings = Preferences::default().settings;
        (settings.input, settings.capture.height) = at(input, height);
        Setup { settings, linked, network: None }
    }

    #[test]
    fn the_first_b_is_smaller_where_it_can_be() {
        let beside = |input| Setup::resolution(&Setup::beside(&setup(input, 48, false).settings).settings);
        assert_eq!((beside(2), beside(1), beside(0)), (at(1, 64), at(0, 32), at(1, 64)));
    }

    #[test]
    fn b_goes_as_many_steps_as_a() {
        let mut b = setup(0, 32, true);
        b.follow(at(1, 64), at(3, 128));
        assert_eq!(Setup::resolution(&b.settings), at(2, 96));
        b.follow(at(3, 128), at(0, 32));
        assert_eq!(Setup::resolution(&b.settings), at(0, 32), "there is nothing smaller");
    }

    #[test]
    fn what_was_as_a_has_it_stays_so() {
        let mut b = setup(1, 24, false);
        b.follow(at(1, 24), at(2, 40));
        assert_eq!(Setup::resolution(&b.settings), at(2, 40));
    }

    #[test]
    fn a_capture_of_its_own_keeps_its_proportion() {
        let mut b = setup(1, 16, false);
        b.follow(at(1, 64), at(1, 128));
        assert_eq!(Setup::resolution(&b.settings), at(1, 32));
        b.follow(at(1, 128), at(1, 8));
        assert_eq!(b.settings.capture.height, MIN_HEIGHT);
    }
}
