//! A network ready for use, and the way from a picture to joints.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use image::RgbImage;
use tch::{Device, Tensor};

use super::answer::{Answer, PersonAnswer};
use super::error::EngineError;
use super::follow::follow;
use super::network_info::{NetworkInfo, card_of, joint_thresholds};
use super::request::{Person, Request, Settings};
use crate::network::checkpoint::WeightsFile;
use crate::network::{
    Ablation, BuiltNetwork, DeviceChoice, FoldedNetwork, NetworkConfig, NetworkError, PartTime, TRAINED_KEY,
    Trace, to_host, trained_sizes,
};
use crate::pose::{BoundingBox, Decoder, Heatmaps, KEYPOINT_COUNT, Keypoint, Pose, Region, Seen, normalise};

/// Input pixels that go through the network at once on the CPU: 16 people at 32×24. More gain no time there, and memory
/// follows them.
const BATCH_PIXELS_CPU: usize = 16 * 32 * 24;
/// The same on a GPU, which gains from people at every size: 16 people at 128×96.
const BATCH_PIXELS_GPU: usize = 16 * 128 * 96;
/// Random weights are the same at every start, so that what is seen in them can be seen again.
const UNTRAINED_SEED: i64 = 0;

/// Where a network's weights come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Weights {
    /// A safetensors or `.pth` file.
    File(PathBuf),
    /// Random numbers, for looking at the untrained network.
    Untrained(NetworkConfig),
}

/// A network readied for inference on its device.
pub struct Predictor {
    network: FoldedNetwork,
    info: Arc<NetworkInfo>,
}

