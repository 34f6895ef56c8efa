//! Who is looked for in a picture: the people of a box file, else those labelled beside the picture, else
//! whoever fills it.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::output::warn;
use super::unusable::UnusableBox;
use crate::counted::counted;
use crate::pose::BoundingBox;
use crate::pose::coco::{self, Dataset, FrameFit, FrameTally, ImageEntry, LabelCache, Reading, Shown};
use crate::source::{Folder, Frame};
use crate::study::Truth;

/// Somebody to look for.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Where the person is, in picture pixels.
    pub bounds: BoundingBox,
    /// Whether that is only a first guess.
    pub refine: bool,
    /// The joints that are labelled.
    pub truth: Option<Truth>,
}

/// Everybody to look for in one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    /// The picture's number, where annotations give one.
    pub image_id: Option<u64>,
    /// Where the boxes are from, for people to read.
    pub origin: String,
    /// The people.
    pub subjects: Vec<Subject>,
}

/// Where boxes and labels come from: a file that the user named, else the files beside each picture.
#[derive(Debug, Default)]
pub struct Labelling {
    boxes: Option<BoxFile>,
    beside: LabelCache,
    frames: FrameTally,
    /// Pictures of which only crowds are labelled: how many, and the first.
    crowds: Option<(usize, PathBuf)>,
}

impl Cast {
    /// Somebody who may be anywhere in a picture of `size` (width, height).
    pub fn whole(size: (u32, u32), image_id: Option<u64>) -> Self {
        let bounds = BoundingBox::whole(size.0, size.1);
        let whole = Subject { bounds, refine: true, truth: None };
        Self { image_id, origin: "whole picture, refined".to_owned(), subjects: vec![whole] }
    }

    /// Those who can be cut out of a picture of `size` (width, height), and the boxes that nobody can be cut out of.
    /// Each keeps its place in the cast as its number, counted from 1.
    pub fn told_apart(&self, size: (u32, u32)) -> (Vec<(usize, &Subject)>, Vec<UnusableBox>) {
        let (mut usable, mut unusable) = (Vec::new(), Vec::new());
        for (index, subject) in self.subjects.iter().enumerate() {
            match subject.bounds.clipped(size.0, size.1) {
                Ok(_) => usable.push((index + 1, subject)),
                Err(why) => unusable.push(UnusableBox { number: index + 1, why }),
            }
        }
        (usable, unusable)
    }
}

/// A file of boxes that the user named.
#[derive(Debug)]
pub struct BoxFile {
    path: PathBuf,
    dataset: Dataset,
}

impl BoxFile {
    /// Reads a COCO file for its boxes, and its joints where it has them.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let reading = Reading::of(path)?;
        if let Some(warning) = reading.warning(path) {
            warn(&warning);
        }
        Ok(Self { path: path.to_owned(), dataset: reading.dataset })
    }

    /// The picture's entry and people.
    fn entry(&self, picture: &Path) -> anyhow::Result<(ImageEntry, Vec<coco::Person>)> {
        let name = picture.file_name().unwrap_or_default().to_string_lossy();
        let image = self
            .dataset
            .image(picture)
            .map_err(|two_entries| anyhow!("{}: {two_entries}", self.path.display()))?
            .ok_or_else(|| anyhow!("{} lists no picture of the name {name}", self.path.display()))?;
        Ok((image.clone(), self.dataset.people_of(image).into_iter().cloned().collect()))
    }
}

impl Labelling {
    /// The boxes of a file, or where none is named the labels beside each picture. Where labels fit a picture both as
    /// it is stored and upright, `turn` turns them.
    pub fn new(boxes: Option<BoxFile>, turn: bool) -> Self {
        Self { boxes, beside: LabelCache::default(), frames: FrameTally::new(turn), crowds: None }
    }

