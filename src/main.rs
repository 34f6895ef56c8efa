//! Starts the program that stands beside this one, `posescope-program`, with threads that sleep while they wait.
//!
//! libgomp reads how its threads wait once, when it is loaded, and the program is linked to it: so this is set one
//! process earlier. Threads that spin take the cores from the window, and beside any other load each layer of the
//! network then waits for a thread that is not running.

#![expect(clippy::print_stderr, reason = "errors of the program go to standard error")]

use std::path::Path;
use std::process::{Command, ExitCode};

/// How OpenMP's threads wait for work, unless the user says otherwise.
const WAIT_POLICY: (&str, &str) = ("OMP_WAIT_POLICY", "passive");

fn main() -> ExitCode {
    let name = format!("posescope-program{}", std::env::consts::EXE_SUFFIX);
    let program = match std::env::current_exe() {
        // A link to this program leads to where both are.
        Ok(here) => here.canonicalize().unwrap_or(here).with_file_name(name),
        Err(error) => return failed(Path::new(&name), &error),
    };
    let mut command = Command::new(&program);
    command.args(std::env::args_os().skip(1));
    if std::env::var_os(WAIT_POLICY.0).is_none() {
        command.env(WAIT_POLICY.0, WAIT_POLICY.1);
    }
    start(command, &program)
}

/// Becomes the program: same process, same terminal, same exit status.
#[cfg(unix)]
fn start(mut command: Command, program: &Path) -> ExitCode {
    use std::os::unix::process::CommandExt;
    failed(program, &command.exec())
}

/// Runs the program and ends as it ends.
#[cfg(not(unix))]
fn start(mut command: Command, program: &Path) -> ExitCode {
    match command.status() {
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => failed(program, &error),
    }
}

fn failed(program: &Path, error: &std::io::Error) -> ExitCode {
    eprintln!("error: cannot start {}, which belongs beside this program: {error}", program.display());
    ExitCode::FAILURE
}
