//! CMSA as a pose network: inputs of any size to heatmaps, and from them joints.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use image::RgbImage;
use rayon::prelude::*;
use tch::{Device, Tensor};

use super::error::EngineError;
use super::network_choice::Weights;
use super::network_info::{NetworkInfo, card_of, device_name, joint_thresholds};
use super::person_network::{Found, PersonNetwork, View, part};
use super::request::Settings;
use super::saliency::gradient_times_input;
use crate::network::checkpoint::WeightsFile;
use crate::network::{
    AttentionMap, BuiltNetwork, DeviceChoice, EmaTrace, FoldedNetwork, Grid, NetworkError, PartTime,
    TRAINED_KEY, Trace, to_host, trained_sizes,
};
use crate::pose::{Decoder, Heatmaps, InputSize, KEYPOINT_COUNT, Keypoint, Pose, Region, normalise};

/// Input pixels that go through the network at once on the CPU: 16 people at 32×24. More gain no time there, and memory
/// follows them.
const BATCH_PIXELS_CPU: usize = 16 * 32 * 24;
/// The same on a GPU, which gains from people at every size: 16 people at 128×96.
const BATCH_PIXELS_GPU: usize = 16 * 128 * 96;
/// Random weights are the same at every start, so that what is seen in them can be seen again.
const UNTRAINED_SEED: i64 = 0;

/// A CMSA network folded for inference.
pub(super) struct Cmsa {
    network: FoldedNetwork,
    /// The file the weights came from, or the network's name: what errors name.
    origin: String,
}

impl Cmsa {
    /// Loads or makes a network and folds it.
    ///
    /// # Errors
    /// When the file cannot be read, does not fit, or the device cannot be used.
    pub fn load(weights: &Weights, device_choice: DeviceChoice) -> Result<(Self, NetworkInfo), EngineError> {
        let device = device_choice.resolve()?;
        let mut remarks = Vec::new();
        let (built, path, trained, sizes, thresholds) = match weights {
            Weights::File(path) => {
                let mut file = WeightsFile::read(path).map_err(NetworkError::from)?;
                remarks.append(&mut file.remarks);
                let trained = file.metadata.get(TRAINED_KEY).is_none_or(|value| value != "false");
                let sizes = trained_sizes(&file.metadata);
                let thresholds = joint_thresholds(&file.metadata);
                (BuiltNetwork::from_file(&file, device)?, Some(path.clone()), trained, sizes, thresholds)
            }
            Weights::Untrained(config) => {
                tch::manual_seed(UNTRAINED_SEED);
                (BuiltNetwork::untrained(config.clone(), device)?, None, false, Vec::new(), BTreeMap::new())
            }
        };
        let network = FoldedNetwork::new(built)?;
        let config = network.config().clone();
        if config.joints != KEYPOINT_COUNT as i64 {
            return Err(EngineError::Joints { found: config.joints });
        }
        let name = config.name();
        let origin = path.as_ref().map_or_else(|| name.clone(), |path: &PathBuf| path.display().to_string());
        let info = NetworkInfo {
            choice: weights.clone().into(),
            name,
            parameters: network.parameter_count(),
            config: Some(config),
            trained,
            trained_sizes: sizes,
            joint_thresholds: thresholds,
            card: path.as_deref().and_then(card_of),
            remarks,
            path,
            device: device_name(device),
            device_choice,
        };
        Ok((Self { network, origin }, info))
    }

    /// Heatmaps of network inputs, all of one size, in batches.
    fn heatmaps(&self, inputs: &[&RgbImage], settings: &Settings) -> Result<Vec<Heatmaps>, EngineError> {
        let mut all = Vec::with_capacity(inputs.len());
        let pixels = inputs.first().map_or(1, |input| input.width() as usize * input.height() as usize);
        for inputs in inputs.chunks(self.inputs_at_once(pixels)) {
            let straight =
                self.to_heatmaps(&self.network.forward(&self.batch(inputs), &settings.ablations)?)?;
            if !settings.flip_test {
                all.extend(straight);
                continue;
            }
            for (a, b) in straight.iter().zip(self.mirrored_pass(inputs, settings)?) {
                all.push(Heatmaps::average(a, &b)?);
            }
        }
        Ok(all)
    }

    /// How many inputs of so many pixels go through the network at once.
    fn inputs_at_once(&self, pixels: usize) -> usize {
        let most = if self.network.device() == Device::Cpu { BATCH_PIXELS_CPU } else { BATCH_PIXELS_GPU };
        (most / pixels.max(1)).max(1)
    }

    /// Heatmaps of the mirrored inputs, mirrored back, left and right joints swapped.
    fn mirrored_pass(&self, inputs: &[&RgbImage], settings: &Settings) -> Result<Vec<Heatmaps>, EngineError> {
        let mirrored = self.batch(inputs).flip([3]);
        Ok(self
            .to_heatmaps(&self.network.forward(&mirrored, &settings.ablations)?)?
            .iter()
            .map(Heatmaps::mirrored)
            .collect())
    }

