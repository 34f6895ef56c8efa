//! Two views that zoom and move together.

use egui::{Align2, Painter, Rect, Sense, Ui, UiBuilder, vec2};

use super::halves::halves;
use super::{On, Side, View, paint_label};
use crate::app::canvas::{Canvas, Drawn};

/// Draws A and B beside each other.
pub(super) fn ui(view: &mut View<'_>, ui: &mut Ui, labels: &[String; 2]) {
    let room = ui.available_rect_before_wrap();
    ui.allocate_rect(room, Sense::hover());
    let picture = vec2(view.document.frame.width() as f32, view.document.frame.height() as f32);
    let [first, second] = halves(room, picture);

    let mut ui_a = ui.new_child(UiBuilder::new().max_rect(first).id_salt("view of A"));
    let drawn_a = view.picture_of_a(&mut ui_a);
    let (painter_a, viewport) = (&drawn_a.painter, drawn_a.viewport);
    view.paint_a(painter_a, viewport);
    view.canvas_a.numbers(&drawn_a, view.document, view.preferences);
    Canvas::notice(&mut ui_a, viewport, view.document);
    choose(view, ui, Side::A, viewport);

    view.canvas_b.view = view.canvas_a.view;
    let mut ui_b = ui.new_child(UiBuilder::new().max_rect(second).id_salt("view of B"));
    let Drawn { painter: painter_b, viewport: viewport_b, .. } =
        view.canvas_b.picture(&mut ui_b, view.document, view.preferences, view.textures);
    view.canvas_a.view = view.canvas_b.view;
    view.paint_b(&painter_b, viewport_b, On::OwnCanvas);
    choose(view, ui, Side::B, viewport_b);

    paint_label(painter_a, viewport, Align2::LEFT_TOP, &labels[0], *view.side == Side::A);
    paint_label(&painter_b, viewport_b, Align2::LEFT_TOP, &labels[1], *view.side == Side::B);
}

/// Draws what A found over the picture in the first place, and what B found over that in the second.
pub(super) fn overlays(
    view: &mut View<'_>,
    painter: &Painter,
    [first, second]: [Rect; 2],
    labels: &[String; 2],
) {
    let [painter_a, painter_b] = [first, second].map(|place| painter.with_clip_rect(place));
    view.paint_a(&painter_a, first);
    view.paint_b(&painter_b, second, On::OwnCanvas);
    paint_label(&painter_a, first, Align2::LEFT_TOP, &labels[0], true);
    paint_label(&painter_b, second, Align2::LEFT_TOP, &labels[1], true);
}

/// Whoever is pressed has the panels on the right.
fn choose(view: &mut View<'_>, ui: &Ui, side: Side, viewport: Rect) {
    if ui.input(|input| input.pointer.primary_pressed()) && ui.rect_contains_pointer(viewport) {
        *view.side = side;
    }
}
