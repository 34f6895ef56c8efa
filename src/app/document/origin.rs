//! Who found a person.

/// Where a person's box came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// From the picture's labels.
    Labelled,
    /// Drawn or moved by the user.
    Drawn,
    /// Found by NanoDet.
    NanoDet {
        /// How sure it was, 0 … 1.
        score: f64,
    },
    /// A first guess: the person may be anywhere in the picture.
    WholePicture,
    /// Taken along from the picture before.
    Copied,
}

impl Origin {
    /// A word for narrow places.
    pub fn label(self) -> &'static str {
        match self {
            Self::Labelled => "labelled",
            Self::Drawn => "drawn",
            Self::NanoDet { .. } => "NanoDet",
            Self::WholePicture => "whole picture",
            Self::Copied => "copied",
        }
    }

    /// What it means, in a sentence.
    pub fn explanation(self) -> String {
        match self {
            Self::Labelled => "The box comes from the picture's labels.".into(),
            Self::Drawn => "The box was drawn by hand.".into(),
            Self::NanoDet { score } => format!("NanoDet found this person, with a score of {score:.2}."),
            Self::WholePicture => "Looked for in the whole picture, then around the joints.".into(),
            Self::Copied => "The box was taken along from the picture before.".into(),
        }
    }
}
