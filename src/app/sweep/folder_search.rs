//! Finding out who is in the pictures of a folder, on a thread of its own.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};
use image::RgbImage;

use crate::borrowed::Search;
use crate::contained::{Stop, contained};
use crate::engine::{FinderError, LazyFinder, largest_first, leave_a_core_free};
use crate::network::DeviceChoice;
use crate::pose::BoundingBox;
use crate::source::Folder;
use crate::study::{FolderPeople, Gathering};

/// A search under way. Dropping it ends the thread before its next picture.
pub struct FolderSearch {
    progress: Arc<Mutex<Gathering>>,
    outcome: Receiver<Result<FolderPeople, String>>,
}

impl FolderSearch {
    /// Begins it; `notify` is called from the thread whenever there is something new.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn start(
        folder: Folder,
        device: DeviceChoice,
        notify: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let start = Gathering::Labels { done: 0, of: folder.paths().len() };
        let (progress, (sender, outcome)) = (Arc::new(Mutex::new(start)), bounded(1));
        let watched = Arc::downgrade(&progress);
        let told = move |so_far: Gathering, notify: &dyn Fn()| {
            let Some(progress) = watched.upgrade() else { return false };
            *progress.lock().unwrap_or_else(PoisonError::into_inner) = so_far;
            notify();
            true
        };
        std::thread::Builder::new().name("people of a folder".into()).spawn(move || {
            let go_on = |so_far| told(so_far, &notify);
            search(&folder, device, go_on, &sender);
            notify();
        })?;
        Ok(Self { progress, outcome })
    }

    /// How far it is.
    pub fn progress(&self) -> Gathering {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who was found, or why that is not known; told once.
    pub fn outcome(&self) -> Option<Result<FolderPeople, String>> {
        self.outcome.try_recv().ok()
    }
}

fn search(
    folder: &Folder,
    device: DeviceChoice,
    go_on: impl FnMut(Gathering) -> bool,
    sender: &Sender<Result<FolderPeople, String>>,
) {
    leave_a_core_free();
    let mut finder = LazyFinder::default();
    let find = |picture: &RgbImage| found(&mut finder, picture, device);
    let outcome = contained(|| FolderPeople::gather(folder, find, go_on));
    let outcome = match outcome {
        Ok(Ok(None)) => return,
        Ok(Ok(Some(found))) => Ok(found),
        Ok(Err(error)) => Err(error.to_string()),
        Err(Stop::OutOfMemory(line) | Stop::Panic(line)) => {
            Err(format!("{}: {line}", folder.root().display()))
        }
    };
    // There is room for the only message; one who let go of the search asks for none.
    let _ = sender.try_send(outcome);
}

/// The boxes of everybody in a picture, the largest first.
fn found(
    finder: &mut LazyFinder,
    picture: &RgbImage,
    device: DeviceChoice,
) -> Result<Vec<BoundingBox>, FinderError> {
    let found = contained(|| finder.find(picture, Search::Still, device)).unwrap_or_else(|stop| {
        Err(match stop {
            Stop::OutOfMemory(line) => FinderError::OutOfMemory(line),
            Stop::Panic(line) => FinderError::Internal(line),
        })
    })?;
    Ok(largest_first(&found, picture.dimensions()).into_iter().map(|person| person.bounds).collect())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// Generous, for slow machines; no test waits this long unless it fails.
    const PATIENCE: Duration = Duration::from_secs(20);

    #[test]
    fn the_labelled_people_of_a_folder_come_from_its_thread() {
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/examples");
        let folder = Folder::open(examples).unwrap();
        let search = FolderSearch::start(folder, DeviceChoice::Cpu, || {}).unwrap();
        let started = Instant::now();
        let found = loop {
            match search.outcome() {
                Some(outcome) => break outcome.unwrap(),
                None => assert!(started.elapsed() < PATIENCE, "{:?}", search.progress()),
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        assert!(found.people.labelled_count() == found.people.len() && found.people.picture_count() > 1);
        assert!(search.outcome().is_none());
    }
}
