//! People in the frames of a camera or a clip. Without a finder, everybody is looked for around their own joints, and in the whole
//! frame once lost. With one, it says who is there, and a tracker who is who.

use super::{Document, Finding, History, Labelling, Opinions, Origin, PersonState};
use crate::borrowed::FoundPerson;
use crate::engine::{Answer, follow};
use crate::pose::following::{Sighting, Tracker};
use crate::pose::{BoundingBox, Pose};
use crate::source::Frame;

/// Who was selected when they were lost, and who has been shown since; people by their numbers.
pub(super) struct LostSelection {
    lost: u32,
    instead: Option<u32>,
}

impl Document {
    /// The next frame of a camera or a clip: people stay, and are looked for where their joints were. What was known of
    /// the frame before alone, the labels of a first frame among it, is forgotten.
    pub fn advance(&mut self, frame: Frame, version: u64) {
        let size = frame.picture.dimensions();
        if frame.captured < self.frame.captured {
            // Nobody can be followed backwards.
            self.forget_followed();
        }
        self.labelled.clear();
        self.whole = None;
        (self.labelling, self.hand_labelled) = (Labelling::default(), false);
        (self.truth_path, self.history, self.opinions) = (None, History::default(), Opinions::default());
        if self.looking.take().is_some() && self.people.is_empty() {
            // They were not found yet in the frame before.
            self.people.push(PersonState::anywhere(1, size));
            self.selected = Some(0);
        }
        self.clock.add(&frame);
        if self.frame.picture.dimensions() != size {
            self.begin_anew(size);
        }
        let whole = BoundingBox::whole(size.0, size.1);
        for index in 0..self.people.len() {
            let person = &self.people[index];
            let bounds = match (&self.following, self.person_answer(index)) {
                // In the hand of the user.
                _ if self.is_held(index) => person.bounds,
                (Some(tracker), _) => {
                    let known = tracker.search_box(person.number, size, self.clock.now_secs());
                    known.unwrap_or(person.bounds)
                }
                // A lost person may be anywhere; following the joints then narrows the box from frame to frame.
                (None, Some(found)) => follow(&found.pose, size).unwrap_or(whole),
                // Not looked at since: the box stays where it was put.
                (None, None) => person.bounds,
            };
            self.people[index].move_to(bounds);
        }
        (self.frame, self.version) = (frame, version);
        (self.live, self.streamed) = (true, true);
        self.reference = None;
    }

    /// Makes the newest frame a picture like any other, until the next one comes. People are where a search finds them
    /// in it, of which this is the ticket, and keep their numbers; without one they stay where they were expected.
    pub fn hold(&mut self, search: Option<u64>) {
        self.live = false;
        match search {
            Some(ticket) => self.look_again(ticket),
            None => self.forget_followed(),
        }
    }

    /// Puts everybody who is followed where a search of this very frame found them; who was not found is not there.
    /// Boxes that a hand drew stay, and where nobody was found all do.
    pub(super) fn settle(&mut self, found: &[FoundPerson]) -> Finding {
        let now_secs = self.clock.now_secs();
        let mut tracker = self.following.take().unwrap_or_else(|| self.tracker(now_secs));
        self.forget_followed();
        if found.is_empty() {
            return Finding::BoxesStay;
        }
        self.whole = None;
        let boxes: Vec<BoundingBox> = found.iter().map(|person| person.bounds).collect();
        let numbers = tracker.find(&boxes, now_secs);
        let chosen = self.selected.and_then(|index| Some(self.people.get(index)?.number));
        // One that has moved since is where joints were, no longer where a hand put it.
        let drawn = |person: &PersonState| person.origin == Origin::Drawn && person.trail.is_empty();
        self.people.retain(|person| drawn(person) || numbers.contains(&person.number));
        for (number, FoundPerson { bounds, score }) in numbers.into_iter().zip(found) {
            match self.people.iter_mut().find(|person| person.number == number) {
                Some(person) if drawn(person) => {}
                Some(person) => person.move_to(*bounds),
                None => {
                    self.people.push(PersonState::new(number, *bounds, Origin::NanoDet { score: *score }))
                }
            }
        }
        for index in 0..self.people.len() {
            self.look_up(index);
        }
        self.match_truth();
        let place = self.people.iter().position(|person| Some(person.number) == chosen);
        self.selected = place.or((!self.people.is_empty()).then_some(0));
        Finding::Taken
    }

    /// Follows everybody from where they are.
    fn tracker(&self, now_secs: f64) -> Tracker {
        let mut tracker = Tracker::default();
        for person in &self.people {
            tracker.put(person.number, person.bounds, now_secs);
        }
        tracker
    }

    /// Follows nobody any longer.
    pub(super) fn forget_followed(&mut self) {
        (self.following, self.lost_selection) = (None, None);
        self.away.clear();
    }

    /// Takes in whom a search of one of the camera's frames found. Those already followed keep their numbers, those
    /// lost near by get theirs back, and the others are new. From here on people come and go as they are found.
    pub fn found_live(&mut self, people: Vec<FoundPerson>) {
        if !self.live {
            return;
        }
        let now_secs = self.clock.now_secs();
        let mut tracker = self.following.take().unwrap_or_else(|| self.tracker(now_secs));
        self.make_room(&people, &mut tracker);
        let boxes: Vec<BoundingBox> = people.iter().map(|person| person.bounds).collect();
        for (number, FoundPerson { bounds, score }) in tracker.find(&boxes, now_secs).into_iter().zip(people)
        {
            if !self.people.iter().any(|person| person.number == number) {
                let place = self.away.iter().position(|person| person.number == number);
                let back = place.map(|place| self.away.remove(place));
                let mut person =
                    back.unwrap_or_else(|| PersonState::new(number, bounds, Origin::NanoDet { score }));
                person.move_to(bounds);
                self.people.push(person);
            }
        }
        self.following = Some(tracker);
        self.selected = self.selected.or((!self.people.is_empty()).then_some(0));
        self.select_returned();
    }

