//! The whole picture with the layers that are switched on, drawn for a file or the clipboard; where two sides are
//! compared, both.

use std::sync::Arc;

use egui::{Rect, Theme, Ui, Vec2, vec2};
use image::{RgbImage, imageops};

use super::tiles::Tiles;
use crate::app::canvas::{Canvas, CanvasView};
use crate::app::document::Document;
use crate::app::offscreen::{self, Drawing};
use crate::app::preferences::Preferences;
use crate::app::textures::Textures;
use crate::engine::NetworkInfo;

/// The part of a screen that the picture is fitted into, in points: lines and letters get the size that they have there,
/// whatever the window's size is.
pub(super) const VIEW: Vec2 = vec2(800.0, 640.0);
/// Least number of pixels for a point of that view.
pub const LEAST_SCALE: f32 = 2.0;
/// The same in a video, which has many pictures.
pub const LEAST_IN_VIDEO: f32 = 1.0;
/// Longest side of what is drawn, in pixels.
const LONGEST: u32 = 4096;

/// What is laid out of a view. The rest takes longer, and can be done on another thread.
pub struct ViewPicture {
    picture: Arc<RgbImage>,
    /// Width and height of the picture in pixels.
    pixels: (u32, u32),
    tiles: Tiles,
    overlays: Drawing,
}

impl ViewPicture {
    /// The picture at hand with everything that the canvas draws over it, at `least` so many pixels a point:
    /// [`LEAST_SCALE`] or [`LEAST_IN_VIDEO`].
    pub fn of(
        document: &Document,
        network: Option<&NetworkInfo>,
        preferences: &Preferences,
        theme: Theme,
        least: f32,
    ) -> Self {
        let thresholds = preferences.thresholds(network);
        let mut textures = Textures::default();
        let picture = document.frame.picture.clone();
        Self::laid_out(picture, Tiles::One, theme, least, |ui, [viewport, _], view| {
            let canvas = Canvas::with_view(view);
            canvas.overlays(ui.painter(), viewport, document, thresholds, preferences, &mut textures);
        })
    }

    /// The picture, once or twice, with what `overlays` draws: it is told where each stands, and the view that canvases
    /// of that size have of the whole picture.
    pub fn laid_out(
        picture: Arc<RgbImage>,
        tiles: Tiles,
        theme: Theme,
        least: f32,
        mut overlays: impl FnMut(&mut Ui, [Rect; 2], CanvasView),
    ) -> Self {
        let Sizes { zoom, scale, pixels } = Sizes::of(picture.dimensions(), least, tiles.most(LONGEST));
        let size = vec2(picture.width() as f32, picture.height() as f32);
        let view = CanvasView::of_whole(size, zoom);
        // Whole pixels lie between two pictures, as their own sides are.
        let tile = vec2(pixels.0 as f32, pixels.1 as f32) / scale;
        let places = tiles.places(tile, tiles.gap(scale) as f32 / scale);
        let whole = places[0].union(places[1]).size();
        let overlays = Drawing::of(whole, scale, theme, |ui| overlays(ui, places, view));
        Self { picture, pixels, tiles, overlays }
    }

    /// The picture, drawn.
    pub fn image(&self) -> RgbImage {
        let picture = brought_to(&self.picture, self.pixels);
        let gap = self.tiles.gap(self.overlays.scale());
        self.overlays.over(&self.tiles.copies(picture, gap))
    }

    /// The bytes of a PNG file of it.
    ///
    /// # Errors
    /// When it cannot be encoded: a sentence for the user.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        offscreen::png(&self.image())
    }
}

/// How large a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sizes {
    /// Points a pixel of the picture.
    zoom: f32,
    /// Pixels drawn a point.
    scale: f32,
    /// Width and height of what is drawn, in pixels.
    pixels: (u32, u32),
}

impl Sizes {
    /// A picture of this width and height has its own resolution, or a multiple of it where that is too coarse for lines
    /// and letters, which want `least` pixels a point; no side becomes longer than it may be at `most`.
    fn of((width, height): (u32, u32), least: f32, most: (u32, u32)) -> Self {
        let zoom = (VIEW.x / width.max(1) as f32).min(VIEW.y / height.max(1) as f32);
        let longest = width.max(height).max(1);
        let room = (most.0 / width.max(1)).min(most.1 / height.max(1));
        let pixels = if room == 0 {
            let shrink = (f64::from(most.0) / f64::from(width)).min(f64::from(most.1) / f64::from(height));
            let shrunk = |side: u32| ((f64::from(side) * shrink).round() as u32).max(1);
            (shrunk(width), shrunk(height))
        } else {
            let times = ((least * zoom).ceil() as u32).clamp(1, room);
            (width * times, height * times)
        };
        Self { zoom, scale: pixels.0.max(pixels.1) as f32 / (longest as f32 * zoom), pixels }
    }
}

