//! One picture, with a handle between what is drawn of A and of B.

use egui::{
    Align2, Color32, CursorIcon, EventFilter, Key, Modifiers, Painter, Rect, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{On, View, paint_label};
use crate::app::canvas::{Canvas, Drawn};

/// Width of what can be held, in points.
const REACH: f32 = 14.0;
/// How far an arrow key moves the handle, as a share of the width.
const STEP: f32 = 0.02;
/// Size of the grip in the middle of the handle, in points.
const GRIP: egui::Vec2 = vec2(8.0, 36.0);

/// Draws A left of the handle and B right of it.
pub(super) fn ui(view: &mut View<'_>, ui: &mut Ui, labels: &[String; 2]) {
    let Drawn { painter, viewport, .. } = view.picture_of_a(ui);
    let [left, right] = sides(view, &painter, viewport);
    Canvas::notice(ui, viewport, view.document);
    paint_labels([&left, &right], viewport, labels);
    handle(ui, &painter, viewport, view.wipe);
}

/// Draws A and B over a picture that lies there already, with a line between them.
pub(super) fn overlays(view: &mut View<'_>, painter: &Painter, place: Rect, labels: &[String; 2]) {
    let [left, right] = sides(view, painter, place);
    paint_labels([&left, &right], place, labels);
    line(painter, split(place, *view.wipe)[0].right(), place, Color32::WHITE);
}

/// Draws both sides, and gives what each is drawn with.
fn sides(view: &mut View<'_>, painter: &Painter, viewport: Rect) -> [Painter; 2] {
    let [left, right] = split(viewport, *view.wipe).map(|part| painter.with_clip_rect(part));
    view.paint_a(&left, viewport);
    view.paint_b(&right, viewport, On::CanvasOfA);
    [left, right]
}

fn paint_labels([left, right]: [&Painter; 2], viewport: Rect, labels: &[String; 2]) {
    paint_label(left, viewport, Align2::LEFT_TOP, &labels[0], true);
    paint_label(right, viewport, Align2::RIGHT_TOP, &labels[1], true);
}

fn line(painter: &Painter, x: f32, viewport: Rect, colour: Color32) {
    painter.vline(x, viewport.y_range(), Stroke::new(4.0, Color32::from_black_alpha(140)));
    painter.vline(x, viewport.y_range(), Stroke::new(2.0, colour));
}

/// What lies left and right of the handle.
fn split(viewport: Rect, share: f32) -> [Rect; 2] {
    let x = viewport.left() + share.clamp(0.0, 1.0) * viewport.width();
    [
        Rect::from_min_max(viewport.min, pos2(x, viewport.bottom())),
        Rect::from_min_max(pos2(x, viewport.top()), viewport.max),
    ]
}

/// The share of the width at which a point lies; never so near to an edge that the handle could not be held.
fn share_at(x: f32, viewport: Rect) -> f32 {
    let least = (0.5 * REACH / viewport.width().max(1.0)).min(0.5);
    ((x - viewport.left()) / viewport.width().max(1.0)).clamp(least, 1.0 - least)
}

/// The line between both, to be dragged or moved with the arrow keys; a double click brings it to the middle.
fn handle(ui: &Ui, painter: &Painter, viewport: Rect, share: &mut f32) {
    let x = split(viewport, *share)[0].right();
    let rect = Rect::from_center_size(pos2(x, viewport.center().y), vec2(REACH, viewport.height()));
    let response = ui
        .interact(rect, ui.scope_id().with("wipe"), Sense::click_and_drag())
        .on_hover_cursor(CursorIcon::ResizeHorizontal);
    let percent = f64::from(100.0 * *share).round();
    response.widget_info(|| WidgetInfo::slider(true, percent, "Wipe between A and B"));
    if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
    {
        *share = share_at(at.x, viewport);
    }
    if response.double_clicked() {
        *share = 0.5;
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let steps = ui.input_mut(|input| {
            let mut pressed = |key| i8::from(input.consume_key(Modifiers::NONE, key));
            pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)
        });
        if steps != 0 {
            *share = share_at(x + f32::from(steps) * STEP * viewport.width(), viewport);
        }
    }
    let colour = match response.hovered() || response.dragged() || response.has_focus() {
        true => ui.visuals().selection.bg_fill,
        false => Color32::WHITE,
    };
    line(painter, x, viewport, colour);
    let grip = Rect::from_center_size(pos2(x, viewport.center().y), GRIP);
    painter.rect_filled(grip.expand(1.0), 4.0, Color32::from_black_alpha(140));
    painter.rect_filled(grip, 4.0, colour);
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEWPORT: Rect = Rect { min: pos2(200.0, 50.0), max: pos2(700.0, 450.0) };

    #[test]
    fn both_sides_fill_the_view() {
        for share in [0.0, 0.25, 0.5, 1.0] {
            let [left, right] = split(VIEWPORT, share);
            assert_eq!((left.right(), left.union(right)), (right.left(), VIEWPORT));
        }
        assert_eq!(split(VIEWPORT, 0.25)[0].width(), 125.0);
        assert_eq!(split(VIEWPORT, 7.0)[1].width(), 0.0);
    }

    #[test]
    fn the_handle_goes_to_the_pointer_and_stays_in_reach() {
        assert_eq!(share_at(325.0, VIEWPORT), 0.25);
        assert_eq!(split(VIEWPORT, share_at(450.0, VIEWPORT))[0].right(), 450.0);
        for beyond in [-1e4, 1e4] {
            let share = share_at(beyond, VIEWPORT);
            let x = split(VIEWPORT, share)[0].right();
            assert!(x - 0.5 * REACH >= VIEWPORT.left() - 0.01 && x + 0.5 * REACH <= VIEWPORT.right() + 0.01);
        }
    }
}
