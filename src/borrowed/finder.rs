//! Finding people in a picture.

use image::RgbImage;
use tch::Device;

use super::error::BorrowedError;
use super::found_person::{FoundPerson, distinct};
use super::known_file::KnownFile;
use super::letterbox::Letterbox;
use super::nanodet::{CLASSES, DISTANCES, cells, normalise, people};
use super::pictures::batch;
use super::script::Script;
use super::search::Search;

/// The network.
const FILE: KnownFile = KnownFile {
    name: "models/nanodet.pt",
    sha256: "983608e810268979260f437a66e7a0a41878cb6388fe199790f88025608193b5",
};
/// The input of most cameras' pictures, for warming up: 4:3.
const USUAL_INPUT: (u32, u32) = (416, 320);

/// The network that finds people: NanoDet-g.
#[derive(Debug)]
pub struct Finder {
    script: Script,
}

impl Finder {
    /// Loads the network that comes with the program, and runs it twice so that the first answer is as fast as any.
    ///
    /// # Errors
    /// When its file is missing or another one, or libtorch fails on the device.
    pub fn load(device: Device) -> Result<Self, BorrowedError> {
        let script = Script::load(FILE, device)?;
        let (width, height) = USUAL_INPUT;
        let [scores, distances] = outputs(width, height);
        script.warm_up([1, 3, height.into(), width.into()], [&scores, &distances])?;
        Ok(Self { script })
    }

    /// Everybody in the picture, best first; nobody in an empty one.
    ///
    /// # Errors
    /// When libtorch fails, for lack of memory.
    pub fn find(&self, picture: &RgbImage, search: Search) -> Result<Vec<FoundPerson>, BorrowedError> {
        if picture.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for longer in search.sizes() {
            let letterbox = Letterbox::new(picture.dimensions(), *longer);
            let (width, height) = (letterbox.width, letterbox.height);
            let input = letterbox.input(picture);
            let [scores, distances] = outputs(width, height);
            let [scores, distances] = self.script.run(
                || normalise(&batch(&[input], (width, height), self.script.device())?),
                [&scores, &distances],
            )?;
            found.extend(people(&scores, &distances, &letterbox, search.threshold()));
        }
        Ok(distinct(found))
    }
}

/// Shapes of the network's outputs for one picture of this size.
fn outputs(width: u32, height: u32) -> [[i64; 3]; 2] {
    [CLASSES, DISTANCES].map(|columns| [1, cells(width, height), columns as i64])
}
