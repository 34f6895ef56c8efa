//! Which paths are being read, and the signs of it: a line under the menu and words in the status line.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Label, RichText, Ui};

/// What is done sooner than this needs no sign of work.
const SHOWN_AFTER: Duration = Duration::from_millis(200);
/// How often the seconds in the status line count on.
const COUNTED_EVERY: Duration = Duration::from_secs(1);

/// A path that is being read.
struct Pending {
    number: u64,
    name: String,
    since: Instant,
}

/// The paths that are being read. A newer picture on the screen makes older ones unwanted.
#[derive(Default)]
pub struct Reading {
    last: u64,
    shown: u64,
    pending: Vec<Pending>,
}

impl Reading {
    /// A path is read from now on. Gives its number.
    pub fn begin(&mut self, path: &Path) -> u64 {
        self.last += 1;
        self.pending.push(Pending { number: self.last, name: name_of(path), since: Instant::now() });
        self.last
    }

    /// A path was read, or could not be.
    pub fn end(&mut self, number: u64) {
        self.pending.retain(|pending| pending.number != number);
    }

    /// Whether a picture that was read is to be shown: no newer one is on the screen.
    pub fn shows(&mut self, number: u64) -> bool {
        if number < self.shown {
            return false;
        }
        self.shown = number;
        self.pending.retain(|pending| pending.number > number);
        true
    }

    /// The name of what is read now, and since when.
    pub fn newest(&self) -> Option<(&str, Instant)> {
        self.pending.last().map(|pending| (pending.name.as_str(), pending.since))
    }

    /// Whether reading takes so long that the window should say so.
    pub fn is_slow(&self) -> bool {
        self.newest().is_some_and(|(_, since)| since.elapsed() >= SHOWN_AFTER)
    }
}

/// The name of a file or folder, or the whole path where it has none.
pub fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
}

/// What is read, and for how long already, once it takes a while.
pub fn sign(ui: &mut Ui, reading: &Reading) {
    let Some((name, since)) = reading.newest() else { return };
    let elapsed = since.elapsed();
    if elapsed < SHOWN_AFTER {
        ui.ctx().request_repaint_after(SHOWN_AFTER - elapsed);
        return;
    }
    ui.ctx().request_repaint_after(COUNTED_EVERY);
    let text = format!("Opening {name}… {} s", elapsed.as_secs());
    ui.add(Label::new(RichText::new(text).weak()).truncate());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_picture_does_not_replace_a_newer_one() {
        let mut reading = Reading::default();
        let slow = reading.begin(Path::new("pictures/slow.png"));
        let quick = reading.begin(Path::new("pictures/quick.png"));
        assert_eq!(reading.newest().map(|(name, _)| name), Some("quick.png"));
        reading.end(quick);
        assert!(reading.shows(quick));
        assert!(reading.newest().is_none(), "the slow one is not waited for any more");
        reading.end(slow);
        assert!(!reading.shows(slow));
    }

    #[test]
    fn a_newer_path_that_fails_leaves_the_older_one_wanted() {
        let mut reading = Reading::default();
        let good = reading.begin(Path::new("good.png"));
        let bad = reading.begin(Path::new("bad.png"));
        reading.end(bad);
        assert_eq!(reading.newest().map(|(name, _)| name), Some("good.png"));
        reading.end(good);
        assert!(reading.shows(good) && reading.newest().is_none());
    }
}