    /// Everybody to look for in a picture. Labels of another frame are brought to this one; labels of another picture
    /// are not used, and [`Labelling::take_warnings`] says so. Label files beside the picture are kept for the next.
    ///
    /// # Errors
    /// When the box file does not list the picture, or the annotations beside it are broken.
    pub fn cast_of(&mut self, path: &Path, frame: &Frame) -> anyhow::Result<Cast> {
        let shown = Shown { width: frame.width(), height: frame.height(), orientation: frame.orientation };
        let labelled_as = match &self.boxes {
            Some(boxes) => {
                let (image, people) = boxes.entry(path)?;
                Some((image, people, format!("boxes of {}", boxes.path.display())))
            }
            None => self.beside.beside(path)?.map(|beside| {
                let origin = format!("ground truth of {}", beside.path.display());
                (beside.image, beside.people, origin)
            }),
        };
        let mut image_id = None;
        if let Some((image, mut people, origin)) = labelled_as {
            image_id = Some(image.id);
            if self.frames.fit(&image, &mut people, path, &shown) != FrameFit::None {
                let subjects: Vec<Subject> = people.iter().filter_map(labelled).collect();
                if subjects.is_empty() && !people.is_empty() {
                    self.crowds.get_or_insert((0, path.to_owned())).0 += 1;
                }
                return Ok(Cast { image_id, origin, subjects });
            }
        }
        Ok(Cast::whole((shown.width, shown.height), image_id))
    }

    /// Whether the boxes are those of a file that the user named.
    pub fn has_boxes(&self) -> bool {
        self.boxes.is_some()
    }

    /// A sentence for each thing that is to be said of the labels since this was asked last.
    pub fn take_warnings(&mut self) -> Vec<String> {
        let mut warnings = self.beside.take_warnings();
        warnings.append(&mut self.frames.take_warnings());
        warnings.extend(self.crowds.take().map(|(count, first)| {
            let pictures = counted(count, "picture", "pictures");
            format!(
                "only crowds are labelled in {pictures}: nobody is looked for there (first: {})",
                first.display()
            )
        }));
        warnings
    }

    /// The largest id of a picture in any label file read so far; 0 where there is none.
    pub fn largest_id(&self) -> u64 {
        let listed = self.boxes.iter().flat_map(|boxes| &boxes.dataset.images).map(|image| image.id);
        listed.max().unwrap_or(0).max(self.beside.largest_id())
    }
}

/// A labelled person, unless it is a crowd.
fn labelled(person: &coco::Person) -> Option<Subject> {
    let truth = (person.num_keypoints > 0).then_some(Truth { labels: person.labels, area: person.area });
    (!person.iscrowd).then_some(Subject { bounds: person.bbox, refine: false, truth })
}

/// Picture files, and those in folders; and a sentence for each folder with pictures or videos that are not read.
///
/// # Errors
/// When a folder cannot be read or holds no pictures.
pub fn picture_paths(paths: &[PathBuf]) -> anyhow::Result<(Vec<PathBuf>, Vec<String>)> {
    let (mut pictures, mut warnings) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let folder = Folder::open(path)?;
            pictures.extend_from_slice(folder.paths());
            warnings.extend(folder.not_opened());
        } else {
            pictures.push(path.clone());
        }
    }
    Ok((pictures, warnings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_keep_their_numbers_beside_unusable_boxes() {
        let subject = |x: f64, width: f64| Subject {
            bounds: BoundingBox { x, y: 2.0, width, height: 20.0 },
            refine: false,
            truth: None,
        };
        let subjects = vec![subject(0.0, 0.5), subject(1.0, 10.0), subject(500.0, 10.0), subject(-4.0, 10.0)];
        let cast = Cast { image_id: None, origin: String::new(), subjects };
        let (usable, unusable) = cast.told_apart((64, 48));
        assert_eq!(usable, [(2, &cast.subjects[1]), (4, &cast.subjects[3])]);
        let said: Vec<String> = unusable.iter().map(ToString::to_string).collect();
        assert!(said[0].starts_with("person 1: a box needs sides"), "{said:?}");
        assert!(said[1].starts_with("person 3: ") && said[1].contains("outside the picture"), "{said:?}");
        assert_eq!(said.len(), 2);
    }
}
