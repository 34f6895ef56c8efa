//! Boxes as they were before each change.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::Origin;
use super::truth::Labelled;
use crate::pose::BoundingBox;

/// Changes that can be undone.
const STEPS: usize = 100;

/// A person as they were.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    pub number: u32,
    pub bounds: BoundingBox,
    pub refine: bool,
    pub origin: Origin,
    pub hidden: bool,
}

/// Everybody's box, and who was selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Snapshot {
    /// In the order of the document.
    pub people: Vec<Kept>,
    /// Index of the selected person.
    pub selected: Option<usize>,
    /// Whom the picture labels.
    pub labelled: Vec<Labelled>,
    /// The file that says so.
    pub truth_path: Option<PathBuf>,
    /// Whether a hand changed it.
    pub hand_labelled: bool,
}

/// What undo and redo go through.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Oldest first.
    past: VecDeque<Snapshot>,
    /// What was undone, the next to be done again last.
    future: Vec<Snapshot>,
}

impl History {
    /// Remembers what was there before a change; what was undone until then is gone.
    pub fn record(&mut self, before: Snapshot) {
        self.future.clear();
        self.past.push_back(before);
        if self.past.len() > STEPS {
            self.past.pop_front();
        }
    }

    /// Whether there is a change to take back.
    pub fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a change to make again.
    pub fn has_future(&self) -> bool {
        !self.future.is_empty()
    }

    /// What was there before the last change.
    pub fn undo(&mut self, present: Snapshot) -> Option<Snapshot> {
        let past = self.past.pop_back()?;
        self.future.push(present);
        Some(past)
    }

    /// What was there before the last undo.
    pub fn redo(&mut self, present: Snapshot) -> Option<Snapshot> {
        let future = self.future.pop()?;
        self.past.push_back(present);
        Some(future)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(number: usize) -> Snapshot {
        Snapshot { selected: Some(number), ..Snapshot::default() }
    }

    #[test]
    fn the_oldest_steps_are_forgotten() {
        let mut history = History::default();
        for number in 0..STEPS + 7 {
            history.record(step(number));
        }
        let mut present = step(STEPS + 7);
        let mut steps = 0;
        while let Some(past) = history.undo(present.clone()) {
            present = past;
            steps += 1;
        }
        assert_eq!((steps, present), (STEPS, step(7)));
    }

    #[test]
    fn a_new_change_ends_what_could_be_done_again() {
        let mut history = History::default();
        history.record(step(0));
        assert_eq!(history.undo(step(1)), Some(step(0)));
        assert_eq!(history.redo(step(0)), Some(step(1)));
        assert_eq!(history.undo(step(1)), Some(step(0)));
        history.record(step(0));
        assert_eq!(history.redo(step(2)), None);
    }
}
