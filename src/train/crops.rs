//! The people of a split, cut out once and kept on the device.

use std::collections::BTreeMap;

use image::RgbImage;
use rayon::prelude::*;
use tch::{Device, Kind, Tensor};

use super::dataset::Split;
use super::error::TrainError;
use super::view::{CANVAS_HEIGHT, CANVAS_WIDTH, CONTEXT, Joints};
use crate::pose::coco::{Dataset, FrameFit, FrameTally, ImageEntry, Person, Shown};
use crate::pose::{KEYPOINT_COUNT, Region, Sampling, sample};
use crate::source::{PictureWarning, ReadPicture, StoredPicture, WarningTally};

/// Pictures that are decoded between two steps of the progress.
const CHUNK: usize = 256;
/// Bytes of a canvas.
const CANVAS_BYTES: usize = 3 * CANVAS_WIDTH as usize * CANVAS_HEIGHT as usize;

/// Every usable person of a split: a canvas of 192×144 pixels that shows 1.5 times their region, and their
/// joints on it.
#[derive(Debug)]
pub struct CropSet {
    /// `[N, 3, 192, 144]`, bytes.
    pixels: Tensor,
    joints: Vec<Joints>,
    regions: Vec<Region>,
    sources: Vec<Option<String>>,
    ground_truth: Dataset,
    passed_over: usize,
    warnings: Vec<String>,
}

/// The people of a picture, cut out, and what was done to their labels.
struct Cut {
    crops: Vec<Crop>,
    fit: FrameFit,
    shown: Shown,
    warnings: Vec<PictureWarning>,
}

/// One person, cut out.
struct Crop {
    canvas: RgbImage,
    joints: Joints,
    region: Region,
    person: Person,
}

impl CropSet {
    /// Decodes the pictures of a split and cuts out its people, at most `limit` of them. Crowds, people without
    /// labelled joints and boxes outside their picture are passed over. Labels that fit a picture both as it is stored
    /// and upright are turned where `turn_labels` says so. `progress` is told how many of how many
    /// pictures are done.
    ///
    /// # Errors
    /// When a picture cannot be read, nobody is left, or the device has no room.
    pub fn load(
        split: &Split,
        device: Device,
        limit: Option<usize>,
        turn_labels: bool,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Self, TrainError> {
        let jobs = jobs(split, limit.unwrap_or(usize::MAX));
        let room: usize = jobs.iter().map(Job::wanted).sum();
        if room == 0 {
            return Err(nobody(split));
        }
        let shape = [room as i64, 3, i64::from(CANVAS_HEIGHT), i64::from(CANVAS_WIDTH)];
        let mut set = Self {
            pixels: Tensor::f_empty(shape, (Kind::Uint8, device))?,
            joints: Vec::with_capacity(room),
            regions: Vec::with_capacity(room),
            sources: Vec::with_capacity(room),
            ground_truth: Dataset::default(),
            passed_over: split.labels.people.iter().filter(|person| !is_usable(person)).count(),
            warnings: split.warnings.clone(),
        };
        let (mut frames, mut pictures) = (FrameTally::new(turn_labels), WarningTally::default());
        for (number, chunk) in jobs.chunks(CHUNK).enumerate() {
            progress(number * CHUNK, jobs.len());
            let cut = chunk.par_iter().map(|job| job.cut(turn_labels));
            let cut: Vec<Cut> = cut.collect::<Result<_, _>>()?;
            for (job, cut) in chunk.iter().zip(&cut) {
                frames.count(cut.fit, job.image, &job.file.name(), &cut.shown);
                pictures.add(&job.file.name(), &cut.warnings);
            }
            set.add(chunk, cut)?;
        }
        set.warnings.extend(frames.take_warnings());
        set.warnings.extend(pictures.sentences());
        progress(jobs.len(), jobs.len());
        set.passed_over += room - set.joints.len();
        if set.joints.is_empty() {
            return Err(nobody(split));
        }
        set.pixels = set.pixels.f_narrow(0, 0, set.joints.len() as i64)?;
        Ok(set)
    }

    fn add(&mut self, jobs: &[Job<'_>], cut: Vec<Cut>) -> Result<(), TrainError> {
        let count: usize = cut.iter().map(|cut| cut.crops.len()).sum();
        let first = self.joints.len();
        let mut bytes = Vec::with_capacity(count * CANVAS_BYTES);
        for (job, Cut { crops, .. }) in jobs.iter().zip(cut) {
            if !crops.is_empty() {
                self.ground_truth.images.push(job.image.clone());
            }
            for crop in crops {
                bytes.extend_from_slice(crop.canvas.as_raw());
                self.joints.push(crop.joints);
                self.regions.push(crop.region);
                self.sources.push(job.image.source.clone());
                self.ground_truth.people.push(crop.person);
            }
        }
        if count > 0 {
            let shape = [count as i64, i64::from(CANVAS_HEIGHT), i64::from(CANVAS_WIDTH), 3];
            // [n, 192, 144, 3] -> [n, 3, 192, 144]
            let new = Tensor::f_from_slice(&bytes)?.f_view(shape)?.f_permute([0, 3, 1, 2])?;
            self.pixels.f_narrow(0, first as i64, count as i64)?.f_copy_(&new)?;
        }
        Ok(())
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.joints.len()
    }

    /// Whether there is nobody; never so for a set that was loaded.
    pub fn is_empty(&self) -> bool {
        self.joints.is_empty()
    }

    /// People of the split that cannot be learnt from: crowds, without labelled joints, outside their picture.
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// What was left out of the annotations, was done to labels of another frame than their picture's, and is to be said
    /// of the pictures.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// How many people each source gives.
    pub fn sources(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for index in 0..self.len() {
            *counts.entry(self.source(index)).or_insert(0) += 1;
        }
        counts
    }

    pub(super) fn device(&self) -> Device {
        self.pixels.device()
    }

    pub(super) fn joints(&self, index: usize) -> &Joints {
        &self.joints[index]
    }

    /// What the network sees of each person when nothing is varied, in their picture.
    pub(super) fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// The collection a person's picture was taken from; `unknown` where the annotations do not say.
    pub(super) fn source(&self, index: usize) -> &str {
        self.sources.get(index).and_then(Option::as_deref).unwrap_or("unknown")
    }

    /// The annotations of these people, in the same order.
    pub(super) fn ground_truth(&self) -> &Dataset {
        &self.ground_truth
    }

    /// The canvases of these people, `[n, 3, 192, 144]` with values of 0 … 1.
    pub(super) fn canvases(&self, indices: &[usize]) -> Tensor {
        let indices: Vec<i64> = indices.iter().map(|index| *index as i64).collect();
        let indices = Tensor::from_slice(&indices).to_device(self.device());
        to_unit_range(&self.pixels.index_select(0, &indices))
    }
}

/// A picture and the people in it.
struct Job<'a> {
    image: &'a ImageEntry,
    file: &'a StoredPicture,
    /// Each with whether they are learnt from; all of them tell how the labels lie in the picture.
    people: Vec<(&'a Person, bool)>,
}

impl Job<'_> {
    /// How many people are learnt from.
    fn wanted(&self) -> usize {
        self.people.iter().filter(|(_, wanted)| *wanted).count()
    }

    fn cut(&self, turn_labels: bool) -> Result<Cut, TrainError> {
        let ReadPicture { picture, shown, warnings } = self.file.read()?;
        let mut people: Vec<Person> = self.people.iter().map(|&(person, _)| person.clone()).collect();
        let fit = self.image.fit(&mut people, &shown, turn_labels);
        if fit == FrameFit::None {
            let (place, expected) =
                (self.file.name().display().to_string(), (self.image.width, self.image.height));
            return Err(TrainError::PictureSize { place, expected, found: picture.dimensions() });
        }
        let wanted = people.iter().zip(&self.people).filter(|(_, (_, wanted))| *wanted);
        let crops = wanted.filter_map(|(person, _)| cut(&picture, person)).collect();
        Ok(Cut { crops, fit, shown, warnings })
    }
}

/// The pictures of a split that show some of its first `limit` usable people, in order.
fn jobs(split: &Split, limit: usize) -> Vec<Job<'_>> {
    let mut jobs: Vec<Job<'_>> = split
        .labels
        .images
        .iter()
        .zip(&split.pictures)
        .map(|(image, file)| Job { image, file, people: Vec::new() })
        .collect();
    let mut left = limit;
    for person in &split.labels.people {
        let wanted = left > 0 && is_usable(person);
        left -= usize::from(wanted);
        // The split numbers its pictures by their place in the list.
        if let Some(job) = jobs.get_mut(person.image_id as usize) {
            job.people.push((person, wanted));
        }
    }
    jobs.retain(|job| job.wanted() > 0);
    jobs
}

