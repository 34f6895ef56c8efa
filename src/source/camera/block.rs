/// What a camera sends for one picture, as it arrived.
pub(super) struct Block {
    /// The bytes of the picture; where the system does not tell how many, all of its buffer.
    pub(super) bytes: Vec<u8>,
    /// The driver says that it is corrupted.
    pub(super) corrupted: bool,
}
