use std::fs::File;
use std::io::{Error, Read, Result, Seek, SeekFrom};

/// Most bytes that are read in one go.
const MAX_RUN: u64 = 1 << 20;

/// A file of which only a little is read before it is passed over to another place. The reader of archives keeps whole
/// what stands before a file about its name, whatever length that claims, and a file full of holes has any length.
pub(super) struct FrugalFile {
    file: File,
    run: u64,
}

impl FrugalFile {
    /// Reading it fails after 1 MiB without a jump.
    pub(super) fn new(file: File) -> Self {
        Self { file, run: 0 }
    }
}

impl Read for FrugalFile {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.run >= MAX_RUN {
            return Err(Error::other("a name, or notes about a file, of more than 1 MiB"));
        }
        let count = self.file.read(buffer)?;
        self.run += count as u64;
        Ok(count)
    }
}

impl Seek for FrugalFile {
    fn seek(&mut self, target: SeekFrom) -> Result<u64> {
        self.run = 0;
        self.file.seek(target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_fails_and_a_jump_starts_another() {
        let file = tempfile::tempfile().unwrap();
        file.set_len(4 * MAX_RUN).unwrap();
        let mut file = FrugalFile::new(file);
        let message = std::io::copy(&mut file, &mut std::io::sink()).unwrap_err().to_string();
        assert_eq!(message, "a name, or notes about a file, of more than 1 MiB");
        file.seek(SeekFrom::Current(-4)).unwrap();
        file.read_exact(&mut [0; 4]).unwrap();
    }
}
