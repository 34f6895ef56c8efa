//! The words of the field that the window uses, each in plain sentences, in a window that can be searched.

use egui::{Context, RichText, ScrollArea, TextEdit};

use super::dialogs::centred;
/// Width of the text in points.
const WIDTH: f32 = 520.0;
/// What the screen must leave for everything but the terms.
const OTHER_HEIGHT: f32 = 240.0;
/// Height of the terms on the smallest screen.
const LEAST_HEIGHT: f32 = 160.0;

/// A word and what it means.
struct Term {
    name: &'static str,
    meaning: &'static str,
}

const fn term(name: &'static str, meaning: &'static str) -> Term {
    Term { name, meaning }
}

/// Every term, in the order of the alphabet.
static TERMS: [Term; 30] = [
    term(
        "Agreement",
        "How alike two answers of the same network are, measured as OKS is. It says that the network finds what \
         it finds at its reference resolution, not that either is right.",
    ),
    term(
        "AP",
        "Average precision, COCO's score of a network over a whole set of labelled pictures. It counts how many \
         people are found at ten thresholds of OKS from 0.50 to 0.95, the surest first.",
    ),
    term(
        "Attention",
        "How much each place of the picture counts when the network works out what is at another place. It shows \
         where the network looks, which is not proof of why it answers as it does.",
    ),
    term(
        "Block",
        "One round of attention and of mixing channels. A stage is a row of blocks, each working on what the \
         one before found.",
    ),
    term(
        "Capture",
        "The camera that is imitated: how many rows of pixels it spends on the person, and the noise and \
         compression it adds. What it loses, no network input brings back.",
    ),
    term(
        "CMSA",
        "Cascaded multi-scale attention, the kind of network shown here, made for pictures of few pixels. Groups of \
         heads look at windows of different sizes, and each group is handed what the one before it found.",
    ),
    term(
        "DARK",
        "A way to read a joint's place off its heatmap more finely than a cell. It takes the shape of the peak for \
         that of a bell and looks for the top of it.",
    ),
    term(
        "EMA",
        "Efficient multi-scale attention, a small module after each stage that makes some places count more than \
         others. It has nothing to do with an exponential moving average.",
    ),
    term(
        "Entropy",
        "How spread a pixel's attention is. 0 means that it looks at one cell only, 1 that it looks at all cells \
         of its window alike.",
    ),
    term(
        "Flip test",
        "The network also sees the mirrored picture, and both answers are averaged. It is a little better and takes \
         twice as long.",
    ),
    term(
        "Gradient × input",
        "How fast a heatmap's peak grows with each pixel, times how far the pixel is from the mean colour: its share in \
         the peak, as far as tiny changes tell.",
    ),
    term(
        "Ground truth",
        "Where the joints are according to the person who labelled the picture. Accuracy is measured against it.",
    ),
    term(
        "Head",
        "One of several attentions that work side by side in a block. Each may have learned to look for something \
         else.",
    ),
    term(
        "Heatmap",
        "What the network gives for each joint: a coarse picture that is bright where the joint may be. The place \
         is read off its peak.",
    ),
    term(
        "Keys",
        "The cells that can be looked at. They are often coarser than the map, because several pixels are pooled to \
         one cell.",
    ),
    term(
        "Network input",
        "The picture the network is given, in pixels. It may be larger than the capture, which then is enlarged \
         without becoming any sharper.",
    ),
    term(
        "Occlusion map",
        "A grey patch is moved over what the network sees, and at each of its places the joints are looked for again. Where \
         the patch moves a joint or makes it unsure, the network had found something to go by.",
    ),
    term(
        "OKS",
        "Object keypoint similarity, COCO's measure of how near the joints are to where they should be, from 0 to \
         1. A pixel counts for more on a small person, and for more at an eye than at a hip.",
    ),
    term("p1", "Channel weights of an EMA module that were learned and are the same for every picture."),
    term("p2", "Channel weights of an EMA module that this picture causes. Those of a group add up to 1."),
    term(
        "PCK",
        "Percentage of correct keypoints: the share of joints that lie within a fifth of the longer side of the \
         person's box from where they should be.",
    ),
    term(
        "Quarter pixel",
        "A simple way to read a joint's place off its heatmap: the middle of the brightest cell, moved a quarter of a \
         cell towards the brighter neighbour.",
    ),
    term("Query", "The pixel that looks. Its attention says how much it makes of each cell of its window."),
    term("Reach", "How far a pixel looks on average, in pixels of the network's input."),
    term("Received", "How much a cell is looked at, averaged over all pixels whose window it is in."),
    term(
        "Scale",
        "A group of heads with a window size of its own. Coarse scales see much of the person at once, fine ones a \
         small part sharply.",
    ),
    term(
        "Second opinion",
        "How near the joints are to those of MoveNet thunder, a network of another make that sees the person at full \
         sharpness, measured as OKS is. Where both agree they are likely right, but MoveNet may be wrong too.",
    ),
    term(
        "Stage",
        "A part of the network that works at one size of map. There are three, and each after the first has half \
         the rows and columns of the one before.",
    ),
    term(
        "Window",
        "The part of the map inside which pixels look at each other. No pixel sees beyond its window.",
    ),
    term(
        "σ(w)",
        "The spatial gate of an EMA module: for each place a factor between 0 and 1 by which the output is \
         multiplied.",
    ),
];

