//! How large a pickle may grow. Real checkpoints stay far below; the numbers bound memory and time for made-up ones.

/// Opcodes in one pickle. A tensor takes about 35, and three tensors for each weight are usual with an optimizer.
pub(super) const MAX_OPCODES: usize = 1 << 20;

/// Containers open at once while they are filled; Python's own pickler stops near 1000.
pub(super) const MAX_OPEN_MARKS: usize = 256;

/// Objects remembered for later reference.
pub(super) const MAX_MEMO: usize = 1 << 19;

/// Bytes of a module's, class's or function's name.
pub(super) const MAX_GLOBAL_NAME: usize = 256;

/// Bytes of the key of a storage, which is a number.
pub(super) const MAX_STORAGE_KEY: usize = 256;

/// Axes of one tensor; convolution weights have four.
pub(super) const MAX_RANK: usize = 8;