impl Predictor {
    /// Loads or makes a network and folds it for inference.
    ///
    /// # Errors
    /// When the file cannot be read, does not fit, or the device cannot be used.
    pub fn load(weights: &Weights, device_choice: DeviceChoice) -> Result<Self, EngineError> {
        let device = device_choice.resolve()?;
        let (built, path, trained, sizes, thresholds) = match weights {
            Weights::File(path) => {
                let file = WeightsFile::read(path).map_err(NetworkError::from)?;
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
        let info = NetworkInfo {
            name: config.name(),
            parameters: network.parameter_count(),
            config,
            trained,
            trained_sizes: sizes,
            joint_thresholds: thresholds,
            card: path.as_deref().and_then(card_of),
            path,
            device: if device == Device::Cpu { "CPU" } else { "CUDA" }.into(),
            device_choice,
        };
        Ok(Self { network, info: Arc::new(info) })
    }

    /// Which network this is.
    pub fn info(&self) -> &Arc<NetworkInfo> {
        &self.info
    }

    /// Finds the joints of everybody a request names.
    ///
    /// # Errors
    /// When a box cannot be used, the input size or an ablation does not fit the network, libtorch fails, or heatmaps
    /// are not finite.
    pub fn answer(&self, ticket: u64, request: Arc<Request>) -> Result<Answer, EngineError> {
        let mut times = Vec::new();
        let picture = &request.picture;
        let mut bounds = Vec::with_capacity(request.people.len());
        for (i, person) in request.people.iter().enumerate() {
            let clipped = person
                .bounds
                .clipped(picture.width(), picture.height())
                .map_err(|source| EngineError::Person { number: i + 1, source })?;
            bounds.push(if person.refine {
                self.refined(picture, clipped, &request.settings)?
            } else {
                clipped
            });
        }
        let started = Instant::now();
        let seen: Vec<(Region, Seen)> = bounds
            .iter()
            .map(|bounds| {
                let region = Region::around(bounds);
                (region, request.settings.capture.see(picture, &region, request.settings.input))
            })
            .collect();
        times.push(part("crop", started));

        let inputs: Vec<&RgbImage> = seen.iter().map(|(_, seen)| &seen.input).collect();
        let (mut heatmaps, trace) = self.heatmaps_and_trace(&inputs, &request, &mut times)?;

        let started = Instant::now();
        let mut trace = trace;
        let mut people = Vec::with_capacity(seen.len());
        for (i, ((region, seen), heatmaps)) in seen.into_iter().zip(heatmaps.drain(..)).enumerate() {
            people.push(PersonAnswer {
                bounds: bounds[i],
                pose: pose_in_picture(&heatmaps, request.settings.decoder, &region),
                region,
                seen,
                heatmaps,
                trace: if request.trace == Some(i) { trace.take().map(Arc::new) } else { None },
            });
        }
        times.push(part("decode", started));
        Ok(Answer { ticket, request, people, times })
    }

    /// Runs the person to be traced by itself, everybody else together.
    fn heatmaps_and_trace(
        &self,
        inputs: &[&RgbImage],
        request: &Request,
        times: &mut Vec<PartTime>,
    ) -> Result<(Vec<Heatmaps>, Option<Trace>), EngineError> {
        let (flip, ablations) = (request.settings.flip_test, request.settings.ablations.as_slice());
        let traced = request.trace.filter(|i| *i < inputs.len());
        let Some(traced) = traced else {
            let started = Instant::now();
            let heatmaps = self.heatmaps(inputs, flip, ablations)?;
            times.push(part("network", started));
            return Ok((heatmaps, None));
        };
        let output = self.network.forward_traced(&self.batch(&inputs[traced..=traced]), ablations)?;
        times.extend(output.times);
        let mut own = self.to_heatmaps(&output.heatmaps)?.remove(0);
        if flip {
            let started = Instant::now();
            own =
                Heatmaps::average(&own, &self.mirrored_pass(&inputs[traced..=traced], ablations)?.remove(0))?;
            times.push(part("flip test", started));
        }
        let others: Vec<&RgbImage> =
            inputs.iter().enumerate().filter(|(i, _)| *i != traced).map(|(_, input)| *input).collect();
        let mut heatmaps = Vec::new();
        if !others.is_empty() {
            let started = Instant::now();
            heatmaps = self.heatmaps(&others, flip, ablations)?;
            times.push(part("other people", started));
        }
        heatmaps.insert(traced, own);
        Ok((heatmaps, output.traces.into_iter().next()))
    }

    /// Heatmaps of network inputs, all of one size, in batches.
    ///
    /// # Errors
    /// When the size or an ablation does not fit the network, libtorch fails, or heatmaps are not finite.
    pub fn heatmaps(
        &self,
        inputs: &[&RgbImage],
        flip_test: bool,
        ablations: &[Ablation],
    ) -> Result<Vec<Heatmaps>, EngineError> {
        let mut all = Vec::with_capacity(inputs.len());
        let pixels = inputs.first().map_or(1, |input| input.width() as usize * input.height() as usize);
        let most = if self.network.device() == Device::Cpu { BATCH_PIXELS_CPU } else { BATCH_PIXELS_GPU };
        for inputs in inputs.chunks((most / pixels.max(1)).max(1)) {
            let straight = self.to_heatmaps(&self.network.forward(&self.batch(inputs), ablations)?)?;
            if !flip_test {
                all.extend(straight);
                continue;
            }
            for (a, b) in straight.iter().zip(self.mirrored_pass(inputs, ablations)?) {
                all.push(Heatmaps::average(a, &b)?);
            }
        }
        Ok(all)
    }

    /// Heatmaps of the mirrored inputs, mirrored back, left and right joints swapped.
    fn mirrored_pass(
        &self,
        inputs: &[&RgbImage],
        ablations: &[Ablation],
    ) -> Result<Vec<Heatmaps>, EngineError> {
        let mirrored = self.batch(inputs).flip([3]);
        Ok(self
            .to_heatmaps(&self.network.forward(&mirrored, ablations)?)?
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
        let path = self.info.path.as_ref();
        let weights = path.map_or_else(|| self.info.name.clone(), |path| path.display().to_string());
        let suspicion = match self.network.largest_tensor() {
            Some((name, size)) => format!("the likely cause is tensor `{name}`, with values up to {size:e}"),
            None => "the network has no tensors".to_owned(),
        };
        EngineError::NotFinite { weights, found, total, suspicion }
    }

    /// `[N, 3, H, W]` on the network's device.
    fn batch(&self, inputs: &[&RgbImage]) -> Tensor {
        let (width, height) = inputs.first().map_or((0, 0), |input| input.dimensions());
        let values: Vec<f32> = inputs.iter().flat_map(|input| normalise(input)).collect();
        Tensor::from_slice(&values)
            .view([inputs.len() as i64, 3, i64::from(height), i64::from(width)])
            .to_device(self.network.device())
    }

    /// A better box than a first guess: around the joints found in it, twice.
    fn refined(
        &self,
        picture: &Arc<RgbImage>,
        guess: BoundingBox,
        settings: &Settings,
    ) -> Result<BoundingBox, EngineError> {
        const PASSES: usize = 2;
        // Always at the same size, so that the box does not change with the resolution that is looked at.
        let settings = self.info.reference_settings(settings);
        let mut bounds = guess;
        for _ in 0..PASSES {
            let request = Request {
                picture: picture.clone(),
                people: vec![Person { bounds, refine: false }],
                settings: settings.clone(),
                trace: None,
                reference: false,
            };
            let answer = self.answer(0, Arc::new(request))?;
            match follow(&answer.people[0].pose, picture.dimensions()) {
                Some(found) => bounds = found,
                None => break,
            }
        }
        Ok(bounds)
    }
}

fn part(name: &str, started: Instant) -> PartTime {
    PartTime { part: name.into(), milliseconds: started.elapsed().as_secs_f64() * 1e3 }
}

/// Reads the joints off heatmaps and maps them back to the picture.
pub fn pose_in_picture(heatmaps: &Heatmaps, decoder: Decoder, region: &Region) -> Pose {
    let mut pose = [Keypoint { x: 0.0, y: 0.0, confidence: 0.0 }; KEYPOINT_COUNT];
    for (joint, peak) in pose.iter_mut().zip(decoder.decode(heatmaps)) {
        let (x, y) = region.to_picture(heatmaps.width() as u32, heatmaps.height() as u32, peak.x, peak.y);
        *joint = Keypoint { x, y, confidence: peak.confidence };
    }
    pose
}
