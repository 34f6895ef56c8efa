//! How thoroughly people are looked for.

/// How thoroughly people are looked for. Thresholds were chosen on 80 pictures of COCO val2017.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Search {
    /// A still picture at two sizes, small people too: the best balance of people missed and people imagined.
    #[default]
    Still,
    /// The same with a lower threshold: more people, and more that are none.
    More,
    /// One frame of a camera, at the smaller size only: three times as fast.
    Live,
}

impl Search {
    /// Longer side, in pixels, of each picture that the network is given; multiples of 32.
    pub(super) fn sizes(self) -> &'static [u32] {
        match self {
            Self::Still | Self::More => &[416, 640],
            Self::Live => &[416],
        }
    }

    /// Somebody counts whose score is above this.
    pub(super) fn threshold(self) -> f64 {
        match self {
            Self::Still => 0.45,
            Self::More => 0.3,
            Self::Live => 0.4,
        }
    }
}