/// Whether the glossary is open, and what is looked for in it.
#[derive(Default)]
pub struct Glossary {
    open: bool,
    just_opened: bool,
    wanted: String,
}

impl Glossary {
    /// Opens the window on all terms.
    pub fn open(&mut self) {
        *self = Self { open: true, just_opened: true, wanted: String::new() };
    }

    /// Opens the window with a term looked for.
    pub fn open_at(&mut self, term: &str) {
        self.open();
        self.wanted = term.to_owned();
    }

    /// Closes the window.
    pub fn close(&mut self) {
        self.open = false;
    }

    /// Whether the window is open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Draws the window, if it is open.
    pub fn show(&mut self, ctx: &Context) {
        let mut open = self.open;
        centred("Glossary").open(&mut open).show(ctx, |ui| {
            ui.set_width(WIDTH);
            let edit =
                TextEdit::singleline(&mut self.wanted).desired_width(WIDTH).hint_text("Search the terms");
            let search = ui.add(edit).accessible_name("Search the terms");
            if std::mem::take(&mut self.just_opened) {
                search.request_focus();
            }
            ui.separator();
            let found = found(&self.wanted);
            let height = (ui.ctx().content_rect().height() - OTHER_HEIGHT).max(LEAST_HEIGHT);
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                if found.is_empty() {
                    ui.weak("No term is called so, and none is explained with it.");
                }
                for term in found {
                    ui.label(RichText::new(term.name).strong());
                    ui.label(term.meaning);
                    ui.add_space(6.0);
                }
            });
        });
        self.open &= open;
    }
}

/// What a term means, in sentences.
pub fn meaning(term: &str) -> Option<&'static str> {
    TERMS.iter().find(|known| known.name == term).map(|known| known.meaning)
}

/// A hint that ends with what a term of it means.
pub fn hint(text: &str, term: &str) -> String {
    meaning(term).map_or_else(|| text.to_owned(), |meaning| format!("{text}\n{term}: {meaning}"))
}

/// The terms that have a text in their name, then those that have a word beginning with it in their explanation.
fn found(wanted: &str) -> Vec<&'static Term> {
    let wanted = wanted.trim().to_lowercase();
    let named = |term: &&Term| term.name.to_lowercase().contains(&wanted);
    let explained = |term: &&Term| !named(term) && has_word(&term.meaning.to_lowercase(), &wanted);
    TERMS.iter().filter(named).chain(TERMS.iter().filter(explained)).collect()
}

/// Whether a word of the text begins with `start`: "oks" is not meant by "looks".
pub fn has_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_in_order_and_explained_in_sentences() {
        for pair in TERMS.windows(2) {
            assert!(pair[0].name.to_lowercase() < pair[1].name.to_lowercase(), "{}", pair[1].name);
        }
        assert!(TERMS.iter().all(|term| term.meaning.ends_with('.')));
    }

    #[test]
    fn hints_end_with_the_meaning_of_their_term() {
        let explained = [
            "Agreement",
            "Capture",
            "DARK",
            "Flip test",
            "Head",
            "Keys",
            "Network input",
            "OKS",
            "p1",
            "p2",
            "Quarter pixel",
            "Query",
            "Scale",
            "Window",
            "σ(w)",
        ];
        for term in explained {
            let hint = hint("Short words", term);
            assert!(hint.starts_with("Short words\n"), "{term} is not in the glossary");
            assert!(hint.ends_with(meaning(term).unwrap()));
        }
        assert_eq!(hint("Short words", "no such word"), "Short words");
    }

    #[test]
    fn names_are_found_before_explanations() {
        assert_eq!(found("  ").len(), TERMS.len());
        let oks: Vec<&str> = found("oks").iter().map(|term| term.name).collect();
        assert_eq!(oks, ["OKS", "Agreement", "AP", "Second opinion"]);
        assert!(found("no such word").is_empty());
    }
}