/// The picture in another size: its pixels as squares where it grows.
fn brought_to(picture: &RgbImage, (width, height): (u32, u32)) -> RgbImage {
    if width < picture.width() || height < picture.height() {
        return imageops::thumbnail(picture, width, height);
    }
    let times = (width / picture.width()).max(1);
    RgbImage::from_fn(width, height, |x, y| *picture.get_pixel(x / times, y / times))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::fixtures::{answer, labelled};
    use crate::app::layers::Layer;
    use crate::app::theme;

    const MOST: (u32, u32) = (LONGEST, LONGEST);

    #[test]
    fn two_pictures_are_no_larger_than_one() {
        for size in [(4000, 4000), (3000, 2000), (1100, 800), (692, 1000), (64, 48), (1, 4096), (12000, 9000)]
        {
            for tiles in [Tiles::Beside, Tiles::Stacked] {
                let Sizes { scale, pixels, .. } = Sizes::of(size, LEAST_SCALE, tiles.most(LONGEST));
                let tile = vec2(pixels.0 as f32, pixels.1 as f32);
                let whole = tiles.places(tile, tiles.gap(scale) as f32)[1].max;
                assert!(whole.x <= LONGEST as f32 && whole.y <= LONGEST as f32, "{size:?}: {whole}");
            }
        }
        assert_eq!(Sizes::of((3000, 2000), LEAST_SCALE, Tiles::Stacked.most(LONGEST)).pixels, (3000, 2000));
    }

    #[test]
    fn pictures_keep_their_resolution_or_a_multiple_up_to_a_bound() {
        assert_eq!(Sizes::of((3000, 2000), LEAST_SCALE, MOST).pixels, (3000, 2000));
        assert_eq!(Sizes::of((692, 1000), LEAST_SCALE, MOST).pixels, (1384, 2000));
        assert_eq!(Sizes::of((64, 48), LEAST_SCALE, MOST).pixels, (1600, 1200));
        assert_eq!(Sizes::of((12000, 9000), LEAST_SCALE, MOST).pixels, (4096, 3072));
        assert_eq!(Sizes::of((1, 4096), LEAST_SCALE, MOST).pixels, (1, 4096));
        assert_eq!(Sizes::of((1280, 720), LEAST_IN_VIDEO, MOST).pixels, (1280, 720));
        assert_eq!(Sizes::of((640, 360), LEAST_IN_VIDEO, MOST).pixels, (1280, 720));
        for size in [(3000, 2000), (692, 1000), (64, 48), (12000, 9000), (1, 1), (5, 4000)] {
            let Sizes { zoom, scale, pixels } = Sizes::of(size, LEAST_SCALE, MOST);
            let drawn = size.0.max(size.1) as f32 * zoom * scale;
            assert!((drawn - pixels.0.max(pixels.1) as f32).abs() < 0.1, "{size:?}");
            assert!(scale >= LEAST_SCALE || pixels.0.max(pixels.1) > LONGEST / 2, "{size:?}: {scale}");
        }
    }

    #[test]
    fn the_layers_that_are_on_lie_over_the_very_picture() {
        let mut document = labelled();
        let found = answer(&document, 1);
        document.take(found);
        let drawn = |preferences: &Preferences| {
            let view = ViewPicture::of(&document, None, preferences, Theme::Dark, LEAST_SCALE);
            image::load_from_memory(&view.png().unwrap()).unwrap().to_rgb8()
        };
        let mut preferences = Preferences::default();
        let all = drawn(&preferences);
        // 200 × 200 pixels; 3.2 points each in the view.
        assert_eq!(all.dimensions(), (1400, 1400));
        let count = |picture: &RgbImage, colour: egui::Color32| {
            let [r, g, b, _] = colour.to_array();
            picture.pixels().filter(|pixel| pixel.0 == [r, g, b]).count()
        };
        // The selected box is 40 × 80 pixels large, of 7 pixels drawn, and its line 2 points wide.
        assert!(count(&all, theme::SELECTED) > 2000, "{}", count(&all, theme::SELECTED));
        // Seven pixels drawn for one of the picture; a handle would reach as far beyond the upper right corner, where no
        // joint is.
        let bounds = &document.people[0].bounds;
        let [right, top] = [bounds.x + bounds.width, bounds.y].map(|edge| 7 * edge as u32);
        let beside = all.get_pixel(right + 6, top - 6).0;
        assert_eq!(beside, [0, 0, 0], "what cannot be pointed at has no handles");
        for layer in Layer::ALL {
            preferences.layers.state_mut(layer).shown = false;
        }
        let plain = drawn(&preferences);
        assert!(plain.pixels().all(|pixel| pixel.0 == [0, 0, 0]), "nothing but the black picture");
        preferences.layers.toggle(Layer::Truth);
        assert!(count(&drawn(&preferences), theme::TRUTH) > 500);
    }

    #[test]
    fn pixels_grow_to_squares() {
        let picture = RgbImage::from_fn(2, 1, |x, _| image::Rgb([100 * x as u8, 5, 6]));
        let large = brought_to(&picture, (6, 3));
        assert!(large.enumerate_pixels().all(|(x, _, pixel)| *pixel == *picture.get_pixel(x / 3, 0)));
        assert_eq!(brought_to(&picture, (2, 1)), picture);
        assert_eq!(brought_to(&large, (2, 1)).dimensions(), (2, 1));
        let tall = RgbImage::from_fn(1, 10, |_, y| image::Rgb([20 * y as u8, 0, 0]));
        assert!(brought_to(&tall, (1, 5)).get_pixel(0, 4).0[0] > 150, "its lower end is there");
    }
}
