//! MoveNet as a pose network: the pixels that CMSA is shown, as a square, to joints without heatmaps.

use std::collections::BTreeMap;
use std::time::Instant;

use image::RgbImage;
use image::imageops::flip_horizontal;
use rayon::prelude::*;
use tch::Device;

use super::error::EngineError;
use super::network_info::{NetworkInfo, card_of, device_name};
use super::person_network::{Found, PersonNetwork, View, part};
use super::request::Settings;
use crate::borrowed::{MoveNet, MoveNetVariant};
use crate::network::{DeviceChoice, PartTime, Trace};
use crate::pose::{FLIP_INDEX, InputSize, Keypoint, Pose, Square};
use crate::shipped;

/// People that go through the network at once on the CPU: more gain no time there, and memory follows them.
const BATCH_CPU: usize = 4;
/// The same on a GPU.
const BATCH_GPU: usize = 64;
/// What is known about it, from the program's folder.
const CARD: &str = "models/movenet.md";

/// MoveNet on its device.
///
/// It gets no other pixels than CMSA: a square of the *capture*, enlarged to the side it was trained at. So only the
/// capture's resolution tells what it may know; the network input and the decoder of the settings mean nothing to it.
/// Its published figures are of one pass. With the flip test the joints of the mirrored square are averaged with the
/// straight ones, both alike, since there are no heatmaps to average.
pub(super) struct LandmarkNetwork {
    network: MoveNet,
    device: Device,
}

impl LandmarkNetwork {
    /// Loads the network that is shipped with the program.
    ///
    /// # Errors
    /// When its file is not there or not the known one, or the device cannot be used.
    pub fn load(
        variant: MoveNetVariant,
        device_choice: DeviceChoice,
    ) -> Result<(Self, NetworkInfo), EngineError> {
        let device = device_choice.resolve()?;
        let network = MoveNet::load(variant, device)?;
        let info = NetworkInfo {
            choice: variant.into(),
            name: variant.name().to_owned(),
            path: None,
            config: None,
            trained: true,
            trained_sizes: Vec::new(),
            joint_thresholds: BTreeMap::new(),
            card: shipped::shipped(CARD).as_deref().and_then(card_of),
            remarks: Vec::new(),
            parameters: usize::try_from(network.parameters()).unwrap_or_default(),
            device: device_name(device),
            device_choice,
        };
        Ok((Self { network, device }, info))
    }

    /// How many squares go through the network at once.
    fn squares_at_once(&self) -> usize {
        if self.device == Device::Cpu { BATCH_CPU } else { BATCH_GPU }
    }

    /// The joints in squares, in pixels of each.
    fn joints(&self, squares: &[RgbImage], flip_test: bool) -> Result<Vec<Pose>, EngineError> {
        let mut all = Vec::with_capacity(squares.len());
        for squares in squares.chunks(self.squares_at_once()) {
            let straight = self.network.joints(squares)?;
            if !flip_test {
                all.extend(straight);
                continue;
            }
            let mirrored: Vec<RgbImage> = squares.iter().map(flip_horizontal).collect();
            let mirrored = self.network.joints(&mirrored)?;
            let side = self.network.variant().side();
            all.extend(straight.iter().zip(&mirrored).map(|(a, b)| average(a, &mirrored_back(b, side))));
        }
        Ok(all)
    }
}

impl PersonNetwork for LandmarkNetwork {
    fn people_at_once(&self, _: InputSize) -> usize {
        self.squares_at_once()
    }

    fn find(
        &self,
        views: &[View<'_>],
        settings: &Settings,
        times: &mut Vec<PartTime>,
    ) -> Result<Vec<Found>, EngineError> {
        let started = Instant::now();
        let side = self.network.variant().side();
        let places: Vec<Square> = views.iter().map(|view| Square::around(&view.bounds)).collect();
        let cut = |(square, view): (&Square, &View<'_>)| square.cut(&view.seen.capture, &view.region, side);
        let squares: Vec<RgbImage> = places.par_iter().zip(views).map(cut).collect();
        times.push(part("square", started));

        let started = Instant::now();
        let poses = self.joints(&squares, settings.flip_test)?;
        times.push(part("network", started));
        let found =
            |(square, pose): (&Square, Pose)| Found { pose: in_picture(square, side, &pose), heatmaps: None };
        Ok(places.iter().zip(poses).map(found).collect())
    }

    fn find_traced(
        &self,
        _: &View<'_>,
        _: &Settings,
        _: &mut Vec<PartTime>,
    ) -> Result<Option<(Found, Trace)>, EngineError> {
        Ok(None)
    }
}

/// Joints found in a square of `side` pixels, in picture pixels.
pub(super) fn in_picture(square: &Square, side: u32, pose: &Pose) -> Pose {
    pose.map(|joint| {
        let (x, y) = square.to_picture(side, joint.x, joint.y);
        Keypoint { x, y, ..joint }
    })
}

/// Joints found in a mirrored square of `side` pixels, as they lie in the square itself.
fn mirrored_back(pose: &Pose, side: u32) -> Pose {
    FLIP_INDEX.map(|partner| {
        let joint = pose[partner];
        Keypoint { x: f64::from(side) - 1.0 - joint.x, ..joint }
    })
}

fn average(a: &Pose, b: &Pose) -> Pose {
    std::array::from_fn(|joint| {
        let (a, b) = (a[joint], b[joint]);
        Keypoint {
            x: (a.x + b.x) / 2.0,
            y: (a.y + b.y) / 2.0,
            confidence: (a.confidence + b.confidence) / 2.0,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::{BoundingBox, KEYPOINT_COUNT};

    fn pose() -> Pose {
        std::array::from_fn(|joint| Keypoint {
            x: 3.0 * joint as f64,
            y: 200.0 - joint as f64,
            confidence: joint as f64 / KEYPOINT_COUNT as f64,
        })
    }

    #[test]
    fn mirroring_twice_changes_nothing_and_swaps_sides_once() {
        let mirrored = mirrored_back(&pose(), 256);
        assert_eq!((mirrored[1].x, mirrored[1].y), (255.0 - 6.0, 198.0));
        assert_eq!(mirrored_back(&mirrored, 256), pose());
        assert_eq!(average(&pose(), &mirrored_back(&mirrored, 256)), pose());
    }

    #[test]
    fn the_middle_of_the_square_is_the_middle_of_the_person() {
        let bounds = BoundingBox { x: 10.0, y: 20.0, width: 40.0, height: 100.0 };
        let middle = [Keypoint { x: 127.5, y: 127.5, confidence: 0.5 }; KEYPOINT_COUNT];
        let found = in_picture(&Square::around(&bounds), 256, &middle);
        assert_eq!((found[0].x, found[0].y, found[0].confidence), (29.5, 69.5, 0.5));
    }
}
