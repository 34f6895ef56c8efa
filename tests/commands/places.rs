//! Outputs that cannot be written, and surroundings that lack something: one line that names the file.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::fixture::{examples, folder, network};

/// The arguments of commands that measure a small picture with the small network.
fn measuring(command: &[&str]) -> Vec<String> {
    let weights = network().display().to_string();
    let always = ["--device", "cpu", "--weights", &weights];
    command.iter().chain(&always).map(|&argument| argument.to_owned()).collect()
}

fn picture() -> String {
    examples().join("camera.png").display().to_string()
}

fn infer(more: &[&str]) -> Vec<String> {
    measuring(&[&["infer", &picture(), "--size", "32x24"], more].concat())
}

fn eval(more: &[&str]) -> Vec<String> {
    let (labels, pictures) = (examples().join("keypoints.json"), examples());
    let (labels, pictures) = (labels.display().to_string(), pictures.display().to_string());
    let set = ["eval", "--sizes", "32x24", "--annotations", &labels, "--pictures", &pictures];
    measuring(&[&set, more].concat())
}

fn convert(output: &str) -> Vec<String> {
    vec!["convert".to_owned(), network().display().to_string(), output.to_owned()]
}

fn program(arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_posescope"));
    command.env("OMP_NUM_THREADS", "1").args(arguments);
    command
}

/// The exit code and what is said on standard error, warnings apart.
fn ending(command: &mut Command) -> (Option<i32>, Vec<String>) {
    let output = command.stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (
        output.status.code(),
        said.lines().filter(|line| !line.starts_with("warning: ")).map(str::to_owned).collect(),
    )
}

/// Whether these arguments end in one line that names the place.
fn assert_unwritable(arguments: &[String], place: &Path) {
    let (code, said) = ending(program(arguments).stdout(Stdio::null()));
    assert_eq!((code, said.len()), (Some(1), 1), "{arguments:?}: {said:?}");
    assert!(said[0].starts_with("error: cannot write "), "{arguments:?}: {said:?}");
    assert!(said[0].contains(&place.display().to_string()), "{arguments:?}: {said:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_one_line_that_names_the_file() {
    let full = "/dev/full";
    for arguments in [
        infer(&["--csv", full]),
        infer(&["--out", full]),
        infer(&["--trace", full]),
        eval(&["--out", full]),
        eval(&["--detections", full]),
        convert(full),
    ] {
        assert_unwritable(&arguments, Path::new(full));
        assert!(Path::new(full).metadata().is_ok_and(|full| !full.is_file()), "replaced by {arguments:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_read_only_is_one_line_that_names_the_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = folder();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(closed.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let out = closed.join("out");
    let name = out.display().to_string();
    for arguments in [
        infer(&["--csv", &name]),
        infer(&["--out", &name]),
        infer(&["--trace", &name]),
        eval(&["--out", &name]),
        eval(&["--detections", &name]),
        convert(&name),
    ] {
        assert_unwritable(&arguments, &out);
    }
    assert_eq!(std::fs::read_dir(&closed).unwrap().count(), 0);
}

#[test]
#[cfg(unix)]
fn a_closed_output_ends_every_command_in_the_same_way() {
    for arguments in [infer(&[]), infer(&["--json"]), eval(&[]), eval(&["--json"])] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(ending(program(&arguments).stdout(writer)), (Some(141), Vec::new()), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn too_little_address_space_is_one_line() {
    let limited = |kilobytes: &str, arguments: &[String]| {
        let mut shell = Command::new("sh");
        let limited = format!("ulimit -v {kilobytes}; exec \"$0\" \"$@\"");
        shell.args(["-c", &limited, env!("CARGO_BIN_EXE_posescope")]).args(arguments);
        ending(shell.stdout(Stdio::null()))
    };
    for kilobytes in ["300000", "1000000", "2000000"] {
        for arguments in [infer(&[]), eval(&[])] {
            let (code, said) = limited(kilobytes, &arguments);
            assert_eq!((code, said.len()), (Some(1), 1), "{arguments:?}: {said:?}");
            assert!(said[0].contains("MiB of address space are allowed here"), "{said:?}");
        }
        assert_eq!(limited(kilobytes, &["--help".to_owned()]), (Some(0), Vec::new()));
    }
}

#[test]
fn no_home_is_needed() {
    let folder = folder();
    let csv: PathBuf = folder.path().join("joints.csv");
    let arguments = infer(&["--csv", &csv.display().to_string()]);
    let mut command = program(&arguments);
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env_remove(name);
    }
    assert_eq!(ending(command.stdout(Stdio::null())), (Some(0), Vec::new()));
    assert!(csv.is_file());
}
