//! Which network each side is to have: the sides swap theirs while others may still be on their way.

use super::{App, Compare};
use crate::engine::NetworkChoice;

impl Compare {
    /// Takes note that A's network could not be loaded, so that A keeps the one before.
    pub fn not_loaded(&mut self, choice: &NetworkChoice) {
        self.ordered_of_a.take_if(|ordered| *ordered == *choice);
    }

    /// Whether A is to have this network, and no other is on its way to it.
    pub fn is_wanted_of_a(&self, choice: &NetworkChoice) -> bool {
        self.ordered_of_a.as_ref().is_none_or(|ordered| ordered == choice)
    }

    /// Gives B the network that A is to have, where `of_a` is the one that A has, and gives B's, for A to load; none
    /// where they are the same.
    fn swap_networks(&mut self, of_a: &NetworkChoice) -> Option<NetworkChoice> {
        let of_a = self.ordered_of_a.as_ref().unwrap_or(of_a).clone();
        let setup = self.setup.as_mut()?;
        let of_b = setup.network.take().filter(|of_b| *of_b != of_a)?;
        setup.network = Some(of_a);
        Some(of_b)
    }
}

impl App {
    /// Has A use another network.
    pub(in crate::app) fn use_network(&mut self, choice: impl Into<NetworkChoice>) {
        let choice = choice.into();
        self.compare.ordered_of_a = Some(choice.clone());
        self.engine.load(choice);
    }

    /// Gives each side the network and the settings of the other.
    pub(in crate::app) fn swap_sides(&mut self) {
        let (Some(network), Some(setup)) = (&self.network, &mut self.compare.setup) else { return };
        std::mem::swap(&mut self.preferences.settings, &mut setup.settings);
        std::mem::swap(&mut self.preferences.linked, &mut setup.linked);
        if let Some(of_b) = self.compare.swap_networks(&network.choice) {
            self.use_network(of_b);
        }
        self.compare.tie = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::compare::Setup;
    use crate::app::preferences::Preferences;
    use crate::borrowed::MoveNetVariant;

    fn choice(variant: MoveNetVariant) -> NetworkChoice {
        variant.into()
    }

    /// Swaps, and gives what A is to have then and what B is set to.
    fn swap(compare: &mut Compare, of_a: &NetworkChoice) -> (NetworkChoice, Option<NetworkChoice>) {
        if let Some(ordered) = compare.swap_networks(of_a) {
            compare.ordered_of_a = Some(ordered);
        }
        let wanted = compare.ordered_of_a.clone().unwrap_or_else(|| of_a.clone());
        (wanted, compare.setup.as_ref().unwrap().network.clone())
    }

    fn comparing(of_b: Option<NetworkChoice>) -> Compare {
        let setup = Setup { network: of_b, ..Setup::beside(&Preferences::default().settings) };
        Compare { setup: Some(setup), ..Compare::default() }
    }

    #[test]
    fn networks_change_sides_however_many_swaps_come_before_they_are_loaded() {
        let [first, second] = [MoveNetVariant::Lightning, MoveNetVariant::Thunder].map(choice);
        // The network at work when each swap comes: of earlier orders, none or the newest may have been carried out.
        for at_work in [[&first, &first, &first], [&first, &second, &first], [&first, &first, &second]] {
            let mut compare = comparing(Some(second.clone()));
            let sides = at_work.map(|of_a| swap(&mut compare, of_a));
            let swapped = (second.clone(), Some(first.clone()));
            assert_eq!(sides, [swapped.clone(), (first.clone(), Some(second.clone())), swapped]);
        }
    }

    #[test]
    fn a_network_that_could_not_be_loaded_is_on_neither_side() {
        let [first, second] = [MoveNetVariant::Lightning, MoveNetVariant::Thunder].map(choice);
        let mut compare = comparing(Some(second.clone()));
        swap(&mut compare, &first);
        compare.not_loaded(&first);
        assert!(compare.is_wanted_of_a(&second) && !compare.is_wanted_of_a(&first), "an older order failed");
        compare.not_loaded(&second);
        assert!(compare.is_wanted_of_a(&first));
        assert_eq!(swap(&mut compare, &first), (first.clone(), None), "A kept its own, which B has too");
    }

    #[test]
    fn the_same_network_stays_on_both_sides() {
        let first = choice(MoveNetVariant::Lightning);
        for of_b in [None, Some(first.clone())] {
            assert_eq!(swap(&mut comparing(of_b), &first), (first.clone(), None));
        }
    }
}
