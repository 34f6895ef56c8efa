//! The picture with its overlays.

mod attention_reading;
mod boxes;
pub mod labelling;
mod labels;
mod left_out;
pub mod maps;
pub mod matters;
mod notice;
pub mod outlines;
mod query;
pub mod skeleton;
mod view;

use egui::{Color32, Painter, Rect, Response, Sense, Ui, Vec2, pos2, vec2};

pub use boxes::Drag;
pub use view::CanvasView;

use super::attention_choice::AttentionChoice;
use super::document::{Document, PersonState};
use super::layers::Layer;
use super::preferences::Preferences;
use super::textures::{Textures, to_screen_within};
use super::theme;
use super::threshold::Thresholds;
use crate::engine::NetworkInfo;
use crate::pose::Region;
use skeleton::Pen;

/// Height of a person in screen points from which on joints are drawn at their full size.
const FULL_SIZE: f32 = 320.0;
/// Least share of it.
const SMALLEST_SCALE: f32 = 0.35;

/// Textures of this size work on any graphics card.
const LONGEST_TEXTURE: u32 = 4096;
/// How fast the wheel zooms.
const WHEEL_SPEED: f32 = 0.005;
/// Screen points on the left and right that belong to the edges of the panels there, which can be dragged.
const EDGE: f32 = 6.0;

/// A picture that was drawn.
pub struct Drawn {
    /// What to draw over it with.
    pub painter: Painter,
    /// Where it stands on the screen.
    pub viewport: Rect,
    /// What the pointer does there.
    pub response: Response,
}

/// The canvas between frames.
#[derive(Default)]
pub struct Canvas {
    /// Zoom and pan.
    pub view: CanvasView,
    drag: Drag,
    /// Where the canvas was in the last frame, for commands that zoom.
    pub viewport: Option<Rect>,
    /// What its name for screen readers ends with.
    suffix: &'static str,
    /// Whether nothing on it can be taken hold of, so that boxes have no handles.
    fixed: bool,
}

impl Canvas {
    /// A second view of the same picture, of what side B of a comparison found.
    pub fn of_side_b() -> Self {
        Self { suffix: ", side B", ..Self::default() }
    }

    /// A canvas that draws overlays alone, in this view, for a picture that nobody points at.
    pub fn with_view(view: CanvasView) -> Self {
        Self { view, fixed: true, ..Self::default() }
    }

