//! A tensor in plain memory.

/// A tensor's values in row-major order, in plain memory.
#[derive(Debug, Clone, PartialEq)]
pub struct HostTensor {
    /// Extent along each axis, outermost first; empty for a scalar.
    pub shape: Vec<usize>,
    /// As many values as the product of `shape`, the last axis running fastest.
    pub values: Vec<f32>,
}
