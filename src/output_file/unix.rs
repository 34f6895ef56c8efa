//! What Unix knows of files: modes, owners, and names for what a process has open.

use std::ffi::CString;
use std::fs::{self, File, Metadata, Permissions};
use std::io;
use std::os::fd::{FromRawFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

use super::destination::folder_of;

/// Where the system lists what this process has open, by number.
const DESCRIPTORS: [&str; 2] = ["/proc/self/fd", "/dev/fd"];
/// Mode of a new file, of which the umask takes its part.
const NEW: u32 = 0o666;
/// The bits of a mode that are kept: who may read, write and execute.
const KEPT: u32 = 0o777;
/// The bit that lets the owner write.
const OWNER_WRITES: u32 = 0o200;

/// The number of the descriptor of this process that a path names, as `/dev/fd/1` does.
pub(super) fn descriptor(path: &Path) -> Option<RawFd> {
    let number: RawFd = path.file_name()?.to_str()?.parse().ok()?;
    let folder = fs::canonicalize(folder_of(path)).ok()?;
    let mut lists = DESCRIPTORS.into_iter().filter_map(|list| fs::canonicalize(list).ok());
    lists.any(|list| list == folder).then_some(number)
}

/// A copy of a descriptor, which shares its position in the file.
///
/// # Errors
/// When there is no such descriptor.
pub(super) fn copy_of(number: RawFd) -> io::Result<File> {
    // SAFETY: this touches no memory, and the system refuses a number that is not open.
    let copy = unsafe { libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 0) };
    if copy < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the copy has just been made, and nobody else has it.
    Ok(unsafe { File::from_raw_fd(copy) })
}

/// Checks that a device or pipe may be written to. It is not opened: a pipe's reader would take that for the end.
///
/// # Errors
/// When it may not.
pub(super) fn check_access(path: &Path) -> io::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    // SAFETY: the path ends with a zero and outlives the call.
    match unsafe { libc::access(path.as_ptr(), libc::W_OK) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// What a file is made with: less the umask, the permissions of the one it replaces, or those of any new one. Its owner
/// may write it until it is whole.
pub(super) fn permissions(standing: Option<&Metadata>) -> Option<Permissions> {
    Some(Permissions::from_mode(standing.map_or(NEW, |standing| standing.mode() & KEPT | OWNER_WRITES)))
}

/// Gives a file the owner of the one it replaces, where that is allowed, and its permissions.
///
/// # Errors
/// When the permissions cannot be set.
pub(super) fn keep_owner_and_permissions(file: &File, standing: &Metadata) -> io::Result<()> {
    let made = file.metadata()?;
    let user = (standing.uid() != made.uid()).then_some(standing.uid());
    let group = (standing.gid() != made.gid()).then_some(standing.gid());
    if fchown(file, user, group).is_err() {
        // Only root gives files away, others may still give them to a group of theirs. What is refused is not kept.
        let _ = fchown(file, None, group);
    }
    let (made, wanted) = (file.metadata()?.mode() & KEPT, standing.mode() & KEPT);
    match file.set_permissions(Permissions::from_mode(wanted)) {
        // Some file systems have no permissions of their own; nothing is opened wider than it was.
        Err(error) if made & !wanted == 0 => {
            tracing::debug!("permissions stay {made:o} instead of {wanted:o}: {error}");
            Ok(())
        }
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::{FileTypeExt, chown, symlink};
    use std::thread;

    use super::super::{check, write};
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn a_new_file_has_the_mode_of_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let (output, other) = (folder.path().join("output"), folder.path().join("other"));
        write(&output, b"1").unwrap();
        fs::write(&other, "1").unwrap();
        assert_eq!(mode(&output), mode(&other));
    }

    #[test]
    fn a_replaced_file_keeps_mode_and_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("output");
        fs::write(&path, "old").unwrap();
        // Root alone gives files away.
        let given = chown(&path, Some(12), Some(34)).is_ok();
        for kept in [0o600, 0o646, 0o440] {
            fs::set_permissions(&path, Permissions::from_mode(kept)).unwrap();
            let before = fs::metadata(&path).unwrap();
            write(&path, b"new").unwrap();
            let after = fs::metadata(&path).unwrap();
            assert_eq!(mode(&path), kept);
            assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
            assert_ne!(after.ino(), before.ino(), "written over instead of replaced");
            assert_eq!(fs::read(&path).unwrap(), b"new");
        }
        assert!(!given || fs::metadata(&path).unwrap().uid() == 12);
    }

    #[test]
    fn links_stay_links_and_what_they_point_to_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::create_dir(file("deep")).unwrap();
        symlink("deep/target", file("near")).unwrap();
        symlink(file("near"), file("far")).unwrap();
        // There is no target the first time.
        for content in ["first", "second"] {
            check(&file("far")).unwrap();
            write(&file("far"), content.as_bytes()).unwrap();
            assert!(file("far").is_symlink() && file("near").is_symlink());
            assert!(!file("deep/target").is_symlink());
            assert_eq!(fs::read_to_string(file("deep/target")).unwrap(), content);
        }
        assert_eq!(fs::read_dir(file("deep")).unwrap().count(), 1);

        symlink("nowhere/target", file("broken")).unwrap();
        assert!(check(&file("broken")).is_err() && write(&file("broken"), b"1").is_err());
        symlink("deep", file("folder")).unwrap();
        assert!(check(&file("folder")).unwrap_err().to_string().contains("is a folder"));
        symlink("circle", file("circle")).unwrap();
        assert!(check(&file("circle")).is_err() && write(&file("circle"), b"1").is_err());
    }

    #[test]
    fn devices_stay_devices() {
        let null = Path::new("/dev/null");
        check(null).unwrap();
        write(null, b"gone").unwrap();
        assert!(fs::symlink_metadata(null).unwrap().file_type().is_char_device());
    }

    #[test]
    fn a_pipe_hands_on_to_its_reader() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let name = CString::new(path.as_os_str().as_bytes()).unwrap();
        // SAFETY: the name ends with a zero and outlives the call.
        assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
        // Nobody reads yet: this must not wait.
        check(&path).unwrap();
        let reader = thread::spawn({
            let path = path.clone();
            move || fs::read(path).unwrap()
        });
        write(&path, b"through").unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().file_type().is_fifo());
        assert_eq!(reader.join().unwrap(), b"through");
    }

    #[test]
    fn what_is_open_already_is_continued() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("printed");
        let mut open = File::create(&path).unwrap();
        open.write_all(b"before, ").unwrap();
        let name = format!("/dev/fd/{}", open.as_raw_fd());
        check(Path::new(&name)).unwrap();
        write(Path::new(&name), b"output, ").unwrap();
        open.write_all(b"after").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before, output, after");
    }
}
