//! Running a network over many people at many settings.

use std::time::Instant;

use anyhow::Context as _;
use image::RgbImage;
use rayon::prelude::*;

use super::stored_picture::StoredPicture;
use crate::engine::{Predictor, Settings, pose_in_picture};
use crate::pose::{BoundingBox, Pose, Region};

/// People whose crops are in memory at once, or all those of one picture if they are more.
const BATCH: usize = 64;

/// A person to look for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Index of the picture.
    pub picture: usize,
    /// Where the person is, in picture pixels.
    pub bounds: BoundingBox,
}

/// What was found at one setting.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// The joints of everybody looked for, in that order, in picture pixels; none for a box that nobody can be
    /// cut out of.
    pub poses: Vec<Option<Pose>>,
    /// Milliseconds in the network, mirrored pass included; cutting out and reading heatmaps are not.
    pub network_ms: f64,
}

impl Pass {
    /// Milliseconds in the network for each person that was seen.
    pub fn ms_per_person(&self) -> f64 {
        let seen = self.poses.iter().flatten().count();
        self.network_ms / seen.max(1) as f64
    }
}

/// A person cut out of a picture, at every setting.
struct Crop {
    region: Region,
    inputs: Vec<RgbImage>,
}

/// Looks for everybody at every setting. `looks` stand in the order of their pictures, each of which is read
/// once; `step` is told after each batch how many people that was.
///
/// # Errors
/// When a picture cannot be read or the network fails.
pub fn measure(
    predictor: &Predictor,
    pictures: &[StoredPicture],
    looks: &[Look],
    settings: &[Settings],
    mut step: impl FnMut(usize),
) -> anyhow::Result<Vec<Pass>> {
    let mut passes = vec![Pass::default(); settings.len()];
    let mut rest = looks;
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(batch_length(rest));
        let crops = crops(pictures, batch, settings)?;
        for (index, (settings, pass)) in settings.iter().zip(&mut passes).enumerate() {
            if rest.len() == looks.len() {
                warm_up(predictor, &crops, index, settings)?;
            }
            pass.extend(predictor, &crops, index, settings)?;
        }
        step(batch.len());
        rest = later;
    }
    Ok(passes)
}

/// How many people go together: at least [`BATCH`] where there are so many, and all of the last picture.
fn batch_length(looks: &[Look]) -> usize {
    let Some(last) = looks.get(BATCH - 1) else {
        return looks.len();
    };
    let more = looks.iter().skip(BATCH).take_while(|look| look.picture == last.picture).count();
    BATCH + more
}

/// Cuts everybody out, several pictures at a time; a picture is let go once its people are cut out.
fn crops(
    pictures: &[StoredPicture],
    looks: &[Look],
    settings: &[Settings],
) -> anyhow::Result<Vec<Option<Crop>>> {
    let groups: Vec<&[Look]> = looks.chunk_by(|a, b| a.picture == b.picture).collect();
    let of_group = |group: &&[Look]| -> anyhow::Result<Vec<Option<Crop>>> {
        let index = group.first().map_or(0, |look| look.picture);
        let frame = pictures.get(index).context("a person is in no picture")?.read()?;
        Ok(group.iter().map(|look| crop(&frame.picture, &look.bounds, settings)).collect())
    };
    let groups: Vec<Vec<Option<Crop>>> = groups.par_iter().map(of_group).collect::<anyhow::Result<_>>()?;
    Ok(groups.into_iter().flatten().collect())
}

fn crop(picture: &RgbImage, bounds: &BoundingBox, settings: &[Settings]) -> Option<Crop> {
    let bounds = bounds.clipped(picture.width(), picture.height()).ok()?;
    let region = Region::around(&bounds);
    let inputs = settings.iter().map(|settings| settings.capture.see(picture, &region, settings.input).input);
    Some(Crop { region, inputs: inputs.collect() })
}

/// Runs the network once outside the clock, since libtorch prepares itself at the first run of a shape.
fn warm_up(
    predictor: &Predictor,
    crops: &[Option<Crop>],
    index: usize,
    settings: &Settings,
) -> anyhow::Result<()> {
    if let Some(input) = crops.iter().flatten().find_map(|crop| crop.inputs.get(index)) {
        predictor.heatmaps(&[input], settings.flip_test, &settings.ablations)?;
    }
    Ok(())
}

impl Pass {
    fn extend(
        &mut self,
        predictor: &Predictor,
        crops: &[Option<Crop>],
        index: usize,
        settings: &Settings,
    ) -> anyhow::Result<()> {
        let inputs: Vec<&RgbImage> =
            crops.iter().flatten().filter_map(|crop| crop.inputs.get(index)).collect();
        let started = Instant::now();
        let heatmaps = predictor.heatmaps(&inputs, settings.flip_test, &settings.ablations)?;
        self.network_ms += started.elapsed().as_secs_f64() * 1e3;

        let regions: Vec<&Region> = crops.iter().flatten().map(|crop| &crop.region).collect();
        let decode = |(heatmaps, region)| pose_in_picture(heatmaps, settings.decoder, region);
        let poses: Vec<Pose> = heatmaps.par_iter().zip(regions).map(decode).collect();
        let mut poses = poses.into_iter();
        self.poses.extend(crops.iter().map(|crop| crop.as_ref().and_then(|_| poses.next())));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_end_between_pictures() {
        let bounds = BoundingBox::whole(4, 4);
        let look = |picture| Look { picture, bounds };
        let single: Vec<Look> = (0..100).map(look).collect();
        assert_eq!(batch_length(&single), BATCH);
        assert_eq!(batch_length(&single[..10]), 10);
        let crowded: Vec<Look> = (0..100).map(|i| look(i / 40)).collect();
        assert_eq!(batch_length(&crowded), 80);
    }
}
