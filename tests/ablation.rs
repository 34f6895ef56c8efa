//! What if: a network with a part left out gives what the same network gives with weights that leave it out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ops::Range;
use std::path::Path;

use posescope::network::checkpoint::{HostTensor, WeightsFile};
use posescope::network::{
    Ablation, BuiltNetwork, EmaChange, FoldedNetwork, KEY_DIM, NetworkConfig, NetworkError, PoseNetwork,
    Trace, VALUE_DIM, config_of, to_host,
};
use tch::{Device, Tensor};

/// Heatmaps are near 1: rounding alone stays far below this.
const TOLERANCE: f32 = 1e-5;
/// What counts as another outcome.
const DIFFERENT: f32 = 1e-3;

fn golden(name: &str) -> WeightsFile {
    WeightsFile::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)).unwrap()
}

fn with_ema() -> WeightsFile {
    golden("calm.tiny_ema.weights.safetensors")
}

fn pictures() -> Tensor {
    let file = golden("calm.tiny_ema.32x24.safetensors");
    let host = &file.tensors["input"];
    let shape: Vec<i64> = host.shape.iter().map(|&n| n as i64).collect();
    Tensor::from_slice(&host.values).view(shape.as_slice())
}

/// As trained, and folded.
struct Forms(PoseNetwork, FoldedNetwork);

impl Forms {
    fn of(file: &WeightsFile) -> Self {
        let built = || BuiltNetwork::from_file(file, Device::Cpu).unwrap();
        Self(built().network, FoldedNetwork::new(built()).unwrap())
    }

    fn heatmaps(&self, ablations: &[Ablation]) -> [Vec<f32>; 2] {
        let input = pictures();
        let (plain, folded) = (self.0.forward(&input, ablations), self.1.forward(&input, ablations));
        [plain, folded].map(|heatmaps| to_host(&heatmaps.unwrap()).unwrap().values)
    }

    /// Of the folded network, for the first picture.
    fn trace(&self, ablations: &[Ablation]) -> Trace {
        self.1.forward_traced(&pictures(), ablations).unwrap().traces.remove(0)
    }
}

fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn assert_same(a: &[Vec<f32>; 2], b: &[Vec<f32>; 2], what: &str) {
    for (a, b) in a.iter().zip(b) {
        let difference = largest_difference(a, b);
        assert!(difference < TOLERANCE, "{what}: heatmaps differ by {difference}");
    }
}

fn assert_different(a: &[Vec<f32>; 2], b: &[Vec<f32>; 2], what: &str) {
    for (a, b) in a.iter().zip(b) {
        let difference = largest_difference(a, b);
        assert!(difference > DIFFERENT, "{what}: heatmaps differ by {difference} only");
    }
}

/// Sets the weights of some input channels of a layer `[out, in, …]` with a 1×1 kernel or none to zero.
fn silence(file: &mut WeightsFile, name: &str, channels: Range<i64>) {
    let HostTensor { shape, values } = file.tensors.get_mut(name).unwrap();
    assert!(channels.end as usize <= shape[1], "{name}");
    for row in values.chunks_exact_mut(shape[1]) {
        row[channels.start as usize..channels.end as usize].fill(0.0);
    }
}

/// The weights in which whatever uses the muted numbers does not listen to them.
fn with_weights_for(mut file: WeightsFile, ablation: &Ablation) -> WeightsFile {
    let config = config_of(&file).unwrap();
    let (stage, blocks, scale, heads) = match *ablation {
        Ablation::MuteHead { stage, block, scale, head } => {
            (stage, Some(block), scale, head as i64..head as i64 + 1)
        }
        Ablation::MuteScale { stage, block, scale } => (stage, block, scale, 0..config.heads[stage][scale]),
        // The cascade into a scale is what the heads of the one before it found.
        Ablation::MuteCascade { stage, block, scale } => {
            (stage, block, scale - 1, 0..config.heads[stage][scale - 1])
        }
        Ablation::Ema { .. } => unreachable!("no weights do the same"),
    };
    let before: i64 = config.heads[stage][..scale].iter().sum();
    let channels =
        |heads_before: i64| (heads_before + heads.start) * VALUE_DIM..(heads_before + heads.end) * VALUE_DIM;
    for block in (0..config.depths[stage] as usize).filter(|own| blocks.is_none_or(|block| block == *own)) {
        let attention = format!("stage_blocks.{stage}.trains_block{block}.attn");
        if !matches!(ablation, Ablation::MuteCascade { .. }) {
            silence(&mut file, &format!("{attention}.linear.weight"), channels(before));
        }
        if let Some(finer) = config.heads[stage].get(scale + 1) {
            let own = finer * (KEY_DIM + VALUE_DIM);
            let heard = channels(0);
            let name = format!("{attention}.channel_fusion_modules.{scale}.conv.weight");
            silence(&mut file, &name, own + heard.start..own + heard.end);
        }
    }
    file
}

