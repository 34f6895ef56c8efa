/// What a camera sends for one picture, as it arrived.
pub(super) struct Block {
    /// The bytes of the picture; where the system does not tell how many, all of its buffer.
    pub(super) bytes: Vec<u8>,
    /// Bytes from one row to the next; 0 where the system does not tell.
    pub(super) stride: usize,
    /// The driver says that it is corrupted.
    pub(super) corrupted: bool,
}