fn is_usable(person: &Person) -> bool {
    !person.iscrowd && person.labels.iter().any(|label| label.is_labelled())
}

/// A person's canvas and their joints on it; `None` when the box does not meet the picture.
fn cut(picture: &RgbImage, person: &Person) -> Option<Crop> {
    let bounds = person.bbox.clipped(picture.width(), picture.height()).ok()?;
    let region = Region::around(&bounds);
    let (width, height) = (region.width * CONTEXT, region.height * CONTEXT);
    let whole = Region {
        x0: region.x0 - (width - region.width) / 2.0,
        y0: region.y0 - (height - region.height) / 2.0,
        width,
        height,
    };
    let mut joints = [(0.0, 0.0, false); KEYPOINT_COUNT];
    for (joint, label) in joints.iter_mut().zip(&person.labels) {
        let (x, y) = whole.to_input(CANVAS_WIDTH, CANVAS_HEIGHT, label.x, label.y);
        *joint = (x as f32, y as f32, label.is_labelled());
    }
    let canvas = sample(picture, &whole, CANVAS_WIDTH, CANVAS_HEIGHT, Sampling::AreaAverage);
    Some(Crop { canvas, joints, region, person: person.clone() })
}

/// Turns stored bytes `[B, 3, H, W]` into values of 0 … 1.
fn to_unit_range(bytes: &Tensor) -> Tensor {
    bytes.to_kind(Kind::Float) / 255.0
}

fn nobody(split: &Split) -> TrainError {
    let folders: Vec<String> = split.folders.iter().map(|folder| folder.display().to_string()).collect();
    TrainError::NobodyLabelled {
        split: split.name.clone(),
        folders: folders.join(", "),
        annotations: split.labels.people.len(),
    }
}
