use std::sync::Arc;

/// When the frames of a clip are shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Timeline {
    /// So many a second, as those of a video.
    Even {
        /// Frames a second, above 0.
        per_second: f64,
        /// How many there are, at least 1.
        count: u64,
    },
    /// Each for as long as the file says: when each one ends, in seconds from the start, at least one.
    Listed(Arc<[f64]>),
}

impl Timeline {
    /// How many frames there are, at least 1.
    #[must_use]
    pub fn count(&self) -> u64 {
        match self {
            Self::Even { count, .. } => *count,
            Self::Listed(ends) => ends.len() as u64,
        }
    }

    /// When a frame, counted from 0, begins to be shown, in seconds from the start.
    #[must_use]
    pub fn start_of(&self, frame: u64) -> f64 {
        match self {
            Self::Even { per_second, .. } => frame as f64 / per_second,
            Self::Listed(ends) => {
                let before = usize::try_from(frame).ok().and_then(|frame| frame.checked_sub(1));
                before.and_then(|before| ends.get(before.min(ends.len() - 1))).copied().unwrap_or(0.0)
            }
        }
    }

    /// How long all of it takes, in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.start_of(self.count())
    }

    /// The frame that is shown at a time in seconds from the start; the first before it, the last after the end.
    #[must_use]
    pub fn at(&self, seconds: f64) -> u64 {
        let frame = match self {
            // A frame begins at its time, which is rounded when it is divided.
            Self::Even { per_second, .. } => (seconds * per_second + 1e-6).max(0.0) as u64,
            Self::Listed(ends) => ends.partition_point(|end| *end <= seconds) as u64,
        };
        frame.min(self.count() - 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Timeline;

    #[test]
    fn listed_frames_begin_where_the_one_before_ends() {
        let timeline = Timeline::Listed([0.1, 0.5, 0.6].into());
        assert_eq!([0, 1, 2, 3, 9].map(|frame| timeline.start_of(frame)), [0.0, 0.1, 0.5, 0.6, 0.6]);
        assert_eq!(
            [-1.0, 0.0, 0.09, 0.1, 0.59, 0.6, 7.0].map(|time| timeline.at(time)),
            [0, 0, 0, 1, 2, 2, 2]
        );
        assert_eq!((timeline.count(), timeline.seconds()), (3, 0.6));
    }

    proptest! {
        #[test]
        fn each_frame_is_shown_when_it_begins(per_second in 0.5_f64..240.0, count in 1_u64..100_000, share in 0.0..1.0) {
            let timeline = Timeline::Even { per_second, count };
            let frame = (share * count as f64) as u64;
            prop_assert_eq!(timeline.at(timeline.start_of(frame)), frame);
            prop_assert_eq!(timeline.at(timeline.seconds() + 1.0), count - 1);
        }
    }
}
