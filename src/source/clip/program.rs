//! The programs of FFmpeg, which read videos where they are installed.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::source::SourceError;

/// Decodes.
pub(super) const FFMPEG: &str = "ffmpeg";
/// Tells what is in a file.
pub(super) const FFPROBE: &str = "ffprobe";

/// One of the programs, asked about a file: quiet, without input of its own, and allowed to read nothing but files.
pub(super) fn about(program: &str, before: &[&str], path: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["-v", "error", "-protocol_whitelist", "file,pipe"])
        .args(before)
        .arg("-i")
        .arg(address(path));
    command.stdin(Stdio::null());
    command
}

/// A file for the programs. Whatever its name looks like, it is that of a file: no option, no pattern, no address.
pub(super) fn address(path: &Path) -> OsString {
    let mut address = OsString::from("file:");
    address.push(path);
    address
}

/// What it means that a program did not start.
pub(super) fn not_started(name: &str, error: &io::Error) -> SourceError {
    let name = name.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => SourceError::NoFfmpeg { name },
        _ => SourceError::Video { name, reason: format!("ffmpeg does not start: {error}") },
    }
}

/// What a program said first, which is what is wrong, without the place in memory that it names.
pub(super) fn first_line(said: &[u8], path: &Path) -> Option<String> {
    let said = String::from_utf8_lossy(said);
    let line = said.lines().map(str::trim).find(|line| !line.is_empty())?;
    let line = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")).map_or(line, |(_, rest)| rest);
    // The file is named already.
    let name = format!("file:{}: ", path.display());
    Some(line.strip_prefix(&name).unwrap_or(line).to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::first_line;

    #[test]
    fn what_is_wrong_is_told_without_addresses_and_the_file() {
        let said = b"\n[mov,mp4 @ 0x55d0] moov atom not found\nfile:a.mp4: Invalid data found when processing input\n";
        assert_eq!(first_line(said, Path::new("a.mp4")).as_deref(), Some("moov atom not found"));
        assert_eq!(first_line(b"file:b: No such file\n", Path::new("b")).as_deref(), Some("No such file"));
        assert_eq!(first_line(b" \n", Path::new("b")), None);
    }
}
