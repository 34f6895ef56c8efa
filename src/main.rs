//! Answers help and wrong usage, and otherwise starts the program that stands beside this one, `posescope-program`.
//!
//! This program is linked to no library of neural networks, so that its own answers come at once. What it knows of the
//! command line is compiled from the same files as the program.
//!
//! The program is started in an environment that suits its libraries: with threads that sleep while they wait, and
//! without libtorch's warnings. Libraries read this once, when they are loaded, and the program is linked to them: so it
//! is set one process earlier. The name of a Wayland display that is gone is taken out here too.

#![expect(clippy::print_stderr, reason = "errors of the program go to standard error")]

#[expect(unused_imports, reason = "the program works with what is given, and parses it again")]
mod arguments;

/// Of MoveNet, its names.
#[expect(dead_code, reason = "the command line knows a part")]
mod borrowed {
    mod movenet_variant;
    pub use movenet_variant::MoveNetVariant;
}

/// How an answer is printed.
mod command {
    mod ending;
    mod printable;
    pub use ending::answered;
}

/// Of the network, what can be chosen.
#[expect(dead_code, reason = "the command line knows a part")]
mod network {
    mod device_choice;
    mod scale_layout;
    mod variant;
    pub use device_choice::DeviceChoice;
    pub use scale_layout::STAGES;
    pub use variant::Variant;
}

/// Sizes of pictures.
mod pose {
    mod capture_height;
    mod input_size;
    pub use capture_height::{MAX_HEIGHT, MIN_HEIGHT};
    pub use input_size::{InputSize, InputSizeError};
}

/// Of a training, what it is given.
mod train {
    mod input_share;
    mod weights_name;
    pub use input_share::InputShare;
    pub use weights_name::WeightsName;
}

use std::path::Path;
use std::process::{Command, ExitCode};

use clap::Parser;

/// Variables of the environment and what they are, unless the user says otherwise.
const ENVIRONMENT: [(&str, &str); 2] = [
    // How OpenMP's threads wait for work. Threads that spin take the cores from the window, and beside any other load
    // each layer of the network then waits for a thread that is not running.
    ("OMP_WAIT_POLICY", "passive"),
    // What libtorch prints. It warns at every step of a training on CUDA of functions that it would rather have called
    // by another name.
    ("TORCH_CPP_LOG_LEVEL", "ERROR"),
];

/// Where Linux lists what a process may take.
const LIMITS: &str = "/proc/self/limits";
/// Bytes of addresses that the program takes: its libraries, and room for a network and a picture. With fewer, libraries
/// end it at any point, in words of their own.
const NEEDED_ADDRESSES: u64 = 2 << 30;

/// Names the socket of a Wayland display.
const WAYLAND: &str = "WAYLAND_DISPLAY";

fn main() -> ExitCode {
    if let Err(answer) = arguments::Cli::try_parse() {
        return command::answered(&answer);
    }
    // Libraries that libtorch loads would end the program with words of their own before it begins.
    if let Err(error) = std::env::current_dir() {
        eprintln!("error: the working directory cannot be used any more; change to another one: {error}");
        return ExitCode::FAILURE;
    }
    if let Some(allowed) = too_few_addresses() {
        let [allowed, needed] = [allowed, NEEDED_ADDRESSES].map(|bytes| bytes >> 20);
        eprintln!(
            "error: {allowed} MiB of address space are allowed here, at least {needed} MiB are needed; `ulimit -v \
             unlimited` allows more"
        );
        return ExitCode::FAILURE;
    }
    let name = format!("posescope-program{}", std::env::consts::EXE_SUFFIX);
    let program = match std::env::current_exe() {
        // A link to this program leads to where both are.
        Ok(here) => here.canonicalize().unwrap_or(here).with_file_name(name),
        Err(error) => return failed(Path::new(&name), &error),
    };
    let mut command = Command::new(&program);
    command.args(std::env::args_os().skip(1));
    for (name, value) in ENVIRONMENT {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    if names_no_wayland() {
        command.env_remove(WAYLAND);
    }
    start(command, &program)
}

/// How many bytes of addresses are allowed, where that is less than needed.
fn too_few_addresses() -> Option<u64> {
    let limits = std::fs::read_to_string(LIMITS).ok()?;
    let limit = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    // "unlimited" is no number.
    limit.split_whitespace().next()?.parse().ok().filter(|allowed| *allowed < NEEDED_ADDRESSES)
}

/// Whether the environment names a Wayland display where none answers, as it does in a terminal that outlived its
/// desktop. The window would look for no other then, although there may be one of X.
#[cfg(unix)]
fn names_no_wayland() -> bool {
    let Some(name) = std::env::var_os(WAYLAND) else { return false };
    let folder = std::env::var_os("XDG_RUNTIME_DIR").unwrap_or_default();
    std::os::unix::net::UnixStream::connect(Path::new(&folder).join(name)).is_err()
}

/// There is no Wayland.
#[cfg(not(unix))]
fn names_no_wayland() -> bool {
    false
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
