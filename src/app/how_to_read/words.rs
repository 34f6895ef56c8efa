//! Texts in which words lead to the glossary: `[OKS]` to the term of that name, `[gate|σ(w)]` to the one after the
//! stroke.

use egui::{Link, Ui};

use crate::app::glossary;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain words.
    Words(&'a str),
    /// Words that the glossary explains under a term.
    Term {
        /// The words.
        shown: &'a str,
        /// The term.
        term: &'a str,
    },
}

/// The pieces of a text, in order.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split('[').enumerate().flat_map(|(place, part)| {
        let linked = if place == 0 { None } else { part.split_once(']') };
        let (link, rest) = linked.map_or((None, part), |(link, rest)| (Some(link), rest));
        let term = link.map(|link| {
            let (shown, term) = link.split_once('|').unwrap_or((link, link));
            Piece::Term { shown, term }
        });
        term.into_iter().chain((!rest.is_empty()).then_some(Piece::Words(rest)))
    })
}

/// The text as it is read.
pub fn plain(text: &str) -> String {
    let shown = |piece| match piece {
        Piece::Words(words) => words,
        Piece::Term { shown, .. } => shown,
    };
    pieces(text).map(shown).collect()
}

/// Draws a paragraph; gives the term of the glossary that was clicked.
pub fn paragraph<'a>(ui: &mut Ui, text: &'a str) -> Option<&'a str> {
    let mut clicked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for piece in pieces(text) {
            match piece {
                Piece::Words(words) => {
                    ui.label(words);
                }
                Piece::Term { shown, term } => {
                    let hint = glossary::meaning(term).unwrap_or_default();
                    if ui.add(Link::new(shown)).on_hover_text(hint).clicked() {
                        clicked = Some(term);
                    }
                }
            }
        }
    });
    clicked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_become_links() {
        let text = "By the [OKS] of a [gate|σ(w)]. [End]";
        let term = |shown, term| Piece::Term { shown, term };
        let expected = [
            Piece::Words("By the "),
            term("OKS", "OKS"),
            Piece::Words(" of a "),
            term("gate", "σ(w)"),
            Piece::Words(". "),
            term("End", "End"),
        ];
        assert_eq!(pieces(text).collect::<Vec<_>>(), expected);
        assert_eq!(plain(text), "By the OKS of a gate. End");
        assert_eq!(plain("half a [link"), "half a link");
    }
}
