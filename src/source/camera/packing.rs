//! Where the samples of a picture lie in the bytes that a camera sends.

/// An arrangement of samples. Rows follow each other without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Two pixels in four bytes: where their luma is, and their U and V.
    Pairs {
        /// The left pixel's luma, and the right one's.
        luma: [usize; 2],
        /// U and V.
        chroma: [usize; 2],
    },
    /// A pixel in three bytes: Y, U, V.
    Triples,
    /// A plane of luma, then chroma in a plane or two.
    Planes {
        /// So many pixels beside each other share their chroma.
        across: usize,
        /// So many rows do.
        down: usize,
        /// How the chroma is arranged.
        chroma: Chroma,
    },
    /// Red, green and blue of a pixel, a byte each.
    Colours {
        /// Bytes from one pixel to the next.
        bytes: usize,
        /// Where red, green and blue are among them.
        rgb: [usize; 3],
    },
    /// 5, 6 and 5 bits of red, green and blue in two bytes.
    Rgb565,
    /// A byte of grey.
    Grey,
    /// Two bytes of grey, of which so many bits are used.
    DeepGrey {
        /// At least 8.
        bits: u32,
    },
    /// A JPEG file, of any arrangement inside.
    Jpeg,
}

/// How chroma is arranged behind a plane of luma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chroma {
    /// One plane, U before V.
    PairsOfUV,
    /// One plane, V before U.
    PairsOfVU,
    /// Two planes, that of U first.
    UThenV,
    /// Two planes, that of V first.
    VThenU,
}

impl Packing {
    /// So many pixels beside each other, and so many rows, cannot be told apart in the bytes: the sides of a picture
    /// are multiples of them.
    pub(super) fn unit(self) -> (usize, usize) {
        match self {
            Self::Pairs { .. } => (2, 1),
            Self::Planes { across, down, .. } => (across, down),
            _ => (1, 1),
        }
    }

    /// The planes one after the other: bytes of a row, and rows. None for JPEG, which has neither.
    ///
    /// `width` and `height` are multiples of the unit.
    pub(super) fn planes(self, width: usize, height: usize) -> Vec<(usize, usize)> {
        match self {
            Self::Jpeg => Vec::new(),
            Self::Pairs { .. } | Self::Rgb565 | Self::DeepGrey { .. } => vec![(width * 2, height)],
            Self::Triples => vec![(width * 3, height)],
            Self::Colours { bytes, .. } => vec![(width * bytes, height)],
            Self::Grey => vec![(width, height)],
            Self::Planes { across, down, chroma: Chroma::PairsOfUV | Chroma::PairsOfVU } => {
                vec![(width, height), (width / across * 2, height / down)]
            }
            Self::Planes { across, down, chroma: Chroma::UThenV | Chroma::VThenU } => {
                let small = (width / across, height / down);
                vec![(width, height), small, small]
            }
        }
    }
}
