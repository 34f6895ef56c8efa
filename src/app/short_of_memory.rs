//! What the window does where there is no memory for what the network was asked: it asks again at a smaller input.

use super::App;
use super::toasts::Level;
use crate::pose::InputSize;

/// Whether a smaller input was asked for already. One try is enough: where that finds no memory either, another
/// program has it, and the user decides.
#[derive(Debug, Default)]
pub(super) struct ShortOfMemory {
    tried: bool,
}

impl ShortOfMemory {
    /// The input to ask at instead of this one; none where there is no smaller one, or one was tried since the network
    /// answered last.
    fn instead_of(&mut self, input: InputSize) -> Option<InputSize> {
        let is_smaller = |size: &InputSize| size.height() < input.height() && size.width() <= input.width();
        let smaller = InputSize::STANDARD.into_iter().rev().find(is_smaller);
        smaller.filter(|_| !std::mem::replace(&mut self.tried, true))
    }

    /// The network had memory enough.
    pub(super) fn answered(&mut self) {
        self.tried = false;
    }
}

impl App {
    /// Says why a request failed. Where it was for lack of memory and the newest one, the next smaller input is used,
    /// once.
    pub(super) fn request_failed(&mut self, ticket: u64, message: String, out_of_memory: bool) {
        self.answered = self.answered.max(ticket);
        let takes_sizes = self.network.as_ref().is_some_and(|network| network.square().is_none());
        let input = self.preferences.settings.input;
        let smaller = match out_of_memory && takes_sizes && ticket == self.ticket {
            true => self.short_of_memory.instead_of(input),
            false => None,
        };
        let Some(smaller) = smaller else { return self.error(message) };
        tracing::warn!("{message}");
        self.toasts.add(Level::Warning, format!("{message}. {smaller} is used in place of {input}."));
        self.preferences.set_input(smaller);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_smaller_input_is_tried_once() {
        let [smallest, small, .., largest] = InputSize::STANDARD;
        let mut short = ShortOfMemory::default();
        assert_eq!(short.instead_of(small), Some(smallest));
        assert_eq!(short.instead_of(small), None, "it was tried");
        short.answered();
        assert_eq!(short.instead_of(InputSize::new(512, 384).unwrap()), Some(largest));
        short.answered();
        assert_eq!(short.instead_of(smallest), None);
        assert_eq!(short.instead_of(small), Some(smallest), "where nothing was tried, the next one may be");
        short.answered();
        assert_eq!(
            short.instead_of(InputSize::new(128, 24).unwrap()),
            Some(smallest),
            "wide ones do not help"
        );
    }
}
