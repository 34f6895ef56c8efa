//! What the finder's thread is asked: for people in a new picture, when the user asks, at a place that was clicked, and
//! now and then before the camera; and for a second opinion about the selected person.

use std::time::{Duration, Instant};

use egui::Context;

use super::App;
use super::document::Finding;
use super::toasts::Level;
use crate::borrowed::{FoundPerson, Search};
use crate::engine::{FinderEvent, FinderThread, Question};
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
    /// Whether there is no second opinion to be had: that is told once.
    no_opinion: bool,
}

impl PeopleFinder {
    /// Starts the finder's thread; it loads nothing before the first picture.
    pub fn start(ctx: &Context, device: DeviceChoice) -> std::io::Result<Self> {
        let notify = ctx.clone();
        let thread = FinderThread::start(device, move || notify.request_repaint())?;
        Ok(Self { thread, live: None, live_since: None, asked_for: None, failing: false, no_opinion: false })
    }

    /// Moves the finder beside the network.
    pub fn set_device(&mut self, device: DeviceChoice) {
        (self.failing, self.no_opinion) = (false, false);
        self.thread.set_device(device);
    }

    /// The next thing the finder has to say.
    pub fn poll(&self) -> Option<FinderEvent> {
        self.thread.poll()
    }

    /// Whether MoveNet has an opinion: not after it failed.
    pub fn has_opinion(&self) -> bool {
        !self.no_opinion
    }

    /// Whether the answer of this number is about a camera's frame, and whether the user asked for it. The next frame
    /// can be asked about then.
    fn ends_search(&mut self, ticket: u64) -> (bool, bool) {
        let about_frame = self.live == Some(ticket);
        // What an answered search replaced before it was begun is never answered.
        self.live = self.live.filter(|live| *live > ticket);
        (about_frame, self.asked_for == Some(ticket))
    }

    /// Whatever is being looked for is of another scene.
    pub fn forget_live(&mut self) {
        (self.live, self.live_since) = (None, None);
    }

    /// Whether a frame that is one of many is being searched.
    pub fn is_searching(&self) -> bool {
        self.live.is_some()
    }

    /// Whether a camera's frame is to be searched now, when that is done again after `pause`.
    fn is_due(&self, pause: Duration) -> bool {
        self.live.is_none() && self.live_since.is_none_or(|since| since.elapsed() >= pause)
    }
}

impl App {
    /// Has the people of a picture that was just opened found, unless they are labelled.
    pub(super) fn find_in_new_picture(&mut self) {
        let unlabelled = self.document.as_mut().filter(|document| document.is_unlabelled());
        if let (Some(document), true) = (unlabelled, self.preferences.find_people) {
            let picture = document.frame.picture.clone();
            document.begin_with_found(self.finder.thread.submit(picture, Question::Everybody(Search::Still)));
        }
    }

    /// Has the frame searched that is held from now on, where people are looked for at all. Gives the ticket.
    pub(super) fn search_held(&self) -> Option<u64> {
        let document =
            self.document.as_ref().filter(|_| self.preferences.find_people && !self.finder.failing)?;
        let picture = document.frame.picture.clone();
        Some(self.finder.thread.submit(picture, Question::Everybody(Search::Still)))
    }

    /// Looks for people because the user asks for it.
    pub(super) fn find_people(&mut self, search: Search) {
        let Some(document) = &mut self.document else { return };
        let picture = document.frame.picture.clone();
        if document.live {
            let ticket = self.finder.thread.submit(picture, Question::Everybody(Search::Live));
            (self.finder.live, self.finder.live_since) = (Some(ticket), Some(Instant::now()));
            self.finder.asked_for = Some(ticket);
            return;
        }
        let ticket = self.finder.thread.submit(picture, Question::Everybody(search));
        document.look_again(ticket);
        self.finder.asked_for = Some(ticket);
    }