    /// Selects the person again who was selected when they were lost, if they are back and the user has not chosen
    /// anybody else.
    fn select_returned(&mut self) {
        let number_at = |place: Option<usize>| self.people.get(place?).map(|person| person.number);
        let chosen = number_at(self.selected);
        let Some(LostSelection { lost, instead }) = self.lost_selection.take() else { return };
        if instead.is_some() && instead != chosen {
            return;
        }
        match self.people.iter().position(|person| person.number == lost) {
            Some(place) => self.selected = Some(place),
            None => self.lost_selection = Some(LostSelection { lost, instead: chosen }),
        }
    }

    /// Goes on without a finder: everybody is looked for around their own joints, and somebody in the whole frame
    /// where nobody is left.
    pub fn stop_finding(&mut self) {
        if self.following.take().is_some() {
            self.away.clear();
            if self.people.is_empty() {
                self.people.push(PersonState::anywhere(1, self.frame.picture.dimensions()));
                self.selected = Some(0);
            }
        }
    }

    /// Where a person's joints are drawn: smoothed where that is wanted and the picture is a camera's, else as they
    /// were found. Never to be measured with.
    pub fn drawn_pose(&self, index: usize, smooth: bool) -> Option<&Pose> {
        let found = &self.person_answer(index)?.pose;
        let smoothed = self.people.get(index)?.smooth.as_ref().filter(|_| smooth && self.live);
        Some(smoothed.unwrap_or(found))
    }

    /// Says of everybody in an answer who they are; `places` are those of the people by their boxes, and are put
    /// right. Lets go of the lost and of those who left.
    pub(super) fn recognise(&mut self, answer: &Answer, places: &mut [Option<usize>]) {
        let at_secs = self.clock.secs_of(&answer.request.picture);
        if let Some(tracker) = self.following.as_mut().filter(|_| self.live) {
            let mut asked = Vec::new();
            for (person, place) in self.people.iter().zip(places.iter()) {
                if let Some((place, found)) = place.and_then(|place| Some((place, answer.people.get(place)?)))
                {
                    asked.push((place, Sighting { looked_for: person.number, pose: found.pose }));
                }
            }
            let sightings: Vec<Sighting> = asked.iter().map(|(_, sighting)| sighting.clone()).collect();
            let owners = tracker.see(&sightings, self.frame.picture.dimensions(), at_secs);
            for (person, place) in self.people.iter().zip(places.iter_mut()) {
                let mut known = asked.iter().zip(&owners);
                let own = known.find(|(_, owner)| **owner == Some(person.number));
                *place = own.map(|((place, _), _)| *place);
            }
        }
        for (person, place) in self.people.iter_mut().zip(places.iter()) {
            match place.and_then(|place| answer.people.get(place)) {
                Some(found) if self.live => person.take_smoothly(&found.pose, at_secs),
                _ => person.smooth = None,
            }
        }
    }

    /// Takes those off the list whom the tracker follows no longer.
    pub(super) fn let_go(&mut self) {
        let Some(tracker) = self.following.as_ref().filter(|_| self.live) else { return };
        let gone = |person: &PersonState| !tracker.follows(person.number);
        if !self.people.iter().any(gone) {
            return;
        }
        let selected = self.selected.and_then(|index| Some(self.people.get(index)?.number));
        let held = self.held_number();
        self.away.extend(self.people.extract_if(.., |person| gone(person)));
        self.away.retain(|person| tracker.remembers(person.number));
        let place = self.people.iter().position(|person| Some(person.number) == selected);
        self.selected = place.or((!self.people.is_empty()).then_some(0));
        if let (Some(number), None) = (selected, place) {
            let lost = match &self.lost_selection {
                // Lost as well: the one that was chosen is waited for.
                Some(before) if before.instead == Some(number) => before.lost,
                _ => number,
            };
            let instead = self.people.first().map(|person| person.number);
            self.lost_selection = Some(LostSelection { lost, instead });
        }
        self.hold_on(held);
    }

    /// The guess that began with the whole picture makes room for those who were found, unless it has narrowed.
    fn make_room(&mut self, found: &[FoundPerson], tracker: &mut Tracker) {
        let size = self.frame.picture.dimensions();
        let whole = BoundingBox::whole(size.0, size.1);
        let held = self.held_number();
        let unplaced = |person: &PersonState| {
            person.origin == Origin::WholePicture && person.bounds == whole && Some(person.number) != held
        };
        if found.is_empty() || !self.people.iter().any(unplaced) {
            return;
        }
        for person in self.people.extract_if(.., |person| unplaced(person)) {
            tracker.remove(person.number);
        }
        self.selected = (!self.people.is_empty()).then_some(0);
        self.hold_on(held);
    }

    /// Frames of another size: nothing of what was known about places holds.
    fn begin_anew(&mut self, size: (u32, u32)) {
        self.end_drag();
        self.stop_looking();
        self.away.clear();
        self.lost_selection = None;
        self.answer = None;
        for person in &mut self.people {
            *person = PersonState { hidden: person.hidden, ..PersonState::anywhere(person.number, size) };
        }
        if self.following.take().is_some() {
            self.people.truncate(1);
            self.selected = (!self.people.is_empty()).then_some(0);
        }
    }
}

#[cfg(test)]
mod tests;
