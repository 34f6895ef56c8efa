use std::cell::Cell;
use std::io::{BufRead, Cursor, Read, Result, Seek, SeekFrom};

/// Reads bytes and notes when more was asked for than there is: decoders word that in many ways, and
/// it tells a picture that was cut off from one that was damaged.
pub(super) struct EndWatch<'a> {
    bytes: Cursor<&'a [u8]>,
    passed: &'a Cell<bool>,
}

impl<'a> EndWatch<'a> {
    /// Sets `passed` when a reader runs into the end.
    pub(super) fn new(bytes: &'a [u8], passed: &'a Cell<bool>) -> Self {
        Self { bytes: Cursor::new(bytes), passed }
    }
}

impl Read for EndWatch<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.bytes.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            self.passed.set(true);
        }
        Ok(count)
    }
}

impl BufRead for EndWatch<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        let rest = self.bytes.fill_buf()?;
        if rest.is_empty() {
            self.passed.set(true);
        }
        Ok(rest)
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
    }
}

impl Seek for EndWatch<'_> {
    fn seek(&mut self, target: SeekFrom) -> Result<u64> {
        let position = self.bytes.seek(target)?;
        if position > self.bytes.get_ref().len() as u64 {
            self.passed.set(true);
        }
        Ok(position)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::{BufRead, Read, Seek, SeekFrom};

    use super::EndWatch;

    #[test]
    fn notices_only_what_is_beyond_the_end() {
        let passed = Cell::new(false);
        let mut reader = EndWatch::new(b"abcd", &passed);
        reader.read_exact(&mut [0; 4]).expect("all of it");
        reader.seek(SeekFrom::Start(4)).expect("the very end");
        assert!(!passed.get());
        reader.seek(SeekFrom::Start(3)).expect("the last byte");
        assert!(reader.read_exact(&mut [0; 2]).is_err());
        assert!(passed.replace(false));
        assert!(reader.fill_buf().expect("nothing").is_empty());
        assert!(passed.replace(false));
        reader.seek(SeekFrom::Start(5)).expect("beyond");
        assert!(passed.get());
    }
}
