//! Programs that end in the middle of their work: what stood in the place of an output stays, or the new one is whole.

#![cfg(unix)]

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::fixture::{examples, folder, network};

/// What stands in the place of the output before.
const BEFORE: &str = "what was found yesterday\n";
/// What the names of files that are not whole yet begin with.
const UNFINISHED: &str = ".posescope-";

/// A command that writes a file of more than two kilobytes, and whether its content is whole.
struct Writing {
    arguments: &'static [&'static str],
    output: &'static str,
    is_whole: fn(&str) -> bool,
}

const WRITING: [Writing; 3] = [
    Writing {
        arguments: &["eval", "--sizes", "32x24,64x48", "--annotations", "LABELS"],
        output: "--out",
        is_whole: is_json,
    },
    Writing { arguments: &["infer", "--size", "32x24", "PICTURES"], output: "--csv", is_whole: is_csv },
    Writing { arguments: &["infer", "--size", "32x24", "PICTURES"], output: "--out", is_whole: is_json },
];

fn is_json(text: &str) -> bool {
    text.ends_with('\n') && serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// A row of titles and one for each of the three people, all of one length.
fn is_csv(text: &str) -> bool {
    let mut rows = text.lines().map(|row| row.split(',').count());
    let titles = rows.next();
    text.ends_with('\n') && rows.clone().count() == 3 && rows.all(|row| Some(row) == titles)
}

impl Writing {
    /// The arguments of the program, which writes to this file.
    fn arguments(&self, out: &Path) -> Vec<String> {
        let place = |argument: &&str| match *argument {
            "LABELS" => examples().join("keypoints.json").display().to_string(),
            "PICTURES" => examples().display().to_string(),
            other => other.to_owned(),
        };
        let more = [self.output.to_owned(), out.display().to_string(), "--weights".to_owned()];
        let more = more.into_iter().chain([network().display().to_string()]);
        self.arguments
            .iter()
            .map(place)
            .chain(more)
            .chain(["--device".to_owned(), "cpu".to_owned()])
            .collect()
    }

    fn start(&self, out: &Path) -> Child {
        quiet(Command::new(env!("CARGO_BIN_EXE_posescope")).args(self.arguments(out))).spawn().unwrap()
    }

    /// Runs in a shell that lets no file grow beyond one or two kilobytes, as its units are: the system ends the program
    /// in the middle of the write, as suddenly as SIGKILL does.
    fn cut_short(&self, out: &Path) -> ExitStatus {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -c 0; ulimit -f 2; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_posescope")]);
        quiet(shell.args(self.arguments(out))).status().unwrap()
    }
}

fn quiet(command: &mut Command) -> &mut Command {
    command.env("OMP_NUM_THREADS", "1").stdout(Stdio::null()).stderr(Stdio::null())
}

/// The names in a folder of files that are not whole.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED)))
        .collect()
}

#[test]
fn ended_in_the_middle_of_the_write_the_old_file_stays() {
    for writing in &WRITING {
        let folder = folder();
        let out = folder.path().join("out");
        assert_eq!(writing.cut_short(&out).signal(), Some(libc::SIGXFSZ), "{:?}", writing.arguments);
        assert!(!out.exists(), "{:?}", writing.arguments);
        std::fs::write(&out, BEFORE).unwrap();
        assert_eq!(writing.cut_short(&out).signal(), Some(libc::SIGXFSZ), "{:?}", writing.arguments);
        assert_eq!(std::fs::read_to_string(&out).unwrap(), BEFORE);
        assert_eq!(unfinished(folder.path()).len(), 2, "what was begun is under names of its own");
        assert!(writing.start(&out).wait().unwrap().success());
        let text = std::fs::read_to_string(&out).unwrap();
        assert!((writing.is_whole)(&text), "{:?}: {text}", writing.arguments);
    }
}

/// Kills at whatever moment the file is seen to be begun, which differs from run to run; the outcome may not.
#[test]
fn killed_while_it_writes_the_old_or_the_new_file_is_there() {
    for writing in &WRITING {
        let folder = folder();
        let out = folder.path().join("out");
        std::fs::write(&out, BEFORE).unwrap();
        for _ in 0..3 {
            let mut child = writing.start(&out);
            while child.try_wait().unwrap().is_none() && unfinished(folder.path()).is_empty() {
                std::thread::yield_now();
            }
            // It may have come to its end by itself.
            let _ = child.kill();
            child.wait().unwrap();
            let text = std::fs::read_to_string(&out).unwrap();
            assert!(text == BEFORE || (writing.is_whole)(&text), "{:?}: {text}", writing.arguments);
            unfinished(folder.path()).iter().for_each(|path| std::fs::remove_file(path).unwrap());
        }
    }
}
