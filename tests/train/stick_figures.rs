//! People that a test can make by itself: stick figures with exact labels.

use std::path::Path;

use image::{Rgb, RgbImage};
use posescope::pose::coco::{Dataset, ImageEntry, Person};
use posescope::pose::{BoundingBox, KEYPOINT_COUNT, LIMBS, LabelledKeypoint, Labels, Side, side};

const WIDTH: u32 = 96;
const HEIGHT: u32 = 128;
/// Half the thickness of a limb, in pixels.
const THICKNESS: f64 = 2.5;

/// Writes `count` pictures into `folder` with `split.json` beside them, and gives the annotations.
pub fn write(folder: &Path, split: &str, count: u32) -> Dataset {
    let mut dataset = Dataset::default();
    for number in 0..count {
        let labels = joints(f64::from(number));
        let file_name = format!("figure_{number}.png");
        draw(&labels, number).save(folder.join(&file_name)).unwrap();
        let bbox = BoundingBox::around(labels.iter().map(|joint| (joint.x, joint.y)), 0.05).unwrap();
        let id = u64::from(number) + 1;
        let source = Some(if number % 2 == 0 { "even" } else { "odd" }.to_owned());
        dataset.images.push(ImageEntry { id, file_name, width: WIDTH, height: HEIGHT, source });
        dataset.people.push(Person {
            image_id: id,
            id,
            bbox,
            area: 0.6 * bbox.area(),
            labels,
            iscrowd: false,
            num_keypoints: KEYPOINT_COUNT,
        });
    }
    dataset.write(&folder.join(format!("{split}.json"))).unwrap();
    dataset
}

/// The joints of a figure that waves its arms and legs differently for every number.
fn joints(number: f64) -> Labels {
    let swing = |phase: f64| (number * 1.7 + phase).sin();
    let limb = |from: (f64, f64), angle: f64, length: f64| {
        (from.0 + length * angle.sin(), from.1 + length * angle.cos())
    };
    let mut points = [(0.0, 0.0); KEYPOINT_COUNT];
    let lean = 4.0 * swing(0.3);
    points[0] = (48.0 + lean, 22.0);
    for (joint, right, down) in [(1, 4.0, -4.0), (2, -4.0, -4.0), (3, 9.0, -1.0), (4, -9.0, -1.0)] {
        points[joint] = (points[0].0 + right, points[0].1 + down);
    }
    for left in [true, false] {
        let (sign, first) = if left { (1.0, 0) } else { (-1.0, 1) };
        points[5 + first] = (48.0 + lean / 2.0 + sign * 12.0, 38.0);
        points[11 + first] = (48.0 + sign * 8.0, 72.0);
        let (arm, leg) = (0.6 + 0.6 * swing(sign), 0.3 + 0.3 * swing(2.0 * sign));
        points[7 + first] = limb(points[5 + first], sign * arm, 15.0);
        points[9 + first] = limb(points[7 + first], sign * (arm + 0.4 * swing(3.0)), 14.0);
        points[13 + first] = limb(points[11 + first], sign * leg, 22.0);
        points[15 + first] = limb(points[13 + first], sign * leg / 2.0, 21.0);
    }
    points.map(|(x, y)| LabelledKeypoint { x, y, visibility: 2 })
}

fn draw(labels: &Labels, number: u32) -> RgbImage {
    let shade = 40 + 25 * (number % 6) as u8;
    RgbImage::from_fn(WIDTH, HEIGHT, |column, row| {
        let (x, y) = (f64::from(column), f64::from(row));
        let near = LIMBS.iter().find(|(a, b)| {
            let (a, b) = (labels[*a], labels[*b]);
            distance((x, y), (a.x, a.y), (b.x, b.y)) < THICKNESS
        });
        match near.map(|(a, _)| side(*a)) {
            Some(Side::Left) => Rgb([230, 60, 40]),
            Some(Side::Right) => Rgb([40, 90, 230]),
            Some(_) => Rgb([240, 230, 120]),
            None => Rgb([shade, shade, 60]),
        }
    })
}

/// The distance of a point from the line between two others.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let along = ((point.0 - from.0) * dx + (point.1 - from.1) * dy) / (dx * dx + dy * dy);
    let along = along.clamp(0.0, 1.0);
    (point.0 - from.0 - along * dx).hypot(point.1 - from.1 - along * dy)
}
