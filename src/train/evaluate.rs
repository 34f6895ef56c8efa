//! How good the averaged weights are: OKS and AP on a held-out split, with flip test, at each input size.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use tch::Tensor;

use super::batch::Showing;
use super::crops::CropSet;
use super::error::TrainError;
use super::view::View;
use crate::network::{PoseNetwork, to_host};
use crate::pose::coco::{self, Dataset, Detection};
use crate::pose::{
    Decoder, FLIP_INDEX, Heatmaps, InputSize, KEYPOINT_COUNT, Keypoint, Pose, Region, instance_score, oks,
};

/// People that go through the network at once at the smallest size; fewer at larger ones.
const BATCH: usize = 256;

/// Accuracy over some people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// People it is over.
    pub people: usize,
    /// Mean object keypoint similarity, 0 … 1.
    pub oks: f64,
    /// COCO's average precision, 0 … 1, with the boxes given.
    pub ap: Option<f64>,
}

/// Accuracy at one input size.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SizeScore {
    /// Over everybody.
    #[serde(flatten)]
    pub all: Score,
    /// Over the people of each source.
    pub sources: BTreeMap<String, Score>,
}

/// Measures a network on crops at one input size: both a pass and its mirrored one, the default decoder, joints
/// mapped back to the original pictures.
///
/// # Errors
/// When the size does not fit the network, or libtorch fails.
pub fn evaluate(network: &PoseNetwork, crops: &CropSet, size: InputSize) -> Result<SizeScore, TrainError> {
    let poses = poses(network, crops, size)?;
    let score_where = |wanted: &dyn Fn(usize) -> bool| score(crops, &poses, wanted);
    let sources = crops.sources().into_keys().map(|source| {
        let own = score_where(&|index| crops.source(index) == source);
        (source.to_owned(), own)
    });
    Ok(SizeScore { sources: sources.collect(), all: score_where(&|_| true) })
}

/// The pose found for each crop, in pixels of the original picture.
fn poses(network: &PoseNetwork, crops: &CropSet, size: InputSize) -> Result<Vec<Pose>, TrainError> {
    let pixels = size.height() as usize * size.width() as usize;
    let smallest = (InputSize::ROWS * InputSize::COLUMNS) as usize;
    let batch = (BATCH * smallest / pixels).max(1);
    let everybody: Vec<usize> = (0..crops.len()).collect();
    let views = vec![View::REGION; batch];
    let regions = crops.regions();
    let mut poses = Vec::with_capacity(crops.len());
    for indices in everybody.chunks(batch) {
        let views = views.get(..indices.len()).unwrap_or_default();
        let showing = Showing { indices, views, appearances: &[], capture: None, size };
        let heatmaps = to_heatmaps(&with_flip_test(network, &showing.pictures(crops))?)?;
        let found: Vec<Pose> = heatmaps
            .par_iter()
            .zip(indices)
            .map(|(heatmaps, index)| in_picture(heatmaps, &regions[*index]))
            .collect();
        poses.extend(found);
    }
    Ok(poses)
}

/// The mean of the network's answer and of that to the mirrored pictures, mirrored back.
fn with_flip_test(network: &PoseNetwork, pictures: &Tensor) -> Result<Tensor, TrainError> {
    let straight = network.forward(pictures, &[])?;
    let mirrored = network.forward(&pictures.flip([3]), &[])?;
    let partners = FLIP_INDEX.map(|joint| joint as i64);
    let partners = Tensor::from_slice(&partners).to_device(pictures.device());
    Ok((straight + mirrored.flip([3]).index_select(1, &partners)) / 2.0)
}

/// `[B, joints, H, W]` -> B stacks in plain memory.
fn to_heatmaps(output: &Tensor) -> Result<Vec<Heatmaps>, TrainError> {
    let host = to_host(output)?;
    let (_, rows, columns) = match host.shape[..] {
        [batch, _, rows, columns] => (batch, rows, columns),
        _ => (0, 0, 0),
    };
    let each = (KEYPOINT_COUNT * rows * columns).max(1);
    let stacks = host.values.chunks_exact(each);
    stacks.map(|values| Ok(Heatmaps::new(KEYPOINT_COUNT, rows, columns, values.to_vec())?)).collect()
}

fn in_picture(heatmaps: &Heatmaps, region: &Region) -> Pose {
    let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 0.0 }; KEYPOINT_COUNT];
    for (joint, peak) in pose.iter_mut().zip(Decoder::default().decode(heatmaps)) {
        let (x, y) = region.to_picture(heatmaps.width() as u32, heatmaps.height() as u32, peak.x, peak.y);
        *joint = Keypoint { x, y, confidence: peak.confidence };
    }
    pose
}

/// The accuracy over those people whose number is wanted.
fn score(crops: &CropSet, poses: &[Pose], wanted: &dyn Fn(usize) -> bool) -> Score {
    let labels = crops.ground_truth();
    let people = labels.people.iter().zip(poses).enumerate();
    let people: Vec<_> = people.filter(|(index, _)| wanted(*index)).map(|(_, person)| person).collect();
    let similarities: Vec<f64> =
        people.iter().filter_map(|(person, pose)| oks(pose, &person.labels, person.area)).collect();
    let detections: Vec<Detection> = people
        .iter()
        .map(|(person, pose)| Detection {
            image_id: person.image_id,
            pose: **pose,
            score: instance_score(pose),
        })
        .collect();
    let truth = Dataset {
        images: labels.images.clone(),
        people: people.iter().map(|(person, _)| (*person).clone()).collect(),
    };
    Score {
        people: people.len(),
        oks: similarities.iter().sum::<f64>() / similarities.len().max(1) as f64,
        ap: coco::evaluate(&truth, &detections).ap,
    }
}
