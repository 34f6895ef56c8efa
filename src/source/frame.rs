use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use image::RgbImage;
use image::metadata::Orientation;

use super::PictureWarning;

/// One picture to look at, whatever it came from.
///
/// Cloning is cheap: the pixels are shared.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The pixels, eight bits a channel in sRGB, upright, at least 1 × 1.
    pub picture: Arc<RgbImage>,
    /// How the stored pixels were turned to stand upright; labels may have been made before that.
    pub orientation: Orientation,
    /// What to call it in a title: a file name, or the name of the camera.
    pub name: String,
    /// The file it was read from; none for pasted pictures and cameras.
    pub path: Option<PathBuf>,
    /// What is to be said of the file that the pixels are from; mostly nothing.
    pub warnings: Vec<PictureWarning>,
    /// Place in its stream, counted from 0 and with gaps where frames were dropped; 0 for a still picture.
    pub sequence: u64,
    /// When the pixels reached the program: handed over by the camera, before they were decoded, or
    /// read from the file.
    pub captured: Instant,
}

impl Frame {
    /// Wraps a still picture, taken now.
    #[must_use]
    pub fn still(picture: RgbImage, name: impl Into<String>, path: Option<PathBuf>) -> Self {
        let picture = Arc::new(picture);
        let orientation = Orientation::NoTransforms;
        let (name, warnings) = (name.into(), Vec::new());
        Self { picture, orientation, name, path, warnings, sequence: 0, captured: Instant::now() }
    }

    /// What is to be said of the file, in sentences that name it.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let name = self.path.as_ref().map_or_else(|| self.name.clone(), |path| path.display().to_string());
        self.warnings.iter().map(|warning| warning.of(&name)).collect()
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.picture.width()
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.picture.height()
    }
}
