//! What systems other than Unix know of files: neither modes nor owners, and no names for open files.

use std::fs::{File, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// No path names an open file.
pub(super) fn descriptor(_path: &Path) -> Option<i32> {
    None
}

/// There is nothing to copy.
pub(super) fn copy_of(_number: i32) -> io::Result<File> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether a device may be written to turns out when it is.
pub(super) fn check_access(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Files are made as the system makes them.
pub(super) fn permissions(_standing: Option<&Metadata>) -> Option<Permissions> {
    None
}

/// There is nothing to keep.
pub(super) fn keep_owner_and_permissions(_file: &File, _standing: &Metadata) -> io::Result<()> {
    Ok(())
}
