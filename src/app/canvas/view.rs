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
}

impl Default for CanvasView {
    fn default() -> Self {
        Self { zoom: 1.0, centre: Pos2::ZERO, fitted: true }
    }
}

impl CanvasView {
    /// Screen points per picture pixel.
    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    /// Shows the whole picture from now on.
    pub fn fit(&mut self) {
        self.fitted = true;
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

    /// To be called once a frame, before anything is drawn.
    pub fn settle(&mut self, picture: Vec2, viewport: Rect) {
        if self.fitted {
            self.zoom = zoom_that_fits(picture, viewport.size());
            self.centre = (picture / 2.0).to_pos2();
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
        view.settle(vec2(640.0, 480.0), viewport);
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
        view.settle(vec2(4000.0, 3000.0), viewport);
        let all = view.rect_to_screen(Rect::from_min_size(Pos2::ZERO, vec2(4000.0, 3000.0)), viewport);
        assert!(viewport.contains_rect(all) && all.width() > 280.0);
    }
}
