//! A reader for the part of Python's pickle language in which `torch.save` describes tensors.
//!
//! A pickle is a program for a small stack machine, and Python's own machine calls any function the program names.
//! This one has neither functions nor Python: a name is a member of [`Global`] or an error, and "calling" one of
//! them builds an inert [`Value`]. Every object has its own place in a [`Heap`] and is referred to by number, as objects
//! may be shared and may even contain themselves; nothing here recurses over them.

mod error;
mod global;
mod heap;
mod input;
mod limits;
mod literal;
mod machine;
mod opcode;
mod rebuild;
mod stack;

pub use error::{PickleError, PickleFault};
pub(super) use global::unread_tensor;
pub(super) use heap::{Heap, Storage, TensorView, Value, ValueId};

/// The object a pickle describes.
#[derive(Debug)]
pub(super) struct Pickle<'a> {
    /// Every object that was made on the way.
    pub(super) heap: Heap<'a>,
    /// The one the pickle ended with.
    pub(super) root: ValueId,
    /// Offset of the first byte after the pickle.
    pub(super) end: usize,
}

impl<'a> Pickle<'a> {
    /// Reads the pickle that begins at byte `start`.
    ///
    /// # Errors
    /// The first opcode that is damaged, beyond a limit, or about anything but tensors and plain containers.
    pub(super) fn load(bytes: &'a [u8], start: usize) -> Result<Self, PickleError> {
        machine::Machine::new(bytes, start).run()
    }

    /// The object the pickle ended with.
    pub(super) fn root(&self) -> &Value<'a> {
        self.heap.get(self.root)
    }
}