    /// Draws the picture and reacts to the pointer.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        document: &mut Document,
        network: Option<&NetworkInfo>,
        preferences: &mut Preferences,
        textures: &mut Textures,
    ) {
        let drawn = self.picture(ui, document, preferences, textures);
        let thresholds = preferences.thresholds(network);
        self.overlays(&drawn.painter, drawn.viewport, document, thresholds, preferences, textures);
        self.numbers(&drawn, document, preferences);
        labelling::paint(&drawn.painter, document, &self.view, drawn.viewport, &drawn.response);
        Self::notice(ui, drawn.viewport, document);
        left_out::show(ui, drawn.viewport, &mut preferences.settings.ablations);
    }

    /// Reacts to the pointer and draws the picture alone.
    pub fn picture(
        &mut self,
        ui: &mut Ui,
        document: &mut Document,
        preferences: &mut Preferences,
        textures: &mut Textures,
    ) -> Drawn {
        let (canvas, painter) = ui.allocate_painter(ui.available_size(), Sense::hover());
        let viewport = canvas.rect;
        self.viewport = Some(viewport);
        let inside = viewport.shrink2(vec2(EDGE, 0.0));
        let response = ui.interact(inside, canvas.id.with("pointer"), Sense::click_and_drag());
        response.widget_info(|| {
            let name = format!("Picture {}{}", document.frame.name, self.suffix);
            egui::WidgetInfo::labeled(egui::Role::Image, true, name)
        });
        let background = if ui.visuals().dark_mode { theme::CANVAS_DARK } else { theme::CANVAS_LIGHT };
        painter.rect_filled(viewport, 0.0, background);

        let size = picture_size(document);
        let whole = Rect::from_min_size(pos2(0.0, 0.0), size);
        self.view.settle(size, extent(document, whole), viewport);
        self.navigate(ui, viewport, &response);
        boxes::interact(document, &mut self.drag, &self.view, viewport, &response);
        query::choose(&response, &self.view, viewport, document, preferences);

        let picture = document.frame.picture.clone();
        let texture = textures
            .photo(ui.ctx(), ("picture", document.version), || to_screen_within(&picture, LONGEST_TEXTURE));
        maps::paint_texture(&painter, texture, self.view.rect_to_screen(whole, viewport), 1.0);
        Drawn { painter, viewport, response }
    }

    /// Writes what the maps say under the pointer.
    pub fn numbers(&self, drawn: &Drawn, document: &Document, preferences: &Preferences) {
        let Drawn { painter, viewport, response } = drawn;
        attention_reading::show(response, &self.view, *viewport, document, preferences);
        matters::paint_number(painter, &self.view, *viewport, document, preferences, response);
    }

    /// Says what is to be said of the boxes, if anything is.
    pub fn notice(ui: &mut Ui, viewport: Rect, document: &Document) {
        let labelling = document.labelled_by_hand().map(|_| labelling::NOTICE);
        if let Some(text) = labelling.or(document.notice()) {
            notice::show(ui, viewport, text);
        }
    }

    /// Zooms towards the middle of the view.
    pub fn zoom_by(&mut self, factor: f32) {
        if let Some(viewport) = self.viewport {
            self.view.zoom_by(factor, viewport.center(), viewport);
        }
    }

    /// Fills the view with the region that the network sees of the selected person.
    pub fn zoom_to_person(&mut self, document: &Document) {
        let selected = document.selected.and_then(|index| document.people.get(index));
        if let (Some(viewport), Some(person)) = (self.viewport, selected) {
            let region = Region::around(&person.bounds);
            self.view.show(maps::rect_of_region(&region), viewport.size());
        }
    }

    fn navigate(&mut self, ui: &Ui, viewport: Rect, response: &Response) {
        if let Some(at) = response.hover_pos() {
            let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta().y, i.zoom_delta()));
            let factor = pinch * (scroll * WHEEL_SPEED).exp();
            if factor != 1.0 {
                self.view.zoom_by(factor, at, viewport);
            }
        }
        if response.dragged_by(egui::PointerButton::Middle)
            || response.dragged_by(egui::PointerButton::Secondary)
        {
            self.view.pan(response.drag_delta());
        }
        // Boxes are put beside each other by quick clicks, too.
        if response.double_clicked() && !boxes::adds_box(response) {
            self.view.fit();
        }
    }

    /// Draws what was found, each layer that is shown.
    pub fn overlays(
        &self,
        painter: &Painter,
        viewport: Rect,
        document: &Document,
        thresholds: Thresholds,
        preferences: &Preferences,
        textures: &mut Textures,
    ) {
        let layers = &preferences.layers;
        let selected = document.selected.and_then(|index| document.people.get(index));
        let selected_answer =
            document.selected_answer().filter(|_| selected.is_some_and(|person| !person.hidden));
        if let (Some(answer), Some(found)) = (document.answer(), selected_answer) {
            let region = self.view.rect_to_screen(maps::rect_of_region(&found.region), viewport);
            let view = &preferences.attention;
            let choice = AttentionChoice::new(answer.ticket, found, view, view.scale);
            if let (Some(opacity), Some(choice)) = (layers.opacity(Layer::Attention), &choice) {
                maps::paint_attention(painter, textures, choice, preferences.palette, region, opacity);
            }
            if let (Some(opacity), Some(heatmaps)) = (layers.opacity(Layer::Heatmap), &found.heatmaps) {
                let key = document.selected_key();
                let joint = layers.heatmap_joint;
                let ctx = painter.ctx().clone();
                let texture =
                    maps::heatmap_texture(textures, &ctx, key, heatmaps, joint, preferences.palette);
                maps::paint_texture(painter, texture, region, opacity);
            }
            matters::paint(painter, &self.view, viewport, document, preferences, textures);
            if let (Some(opacity), Some(choice)) = (layers.opacity(Layer::WindowGrid), &choice) {
                maps::paint_window_grid(painter, choice, region, opacity);
            }
        }
        if let (Some(opacity), Some(found)) = (layers.opacity(Layer::Box), selected_answer) {
            let region = self.view.rect_to_screen(maps::rect_of_region(&found.region), viewport);
            outlines::paint_region(region, painter, opacity);
        }
        if let Some(opacity) = layers.opacity(Layer::Box) {
            let drag = (!self.fixed).then_some(self.drag);
            outlines::paint(document, drag, &self.view, painter, viewport, opacity);
        }
        for index in (0..document.people.len()).filter(|index| !document.people[*index].hidden) {
            self.person(painter, viewport, document, thresholds, preferences, index);
        }
    }

    /// The share of their full size at which a person's joints and limbs are drawn: small people would vanish under
    /// large ones.
    pub fn scale_of(&self, person: &PersonState) -> f32 {
        let height = person.bounds.height as f32 * self.view.zoom();
        (height / FULL_SIZE).clamp(SMALLEST_SCALE, 1.0)
    }

    fn person(
        &self,
        painter: &Painter,
        viewport: Rect,
        document: &Document,
        thresholds: Thresholds,
        preferences: &Preferences,
        index: usize,
    ) {
        let layers = &preferences.layers;
        let scale = self.scale_of(&document.people[index]);
        let thickness = layers.thickness * scale;
        let current = if document.is_left_behind(index) { theme::NOT_CURRENT } else { 1.0 };
        let pen = |opacity| Pen { thickness, threshold: thresholds, opacity: opacity * current };
        let found = document.person_answer(index);
        let drawn = document.drawn_pose(index, preferences.smooth_motion);
        let labels = document.people[index].truth.as_ref().map(|truth| &truth.labels);
        let place = |x, y| self.view.joint_to_screen(x, y, viewport);
        let untouched = document.untouched.as_ref().filter(|_| document.selected == Some(index));
        if let (Some(opacity), Some(pose)) = (layers.opacity(Layer::Skeleton), untouched) {
            skeleton::paint_untouched(pose, pen(opacity), painter, place);
        }
        if let (Some(opacity), Some(pose)) = (layers.opacity(Layer::Skeleton), drawn) {
            if layers.unsure {
                skeleton::paint_unsure(pose, pen(opacity), painter, place);
            }
            skeleton::paint(pose, pen(opacity), painter, place);
        }
        if let (Some(opacity), Some(found), Some(labels)) = (layers.opacity(Layer::Errors), found, labels) {
            skeleton::paint_errors(&found.pose, labels, opacity * current, &self.view, painter, viewport);
        }
        if let (Some(opacity), Some(labels)) = (layers.opacity(Layer::Truth), labels) {
            skeleton::paint_truth(labels, opacity, scale, &self.view, painter, viewport);
        }
        let selected = document.selected == Some(index);
        if let (Some(opacity), Some(pose), true) = (layers.opacity(Layer::Names), drawn, selected) {
            skeleton::paint_names(pose, pen(opacity), &self.view, painter, viewport);
        }
    }
}

fn picture_size(document: &Document) -> Vec2 {
    vec2(document.frame.width() as f32, document.frame.height() as f32)
}

/// All that a fitted view has to show: the picture, and what the network sees of the selected person, which may reach
/// beyond it. Not known before the first answer, and never of a camera, whose regions move with every frame.
fn extent(document: &Document, whole: Rect) -> Option<Rect> {
    if document.live || (document.people.is_empty() && document.is_looking()) {
        return None;
    }
    if !document.people.is_empty() {
        document.answer()?;
    }
    let region = document.selected_answer().map(|found| maps::rect_of_region(&found.region));
    Some(region.map_or(whole, |region| whole.union(region)))
}

/// The colour behind pictures that are shown small.
pub fn frame_colour(ui: &Ui) -> Color32 {
    ui.visuals().extreme_bg_color
}
