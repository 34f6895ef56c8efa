//! Zoom and pan.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// Screen points a picture pixel may take at most.
const MAX_ZOOM: f32 = 64.0;
/// Share of the view that a fitted picture takes.
const FIT_MARGIN: f32 = 0.97;

/// Which part of the picture is on the screen. Picture coordinates are pixel areas: the first pixel
/// reaches from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CanvasView {
    /// Screen points per picture pixel.
    zoom: f32,
    /// The picture point in the middle of the view.
    centre: Pos2,
    /// Whether the view follows picture and window so that all is seen.
    fitted: bool,
    /// What has been fitted into the view, once that was known.
    extent: Option<Rect>,
}

impl Default for CanvasView {
    fn default() -> Self {
        Self { zoom: 1.0, centre: Pos2::ZERO, fitted: true, extent: None }
    }
}

impl CanvasView {
    /// The whole picture and nothing else, at so many points a pixel, in a view of just that size.
    pub fn of_whole(picture: Vec2, zoom: f32) -> Self {
        Self { zoom, centre: (0.5 * picture).to_pos2(), fitted: false, extent: None }
    }

    /// Screen points per picture pixel.
    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    /// Shows the whole picture from now on, and what belongs to it outside.
    pub fn fit(&mut self) {
        (self.fitted, self.extent) = (true, None);
    }

    /// One picture pixel for one point of the screen.
    pub fn actual_pixels(&mut self) {
        (self.zoom, self.fitted) = (1.0, false);
    }

    /// Fills the view `viewport` with a part of the picture.
    pub fn show(&mut self, part: Rect, viewport: Vec2) {
        self.zoom = zoom_that_fits(part.size(), viewport).min(MAX_ZOOM);
        (self.centre, self.fitted) = (part.center(), false);
    }

    /// To be called once a frame, before anything is drawn. `extent` is all that a fitted view has to show, the picture
    /// included, as soon as that is known; until then the picture is shown.
    pub fn settle(&mut self, picture: Vec2, extent: Option<Rect>, viewport: Rect) {
        if self.fitted {
            // The first one since it was asked for: later ones follow boxes that the user moves, and the picture would
            // move under the pointer.
            self.extent = self.extent.or(extent);
            let all = self.extent.unwrap_or(Rect::from_min_size(Pos2::ZERO, picture));
            self.zoom = zoom_that_fits(all.size(), viewport.size());
            self.centre = all.center();
        }
        // However far it is dragged, a part of the picture stays in sight.
        self.centre = self.centre.clamp(Pos2::ZERO, picture.to_pos2());
    }

    /// Enlarges by `factor` so that the picture point under `at` stays there.
    pub fn zoom_by(&mut self, factor: f32, at: Pos2, viewport: Rect) {
        let fixed = self.to_picture(at, viewport);
        self.zoom = (self.zoom * factor).clamp(0.01, MAX_ZOOM);
        self.centre = fixed - (at - viewport.center()) / self.zoom;
        self.fitted = false;
    }

    /// Moves the picture by so many screen points.
    pub fn pan(&mut self, by: Vec2) {
        self.centre -= by / self.zoom;
        self.fitted = false;
    }

    /// From picture to screen.
    pub fn to_screen(self, at: Pos2, viewport: Rect) -> Pos2 {
        viewport.center() + (at - self.centre) * self.zoom
    }

    /// From screen to picture.
    pub fn to_picture(self, at: Pos2, viewport: Rect) -> Pos2 {
        self.centre + (at - viewport.center()) / self.zoom
    }

    /// A part of the picture on the screen.
    pub fn rect_to_screen(self, part: Rect, viewport: Rect) -> Rect {
        Rect::from_min_max(self.to_screen(part.min, viewport), self.to_screen(part.max, viewport))
    }

    /// A joint (pixel centres at whole numbers) on the screen.
    pub fn joint_to_screen(self, x: f64, y: f64, viewport: Rect) -> Pos2 {
        self.to_screen(pos2(x as f32 + 0.5, y as f32 + 0.5), viewport)
    }
}

fn zoom_that_fits(size: Vec2, viewport: Vec2) -> f32 {
    let size = size.max(vec2(1.0, 1.0));
    ((viewport.x / size.x).min(viewport.y / size.y) * FIT_MARGIN).max(0.01)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_under_the_cursor_stays_there() {
        let viewport = Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0));
        let mut view = CanvasView::default();
        view.settle(vec2(640.0, 480.0), None, viewport);
        let at = pos2(333.0, 222.0);
        let before = view.to_picture(at, viewport);
        view.zoom_by(2.5, at, viewport);
        assert!((view.to_picture(at, viewport) - before).length() < 1e-3);
        assert!((view.to_screen(before, viewport) - at).length() < 1e-3);
    }

    #[test]
    fn a_fitted_picture_lies_inside_the_view() {
        let viewport = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 700.0));
        let mut view = CanvasView::default();
        view.settle(vec2(4000.0, 3000.0), None, viewport);
        let all = view.rect_to_screen(Rect::from_min_size(Pos2::ZERO, vec2(4000.0, 3000.0)), viewport);
        assert!(viewport.contains_rect(all) && all.width() > 280.0);
    }

    const SIZE: Vec2 = vec2(400.0, 300.0);
    const VIEWPORT: Rect = Rect { min: Pos2::ZERO, max: pos2(800.0, 600.0) };

    /// The picture, and a region that sticks out of it at the top and the bottom.
    fn with_region() -> Rect {
        Rect::from_min_size(Pos2::ZERO, SIZE).union(Rect::from_min_max(pos2(50.0, -60.0), pos2(350.0, 340.0)))
    }

    #[test]
    fn a_fitted_view_takes_in_the_first_region_beside_the_picture_and_keeps_to_it() {
        let mut view = CanvasView::default();
        view.settle(SIZE, None, VIEWPORT);
        let picture_alone = view;
        view.settle(SIZE, Some(with_region()), VIEWPORT);
        assert!(VIEWPORT.contains_rect(view.rect_to_screen(with_region(), VIEWPORT)));
        assert!(view.zoom() < picture_alone.zoom());
        let first = view;
        // Another box is selected or moved: only asking anew fits it.
        let other = with_region().translate(vec2(0.0, 30.0));
        view.settle(SIZE, Some(other), VIEWPORT);
        assert_eq!(view, first);
        view.fit();
        view.settle(SIZE, Some(other), VIEWPORT);
        assert_ne!(view, first);
        assert!(VIEWPORT.contains_rect(view.rect_to_screen(other, VIEWPORT)));
    }

    #[test]
    fn an_answer_moves_no_view_of_the_users_and_none_that_shows_its_region_already() {
        let mut view = CanvasView::default();
        view.settle(SIZE, None, VIEWPORT);
        let fitted = view;
        view.settle(SIZE, Some(Rect::from_min_size(Pos2::ZERO, SIZE)), VIEWPORT);
        assert_eq!((view.zoom, view.centre), (fitted.zoom, fitted.centre));
        view.fit();
        view.settle(SIZE, None, VIEWPORT);
        view.pan(vec2(10.0, 0.0));
        let moved = view;
        view.settle(SIZE, Some(with_region()), VIEWPORT);
        assert_eq!(view, moved);
    }
}
