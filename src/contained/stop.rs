//! What a library says of its failure, in one line.

use std::fmt::Display;

/// What Rust puts before an error that nobody expected.
const UNWRAPPED: &str = "called `Result::unwrap()` on an `Err` value: ";
/// What tch puts before the words of libtorch.
const OF_TCH: &str = "Internal torch error: ";
/// What libtorch begins with where TorchScript failed, and what it puts before the reason, after pages of code.
const OF_A_SCRIPT: &str = "operation failed in the TorchScript interpreter";
const REASON: &str = "RuntimeError: ";
/// How libtorch's allocators, those of the processor and of CUDA, say that there is no room.
const NO_ROOM: [&str; 3] = ["out of memory", "can't allocate memory", "not enough memory"];
/// What they say before the amount that was asked for; the one with a capital, the other without.
const ASKED: &str = "ried to allocate ";
/// What the line about a lack of memory begins with.
const OUT_OF_MEMORY: &str = "out of memory";
/// What takes less memory.
const REMEDY: &str = "a smaller input or fewer people at once need less";

/// Why a library came to no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// There is not enough memory; says how much was asked for and what needs less.
    OutOfMemory(String),
    /// Anything else, in the library's own words.
    Panic(String),
}

impl Stop {
    /// Reads a library's words, of which libtorch's go on with pages about its own code; the first line is kept.
    pub fn of(words: &str) -> Self {
        let script = words.split_once(OF_A_SCRIPT).and_then(|(_, account)| account.rsplit_once(REASON));
        let words = script.map_or(words, |(_, reason)| reason);
        let line = match words.strip_prefix(UNWRAPPED) {
            Some(error) => unescaped_line(error),
            None => words.trim_start().lines().next().unwrap_or_default().trim_end().to_owned(),
        };
        let line = line.strip_prefix(OF_TCH).unwrap_or(&line);
        let small = line.to_lowercase();
        match NO_ROOM.iter().any(|sign| small.contains(sign)) {
            true => Self::OutOfMemory(match asked(line) {
                Some(amount) => format!("{OUT_OF_MEMORY}: {amount} were asked for; {REMEDY}"),
                None => format!("{OUT_OF_MEMORY}; {REMEDY}"),
            }),
            false => Self::Panic(line.to_owned()),
        }
    }

    /// The line, after what is said of a failure that is not for lack of memory.
    pub fn after(self, what: &str) -> String {
        match self {
            Self::OutOfMemory(line) => line,
            Self::Panic(line) => format!("{what}: {line}"),
        }
    }

    /// The line alone.
    pub fn line(self) -> String {
        let (Self::OutOfMemory(line) | Self::Panic(line)) = self;
        line
    }
}

/// An error of a library in one line, after the library's name where it is not for lack of memory.
pub fn told(library: &str, error: &impl Display) -> String {
    Stop::of(&error.to_string()).after(library)
}

/// Whether a line that was [`told`] is about a lack of memory.
pub fn is_out_of_memory(line: &str) -> bool {
    line.starts_with(OUT_OF_MEMORY)
}

/// The first line of the text inside an error that is written as in source code, or of the error itself.
fn unescaped_line(error: &str) -> String {
    let Some((_, text)) = error.split_once("(\"") else {
        return error.lines().next().unwrap_or_default().to_owned();
    };
    let (mut line, mut characters) = (String::new(), text.chars());
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => match characters.next() {
                None | Some('n' | 'r') => break,
                Some(escaped) => line.push(escaped),
            },
            other => line.push(other),
        }
    }
    line
}

/// The amount of memory that was asked for, with its unit.
fn asked(line: &str) -> Option<String> {
    let (_, rest) = line.split_once(ASKED)?;
    let amount = rest.split(". ").next().unwrap_or(rest).trim_end_matches('.');
    let bytes = amount.strip_suffix(" bytes").and_then(|number| number.trim().parse::<f64>().ok());
    Some(match bytes.map(|bytes| bytes / f64::from(1 << 20)) {
        Some(mebibytes) if mebibytes >= 1024.0 => format!("{:.1} GiB", mebibytes / 1024.0),
        Some(mebibytes) => format!("{mebibytes:.1} MiB"),
        None => amount.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_THE_PROCESSOR: &str = "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to \
         allocate 40265318400 bytes. Error code 12 (Cannot allocate memory)";
    const SAID: &str =
        "out of memory: 37.5 GiB were asked for; a smaller input or fewer people at once need less";

    #[test]
    fn of_pages_the_first_line_stays() {
        let pages = "mat1 and mat2: 3x4 \"a\"\nException raised from mm at a.cpp:1\nframe #0: b";
        for words in [
            pages.to_owned(),
            format!("Internal torch error: {pages}"),
            format!("called `Result::unwrap()` on an `Err` value: Torch({pages:?})"),
        ] {
            assert_eq!(Stop::of(&words), Stop::Panic("mat1 and mat2: 3x4 \"a\"".to_owned()), "{words}");
        }
        let script = "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript:\n  \
                      code\nRuntimeError: sizes do not match\n";
        assert_eq!(told("libtorch", &script), "libtorch: sizes do not match");
        let other = Stop::of("called `Result::unwrap()` on an `Err` value: NotFound\nmore");
        assert_eq!(other.after("libtorch"), "libtorch: NotFound");
    }

    #[test]
    fn no_memory_says_how_much_was_asked_for_and_what_needs_less() {
        let cuda = "CUDA out of memory. Tried to allocate 37.50 GiB. GPU 0 has a total capacity of 8.00 GiB.";
        assert_eq!(Stop::of(OF_THE_PROCESSOR), Stop::OutOfMemory(SAID.to_owned()));
        assert_eq!(told("libtorch", &cuda), SAID.replace("37.5 ", "37.50 "));
        assert!(
            is_out_of_memory(&told("libtorch", &cuda)) && !is_out_of_memory(&told("libtorch", &"shapes"))
        );
        let small =
            Stop::of("DefaultCPUAllocator: can't allocate memory: you tried to allocate 524288 bytes.");
        assert!(small.line().starts_with("out of memory: 0.5 MiB were asked for;"));
        let bare = Stop::of("CUDA error: out of memory\nCUDA kernel errors might be");
        assert_eq!(
            bare.after("libtorch"),
            "out of memory; a smaller input or fewer people at once need less"
        );
    }
}
