//! The bytes of a pickle, taken one operand at a time.

use super::error::PickleFault;
use super::limits::MAX_GLOBAL_NAME;

/// A position in the bytes of a pickle.
#[derive(Debug)]
pub(super) struct Input<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Input<'a> {
    /// Starts at byte `position`.
    pub(super) fn new(bytes: &'a [u8], position: usize) -> Self {
        Self { bytes, position }
    }

    /// Offset of the next byte.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], PickleFault> {
        let rest = self.rest();
        let taken = rest.get(..count).ok_or(PickleFault::Truncated { wanted: count, left: rest.len() })?;
        self.position += count;
        Ok(taken)
    }

    /// The next `SIZE` bytes as an array, for the `from_le_bytes` functions.
    pub(super) fn array<const SIZE: usize>(&mut self) -> Result<[u8; SIZE], PickleFault> {
        let taken = self.take(SIZE)?;
        taken.try_into().map_err(|_| PickleFault::Truncated { wanted: SIZE, left: taken.len() })
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> Result<u8, PickleFault> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A length in `SIZE` bytes.
    pub(super) fn length<const SIZE: usize>(&mut self) -> Result<usize, PickleFault> {
        let raw = self.array::<SIZE>()?;
        let mut wide = [0; 8];
        wide.iter_mut().zip(raw).for_each(|(to, from)| *to = from);
        let length = u64::from_le_bytes(wide);
        usize::try_from(length).map_err(|_| PickleFault::operand("a length", length.to_string()))
    }

    /// Bytes preceded by their number in `SIZE` bytes.
    pub(super) fn counted<const SIZE: usize>(&mut self) -> Result<&'a [u8], PickleFault> {
        let length = self.length::<SIZE>()?;
        self.take(length)
    }

    /// Text up to the next line feed, which is taken too.
    pub(super) fn line(&mut self) -> Result<&'a str, PickleFault> {
        let rest = self.rest();
        let window = rest.get(..=MAX_GLOBAL_NAME).unwrap_or(rest);
        let Some(length) = window.iter().position(|byte| *byte == b'\n') else {
            return Err(if window.len() > MAX_GLOBAL_NAME {
                PickleFault::Limit { what: "bytes in a name", limit: MAX_GLOBAL_NAME }
            } else {
                PickleFault::Truncated { wanted: window.len() + 1, left: window.len() }
            });
        };
        let line = utf8(self.take(length)?)?;
        self.take(1)?;
        Ok(line)
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.position..).unwrap_or_default()
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, PickleFault> {
    std::str::from_utf8(bytes).map_err(|error| PickleFault::operand("UTF-8 text", error.to_string()))
}
