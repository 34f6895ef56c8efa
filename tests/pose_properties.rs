//! Properties of the geometry, the heatmaps and the measures of accuracy that hold for all inputs.

use image::RgbImage;
use posescope::pose::{
    BoundingBox, Decoder, Heatmaps, InputSize, KEYPOINT_COUNT, Keypoint, LabelledKeypoint, Labels, Pose,
    Region, Sampling, joint_oks, oks, sample, target,
};
use proptest::prelude::*;

/// A position between the outer edges of `side` pixels.
fn within(side: u32) -> impl Strategy<Value = f64> {
    -0.5..f64::from(side) - 0.5
}

/// A standard size and a position on its heatmap.
fn size_and_position() -> impl Strategy<Value = (InputSize, f64, f64)> {
    proptest::sample::select(InputSize::STANDARD.to_vec())
        .prop_flat_map(|size| (Just(size), within(size.width()), within(size.height())))
}

fn region() -> impl Strategy<Value = Region> {
    (-500.0..500.0, -500.0..500.0, 1.0..900.0, 1.0..900.0)
        .prop_map(|(x, y, width, height)| Region::around(&BoundingBox { x, y, width, height }))
}

fn picture() -> impl Strategy<Value = RgbImage> {
    (2_u32..40, 2_u32..40).prop_flat_map(|(width, height)| {
        proptest::collection::vec(any::<u8>(), (width * height * 3) as usize)
            .prop_map(move |values| RgbImage::from_raw(width, height, values).unwrap_or_default())
    })
}

fn heatmaps() -> impl Strategy<Value = Heatmaps> {
    (1_usize..12, 1_usize..12).prop_flat_map(|(height, width)| {
        proptest::collection::vec(-1.0_f32..1.0, KEYPOINT_COUNT * height * width)
            .prop_filter_map("shape", move |values| Heatmaps::new(KEYPOINT_COUNT, height, width, values).ok())
    })
}

fn labels() -> impl Strategy<Value = Labels> {
    proptest::array::uniform17((0.0..200.0, 0.0..200.0, 1_u8..3))
        .prop_map(|joints| joints.map(|(x, y, visibility)| LabelledKeypoint { x, y, visibility }))
}

/// The labels found again, off by some pixels in one direction.
fn pose(labels: &Labels, off_by: f64, direction: f64) -> Pose {
    labels.map(|label| Keypoint {
        x: label.x + off_by * direction.cos(),
        y: label.y + off_by * direction.sin(),
        confidence: 1.0,
    })
}

/// How far `found` is from `position` along an axis of `side` pixels, and whether that is within two pixels
/// of an edge.
fn error_and_edge(found: f64, position: f64, side: u32) -> (f64, bool) {
    let room = position.min(f64::from(side) - 1.0 - position);
    ((found - position).abs(), room < 2.0)
}

fn mean_level(values: &[u8]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len() as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn dark_finds_gaussians_at_every_position((size, x, y) in size_and_position()) {
        let (maps, _) = target(size.height() as usize, size.width() as usize, &[(x, y, true)]);
        let peak = Decoder::Dark.decode(&maps)[0];
        for (error, at_edge) in [error_and_edge(peak.x, x, size.width()), error_and_edge(peak.y, y, size.height())] {
            prop_assert!(error <= if at_edge { 0.25 } else { 0.1 }, "{error} at {x}, {y} of {size}");
        }
    }

    #[test]
    fn quarter_finds_gaussians_at_every_position((size, x, y) in size_and_position()) {
        let (maps, _) = target(size.height() as usize, size.width() as usize, &[(x, y, true)]);
        let peak = Decoder::Quarter.decode(&maps)[0];
        prop_assert!((peak.x - x).abs() <= 0.3 && (peak.y - y).abs() <= 0.3, "{peak:?} at {x}, {y} of {size}");
    }

    #[test]
    fn decoded_positions_stay_within_half_a_pixel_of_the_map(maps in heatmaps()) {
        for decoder in Decoder::ALL {
            for peak in decoder.decode(&maps) {
                prop_assert!(peak.x >= -0.5 && peak.x <= maps.width() as f64 - 0.5, "{peak:?}");
                prop_assert!(peak.y >= -0.5 && peak.y <= maps.height() as f64 - 0.5, "{peak:?}");
            }
        }
    }

    #[test]
    fn the_way_to_the_input_and_back_ends_where_it_began(
        region in region(),
        size in proptest::sample::select(InputSize::STANDARD.to_vec()),
        x in -1000.0..1000.0,
        y in -1000.0..1000.0,
    ) {
        let (input_x, input_y) = region.to_input(size.width(), size.height(), x, y);
        let (back_x, back_y) = region.to_picture(size.width(), size.height(), input_x, input_y);
        prop_assert!((back_x - x).abs() < 1e-9 && (back_y - y).abs() < 1e-9, "{back_x}, {back_y}");
    }

    #[test]
    fn area_averages_keep_the_mean(picture in picture(), columns in 1_u32..40, rows in 1_u32..40) {
        let (width, height) = (picture.width().min(columns), picture.height().min(rows));
        let region = Region {
            x0: 0.0,
            y0: 0.0,
            width: f64::from(picture.width()),
            height: f64::from(picture.height()),
        };
        let shrunk = sample(&picture, &region, width, height, Sampling::AreaAverage);
        prop_assert!((mean_level(&shrunk) - mean_level(&picture)).abs() <= 0.51);
    }

    #[test]
    fn a_region_beyond_the_border_loses_the_light_of_what_is_missing(picture in picture(), out in 0.0_f64..20.0) {
        let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
        let region = Region { x0: -out, y0: 0.0, width: width + out, height };
        let shrunk = sample(&picture, &region, 2, 2, Sampling::AreaAverage);
        let expected = mean_level(&picture) * width / (width + out);
        prop_assert!((mean_level(&shrunk) - expected).abs() <= 0.51);
    }

    #[test]
    fn mirroring_twice_changes_nothing(maps in heatmaps()) {
        prop_assert_eq!(maps.mirrored().mirrored(), maps);
    }

    #[test]
    fn a_pose_is_most_like_itself(labels in labels(), area in 1.0..1e5, direction in 0.0..std::f64::consts::TAU) {
        prop_assert_eq!(oks(&pose(&labels, 0.0, direction), &labels, area), Some(1.0));
    }

    #[test]
    fn similarity_falls_with_distance_and_rises_with_area(
        labels in labels(),
        area in 10.0..1e5,
        direction in 0.0..std::f64::consts::TAU,
        near in 0.1..2.0,
        further in 0.1..20.0,
    ) {
        let similarity = |off_by, area| joint_oks(&pose(&labels, off_by, direction), &labels, area);
        let close = similarity(near, area);
        for (joint, near_one) in close.iter().enumerate() {
            prop_assert!(similarity(near + further, area)[joint] < *near_one || *near_one == Some(0.0));
            prop_assert!(similarity(near, 2.0 * area)[joint] > *near_one);
        }
    }
}
