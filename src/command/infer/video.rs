//! The people of a video, frame by frame, each with one number throughout.

use anyhow::{anyhow, bail};

use super::found::Found;
use super::inference::Inference;
use crate::command::people_report::FoundPerson;
use crate::command::progress::progress_bar;
use crate::pose::BoundingBox;
use crate::pose::following::{Sighting, Tracker};
use crate::source::Clip;
use crate::source::clip::Reader;
use crate::study::FrameTime;

impl Inference {
    /// Adds everybody in each frame of a video. People are found anew in each; who is who is told by their boxes and
    /// joints in the frames before. In a frame in which nobody is found, nobody is looked for. A frame that fails leaves
    /// the others; the first failure is told.
    pub fn video(&mut self, clip: Clip, found: &mut Found) -> anyhow::Result<()> {
        let file = clip.path().display().to_string();
        if self.labels.has_boxes() {
            bail!("{file} is a video, and --boxes gives boxes of pictures; leave it out for videos");
        }
        let timeline = clip.timeline().clone();
        let bar = progress_bar(usize::try_from(timeline.count())?, "frames", self.quiet);
        let (mut reader, mut tracker, mut failure) = (Reader::new(clip), Tracker::default(), None);
        for number in 0..timeline.count() {
            let Some(frame) = reader.frame(number)? else { break };
            let seconds = timeline.start_of(number);
            let cast = self.searching.cast_of_frame(&frame.picture)?;
            let size = (frame.width(), frame.height());
            let boxes: Vec<BoundingBox> = cast.told_apart(size).0.iter().map(|(_, s)| s.bounds).collect();
            let people =
                self.people(&file, &frame, &cast).map_err(|error| anyhow!("frame {number}: {error}"));
            let mut people = people.unwrap_or_else(|error| {
                failure.get_or_insert(error);
                Vec::new()
            });
            if people.len() == boxes.len() {
                follow(&mut tracker, &boxes, &mut people, size, seconds);
            }
            for person in &mut people {
                person.entry.frame = Some(FrameTime { number, seconds });
            }
            found.add(None, people);
            bar.inc(1);
        }
        bar.finish_and_clear();
        failure.map_or(Ok(()), Err)
    }
}

/// Gives people the numbers that they had in the frames before. `boxes` are those they were looked for in.
fn follow(
    tracker: &mut Tracker,
    boxes: &[BoundingBox],
    people: &mut [FoundPerson],
    size: (u32, u32),
    seconds: f64,
) {
    let numbers = tracker.find(boxes, seconds);
    let sightings = numbers.iter().zip(people.iter());
    let sightings: Vec<Sighting> = sightings
        .map(|(looked_for, person)| Sighting { looked_for: *looked_for, pose: person.entry.pose })
        .collect();
    tracker.see(&sightings, size, seconds);
    for (person, number) in people.iter_mut().zip(numbers) {
        person.entry.number = number as usize;
    }
}
