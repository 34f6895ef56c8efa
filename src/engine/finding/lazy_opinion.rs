//! A second opinion about a person's joints, by a network that is loaded when it is first needed.

use image::RgbImage;

use super::error::FinderError;
use crate::borrowed::{MoveNet, MoveNetVariant};
use crate::engine::movenet::in_picture;
use crate::network::DeviceChoice;
use crate::pose::{BoundingBox, Pose, Region, Square};

/// Whose opinion it is: the more accurate one.
const VARIANT: MoveNetVariant = MoveNetVariant::Thunder;

/// Loads MoveNet with the first person and keeps it. A file that could not be read is tried again with the next.
#[derive(Default)]
pub(super) struct LazyOpinion {
    loaded: Option<(DeviceChoice, MoveNet)>,
}

impl LazyOpinion {
    /// Joints of the person in a box, in picture pixels, from the picture at full sharpness: no capture is imitated.
    ///
    /// # Errors
    /// When the device cannot be used, the network's file cannot be read or is another one, or libtorch fails.
    pub fn joints(
        &mut self,
        picture: &RgbImage,
        bounds: &BoundingBox,
        device: DeviceChoice,
    ) -> Result<Pose, FinderError> {
        let network = match self.loaded.take().filter(|(loaded_on, _)| *loaded_on == device) {
            Some((_, network)) => network,
            None => MoveNet::load(VARIANT, device.resolve()?)?,
        };
        let (_, network) = self.loaded.insert((device, network));
        let (square, side) = (Square::around(bounds), VARIANT.side());
        let (width, height) = picture.dimensions();
        let whole = Region { x0: 0.0, y0: 0.0, width: f64::from(width), height: f64::from(height) };
        let poses = network.joints(&[square.cut(picture, &whole, side)])?;
        let nothing =
            || FinderError::Internal(format!("expected joints of one person, found {}", poses.len()));
        poses.first().map(|pose| in_picture(&square, side, pose)).ok_or_else(nothing)
    }
}