/// Whole stages, and the second block of each.
#[test]
fn every_muted_part_is_as_if_nobody_listened_to_it() {
    let file = with_ema();
    let folded = |file: &WeightsFile| BuiltNetwork::from_file(file, Device::Cpu).unwrap().network.fold();
    let (network, input) = (folded(&file), pictures().narrow(0, 0, 1));
    let untouched = to_host(&network.forward(&input, &[]).unwrap()).unwrap().values;
    let looked_at = |ablation: &Ablation| match ablation {
        Ablation::MuteHead { block, .. } => *block == 1,
        Ablation::MuteScale { block, .. } | Ablation::MuteCascade { block, .. } => {
            block.is_none_or(|block| block == 1)
        }
        Ablation::Ema { .. } => false,
    };
    for ablation in Ablation::all(&config_of(&file).unwrap()).into_iter().filter(looked_at) {
        let found = network.forward_traced(&input, std::slice::from_ref(&ablation)).unwrap();
        let expected =
            folded(&with_weights_for(file.clone(), &ablation)).forward_traced(&input, &[]).unwrap();
        let [heatmaps, wanted] = [&found, &expected].map(|output| to_host(&output.heatmaps).unwrap().values);
        let difference = largest_difference(&heatmaps, &wanted);
        assert!(difference < TOLERANCE, "{ablation}: heatmaps differ by {difference}");
        assert_ne!(heatmaps, untouched, "{ablation}");
        let expected = expected.traces[0].named_tensors();
        for ((name, found), (_, expected)) in found.traces[0].named_tensors().iter().zip(expected) {
            let difference = largest_difference(&found.values, &expected.values);
            assert!(difference < 1e-4, "{ablation}: {name} differs by {difference}");
        }
    }
}

/// Without attention means: of the branch only its projection's bias is left, a constant for each channel.
#[test]
fn a_block_of_which_every_scale_is_muted_is_one_without_attention() {
    let file = with_ema();
    let network = Forms::of(&file);
    for (stage, block, scales) in [(0, 1, 3), (1, 0, 2), (2, 2, 2)] {
        let mute = |scale| Ablation::MuteScale { stage, block: Some(block), scale };
        let muted: Vec<Ablation> = (0..scales).map(mute).collect();
        let mut without = file.clone();
        let name = format!("stage_blocks.{stage}.trains_block{block}.attn.linear.weight");
        without.tensors.get_mut(&name).unwrap().values.fill(0.0);
        let found = network.heatmaps(&muted);
        assert_same(&found, &Forms::of(&without).heatmaps(&[]), &name);
        assert_different(&found, &network.heatmaps(&[]), &name);
    }
}

#[test]
fn a_whole_stage_is_each_of_its_blocks_and_all_heads_are_the_scale() {
    let network = Forms::of(&with_ema());
    let scale = |block| Ablation::MuteScale { stage: 1, block, scale: 1 };
    let cascade = |block| Ablation::MuteCascade { stage: 1, block, scale: 1 };
    for (whole, each) in [
        (scale(None), (0..4).map(|block| scale(Some(block))).collect::<Vec<_>>()),
        (cascade(None), (0..4).map(|block| cascade(Some(block))).collect()),
    ] {
        assert_eq!(network.heatmaps(&[whole]), network.heatmaps(&each));
    }
    let head = |head| Ablation::MuteHead { stage: 0, block: 0, scale: 1, head };
    let scale = network.heatmaps(&[Ablation::MuteScale { stage: 0, block: Some(0), scale: 1 }]);
    assert_eq!(network.heatmaps(&[head(0), head(1)]), scale);
    assert_eq!(network.heatmaps(&[head(1), head(0), head(1)]), scale);
    for single in [head(0), head(1)] {
        assert_different(&network.heatmaps(std::slice::from_ref(&single)), &scale, &single.to_string());
    }
}

