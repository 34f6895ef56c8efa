//! Small pictures of people, made by a thread of their own as they are looked at, few of them kept.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};
use image::RgbImage;

use crate::app::textures::to_screen;
use crate::pose::{Region, Sampling, sample};
use crate::study::LabelledSet;

/// Width of a thumbnail in pixels.
const WIDTH: u32 = 90;
/// Height of a thumbnail in pixels.
const HEIGHT: u32 = 120;
/// Thumbnails that are kept: more than any screen shows at once.
const KEPT: usize = 200;
/// Thumbnails that may wait to be made; what does not fit is asked for again while it is in sight.
const WAITING: usize = 32;

/// A thumbnail as it came from the thread.
struct Made {
    person: usize,
    image: Result<(ColorImage, Region), String>,
}

/// A thumbnail that is kept.
struct Kept {
    /// With the area of the picture that it shows; or why there is none.
    texture: Result<(TextureHandle, Region), String>,
    /// When it was looked at last, in frames.
    used: u64,
}

/// The thumbnails of the people of one set. Dropping it ends the thread.
pub struct Thumbnails {
    requests: Sender<usize>,
    made: Receiver<Made>,
    asked: HashSet<usize>,
    kept: HashMap<usize, Kept>,
    frame: u64,
    ctx: Context,
}

impl Thumbnails {
    /// Starts the thread, which asks `ctx` for a repaint whenever a thumbnail is there.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn start(set: Arc<LabelledSet>, ctx: &Context) -> std::io::Result<Self> {
        let (requests, wanted) = bounded(WAITING);
        let (sender, made) = bounded(WAITING);
        let notify = ctx.clone();
        std::thread::Builder::new()
            .name("thumbnails".into())
            .spawn(move || make_all(&set, &wanted, &sender, &notify))?;
        let (asked, kept) = (HashSet::new(), HashMap::new());
        Ok(Self { requests, made, asked, kept, frame: 0, ctx: ctx.clone() })
    }

    /// Takes in what was made; to be called once a frame.
    pub fn follow(&mut self) {
        self.frame += 1;
        while let Ok(Made { person, image }) = self.made.try_recv() {
            self.asked.remove(&person);
            let name = format!("thumbnail {person}");
            let texture = image
                .map(|(image, region)| (self.ctx.load_texture(name, image, TextureOptions::LINEAR), region));
            self.kept.insert(person, Kept { texture, used: self.frame });
        }
        while self.kept.len() > KEPT {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used).map(|(person, _)| *person);
            if let Some(person) = oldest {
                self.kept.remove(&person);
            }
        }
    }

    /// The thumbnail of somebody, by index in the data set's people, with the area of the picture that it shows: none
    /// while it is made, and why there is none where the picture cannot be read or nobody be cut out.
    pub fn of(&mut self, person: usize) -> Option<Result<(TextureId, Region), &str>> {
        if !self.kept.contains_key(&person) && !self.asked.contains(&person) {
            match self.requests.try_send(person) {
                Ok(()) => {
                    self.asked.insert(person);
                }
                // Every thumbnail that is made brings a frame in which there is room again.
                Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
            }
        }
        let kept = self.kept.get_mut(&person)?;
        kept.used = self.frame;
        let made = kept.texture.as_ref();
        Some(made.map(|(texture, region)| (texture.id(), *region)).map_err(String::as_str))
    }
}

fn make_all(set: &LabelledSet, wanted: &Receiver<usize>, made: &Sender<Made>, ctx: &Context) {
    let places: HashMap<u64, usize> =
        set.dataset.images.iter().enumerate().map(|(place, image)| (image.id, place)).collect();
    // People listed next to each other are often of one picture.
    let mut last: Option<(usize, Arc<RgbImage>)> = None;
    for person in wanted {
        let picture = set.dataset.people.get(person).and_then(|person| places.get(&person.image_id));
        let image = picture.map_or_else(
            || Err("there is no such picture".to_owned()),
            |place| {
                let known =
                    last.as_ref().filter(|(known, _)| known == place).map(|(_, picture)| picture.clone());
                let picture = known.map_or_else(|| read(set, *place), Ok)?;
                last = Some((*place, Arc::clone(&picture)));
                cut(set, person, &picture)
            },
        );
        if made.send(Made { person, image }).is_err() {
            return;
        }
        ctx.request_repaint();
    }
}

fn read(set: &LabelledSet, place: usize) -> Result<Arc<RgbImage>, String> {
    let stored = set.pictures.get(place).ok_or_else(|| "there is no such picture".to_owned())?;
    Ok(stored.read().map_err(|error| error.to_string())?.picture)
}

/// What a network sees of somebody, and the area of the picture that this is.
fn cut(set: &LabelledSet, person: usize, picture: &RgbImage) -> Result<(ColorImage, Region), String> {
    let person = set.dataset.people.get(person).ok_or_else(|| "there is no such person".to_owned())?;
    let bounds = person.bbox.clipped(picture.width(), picture.height()).map_err(|error| error.to_string())?;
    let region = Region::around(&bounds);
    Ok((to_screen(&sample(picture, &region, WIDTH, HEIGHT, Sampling::AreaAverage)), region))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::app::data_set::fixtures::set_of;

    /// Looks at somebody until their thumbnail is there.
    fn wait_for(thumbnails: &mut Thumbnails, person: usize) -> Result<(), String> {
        let started = Instant::now();
        loop {
            thumbnails.follow();
            if let Some(made) = thumbnails.of(person) {
                return made.map(|_| ()).map_err(str::to_owned);
            }
            assert!(started.elapsed() < Duration::from_secs(60), "no thumbnail of {person}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn few_are_kept_and_a_picture_that_cannot_be_read_says_why() {
        let mut set = set_of(KEPT + 20);
        set.pictures[1] = crate::study::StoredPicture::File("nowhere.png".into());
        let mut thumbnails = Thumbnails::start(Arc::new(set), &Context::default()).unwrap();
        for person in 0..KEPT + 20 {
            match wait_for(&mut thumbnails, person) {
                Ok(()) => assert_ne!(person, 1),
                Err(why) => assert!(person == 1 && why.contains("nowhere.png"), "{why}"),
            }
        }
        thumbnails.follow();
        assert_eq!(thumbnails.kept.len(), KEPT);
        assert!(!thumbnails.kept.contains_key(&0) && thumbnails.kept.contains_key(&(KEPT + 19)));
    }
}
