//! What the finder's thread is asked about a picture.

use crate::borrowed::{FoundPerson, Search};
use crate::pose::{BoundingBox, Pose};

/// A question about a picture. Of each kind the newest waits, whatever waits of the others.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Who is in the picture?
    Everybody(Search),
    /// Who is at this place?
    At {
        /// Where, in picture pixels, x and y.
        place: (f64, f64),
        /// Where to look, one after the other until somebody is found at the place.
        windows: Vec<BoundingBox>,
    },
    /// Where does MoveNet see the joints of the person in this box?
    SecondOpinion(BoundingBox),
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reply {
    /// People, best first.
    People(Vec<FoundPerson>),
    /// Joints in picture pixels.
    Joints(Box<Pose>),
}

impl Question {
    /// Kinds of questions.
    pub(super) const KINDS: usize = 3;

    /// Which kind this is, below [`Question::KINDS`]; kinds that a user waits for come first.
    pub(super) fn kind(&self) -> usize {
        match self {
            Self::At { .. } => 0,
            Self::Everybody(_) => 1,
            Self::SecondOpinion(_) => 2,
        }
    }
}
