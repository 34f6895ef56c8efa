//! People that the finder finds: in a new picture, when the user asks, and now and then before the camera.

use std::time::{Duration, Instant};

use egui::Context;

use super::App;
use super::document::Finding;
use super::toasts::Level;
use crate::borrowed::Search;
use crate::engine::{FinderEvent, FinderThread};
use crate::network::DeviceChoice;

/// How often the camera's picture is searched while somebody is followed in it: for whoever joins them.
const WHILE_FOLLOWED: Duration = Duration::from_secs(1);
/// How often it is while nobody is.
const WHILE_ALONE: Duration = Duration::from_millis(200);

/// The finder, and what it was asked last.
pub(super) struct PeopleFinder {
    thread: FinderThread,
    /// Ticket of the newest question about a camera's frame, until it is answered.
    live: Option<u64>,
    /// When that was asked.
    live_since: Option<Instant>,
    /// Ticket of what the user asked for, who wants to hear of the outcome.
    asked_for: Option<u64>,
    /// Whether it failed when it was asked last: that is told once, and the camera asks no more.
    failing: bool,
}

impl PeopleFinder {
    /// Starts the finder's thread; it loads nothing before the first picture.
    pub fn start(ctx: &Context, device: DeviceChoice) -> std::io::Result<Self> {
        let notify = ctx.clone();
        let thread = FinderThread::start(device, move || notify.request_repaint())?;
        Ok(Self { thread, live: None, live_since: None, asked_for: None, failing: false })
    }

    /// Moves the finder beside the network.
    pub fn set_device(&mut self, device: DeviceChoice) {
        self.failing = false;
        self.thread.set_device(device);
    }

    /// The next thing the finder has to say.
    pub fn poll(&self) -> Option<FinderEvent> {
        self.thread.poll()
    }

    /// Whether a camera's frame is to be searched now; `followed` says whether anybody is followed in it.
    fn is_due(&self, followed: bool) -> bool {
        let pause = if followed { WHILE_FOLLOWED } else { WHILE_ALONE };
        self.live.is_none() && self.live_since.is_none_or(|since| since.elapsed() >= pause)
    }
}

impl App {
    /// Has the people of a picture that was just opened found, unless they are labelled.
    pub(super) fn find_in_new_picture(&mut self) {
        let unlabelled = self.document.as_mut().filter(|document| document.is_unlabelled());
        if let (Some(document), true) = (unlabelled, self.preferences.find_people) {
            let picture = document.frame.picture.clone();
            document.begin_with_found(self.finder.thread.submit(picture, Search::Still));
        }
    }

    /// Looks for people because the user asks for it.
    pub(super) fn find_people(&mut self, search: Search) {
        let Some(document) = &mut self.document else { return };
        let picture = document.frame.picture.clone();
        if document.live {
            let ticket = self.finder.thread.submit(picture, Search::Live);
            (self.finder.live, self.finder.live_since) = (Some(ticket), Some(Instant::now()));
            self.finder.asked_for = Some(ticket);
            return;
        }
        let ticket = self.finder.thread.submit(picture, search);
        document.look_again(ticket);
        self.finder.asked_for = Some(ticket);
    }

    /// Has the newest frame of a camera searched, when that is due.
    pub(super) fn find_live(&mut self) {
        let Some(document) = self.document.as_mut().filter(|document| document.live) else { return };
        if !self.preferences.find_people || self.finder.failing {
            document.stop_finding();
        } else if self.finder.is_due(!document.people.is_empty()) {
            let ticket = self.finder.thread.submit(document.frame.picture.clone(), Search::Live);
            (self.finder.live, self.finder.live_since) = (Some(ticket), Some(Instant::now()));
        }
    }

    /// Takes in what the finder says.
    pub(super) fn finder_event(&mut self, event: FinderEvent) {
        let (FinderEvent::Found { ticket, .. } | FinderEvent::Failed { ticket, .. }) = event;
        // What an answered question replaced before it was begun is never answered.
        let about_frame = self.finder.live == Some(ticket);
        self.finder.live = self.finder.live.filter(|live| *live > ticket);
        let asked_for = self.finder.asked_for == Some(ticket);
        match event {
            FinderEvent::Found { people, .. } => {
                self.finder.failing = false;
                let Some(document) = &mut self.document else { return };
                if document.live {
                    if about_frame {
                        document.found_live(people);
                    }
                    return;
                }
                if document.found(ticket, &people) == Finding::BoxesStay && asked_for {
                    self.toasts.add(Level::Info, "Nobody found. The boxes stay as they are.");
                }
            }
            FinderEvent::Failed { message, .. } => {
                let known = std::mem::replace(&mut self.finder.failing, true);
                if !known || asked_for {
                    let text = format!("People cannot be looked for: {message}");
                    tracing::warn!("{text}");
                    self.toasts.add(Level::Warning, text);
                }
                if let Some(document) = &mut self.document {
                    document.not_found(ticket);
                }
            }
        }
    }
}
