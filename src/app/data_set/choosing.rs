//! Which run of the data set window is looked at, and which ones stand beside it.

use std::sync::Arc;

use super::DataSet;
use super::captured::{Captured, ways};
use super::run::Run;
use crate::engine::NetworkInfo;
use crate::study::Measured;

impl DataSet {
    /// Adds a run in the place of one that says the same. The first one of a measurement is looked at where the figures
    /// would show none of it, and so is the first of all.
    pub(super) fn add(&mut self, network: &Arc<NetworkInfo>, measured: Measured) {
        self.last_id += 1;
        let id = self.last_id;
        let run = Run { id, network: Arc::clone(network), measured: Arc::new(measured) };
        match self.runs.iter_mut().find(|known| known.repeats(&run)) {
            Some(known) => {
                if self.chosen == Some(known.id) {
                    self.chosen = Some(id);
                }
                *known = run;
            }
            None => self.runs.push(run),
        }
        let is_wanted = self.work.as_mut().is_some_and(|work| std::mem::take(&mut work.shows_first));
        if is_wanted || self.chosen_run().is_none() {
            self.choose(id);
        }
    }

    /// Looks at a run, and at those captured in the same way beside it.
    pub(super) fn choose(&mut self, id: u64) {
        let Some(run) = self.runs.iter().find(|run| run.id == id) else { return };
        if !self.captured.holds(run.settings()) {
            self.captured = Captured::of(run.settings());
        }
        self.chosen = Some(id);
    }

    /// Looks at the run that was captured in this way and otherwise is like the one looked at before; at the first
    /// captured so where there is none.
    pub(super) fn show_captured(&mut self, captured: Captured) {
        let like = self.chosen_run();
        let shown = || self.runs.iter().filter(|run| captured.holds(run.settings()));
        let alike = shown().find(|run| like.is_some_and(|like| like.differs_in_rows_alone(run)));
        if let Some(id) = alike.or_else(|| shown().next()).map(|run| run.id) {
            (self.captured, self.chosen) = (captured, Some(id));
        }
    }

    /// Takes a run away; where it was looked at, another one of those beside it is, or the first of all.
    pub(super) fn remove(&mut self, id: u64) {
        self.runs.retain(|run| run.id != id);
        if self.chosen == Some(id) {
            self.chosen = None;
            let beside = self.runs.iter().find(|run| self.captured.holds(run.settings()));
            if let Some(id) = beside.or(self.runs.first()).map(|run| run.id) {
                self.choose(id);
            }
        }
        if !ways(self.runs.iter().map(Run::settings)).contains(&self.captured) {
            // Those that are left of it are shown with others.
            self.captured = self.chosen_run().map(|run| Captured::of(run.settings())).unwrap_or_default();
        }
    }

    /// The run whose people are listed.
    pub(super) fn chosen_run(&self) -> Option<&Run> {
        self.runs.iter().find(|run| Some(run.id) == self.chosen)
    }
}

#[cfg(test)]
mod tests {
    use egui::Context;

    use super::*;
    use crate::app::data_set::fixtures::{network, run_at, run_of, set_of};
    use crate::borrowed::MoveNetVariant;
    use crate::pose::InputSize;

    #[test]
    fn runs_of_several_networks_stand_beside_each_other_and_a_repeated_one_replaces() {
        let (mut data_set, set) = (DataSet::new(Context::default()), Arc::new(set_of(3)));
        let movenet = NetworkInfo { choice: MoveNetVariant::Thunder.into(), ..network("MoveNet thunder") };
        let networks = [Arc::new(network("CMSA-S")), Arc::new(movenet)];
        let measured = || Arc::unwrap_or_clone(run_of(&set, 0, "").measured);
        data_set.add(&networks[0], measured());
        data_set.add(&networks[1], measured());
        assert_eq!((data_set.runs.len(), data_set.chosen), (2, Some(1)));
        assert_eq!(data_set.runs[1].title(), "MoveNet thunder, 64 rows");
        data_set.add(&networks[0], measured());
        assert_eq!((data_set.runs.len(), data_set.chosen, data_set.runs[0].id), (2, Some(3), 3));
        data_set.remove(3);
        assert_eq!((data_set.runs.len(), data_set.chosen), (1, Some(2)));
        data_set.remove(2);
        assert!(data_set.chosen_run().is_none() && data_set.export().is_none());
    }

    #[test]
    fn the_run_looked_at_is_among_those_shown() {
        let (mut data_set, set) = (DataSet::new(Context::default()), Arc::new(set_of(3)));
        let [small, middle, ..] = InputSize::STANDARD;
        let pairs = [(small, 32), (middle, 64), (small, 8), (middle, 8), (middle, 24)];
        let network = Arc::new(network("CMSA-S"));
        for (input, rows) in pairs {
            let run = run_at(&set, 0, "CMSA-S", input, rows);
            data_set.add(&network, Arc::unwrap_or_clone(run.measured));
        }
        let looked_at = |data_set: &DataSet| (data_set.chosen, data_set.captured);
        assert_eq!(looked_at(&data_set), (Some(1), Captured::AsInput));
        data_set.choose(2);
        data_set.show_captured(Captured::Rows(8));
        assert_eq!(looked_at(&data_set), (Some(4), Captured::Rows(8)), "the same input");
        data_set.show_captured(Captured::Rows(48));
        assert_eq!(looked_at(&data_set), (Some(4), Captured::Rows(8)), "nothing was captured so");
        data_set.choose(5);
        assert_eq!(looked_at(&data_set), (Some(5), Captured::Rows(24)));
        data_set.choose(4);
        data_set.remove(4);
        assert_eq!(looked_at(&data_set), (Some(3), Captured::Rows(8)), "beside it");
        data_set.remove(3);
        assert_eq!(looked_at(&data_set), (Some(1), Captured::AsInput));
    }

    #[test]
    fn a_way_of_capturing_that_nothing_else_needs_is_left() {
        let (mut data_set, set) = (DataSet::new(Context::default()), Arc::new(set_of(3)));
        let [small, middle, ..] = InputSize::STANDARD;
        let network = Arc::new(network("CMSA-S"));
        for (input, rows) in [(small, 64), (middle, 64), (small, 32)] {
            let run = run_at(&set, 0, "CMSA-S", input, rows);
            data_set.add(&network, Arc::unwrap_or_clone(run.measured));
        }
        assert_eq!((data_set.chosen, data_set.captured), (Some(1), Captured::Rows(64)));
        data_set.remove(1);
        assert_eq!((data_set.chosen, data_set.captured), (Some(2), Captured::AsInput));
        data_set.choose(3);
        assert_eq!(data_set.captured, Captured::AsInput, "both stand beside each other");
    }
}
