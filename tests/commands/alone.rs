//! What `posescope` says by itself: help, the version and what is wrong with the usage, where no `posescope-program`
//! stands beside it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with nothing in it but `posescope`.
fn alone() -> (TempDir, PathBuf) {
    let built = Path::new(env!("CARGO_BIN_EXE_posescope"));
    // A second name of the file, on the same disk: a copy might not be started yet, since processes that other tests
    // start at this moment still have it open for writing.
    let folder = tempfile::tempdir_in(built.parent().unwrap()).unwrap();
    let path = folder.path().join(built.file_name().unwrap());
    std::fs::hard_link(built, &path).unwrap();
    (folder, path)
}

/// What a program comes to with the arguments, which are separated by blanks.
fn said(program: &Path, arguments: &str) -> Output {
    Command::new(program).args(arguments.split_whitespace()).output().unwrap()
}

/// Whether the launcher alone says what the program says, and ends with this code.
fn assert_same(launcher: &Path, arguments: &str, code: i32) {
    let here = said(launcher, arguments);
    assert_eq!(here.status.code(), Some(code), "{arguments}: {here:?}");
    assert_eq!(here, said(Path::new(env!("CARGO_BIN_EXE_posescope-program")), arguments), "{arguments}");
    let (answer, silent) = if code == 0 { (here.stdout, here.stderr) } else { (here.stderr, here.stdout) };
    assert!(!answer.is_empty() && silent.is_empty(), "{arguments}");
}

#[test]
fn help_and_the_version_need_no_program() {
    let (_folder, launcher) = alone();
    for arguments in ["--help", "-h", "--version", "help eval"] {
        assert_same(&launcher, arguments, 0);
    }
    for command in ["infer", "eval", "sweep", "ablate", "train", "convert", "bench"] {
        assert_same(&launcher, &format!("{command} --help"), 0);
    }
}

#[test]
fn wrong_usage_needs_no_program() {
    let (_folder, launcher) = alone();
    for arguments in [
        "--bogus",
        "--device gpu",
        "infer",
        "infer --capture 4 a.png",
        "infer --network other a.png",
        "eval --sizes nonsense",
        "eval --split dev",
        "bench --variant X",
        "train --out runs --name last",
        "train --out runs --sizes 32x24:0",
    ] {
        assert_same(&launcher, arguments, 2);
    }
}

#[test]
fn work_needs_the_program() {
    let (folder, launcher) = alone();
    for arguments in ["", "infer a.png", "bench --sizes 32x24"] {
        let output = said(&launcher, arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), message.lines().count()), (Some(1), 1), "{arguments}: {message}");
        assert!(message.starts_with("error: cannot start "), "{arguments}: {message}");
        assert!(message.contains(folder.path().file_name().unwrap().to_str().unwrap()), "{message}");
    }
}
