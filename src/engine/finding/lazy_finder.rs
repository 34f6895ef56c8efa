//! A finder that is loaded when it is first needed.

use image::RgbImage;

use super::error::FinderError;
use crate::borrowed::{Finder, FoundPerson, Search};
use crate::network::DeviceChoice;

/// Loads NanoDet with the first picture and keeps it. A file that could not be read is tried again with the next.
#[derive(Default)]
pub struct LazyFinder {
    loaded: Option<(DeviceChoice, Finder)>,
}

impl LazyFinder {
    /// Everybody in a picture, best first.
    ///
    /// # Errors
    /// When the device cannot be used, the finder's file cannot be read or is another one, or libtorch fails.
    pub fn find(
        &mut self,
        picture: &RgbImage,
        search: Search,
        device: DeviceChoice,
    ) -> Result<Vec<FoundPerson>, FinderError> {
        let finder = match self.loaded.take().filter(|(loaded_on, _)| *loaded_on == device) {
            Some((_, finder)) => finder,
            None => Finder::load(device.resolve()?)?,
        };
        let (_, finder) = self.loaded.insert((device, finder));
        Ok(finder.find(picture, search)?)
    }
}
