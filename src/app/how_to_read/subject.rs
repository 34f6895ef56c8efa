//! What there is a text about.

use super::{texts, words};
use crate::app::capitalised::capitalised;
use crate::app::glossary;
use crate::app::preferences::{AttentionMode, Preferences, RightPanel};

/// A part of the window that a text tells how to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HowTo {
    /// Capture and network input.
    Resolution,
    /// Accuracy, agreement and second opinion.
    Score,
    /// The network's input at true pixels.
    NetworkInput,
    /// The list of people.
    People,
    /// The overlays of the picture.
    Layers,
    /// The person at eight resolutions.
    Strip,
    /// Scales of a block and heads of a scale.
    Scales,
    /// Attention of one pixel.
    Query,
    /// What is looked at most.
    Received,
    /// How far each pixel looks.
    Reach,
    /// How spread each pixel's attention is.
    Entropy,
    /// Attention of one pixel at every input.
    AcrossSizes,
    /// Channel weights and gates.
    Ema,
    /// Channel weights and gates of many people.
    EmaOverPeople,
    /// The table of joints.
    Joints,
    /// Parts of the network left out.
    WhatIf,
    /// Which pixels a joint hangs on.
    WhatMatters,
    /// Accuracy against capture height.
    Sweep,
    /// Two ways to look at the same person.
    SideBySide,
    /// A network measured over labelled pictures.
    DataSet,
}

impl HowTo {
    /// Every text, in the order of the list.
    pub const ALL: [Self; 20] = [
        Self::Resolution,
        Self::Score,
        Self::NetworkInput,
        Self::People,
        Self::Layers,
        Self::Strip,
        Self::Scales,
        Self::Query,
        Self::Received,
        Self::Reach,
        Self::Entropy,
        Self::AcrossSizes,
        Self::Ema,
        Self::EmaOverPeople,
        Self::Joints,
        Self::WhatIf,
        Self::WhatMatters,
        Self::Sweep,
        Self::SideBySide,
        Self::DataSet,
    ];

    /// The text about a way to draw attention.
    pub fn of_mode(mode: AttentionMode) -> Self {
        match mode {
            AttentionMode::Query => Self::Query,
            AttentionMode::Received => Self::Received,
            AttentionMode::Reach => Self::Reach,
            AttentionMode::Entropy => Self::Entropy,
        }
    }

    /// The text about what stands on the right.
    pub fn on_the_right(preferences: &Preferences) -> Self {
        match preferences.right {
            RightPanel::Attention => Self::of_mode(preferences.attention.mode),
            RightPanel::Ema => Self::Ema,
            RightPanel::Joints => Self::Joints,
            RightPanel::WhatIf => Self::WhatIf,
            RightPanel::Sweep => Self::Sweep,
        }
    }

    /// What it is about, as it stands in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::Score => "score",
            Self::NetworkInput => "what the network sees",
            Self::People => "people",
            Self::Layers => "layers",
            Self::Strip => "resolution strip",
            Self::Scales => "scales and heads",
            Self::Query => "attention: query",
            Self::Received => "attention: received",
            Self::Reach => "attention: reach",
            Self::Entropy => "attention: entropy",
            Self::AcrossSizes => "attention across sizes",
            Self::Ema => "EMA",
            Self::EmaOverPeople => "EMA over people",
            Self::Joints => "joints",
            Self::WhatIf => "what if",
            Self::WhatMatters => "what matters",
            Self::Sweep => "sweep",
            Self::SideBySide => "side by side",
            Self::DataSet => "data set",
        }
    }

    /// What it is about, as a title.
    pub fn title(self) -> String {
        capitalised(self.name())
    }

    /// What opens the text is called so.
    pub fn command(self) -> String {
        format!("How to read {}", self.name())
    }

    /// The text: paragraphs apart by an empty line, and terms of the glossary in brackets; see [`words::pieces`].
    pub fn text(self) -> &'static str {
        texts::of(self)
    }

    /// Those that have a text in their name, then those whose own text has a word beginning with it.
    pub fn found(wanted: &str) -> Vec<Self> {
        let wanted = wanted.trim().to_lowercase();
        let named = |how_to: &Self| how_to.name().to_lowercase().contains(&wanted);
        let told = |how_to: &Self| {
            !named(how_to) && glossary::has_word(&words::plain(how_to.text()).to_lowercase(), &wanted)
        };
        let all = Self::ALL.into_iter();
        all.clone().filter(named).chain(all.filter(told)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::words::Piece;
    use super::*;

    #[test]
    fn texts_are_short_different_and_in_sentences() {
        for how_to in HowTo::ALL {
            let text = words::plain(how_to.text());
            let count = text.split_whitespace().count();
            assert!((60..=130).contains(&count), "{how_to:?} has {count} words");
            assert!(text.split("\n\n").all(|paragraph| paragraph.trim_end().ends_with('.')), "{how_to:?}");
        }
        let names: HashSet<&str> = HowTo::ALL.iter().map(|how_to| how_to.name()).collect();
        let texts: HashSet<&str> = HowTo::ALL.iter().map(|how_to| how_to.text()).collect();
        assert_eq!((names.len(), texts.len()), (HowTo::ALL.len(), HowTo::ALL.len()));
        assert_eq!((HowTo::Ema.title(), HowTo::Query.title()), ("EMA".into(), "Attention: query".into()));
    }

    #[test]
    fn every_linked_word_is_in_the_glossary() {
        for how_to in HowTo::ALL {
            let terms = words::pieces(how_to.text()).filter_map(|piece| match piece {
                Piece::Term { term, .. } => Some(term),
                Piece::Words(_) => None,
            });
            let terms: Vec<&str> = terms.collect();
            assert!(!terms.is_empty(), "{how_to:?} links nothing");
            for term in terms {
                assert!(glossary::meaning(term).is_some(), "{term} in {how_to:?} is not in the glossary");
            }
        }
    }

    #[test]
    fn every_panel_and_mode_has_its_text() {
        let mut preferences = Preferences { right: RightPanel::Attention, ..Preferences::default() };
        for mode in AttentionMode::ALL {
            preferences.attention.mode = mode;
            let name = HowTo::on_the_right(&preferences).name();
            assert!(name.ends_with(&mode.label().to_lowercase()), "{name}");
        }
        for panel in RightPanel::ALL.into_iter().filter(|panel| *panel != RightPanel::Attention) {
            preferences.right = panel;
            assert_eq!(HowTo::on_the_right(&preferences).title(), panel.label().to_owned());
        }
    }

    #[test]
    fn names_are_found_before_texts() {
        assert_eq!(HowTo::found(" "), HowTo::ALL);
        assert_eq!(HowTo::found("Reach").first(), Some(&HowTo::Reach));
        let gate = HowTo::found("gate");
        assert!(gate.contains(&HowTo::Ema) && !gate.contains(&HowTo::Joints), "{gate:?}");
        assert!(HowTo::found("no such word").is_empty());
    }
}
