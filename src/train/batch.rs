//! From canvases to what the network is fed: cut, turned, dimmed and normalised on the device.

use tch::Tensor;

use super::appearance::{self, Appearance};
use super::crops::CropSet;
use super::view::{CANVAS_HEIGHT, CONTEXT, View};
use crate::pose::{InputSize, KEYPOINT_COUNT};

/// From this many canvas pixels for each input pixel on, canvases are first halved.
const HALVE_FROM: f64 = 4.0;
/// From this many on, an input pixel is the mean of four samples rather than one.
const FOUR_FROM: f64 = 2.0;

/// How each crop of a batch is shown.
pub(super) struct Showing<'a> {
    /// Which crops.
    pub indices: &'a [usize],
    /// What part of its canvas each shows.
    pub views: &'a [View],
    /// How its pixels are changed; empty for not at all.
    pub appearances: &'a [Appearance],
    /// Rows of the camera's picture, where it is poorer than the input.
    pub capture: Option<u32>,
    /// Size of the input.
    pub size: InputSize,
}

impl Showing<'_> {
    /// The network's input: `[B, 3, H, W]`, normalised.
    pub fn pictures(&self, crops: &CropSet) -> Tensor {
        let mut pictures = self.cut(&crops.canvases(self.indices));
        if let Some(rows) = self.capture {
            pictures = self.captured(pictures, rows);
        }
        if !self.appearances.is_empty() {
            pictures = appearance::apply(pictures, self.appearances);
        }
        appearance::normalised(&pictures, crops.device())
    }

    /// The joints on a heatmap of `rows` × `columns` pixels: `[B, joints, 3]`, as [`super::target::targets`]
    /// takes them.
    pub fn joints(&self, crops: &CropSet, rows: u32, columns: u32) -> Tensor {
        let mut numbers: Vec<f32> = Vec::with_capacity(self.indices.len() * KEYPOINT_COUNT * 3);
        for (index, view) in self.indices.iter().zip(self.views) {
            for (x, y, labelled) in view.joints((columns, rows), crops.joints(*index)) {
                numbers.extend([x, y, f32::from(u8::from(labelled))]);
            }
        }
        Tensor::from_slice(&numbers).view([-1, KEYPOINT_COUNT as i64, 3]).to_device(crops.device())
    }

    fn height_and_width(&self) -> (i64, i64) {
        (i64::from(self.size.height()), i64::from(self.size.width()))
    }

    /// Samples the views: `[B, 3, 192, 144]` -> `[B, 3, H, W]`, values of 0 … 1, black outside. Several samples
    /// for an input pixel stand where their mean covers its area, so an upright view at a whole fraction of the
    /// canvas is exactly the area average.
    fn cut(&self, canvases: &Tensor) -> Tensor {
        let (height, width) = self.height_and_width();
        let ratio = f64::from(CANVAS_HEIGHT) / CONTEXT / height as f64;
        let (source, ratio) = if ratio >= HALVE_FROM {
            (canvases.avg_pool2d([2, 2], [2, 2], [0, 0], false, true, None::<i64>), ratio / 2.0)
        } else {
            (canvases.shallow_clone(), ratio)
        };
        let quarters: &[f64] = if ratio >= FOUR_FROM { &[-0.25, 0.25] } else { &[0.0] };
        let shifts: Vec<(f64, f64)> = quarters
            .iter()
            .flat_map(|down| quarters.iter().map(move |right| (right / width as f64, down / height as f64)))
            .collect();
        let size = [self.views.len() as i64, 3, height, width];
        let sampled = shifts.iter().map(|shift| {
            let numbers: Vec<f32> = self.views.iter().flat_map(|view| view.affine(*shift)).collect();
            let affine = Tensor::from_slice(&numbers).view([-1, 2, 3]).to_device(source.device());
            let grid = Tensor::affine_grid_generator(&affine, size, false);
            source.grid_sampler(&grid, 0, 0, false)
        });
        let sum = sampled.reduce(|sum, next| sum + next);
        sum.map_or(source, |sum| sum / shifts.len() as f64)
    }

    /// What is left of the pictures after a camera of `rows` rows: averaged down, interpolated up.
    fn captured(&self, pictures: Tensor, rows: u32) -> Tensor {
        let (height, width) = self.height_and_width();
        let rows = i64::from(rows).clamp(1, height);
        let columns = (rows * width / height).max(1);
        let seen = pictures.adaptive_avg_pool2d([rows, columns]);
        seen.upsample_bilinear2d([height, width], false, None::<f64>, None::<f64>)
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};
    use tch::{Device, Kind};

    use super::super::dataset::Split;
    use super::*;
    use crate::network::to_host;
    use crate::pose::coco::{Dataset, ImageEntry, Person};
    use crate::pose::{BoundingBox, LabelledKeypoint, Region, Sampling, normalise, sample};

    /// A picture of waves, and a person in it whose head and feet are labelled.
    fn one_person() -> (RgbImage, Person) {
        let wave = |x: u32, y: u32, k: f64| (127.0 + 120.0 * (f64::from(x + 2 * y) / (9.0 + k)).sin()) as u8;
        let picture =
            RgbImage::from_fn(300, 330, |x, y| Rgb([wave(x, y, 0.0), wave(y, x, 4.0), wave(x, x, 9.0)]));
        let mut labels = [LabelledKeypoint::default(); KEYPOINT_COUNT];
        labels[0] = LabelledKeypoint { x: 150.0, y: 40.0, visibility: 2 };
        labels[15] = LabelledKeypoint { x: 130.0, y: 240.0, visibility: 1 };
        let bbox = BoundingBox::new(101.5, 33.0, 97.0, 212.0).unwrap();
        let person =
            Person { image_id: 5, id: 1, bbox, area: 9000.0, labels, iscrowd: false, num_keypoints: 2 };
        (picture, person)
    }

    fn crops() -> (RgbImage, Person, CropSet) {
        let (picture, person) = one_person();
        let folder = tempfile::tempdir().unwrap();
        picture.save(folder.path().join("waves.png")).unwrap();
        let image =
            ImageEntry { id: 5, file_name: "waves.png".into(), width: 300, height: 330, source: None };
        let dataset = Dataset { images: vec![image], people: vec![person.clone()] };
        dataset.write(&folder.path().join("train.json")).unwrap();
        let split = Split::find(&[folder.path().to_owned()], "train").unwrap();
        let crops = CropSet::load(&split, Device::Cpu, None, false, |_, _| {}).unwrap();
        (picture, person, crops)
    }

    #[test]
    fn unvaried_crops_are_what_the_engine_shows_its_network() {
        let (picture, person, crops) = crops();
        let region = Region::around(&person.bbox);
        for size in [InputSize::STANDARD[0], InputSize::STANDARD[1]] {
            let showing =
                Showing { indices: &[0], views: &[View::REGION], appearances: &[], capture: None, size };
            let found = to_host(&showing.pictures(&crops)).unwrap();
            let (height, width) = (size.height(), size.width());
            let expected = normalise(&sample(&picture, &region, width, height, Sampling::AreaAverage));
            assert_eq!(found.shape, [1, 3, height as usize, width as usize]);
            let off = found.values.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            // Two roundings to whole levels, in units of the deviation.
            assert!(off < 2.0 / 255.0 / 0.224, "{size}: {off}");

            let joints = showing.joints(&crops, height, width);
            let (x, y) = region.to_input(width, height, 130.0, 240.0);
            approx::assert_abs_diff_eq!(joints.double_value(&[0, 15, 0]), x, epsilon = 1e-4);
            approx::assert_abs_diff_eq!(joints.double_value(&[0, 15, 1]), y, epsilon = 1e-4);
            assert_eq!((joints.double_value(&[0, 15, 2]), joints.double_value(&[0, 1, 2])), (1.0, 0.0));
        }
    }

    #[test]
    fn a_mirrored_view_is_the_mirrored_picture() {
        let (_, _, crops) = crops();
        let size = InputSize::STANDARD[2];
        let views = [View::REGION, View { mirrored: true, ..View::REGION }];
        let showing = Showing { indices: &[0, 0], views: &views, appearances: &[], capture: None, size };
        let pictures = showing.pictures(&crops);
        let off = (pictures.get(0) - pictures.get(1).flip([2])).abs().max().double_value(&[]);
        assert!(off < 1e-3, "{off}");
    }

    #[test]
    fn a_poorer_camera_leaves_the_mean_and_loses_detail() {
        let (_, _, crops) = crops();
        let size = InputSize::STANDARD[1];
        let showing =
            |capture| Showing { indices: &[0], views: &[View::REGION], appearances: &[], capture, size };
        let (sharp, poor) = (showing(None).pictures(&crops), showing(Some(24)).pictures(&crops));
        assert_eq!(poor.size(), [1, 3, 64, 48]);
        let mean = |t: &Tensor| t.mean(Kind::Float).double_value(&[]);
        approx::assert_abs_diff_eq!(mean(&sharp), mean(&poor), epsilon = 0.05);
        assert!(poor.std(true).double_value(&[]) < sharp.std(true).double_value(&[]));
        let itself = showing(Some(64)).pictures(&crops);
        assert!((sharp - itself).abs().max().double_value(&[]) < 1e-5);
    }
}
