//! The stack of a pickle machine, with marks where containers were opened.

use super::error::PickleFault;
use super::heap::ValueId;
use super::limits::MAX_OPEN_MARKS;

/// Objects in the making. Those below the last mark belong to the containers around and stay out of reach.
#[derive(Debug, Default)]
pub(super) struct Stack {
    items: Vec<ValueId>,
    /// Heights of the stack at which containers were opened.
    marks: Vec<usize>,
}

impl Stack {
    /// Puts an object on top.
    pub(super) fn push(&mut self, id: ValueId) {
        self.items.push(id);
    }

    /// Takes the top object.
    pub(super) fn pop(&mut self) -> Result<ValueId, PickleFault> {
        let above_mark = self.items.len() > self.floor();
        let top = if above_mark { self.items.pop() } else { None };
        top.ok_or_else(nothing)
    }

    /// Drops the top object, or the last mark where nothing was put on the stack since.
    pub(super) fn discard(&mut self) -> Result<(), PickleFault> {
        match self.pop() {
            Ok(_) => Ok(()),
            Err(fault) => self.marks.pop().map(drop).ok_or(fault),
        }
    }

    /// Takes the top `count` objects, in the order in which they were put there.
    pub(super) fn pop_many(&mut self, count: usize) -> Result<Vec<ValueId>, PickleFault> {
        let mut taken = (0..count).map(|_| self.pop()).collect::<Result<Vec<_>, _>>()?;
        taken.reverse();
        Ok(taken)
    }

    /// The top object, left where it is.
    pub(super) fn top(&self) -> Result<ValueId, PickleFault> {
        self.items.get(self.floor()..).and_then(<[ValueId]>::last).copied().ok_or_else(nothing)
    }

    /// Opens a container.
    pub(super) fn open(&mut self) -> Result<(), PickleFault> {
        if self.marks.len() >= MAX_OPEN_MARKS {
            return Err(PickleFault::Limit { what: "nested containers", limit: MAX_OPEN_MARKS });
        }
        self.marks.push(self.items.len());
        Ok(())
    }

    /// Closes the innermost container and takes the objects put on the stack since it was opened.
    pub(super) fn close(&mut self) -> Result<Vec<ValueId>, PickleFault> {
        let mark = self.marks.pop().ok_or_else(|| PickleFault::operand("an open container", "none"))?;
        Ok(self.items.drain(mark.min(self.items.len())..).collect())
    }

    fn floor(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }
}

/// An operand is missing.
pub(super) fn nothing() -> PickleFault {
    PickleFault::operand("an object on the stack", "none")
}
