use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::Clip;
use super::leash::Leash;
use super::reader::Reader;
use super::shared::{Order, Shared};
use crate::source::{Frame, SourceError};

/// How long [`Player::stop`] waits for the thread to end.
const STOP_PATIENCE: Duration = Duration::from_millis(100);
/// How many frames before the one that is not there are tried first.
const LOOK_BACK: u64 = 32;
/// How far behind its time a frame may be, in seconds, before the clock is set by it: the decoder is too slow.
const LATE: f64 = 0.5;

/// Shows the frames of a clip in time, or one by one.
///
/// A thread named `clip` decodes them and keeps the newest for [`Player::latest`]. It begins held, with the first frame
/// taken for shown. No method waits for a decoder, apart from [`Player::stop`] and dropping it, which take a tenth of a
/// second at most.
#[derive(Debug)]
pub struct Player {
    clip: Clip,
    shared: Arc<Shared>,
    leash: Arc<Leash>,
    /// Closes when the thread has ended.
    ended: Receiver<()>,
}

/// What a player is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayerState {
    /// Whether frames follow each other by themselves.
    pub playing: bool,
    /// The frame shown or asked for last, counted from 0.
    pub at: u64,
    /// How many there are; of videos an estimate, until the last was met.
    pub count: u64,
    /// Why the next frame could not be shown.
    pub failure: Option<String>,
}

impl Player {
    /// Gets ready to play. `notify` is called on the player's thread when there is a new frame or state to look at.
    #[must_use]
    pub fn start(clip: Clip, notify: impl Fn() + Send + 'static) -> Self {
        let shared = Arc::new(Shared::new(clip.timeline().count()));
        let leash = Arc::new(Leash::default());
        let (alive, ended) = bounded(0);
        let (for_thread, of_thread, its_leash) = (Arc::clone(&shared), clip.clone(), Arc::clone(&leash));
        let thread = thread::Builder::new().name("clip".to_owned()).spawn(move || {
            let _alive: Sender<()> = alive;
            let reader = Reader::on(of_thread, its_leash);
            Worker { shared: for_thread, reader, clock: None }.run(&notify);
        });
        if let Err(error) = thread {
            let name = clip.path().display().to_string();
            shared.fail(&SourceError::Video { name, reason: error.to_string() });
        }
        Self { clip, shared, leash, ended }
    }

    /// What is played.
    #[must_use]
    pub fn clip(&self) -> &Clip {
        &self.clip
    }

    /// What it is doing now.
    #[must_use]
    pub fn state(&self) -> PlayerState {
        self.shared.state()
    }

    /// Plays, from the start where it is at the end, or holds.
    pub fn play(&self, playing: bool) {
        self.shared.play(playing);
    }

    /// Shows a frame, counted from 0; the last where there are fewer. Playing goes on from there.
    pub fn go_to(&self, frame: u64) {
        self.shared.go_to(frame);
    }

    /// Holds, and shows the frame so many further on, or back.
    pub fn step(&self, frames: i64) {
        self.shared.step(frames);
    }

    /// The newest frame, if there is one that was not taken yet.
    pub fn latest(&mut self) -> Option<Frame> {
        self.shared.take_latest()
    }

    /// Ends the thread and its decoder.
    pub fn stop(&self) {
        self.shared.stop();
        self.leash.cut();
        let _ = self.ended.recv_timeout(STOP_PATIENCE);
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What the thread works with.
struct Worker {
    shared: Arc<Shared>,
    reader: Reader,
    /// When a time of the clip, in seconds, was shown, while it plays.
    clock: Option<(Instant, f64)>,
}

impl Worker {
    fn run(mut self, notify: &impl Fn()) {
        loop {
            let shown = match self.shared.next_order() {
                Order::Stop => return,
                Order::Show(frame) => {
                    self.clock = None;
                    self.show(frame)
                }
                Order::GoOn(after) => self.go_on(after),
            };
            if let Err(error) = shown
                && !self.shared.stopping()
            {
                self.clock = None;
                self.shared.fail(&error);
            }
            notify();
        }
    }

    /// Shows a frame, or the last where a video has fewer than it says.
    fn show(&mut self, number: u64) -> Result<(), SourceError> {
        let (mut from, mut back) = (number, LOOK_BACK);
        loop {
            if let Some(mut last) = self.reader.frame(from)? {
                while from < number
                    && let Some(next) = self.reader.frame(last.sequence + 1)?
                {
                    last = next;
                }
                if from < number {
                    self.shared.end_before(last.sequence + 1);
                }
                self.shared.publish(last);
                return Ok(());
            }
            if self.shared.stopping() {
                return Ok(());
            }
            if from == 0 {
                return Err(self.reader.clip().without_frame());
            }
            (from, back) = (from.saturating_sub(back), back * 2);
        }
    }

    /// Waits for the time of the next frame and shows it, or a later one where that is past.
    fn go_on(&mut self, after: u64) -> Result<(), SourceError> {
        let timeline = self.reader.timeline();
        let (since, from) = *self.clock.get_or_insert((Instant::now(), timeline.start_of(after)));
        let next = timeline.start_of(after + 1);
        if after + 1 >= timeline.count() {
            // The last one is shown for its time as well.
            if self.shared.wait_until(since + Duration::from_secs_f64((next - from).max(0.0))) {
                self.shared.end_before(timeline.count());
            }
            self.clock = None;
            return Ok(());
        }
        let late = since.elapsed().as_secs_f64() - (next - from);
        if late > LATE {
            self.clock = Some((Instant::now(), next));
        }
        let due = match late > 0.0 && late <= LATE {
            true => timeline.at(next + late),
            false => after + 1,
        };
        let at = timeline.start_of(due);
        let (since, from) = self.clock.unwrap_or((since, from));
        // Decoded before its time, so that it is not late for it.
        let frame = self.reader.frame(due)?;
        if !self.shared.wait_until(since + Duration::from_secs_f64((at - from).max(0.0))) {
            self.clock = None;
            return Ok(());
        }
        match frame {
            Some(frame) => self.shared.publish(frame),
            None => self.shared.end_before(due),
        }
        Ok(())
    }
}
