//! Who is at a place of the picture that the user points at.

use image::RgbImage;
use image::imageops::crop_imm;

use super::error::FinderError;
use super::lazy_finder::LazyFinder;
use crate::borrowed::{FoundPerson, Search};
use crate::network::DeviceChoice;
use crate::pose::{ASPECT, BoundingBox};

/// Side of the first window over the median height of the people nearby.
const NEIGHBOUR_HEIGHTS: f64 = 3.0;
/// Side of the first window, in picture pixels, where nobody is nearby, and of the second one else.
const USUAL_SIDE: f64 = 640.0;
/// Smallest side of a window in picture pixels: there must be something to see.
const LEAST_SIDE: f64 = 32.0;
/// Share of the picture's height that somebody likely takes where nobody is there to compare with.
const LIKELY_SHARE: f64 = 1.0 / 3.0;
/// Two boxes that share more than this, as intersection over union, are of one person.
const SAME_PERSON: f64 = 0.5;

/// Where to look for the person at a place of a picture of `size` (width, height), `neighbours` being the people known
/// in it: near the place first, in the whole picture last. Windows lie in the picture, on whole pixels.
pub fn windows_around(place: (f64, f64), neighbours: &[BoundingBox], size: (u32, u32)) -> Vec<BoundingBox> {
    let near = median(neighbours.iter().map(|known| known.height)).map(|height| height * NEIGHBOUR_HEIGHTS);
    let mut windows: Vec<BoundingBox> = Vec::new();
    for side in near.into_iter().chain([USUAL_SIDE, f64::INFINITY]) {
        let window = window(place, side, size);
        if windows.iter().all(|before| before.area() < window.area()) {
            windows.push(window);
        }
    }
    windows
}

/// Of the people found, the one whose box around the place is the smallest; not one of those already `known`.
pub fn person_at(found: &[FoundPerson], place: (f64, f64), known: &[BoundingBox]) -> Option<FoundPerson> {
    let new = |bounds: &BoundingBox| known.iter().all(|known| known.overlap(bounds) <= SAME_PERSON);
    found
        .iter()
        .filter(|person| person.bounds.contains(place.0, place.1) && new(&person.bounds))
        .min_by(|a, b| a.bounds.area().total_cmp(&b.bounds.area()))
        .copied()
}

/// The box that somebody at a place of a picture of `size` (width, height) likely has: of the median sides of their
/// neighbours, else a third as high as the picture; centred there and cut to the picture. `None` where nothing of it
/// lies in the picture.
pub fn likely_box(place: (f64, f64), neighbours: &[BoundingBox], size: (u32, u32)) -> Option<BoundingBox> {
    let height = median(neighbours.iter().map(|known| known.height));
    let height = height.unwrap_or(f64::from(size.1) * LIKELY_SHARE);
    let width = median(neighbours.iter().map(|known| known.width)).unwrap_or(height * ASPECT);
    let bounds = BoundingBox { x: place.0 - width / 2.0, y: place.1 - height / 2.0, width, height };
    bounds.clipped(size.0, size.1).ok()
}

/// Looks into the windows one after the other until somebody is found at the place; gives all whom that window shows,
/// in picture pixels. Unsure ones count: the user says that somebody is there.
///
/// # Errors
/// When the device cannot be used, the finder's file cannot be read or is another one, or libtorch fails.
pub(super) fn look(
    finder: &mut LazyFinder,
    picture: &RgbImage,
    place: (f64, f64),
    windows: &[BoundingBox],
    device: DeviceChoice,
) -> Result<Vec<FoundPerson>, FinderError> {
    for window in windows {
        let (x, y) = (window.x as u32, window.y as u32);
        let seen = crop_imm(picture, x, y, window.width as u32, window.height as u32).to_image();
        let mut found = finder.find(&seen, Search::More, device)?;
        for person in &mut found {
            person.bounds.x += window.x;
            person.bounds.y += window.y;
        }
        if person_at(&found, place, &[]).is_some() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// A square of this side, or as much of one as the picture has, with the place as near to its middle as can be.
fn window(place: (f64, f64), side: f64, size: (u32, u32)) -> BoundingBox {
    let along = |at: f64, length: u32| {
        let length = f64::from(length);
        let side = side.max(LEAST_SIDE).min(length).ceil();
        ((at - side / 2.0).clamp(0.0, length - side).floor(), side)
    };
    let ((x, width), (y, height)) = (along(place.0, size.0), along(place.1, size.1));
    BoundingBox { x, y, width, height }
}

/// The middle one; of two the larger.
fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(x: f64, y: f64, width: f64, height: f64) -> BoundingBox {
        BoundingBox { x, y, width, height }
    }

    fn found(bounds: BoundingBox) -> FoundPerson {
        FoundPerson { bounds, score: 0.5 }
    }

    #[test]
    fn windows_grow_from_the_neighbours_to_the_whole_picture_and_stay_inside() {
        let neighbours = [20.0, 50.0, 500.0].map(|height| bounds(0.0, 0.0, 10.0, height));
        let windows = windows_around((20.0, 500.0), &neighbours, (1000, 800));
        assert_eq!(
            windows,
            [
                bounds(0.0, 425.0, 150.0, 150.0),
                bounds(0.0, 160.0, 640.0, 640.0),
                bounds(0.0, 0.0, 1000.0, 800.0)
            ]
        );
        assert_eq!(windows_around((20.0, 50.0), &[], (300, 200)), [bounds(0.0, 0.0, 300.0, 200.0)]);
        let tiny = windows_around((10.5, 10.5), &[bounds(0.0, 0.0, 1.0, 2.0)], (300, 20));
        assert_eq!(tiny, [bounds(0.0, 0.0, 32.0, 20.0), bounds(0.0, 0.0, 300.0, 20.0)]);
    }

    #[test]
    fn the_smallest_new_box_around_the_place_is_taken() {
        let (large, small) = (bounds(0.0, 0.0, 100.0, 100.0), bounds(40.0, 40.0, 20.0, 30.0));
        let elsewhere = bounds(70.0, 70.0, 5.0, 5.0);
        let people = [large, small, elsewhere].map(found);
        assert_eq!(person_at(&people, (50.0, 50.0), &[]), Some(found(small)));
        let moved = bounds(41.0, 41.0, 20.0, 30.0);
        assert_eq!(person_at(&people, (50.0, 50.0), &[moved]), Some(found(large)));
        assert_eq!(person_at(&people, (50.0, 50.0), &[moved, large]), None);
        assert_eq!(person_at(&people, (150.0, 50.0), &[]), None);
    }

    #[test]
    fn a_likely_box_is_sized_like_the_neighbours_and_cut_to_the_picture() {
        let neighbours =
            [bounds(0.0, 0.0, 10.0, 40.0), bounds(0.0, 0.0, 20.0, 20.0), bounds(0.0, 0.0, 30.0, 90.0)];
        let like_them = likely_box((100.0, 100.0), &neighbours, (200, 240));
        assert_eq!(like_them, Some(bounds(90.0, 80.0, 20.0, 40.0)));
        assert_eq!(likely_box((100.0, 100.0), &[], (200, 240)), Some(bounds(70.0, 60.0, 60.0, 80.0)));
        assert_eq!(likely_box((5.0, 230.0), &neighbours, (200, 240)), Some(bounds(0.0, 210.0, 15.0, 30.0)));
        assert_eq!(likely_box((-50.0, 10.0), &neighbours, (200, 240)), None);
    }
}
