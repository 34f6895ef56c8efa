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

    /// Moves B's resolution as A's has moved since both were tied. What was as A's stays so; an input of its own goes as
    /// many steps up or down, a capture of its own as many times. Ties them anew where B was moved by itself.
    pub fn follow(&mut self, tie: &mut Option<Tie>, now: Resolution) {
        let own = Self::resolution(&self.settings);
        let Some(tie) = tie.as_mut().filter(|tie| tie.last_of_b == own) else {
            *tie = Some(Tie { a: now, b: own, last_of_a: now, last_of_b: own });
            return;
        };
        if tie.last_of_a != now {
            self.go_along(tie, now);
            (tie.last_of_a, tie.last_of_b) = (now, Self::resolution(&self.settings));
        }
    }

    fn go_along(&mut self, tie: &Tie, now: Resolution) {
        let ((input_of_a, height_of_a), (input, height)) = (tie.a, tie.b);
        let settings = &mut self.settings;
        settings.input = match input == input_of_a {
            true => now.0,
            false => stepped(input, input_of_a, now.0),
        };
        settings.capture.height = match (self.linked, height == height_of_a) {
            (true, _) => settings.input.height(),
            (false, true) => now.1,
            (false, false) => scaled(height, height_of_a, now.1),
        };
    }
}

/// From where on B's resolution moves with A's: whatever the ends of the sliders hold back comes again on the way back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    a: Resolution,
    b: Resolution,
    /// Where both were when they were looked at last.
    last_of_a: Resolution,
    last_of_b: Resolution,
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

    /// B's resolution after A has gone from one to the next.
    fn after(b: &mut Setup, of_a: &[Resolution]) -> Resolution {
        let mut tie = None;
        of_a.iter().for_each(|now| b.follow(&mut tie, *now));
        Setup::resolution(&b.settings)
    }

    #[test]
    fn b_goes_as_many_steps_as_a() {
        let mut b = setup(0, 32, true);
        assert_eq!(after(&mut b, &[at(1, 64), at(3, 128)]), at(2, 96));
        assert_eq!(after(&mut b, &[at(3, 128), at(0, 32)]), at(0, 32), "there is nothing smaller");
    }

    #[test]
    fn the_way_back_leads_to_where_b_was() {
        let (mut linked, mut own) = (setup(1, 64, true), setup(1, 12, false));
        let down_and_back = [at(3, 128), at(2, 96), at(0, 32), at(2, 96), at(3, 128)];
        assert_eq!(after(&mut linked, &down_and_back), at(1, 64));
        assert_eq!(after(&mut own, &down_and_back), at(1, 12));
    }

    #[test]
    fn b_goes_on_from_where_it_was_put() {
        let (mut b, mut tie) = (setup(1, 64, true), None);
        b.follow(&mut tie, at(3, 128));
        b.follow(&mut tie, at(0, 32));
        (b.settings.input, b.settings.capture.height) = at(3, 128);
        b.follow(&mut tie, at(0, 32));
        assert_eq!(Setup::resolution(&b.settings), at(3, 128), "A has not moved");
        b.follow(&mut tie, at(1, 64));
        assert_eq!(Setup::resolution(&b.settings), at(3, 128), "there is nothing larger");
    }

    #[test]
    fn what_was_as_a_has_it_stays_so() {
        assert_eq!(after(&mut setup(1, 24, false), &[at(1, 24), at(2, 40)]), at(2, 40));
    }

    #[test]
    fn a_capture_of_its_own_keeps_its_proportion() {
        let mut b = setup(1, 16, false);
        assert_eq!(after(&mut b, &[at(1, 64), at(1, 128)]), at(1, 32));
        assert_eq!(after(&mut b, &[at(1, 128), at(1, 8)]), at(1, MIN_HEIGHT));
    }
}
