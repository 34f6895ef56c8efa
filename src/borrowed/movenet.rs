//! MoveNet: the joints of one person in a square, as Google published it for live use.
//!
//! MobileNetV2 with a feature pyramid and the heads of CenterNet (Zhou et al. 2019): see [`Heads`].

use image::RgbImage;
use tch::{Device, TchError, Tensor};

use super::error::BorrowedError;
use super::heads::{Heads, PAIRS, cells};
use super::known_file::KnownFile;
use super::movenet_variant::MoveNetVariant;
use super::pictures::batch;
use super::script::Script;
use crate::pose::{KEYPOINT_COUNT, Pose};

/// Planes of each output: a person's middle, regression, joints, offsets.
const PLANES: [usize; 4] = [1, PAIRS, KEYPOINT_COUNT, PAIRS];
/// Half of the largest value of a channel: 0 … 255 becomes -1 … 1.
const HALF_SCALE: f64 = 127.5;

/// A network that finds the joints of one person.
#[derive(Debug)]
pub struct MoveNet {
    script: Script,
    variant: MoveNetVariant,
}

impl MoveNet {
    /// Loads a network that comes with the program, and runs it twice so that the first answer is as fast as any.
    ///
    /// # Errors
    /// When its file is missing or another one, or libtorch fails on the device.
    pub fn load(variant: MoveNetVariant, device: Device) -> Result<Self, BorrowedError> {
        let script = Script::load(file_of(variant), device)?;
        let side = i64::from(variant.side());
        script.warm_up([1, 3, side, side], outputs(variant, 1).each_ref().map(|shape| shape.as_slice()))?;
        Ok(Self { script, variant })
    }

    /// Which network this is.
    pub fn variant(&self) -> MoveNetVariant {
        self.variant
    }

    /// How many numbers were learned.
    pub fn parameters(&self) -> i64 {
        self.script.parameters()
    }

    /// The joints of the person nearest to the middle of each square, all squares in one forward pass; memory grows
    /// with their number.
    ///
    /// A square has the [side](MoveNetVariant::side) of the variant and should fit the person tightly: as wide as the
    /// longer side of its box, black outside the picture. Positions are in pixels of the square with pixel centres at
    /// whole numbers, as [`Region::to_picture`](crate::pose::Region::to_picture) takes them; confidences are 0 … 1.
    ///
    /// # Errors
    /// When a picture has another size, or libtorch fails, for lack of memory.
    pub fn joints(&self, squares: &[RgbImage]) -> Result<Vec<Pose>, BorrowedError> {
        if squares.is_empty() {
            return Ok(Vec::new());
        }
        let (variant, side) = (self.variant, self.variant.side());
        if let Some((width, height)) =
            squares.iter().map(RgbImage::dimensions).find(|found| *found != (side, side))
        {
            return Err(BorrowedError::NotASquare { variant, width, height });
        }
        let [centre, regression, joints, offsets] = self.script.run(
            || normalise(&batch(squares, (side, side), self.script.device())?),
            outputs(variant, squares.len()).each_ref().map(|shape| shape.as_slice()),
        )?;
        let side = cells(side);
        let stack = |planes: usize| planes * side * side;
        let poses = centre
            .chunks_exact(stack(1))
            .zip(regression.chunks_exact(stack(PAIRS)))
            .zip(joints.chunks_exact(stack(KEYPOINT_COUNT)))
            .zip(offsets.chunks_exact(stack(PAIRS)))
            .map(|(((centre, regression), joints), offsets)| {
                Heads { side, centre, regression, joints, offsets }.pose()
            });
        Ok(poses.collect())
    }
}

/// What the network is fed, from pictures in 0 … 255.
fn normalise(pictures: &Tensor) -> Result<Tensor, TchError> {
    pictures.f_div_scalar(HALF_SCALE)?.f_sub_scalar(1.0)
}

/// Shapes of the network's outputs for so many squares.
fn outputs(variant: MoveNetVariant, squares: usize) -> [[i64; 4]; 4] {
    let side = cells(variant.side()) as i64;
    PLANES.map(|planes| [squares as i64, planes as i64, side, side])
}

/// The network's file.
fn file_of(variant: MoveNetVariant) -> KnownFile {
    match variant {
        MoveNetVariant::Thunder => KnownFile {
            name: "models/movenet-thunder.pt",
            sha256: "22f1cf1b20ab00b7059d5bdf4bf417a65623a1cba1c6d4152a92b3930f51721c",
        },
        MoveNetVariant::Lightning => KnownFile {
            name: "models/movenet-lightning.pt",
            sha256: "12b91655f9d438459acb462dab2d89f63059ffa8bf9891db333d11f9e978b46c",
        },
    }
}