#[test]
fn identity_ema_is_a_network_without_ema() {
    let file = with_ema();
    let mut without = file.clone();
    without.tensors.retain(|name, _| !name.starts_with("ema."));
    without.metadata.clear();
    let (network, without) = (Forms::of(&file), Forms::of(&without));
    let identity = |stage| Ablation::Ema { stage, change: EmaChange::Identity };
    let all = [identity(0), identity(1), identity(2)];
    assert_eq!(network.heatmaps(&all), without.heatmaps(&[]));
    assert!(network.trace(&all).ema.is_empty());
    assert_ne!(network.heatmaps(&[identity(1)]), without.heatmaps(&[]));
    let trace = network.trace(&[identity(1)]);
    assert_eq!(trace.ema.iter().map(|ema| ema.stage).collect::<Vec<_>>(), [0, 2]);
    assert!(trace.ema_of(1).is_none() && trace.ema_of(2).is_some());
}

#[test]
fn other_changes_of_ema_are_seen_in_the_outcome_and_in_the_trace() {
    let network = Forms::of(&with_ema());
    let (untouched, before) = (network.heatmaps(&[]), network.trace(&[]));
    for stage in 0..3 {
        let before = before.ema_of(stage).unwrap();
        let changed = |change| {
            let ablation = [Ablation::Ema { stage, change }];
            assert_ne!(network.heatmaps(&ablation), untouched, "{}", ablation[0]);
            network.trace(&ablation).ema_of(stage).unwrap().clone()
        };
        let mean = changed(EmaChange::MeanGate).spatial;
        assert_eq!(mean.shape, before.spatial.shape);
        let cells = mean.shape[1] * mean.shape[2];
        let groups = mean.values.chunks_exact(cells).zip(before.spatial.values.chunks_exact(cells));
        for (mean, gate) in groups {
            let expected = gate.iter().sum::<f32>() / cells as f32;
            assert!(mean.iter().all(|value| (value - expected).abs() < 1e-5));
        }
        let same = changed(EmaChange::P2ByP1);
        assert_eq!(same.channel_2.values, same.channel_1.values);
        assert_eq!(same.channel_1.values, before.channel_1.values);
        assert_ne!(same.spatial.values, before.spatial.values);
    }
}

#[test]
fn muting_nothing_is_bit_equal_also_after_everything_was_muted() {
    let file = with_ema();
    let network = Forms::of(&file);
    let before = network.heatmaps(&[]);
    let everything = Ablation::all(&config_of(&file).unwrap());
    assert_different(&network.heatmaps(&everything), &before, "everything");
    assert_eq!(network.heatmaps(&[]), before);
    let input = pictures();
    for ablations in [&[], everything.as_slice()] {
        let traced = to_host(&network.1.forward_traced(&input, ablations).unwrap().heatmaps).unwrap();
        assert_eq!(traced.values, network.heatmaps(ablations)[1]);
    }
}

#[test]
fn a_part_that_is_not_there_is_told() {
    let plain = Forms::of(&golden("calm.tiny.weights.safetensors"));
    let input = pictures();
    for (id, message) in [
        ("s1.b1.scale4", "ablation s1.b1.scale4: expected scale 1 to 3 of stage 1, found 4"),
        ("s1.ema=mean-gate", "ablation s1.ema=mean-gate: CMSA 16-24-32 has no EMA modules"),
    ] {
        let ablations: [Ablation; 1] = [id.parse().unwrap()];
        for error in [
            plain.0.forward(&input, &ablations).unwrap_err(),
            plain.1.forward(&input, &ablations).unwrap_err(),
            plain.1.forward_traced(&input, &ablations).unwrap_err(),
        ] {
            assert!(matches!(error, NetworkError::Ablation(_)));
            assert_eq!(error.to_string(), message);
        }
    }
    assert!(Ablation::all(&NetworkConfig::small()).iter().all(|a| !matches!(a, Ablation::Ema { .. })));
}
