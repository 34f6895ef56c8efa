use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Clip;
use super::animation::{self, Animation};
use super::film::Film;
use super::leash::Leash;
use super::timeline::Timeline;
use crate::source::{Frame, SourceError};

/// Frames that are decoded and passed over rather than begun anew behind them, in seconds: ffmpeg takes as long to start.
const PASSED_OVER: f64 = 1.0;

/// Gives the frames of a clip: in order, or from another one on.
pub struct Reader {
    clip: Clip,
    leash: Arc<Leash>,
    decoder: Option<Decoder>,
    /// The frame that the decoder gives next.
    next: u64,
    /// The frame that was given last.
    last: Option<Frame>,
    /// What times are counted from.
    start: Instant,
}

enum Decoder {
    Film(Film),
    Animation(Animation),
}

impl Reader {
    /// Reads a clip from its first frame on.
    #[must_use]
    pub fn new(clip: Clip) -> Self {
        Self::on(clip, Arc::default())
    }

    /// The same, with decoders that another thread can end.
    pub(super) fn on(clip: Clip, leash: Arc<Leash>) -> Self {
        Self { clip, leash, decoder: None, next: 0, last: None, start: Instant::now() }
    }

    /// What is read.
    #[must_use]
    pub fn clip(&self) -> &Clip {
        &self.clip
    }

    /// When the frames are shown.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        self.clip.timeline()
    }

    /// The frame of this number, counted from 0; none behind the last. Fastest in order. Its time of capture is as far
    /// from that of the first as the clip says.
    ///
    /// # Errors
    /// When the clip cannot be decoded from there on.
    pub fn frame(&mut self, number: u64) -> Result<Option<Frame>, SourceError> {
        if number >= self.clip.timeline().count() {
            return Ok(None);
        }
        if self.last.as_ref().is_none_or(|last| last.sequence != number) {
            self.go_to(number)?;
            self.last = self.decode()?.map(|picture| {
                let seconds = self.clip.timeline().start_of(number);
                let captured = self.start + Duration::from_secs_f64(seconds);
                Frame { sequence: number, captured, ..Frame::still(picture, self.clip.name_of(number), None) }
            });
        }
        Ok(self.last.clone())
    }

    /// Makes this frame the one that is decoded next.
    fn go_to(&mut self, number: u64) -> Result<(), SourceError> {
        let timeline = self.clip.timeline();
        let ahead = timeline.start_of(number) - timeline.start_of(self.next);
        // A moving picture is always decoded from its start.
        let at_hand = self.decoder.is_some() && self.next <= number;
        let near = ahead <= PASSED_OVER || matches!(timeline, Timeline::Listed(_));
        if !(at_hand && near) {
            // Ends the one before, which has the leash.
            self.decoder = None;
            (self.decoder, self.next) = self.begin(number)?;
        }
        while self.next < number {
            if self.leash.is_cut() || self.decode()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn begin(&self, number: u64) -> Result<(Option<Decoder>, u64), SourceError> {
        let path = self.clip.path();
        Ok(match self.clip.timeline() {
            Timeline::Even { per_second, .. } => {
                (Some(Decoder::Film(Film::start(path, *per_second, number, &self.leash)?)), number)
            }
            Timeline::Listed(_) => {
                let animation = Animation::begin(path, &animation::bytes_of(path)?)?;
                (animation.map(Decoder::Animation), 0)
            }
        })
    }

    fn decode(&mut self) -> Result<Option<image::RgbImage>, SourceError> {
        let decoded = match &mut self.decoder {
            Some(Decoder::Film(film)) => film.next(),
            Some(Decoder::Animation(animation)) => {
                animation.next().map(|next| next.map(|(picture, _)| picture))
            }
            None => Ok(None),
        };
        match &decoded {
            Ok(Some(_)) => self.next += 1,
            Ok(None) | Err(_) => self.decoder = None,
        }
        decoded
    }
}