    /// Has the newest frame of a running camera or clip searched, when that is due: by the clock, or by the time of the
    /// clip where each of its frames is waited for.
    pub(super) fn find_live(&mut self) {
        let (runs, filming) = (self.frames_run(), self.is_filming());
        let Some(document) = self.document.as_mut().filter(|document| document.live) else { return };
        if !self.preferences.find_people || self.finder.failing {
            document.stop_finding();
            return;
        }
        let pause = if document.people.is_empty() { WHILE_ALONE } else { WHILE_FOLLOWED };
        let due = match self.overlay_video.as_mut().filter(|_| filming) {
            Some(video) => video.begins_search(document.frame.sequence, pause),
            None => runs && self.finder.is_due(pause),
        };
        if due {
            let picture = document.frame.picture.clone();
            let ticket = self.finder.thread.submit(picture, Question::Everybody(Search::Live));
            (self.finder.live, self.finder.live_since) = (Some(ticket), Some(Instant::now()));
        }
    }

    /// Has somebody looked for where the user clicked, and MoveNet look at the selected person, once there is anything
    /// to compare and nothing is being dragged.
    pub(super) fn ask_finder(&mut self, ctx: &Context) {
        let Some(document) = &mut self.document else { return };
        let picture = document.frame.picture.clone();
        if let Some((place, windows)) = document.unasked_place() {
            document.place_asked(self.finder.thread.submit(picture.clone(), Question::At { place, windows }));
        }
        let wanted = self.preferences.second_opinion
            && self.finder.has_opinion()
            && self.network.as_ref().is_some_and(|network| network.config.is_some())
            && self.answered == self.ticket
            && ctx.dragged_id().is_none();
        if let Some(bounds) = document.wants_opinion().filter(|_| wanted) {
            let ticket = self.finder.thread.submit(picture, Question::SecondOpinion(bounds));
            document.opinion_asked(ticket, bounds);
        }
    }

    /// Takes in what the finder says.
    pub(super) fn finder_event(&mut self, event: FinderEvent) {
        let ticket = event.ticket();
        match event {
            FinderEvent::Found { people, .. } => {
                self.finder.failing = false;
                if !self.placed(ticket, &people) {
                    self.found(ticket, people);
                }
            }
            FinderEvent::SecondOpinion { pose, .. } => {
                if let Some(document) = &mut self.document {
                    document.take_opinion(ticket, Some(*pose));
                }
            }
            FinderEvent::Failed { message, opinion: true, .. } => {
                if let Some(document) = &mut self.document {
                    document.take_opinion(ticket, None);
                }
                if !std::mem::replace(&mut self.finder.no_opinion, true) {
                    self.finder_warning(format!("There is no second opinion: {message}"));
                }
            }
            FinderEvent::Failed { message, .. } => self.not_found(ticket, &message),
        }
    }

    /// Puts the box that was looked for where the user clicked; gives whether that is what the answer is about.
    fn placed(&mut self, ticket: u64, people: &[FoundPerson]) -> bool {
        self.document.as_mut().is_some_and(|document| document.placed(ticket, people))
    }

    fn found(&mut self, ticket: u64, people: Vec<FoundPerson>) {
        let (about_frame, asked_for) = self.finder.ends_search(ticket);
        let Some(document) = &mut self.document else { return };
        let boxes_stay = if document.live {
            let nobody = people.is_empty();
            if about_frame {
                document.found_live(people);
            }
            nobody
        } else {
            document.found(ticket, &people) == Finding::BoxesStay
        };
        if boxes_stay && asked_for {
            self.toasts.add(Level::Info, "Nobody found. The boxes stay as they are.");
        }
    }

    fn not_found(&mut self, ticket: u64, message: &str) {
        let known = std::mem::replace(&mut self.finder.failing, true);
        let placed = self.placed(ticket, &[]);
        let asked_for = !placed && self.finder.ends_search(ticket).1;
        if !known || asked_for {
            self.finder_warning(format!("People cannot be looked for: {message}"));
        }
        if let Some(document) = &mut self.document
            && !placed
        {
            document.not_found(ticket);
        }
    }

    fn finder_warning(&mut self, text: String) {
        tracing::warn!("{text}");
        self.toasts.add(Level::Warning, text);
    }
}