    /// `[N, joints, H, W]` -> N heatmaps in plain memory, all of whose values are finite.
    fn to_heatmaps(&self, output: &Tensor) -> Result<Vec<Heatmaps>, EngineError> {
        let host = to_host(output)?;
        let [_, joints, height, width] = host.shape[..] else {
            return Err(NetworkError::Config(format!("heatmaps of shape {:?}", host.shape)).into());
        };
        let found = host.values.iter().filter(|value| !value.is_finite()).count();
        if found > 0 {
            return Err(self.not_finite(found, host.values.len()));
        }
        let each = (joints * height * width).max(1);
        let maps = host.values.chunks_exact(each);
        maps.map(|values| Ok(Heatmaps::new(joints, height, width, values.to_vec())?)).collect()
    }

    fn not_finite(&self, found: usize, total: usize) -> EngineError {
        let suspicion = match self.network.largest_tensor() {
            Some((name, size)) => format!("the likely cause is tensor `{name}`, with values up to {size:e}"),
            None => "the network has no tensors".to_owned(),
        };
        EngineError::NotFinite { weights: self.origin.clone(), found, total, suspicion }
    }

    /// `[N, 3, H, W]` on the network's device.
    fn batch(&self, inputs: &[&RgbImage]) -> Tensor {
        let (width, height) = inputs.first().map_or((0, 0), |input| input.dimensions());
        let values: Vec<f32> = inputs.iter().flat_map(|input| normalise(input)).collect();
        Tensor::from_slice(&values)
            .view([inputs.len() as i64, 3, i64::from(height), i64::from(width)])
            .to_device(self.network.device())
    }
}

impl PersonNetwork for Cmsa {
    fn people_at_once(&self, input: InputSize) -> usize {
        self.inputs_at_once(input.width() as usize * input.height() as usize)
    }

    fn find(
        &self,
        views: &[View<'_>],
        settings: &Settings,
        times: &mut Vec<PartTime>,
    ) -> Result<Vec<Found>, EngineError> {
        let started = Instant::now();
        let inputs: Vec<&RgbImage> = views.iter().map(|view| &view.seen.input).collect();
        let heatmaps = self.heatmaps(&inputs, settings)?;
        times.push(part("network", started));

        let started = Instant::now();
        let read = |(heatmaps, view): (Heatmaps, &View<'_>)| read_off(heatmaps, settings, &view.region);
        let found = heatmaps.into_par_iter().zip(views).map(read).collect();
        times.push(part("decode", started));
        Ok(found)
    }

    fn find_traced(
        &self,
        view: &View<'_>,
        settings: &Settings,
        times: &mut Vec<PartTime>,
    ) -> Result<Option<(Found, Trace)>, EngineError> {
        let input = [&view.seen.input];
        let output = self.network.forward_traced(&self.batch(&input), &settings.ablations)?;
        times.extend(output.times);
        let mut heatmaps = self.to_heatmaps(&output.heatmaps)?.remove(0);
        if settings.flip_test {
            let started = Instant::now();
            heatmaps = Heatmaps::average(&heatmaps, &self.mirrored_pass(&input, settings)?.remove(0))?;
            times.push(part("flip test", started));
        }
        let started = Instant::now();
        let found = read_off(heatmaps, settings, &view.region);
        times.push(part("decode", started));
        Ok(output.traces.into_iter().next().map(|trace| (found, trace)))
    }

    fn block_attention(
        &self,
        view: &View<'_>,
        settings: &Settings,
        stage: usize,
        block: usize,
    ) -> Result<Option<Vec<AttentionMap>>, EngineError> {
        let input = self.batch(&[&view.seen.input]);
        let found = self.network.block_attention(&input, &settings.ablations, stage, block)?;
        Ok(found.into_iter().next())
    }

    fn ema_traces(&self, view: &View<'_>, settings: &Settings) -> Result<Option<Vec<EmaTrace>>, EngineError> {
        if self.network.config().ema_groups.is_none() {
            return Ok(None);
        }
        let input = self.batch(&[&view.seen.input]);
        let found = self.network.ema_traces(&input, &settings.ablations)?.into_iter().next();
        let counts = found.iter().flatten().map(EmaTrace::not_finite);
        match counts.fold((0, 0), |(found, of), (more, values)| (found + more, of + values)) {
            (0, _) => Ok(found),
            (not_finite, of) => Err(self.not_finite(not_finite, of)),
        }
    }

    fn saliency(
        &self,
        view: &View<'_>,
        settings: &Settings,
        joint: usize,
    ) -> Result<Option<Grid>, EngineError> {
        let grid = gradient_times_input(&self.network, &self.batch(&[&view.seen.input]), settings, joint)?;
        match grid.values.iter().filter(|value| !value.is_finite()).count() {
            0 => Ok(Some(grid)),
            found => Err(self.not_finite(found, grid.values.len())),
        }
    }
}

/// Reads the joints off heatmaps and maps them back to the picture.
fn read_off(heatmaps: Heatmaps, settings: &Settings, region: &Region) -> Found {
    Found { pose: pose_in_picture(&heatmaps, settings.decoder, region), heatmaps: Some(heatmaps) }
}

fn pose_in_picture(heatmaps: &Heatmaps, decoder: Decoder, region: &Region) -> Pose {
    let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 0.0 }; KEYPOINT_COUNT];
    for (joint, peak) in pose.iter_mut().zip(decoder.decode(heatmaps)) {
        let (x, y) = region.to_picture(heatmaps.width() as u32, heatmaps.height() as u32, peak.x, peak.y);
        *joint = Keypoint { x, y, confidence: peak.confidence };
    }
    pose
}
