//! How long the parts between a picture and its joints take: `cargo bench`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use image::RgbImage;
use posescope::network::{BuiltNetwork, NetworkConfig, keep_freed_memory};
use posescope::pose::{BoundingBox, Capture, Decoder, Heatmaps, InputSize, Region, Sampling, target};
use tch::{Device, Kind, Tensor};

fn forward(c: &mut Criterion) {
    keep_freed_memory();
    let mut group = c.benchmark_group("forward CMSA-S + EMA");
    for size in InputSize::STANDARD {
        let shape = [1, 3, i64::from(size.height()), i64::from(size.width())];
        let input = Tensor::randn(shape, (Kind::Float, Device::Cpu));
        let config = NetworkConfig::small().with_ema(8);
        let Ok(built) = BuiltNetwork::untrained(config, Device::Cpu) else { return };
        let unfolded = built.network;
        group.bench_function(BenchmarkId::new("as trained", size), |b| {
            b.iter(|| unfolded.forward(&input, &[]))
        });
        let folded = unfolded.fold();
        group.bench_function(BenchmarkId::new("folded", size), |b| b.iter(|| folded.forward(&input, &[])));
        group.bench_function(BenchmarkId::new("traced", size), |b| {
            b.iter(|| folded.forward_traced(&input, &[]))
        });
    }
    group.finish();
}

fn crop(c: &mut Criterion) {
    let picture = RgbImage::from_fn(1920, 1080, |x, y| image::Rgb([x as u8, y as u8, (x ^ y) as u8]));
    let bounds = BoundingBox { x: 600.0, y: 40.0, width: 420.0, height: 1000.0 };
    let region = Region::around(&bounds);
    let mut group = c.benchmark_group("capture from 1920×1080");
    for size in InputSize::STANDARD {
        let capture = Capture {
            height: size.height(),
            sampling: Sampling::AreaAverage,
            noise: 0.0,
            jpeg_quality: None,
        };
        group.bench_function(BenchmarkId::from_parameter(size), |b| {
            b.iter(|| capture.see(black_box(&picture), &region, size));
        });
    }
    group.finish();
}

fn decode(c: &mut Criterion) {
    let joints: Vec<(f64, f64, bool)> = (0..17).map(|i| (3.3 + f64::from(i) * 4.1, 60.7, true)).collect();
    let (maps, _): (Heatmaps, _) = target(128, 96, &joints);
    let mut group = c.benchmark_group("decode 128×96");
    for decoder in Decoder::ALL {
        group.bench_function(decoder.label(), |b| b.iter(|| decoder.decode(black_box(&maps))));
    }
    group.finish();
}

criterion_group!(benches, forward, crop, decode);
criterion_main!(benches);
