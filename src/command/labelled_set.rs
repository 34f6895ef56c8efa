//! The data set a command measures on: annotations, and the pictures they are of.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::fitted_set::fit_labels;
use super::measure::Look;
use super::output::warn;
use super::picture_store::PictureStore;
use super::stored_picture::StoredPicture;
use crate::pose::coco::{Dataset, Reading};

/// Which data set to measure on.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// COCO keypoint annotations
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    pub annotations: Option<PathBuf>,
    /// Folders and tar archives that hold the pictures [default: the folder of the annotations]
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "annotations")]
    pub pictures: Vec<PathBuf>,
    /// A folder of splits: SPLIT.json beside SPLIT-*.tar or a folder SPLIT
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// The split of --data [default: dev]
    #[arg(long, value_name = "NAME", requires = "data")]
    pub split: Option<String>,
    /// Only pictures that the annotations say are from this source
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Only the first N pictures
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Turn labels with pictures that are turned by their EXIF data, where they fit them turned or not
    #[arg(long)]
    pub turn_labels: bool,
}

impl DataArgs {
    /// Whether a data set is named at all.
    pub fn given(&self) -> bool {
        self.annotations.is_some() || self.data.is_some()
    }

    /// The annotation file and where its pictures are.
    fn places(&self) -> anyhow::Result<(PathBuf, Vec<PathBuf>)> {
        if let Some(annotations) = &self.annotations {
            let folder = annotations.parent().filter(|folder| !folder.as_os_str().is_empty());
            let pictures = match self.pictures.is_empty() {
                true => vec![folder.unwrap_or(Path::new(".")).to_owned()],
                false => self.pictures.clone(),
            };
            return Ok((annotations.clone(), pictures));
        }
        let data = self.data.as_ref().ok_or_else(|| {
            anyhow!(
                "no data set is named; use --annotations FILE --pictures PATH…, or --data FOLDER --split NAME"
            )
        })?;
        let split = self.split.as_deref().unwrap_or("dev");
        Ok((data.join(format!("{split}.json")), pictures_of_split(data, split)?))
    }
}

/// The archives and the folder that hold a split's pictures.
fn pictures_of_split(data: &Path, split: &str) -> anyhow::Result<Vec<PathBuf>> {
    let unreadable = |error| anyhow!("cannot read {}: {error}", data.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(data).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let rest = name.strip_prefix(split);
        let is_tar = rest
            .and_then(|rest| rest.strip_suffix(".tar"))
            .is_some_and(|n| n.is_empty() || n.starts_with('-'));
        if is_tar || (name == split && path.is_dir()) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        bail!(
            "{}: expected {split}-*.tar or a folder {split} with the pictures, found neither",
            data.display()
        );
    }
    paths.sort();
    Ok(paths)
}

/// A data set whose pictures are all there.
#[derive(Debug)]
pub struct LabelledSet {
    /// The annotation file.
    pub path: PathBuf,
    /// Pictures and people, those that were asked for.
    pub dataset: Dataset,
    /// Where the pictures are, in the order of the data set's images.
    pub pictures: Vec<StoredPicture>,
}

impl LabelledSet {
    /// Reads the annotations and finds the pictures.
    ///
    /// # Errors
    /// When the annotations cannot be read, nothing is left of them, or a picture is missing.
    pub fn open(args: &DataArgs) -> anyhow::Result<Self> {
        let (path, places) = args.places()?;
        let reading = Reading::of(&path)?;
        if let Some(warning) = reading.warning(&path) {
            warn(&warning);
        }
        let mut dataset = reading.dataset;
        if let Some(source) = &args.source {
            keep_source(&mut dataset, source).map_err(|error| anyhow!("{}: {error}", path.display()))?;
        }
        if let Some(limit) = args.limit {
            dataset.images.truncate(limit as usize);
        }
        let kept: HashSet<u64> = dataset.images.iter().map(|image| image.id).collect();
        dataset.people.retain(|person| kept.contains(&person.image_id));
        let names = dataset.images.iter().map(|image| image.file_name.as_str());
        let mut pictures = PictureStore::open(&places)?
            .find_all(names)
            .map_err(|error| anyhow!("{}: {error}", path.display()))?;
        for warning in fit_labels(&mut dataset, &mut pictures, args.turn_labels) {
            warn(&format!("{}: {warning}", path.display()));
        }
        let set = Self { path, dataset, pictures };
        if set.looks().is_empty() {
            bail!("{}: nobody with labelled joints is in the pictures asked for", set.path.display());
        }
        Ok(set)
    }

    /// Everybody to look for, with the index of each in the data set's people: those who are no crowd and have
    /// labelled joints, picture by picture.
    pub fn looks(&self) -> Vec<(usize, Look)> {
        let index: HashMap<u64, usize> =
            self.dataset.images.iter().enumerate().map(|(index, image)| (image.id, index)).collect();
        let people = self.dataset.people.iter().enumerate();
        let mut looks: Vec<(usize, Look)> = people
            .filter(|(_, person)| !person.iscrowd && person.num_keypoints > 0)
            .filter_map(|(i, person)| {
                Some((i, Look { picture: *index.get(&person.image_id)?, bounds: person.bbox }))
            })
            .collect();
        looks.sort_by_key(|(_, look)| look.picture);
        looks
    }
}

fn keep_source(dataset: &mut Dataset, source: &str) -> anyhow::Result<()> {
    let known: BTreeSet<String> = dataset.images.iter().filter_map(|image| image.source.clone()).collect();
    if !known.contains(source) {
        let known: Vec<String> = known.into_iter().collect();
        let found = if known.is_empty() { "none with a source".to_owned() } else { known.join(", ") };
        bail!("expected pictures from the source {source:?}, found {found}");
    }
    dataset.images.retain(|image| image.source.as_deref() == Some(source));
    Ok(())
}
