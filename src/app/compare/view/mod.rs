//! Both sides as they are drawn.

mod differing;
mod halves;
mod side_by_side;
mod wipe;

use egui::text::LayoutJob;
use egui::{Align2, Color32, FontId, Painter, Rect, Ui, vec2};

use super::labels::labels;
use super::rival::Rival;
use super::setup::Setup;
use super::{CompareMode, Side, described};
use crate::app::canvas::{Canvas, Drawn};
use crate::app::document::Document;
use crate::app::preferences::Preferences;
use crate::app::textures::Textures;
use crate::engine::NetworkInfo;
pub use halves::halves;

/// From the corner of a view to the label in it, in points.
const MARGIN: egui::Vec2 = vec2(12.0, 8.0);
/// Between the letters of a label and the edge of the plate behind them, in points.
const PADDING: egui::Vec2 = vec2(6.0, 3.0);
/// Follows the label of B where it has not looked at these people.
const UNANSWERED: &str = " (no answer yet)";
/// How much of the picture the plate hides, 0 … 255.
const PLATE: u8 = 190;

/// Everything that both sides are drawn from.
pub struct View<'a> {
    pub setup: &'a Setup,
    pub rival: &'a mut Rival,
    /// A's network.
    pub a: Option<&'a NetworkInfo>,
    pub canvas_a: &'a mut Canvas,
    pub canvas_b: &'a mut Canvas,
    /// Where the handle of the wipe stands, 0 … 1.
    pub wipe: &'a mut f32,
    /// The side whose attention, EMA and joints are shown.
    pub side: &'a mut Side,
    pub document: &'a mut Document,
    pub preferences: &'a mut Preferences,
    pub textures: &'a mut Textures,
}

/// On which of the two canvases B is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    OwnCanvas,
    CanvasOfA,
}

impl View<'_> {
    /// Draws both sides in the mode that is chosen.
    pub fn ui(&mut self, ui: &mut Ui) {
        let labels = self.labels();
        match self.preferences.compare_mode {
            CompareMode::SideBySide => side_by_side::ui(self, ui, &labels),
            CompareMode::Wipe => wipe::ui(self, ui, &labels),
            CompareMode::Difference => differing::ui(self, ui, &labels),
        }
    }

    /// Draws both sides over pictures that lie there already: over the first place's, and the second's where each side
    /// has one of its own.
    pub fn overlays(&mut self, ui: &mut Ui, places: [Rect; 2]) {
        let mut labels = self.labels();
        // The window has its bar to say so.
        if self.rival.found.is_none() {
            labels[1] += UNANSWERED;
        }
        match self.preferences.compare_mode {
            CompareMode::SideBySide => side_by_side::overlays(self, ui.painter(), places, &labels),
            CompareMode::Wipe => wipe::overlays(self, ui.painter(), places[0], &labels),
            CompareMode::Difference => differing::overlays(self, ui, places[0], &labels),
        }
    }

    fn labels(&self) -> [String; 2] {
        let [a, b] = described(self.rival, &self.preferences.settings, &self.setup.settings, self.a);
        labels(a, b)
    }

    /// Reacts to the pointer over A's canvas and draws the picture on it.
    fn picture_of_a(&mut self, ui: &mut Ui) -> Drawn {
        self.canvas_a.picture(ui, self.document, self.preferences, self.textures)
    }

    /// Draws what A found.
    fn paint_a(&mut self, painter: &Painter, viewport: Rect) {
        let thresholds = self.preferences.thresholds(self.a);
        self.canvas_a.overlays(painter, viewport, self.document, thresholds, self.preferences, self.textures);
    }

    /// Draws what B found.
    fn paint_b(&mut self, painter: &Painter, viewport: Rect, on: On) {
        let thresholds = self.rival.thresholds(self.preferences.threshold, &self.setup.settings);
        let mut nothing = None;
        let other = self.rival.found.as_mut().map_or(&mut nothing, |found| &mut found.other);
        let canvas = match on {
            On::OwnCanvas => &*self.canvas_b,
            On::CanvasOfA => &*self.canvas_a,
        };
        let (preferences, textures) = (&*self.preferences, &mut *self.textures);
        self.document.with_other(other, |document| {
            canvas.overlays(painter, viewport, document, thresholds, preferences, textures);
        });
    }
}

/// Writes a side's label into an upper corner of `view`, shortened where it is too long.
fn paint_label(painter: &Painter, view: Rect, corner: Align2, text: &str, chosen: bool) {
    let white = if chosen { Color32::WHITE } else { Color32::from_gray(205) };
    let mut job = LayoutJob::simple_singleline(text.to_owned(), FontId::proportional(12.5), white);
    job.wrap.max_width = (view.width() - 2.0 * (MARGIN.x + PADDING.x)).max(20.0);
    job.wrap.max_rows = 1;
    let galley = painter.layout_job(job);
    let inside = view.shrink2(MARGIN);
    let plate = corner.align_size_within_rect(galley.size() + 2.0 * PADDING, inside);
    painter.rect_filled(plate, 3.0, Color32::from_black_alpha(PLATE));
    painter.galley(plate.min + PADDING, galley, white);
}
