//! Text that others chose, such as the names of files, made fit for a terminal.

use std::borrow::Cow;

/// What libtorch begins its account of its own code with, below what went wrong.
const TRACE: &str = "\nException raised from ";

/// The text with its control characters spelled out: a terminal does what escape codes say, and a line that ends
/// early lets a name pass for something this program says.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_control() {
            true => spelled.extend(character.escape_default()),
            false => spelled.push(character),
        }
    }
    Cow::Owned(spelled)
}

/// An error or a warning as one line, control characters escaped, without libtorch's account of its own code.
pub fn one_line(message: &str) -> Cow<'_, str> {
    printable(message.split(TRACE).next().unwrap_or_default().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_spelled_out_and_all_others_stay() {
        assert!(matches!(printable("Größe 64×48, „a b“"), Cow::Borrowed("Größe 64×48, „a b“")));
        assert_eq!(printable("a\u{1b}[31m\nb\u{7f}\u{9b}\t"), r"a\u{1b}[31m\nb\u{7f}\u{9b}\t");
    }

    #[test]
    fn messages_are_one_line() {
        assert_eq!(one_line("a\nb.png: no such file\n"), r"a\nb.png: no such file");
        let torch = "libtorch: out of memory\nException raised from malloc at a.cpp:1\nframe #0: b";
        assert_eq!(one_line(torch), "libtorch: out of memory");
    }
}
