//! Drawing, moving, resizing and choosing boxes with the pointer, and moving joints that are placed by hand.

use egui::{CursorIcon, Pos2, Rect, Response, pos2, vec2};

use super::{CanvasView, labelling};
use crate::app::document::Document;
use crate::pose::BoundingBox;

/// How near to a handle the pointer must be, in screen points.
const REACH: f32 = 9.0;
/// A drag shorter than this, in picture pixels, is a click that slipped.
const SMALLEST: f32 = 4.0;

/// What a drag does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Drag {
    /// Nothing is being dragged.
    #[default]
    None,
    /// A new box, from this picture point.
    New(Pos2),
    /// The selected box, held at this offset from its top left corner.
    Move(egui::Vec2),
    /// A handle of the selected box: which side or corner, −1, 0 or 1 along x and y.
    Resize(i8, i8),
    /// A joint of the selected person, which is placed by hand.
    Joint,
}

/// A box as a rectangle of the picture.
pub fn rect_of(bounds: &BoundingBox) -> Rect {
    Rect::from_min_size(
        pos2(bounds.x as f32, bounds.y as f32),
        vec2(bounds.width as f32, bounds.height as f32),
    )
}

/// The places to hold a box by: which side or corner each is, −1, 0 or 1 along x and y, and where.
pub fn handles(rect: Rect) -> [((i8, i8), Pos2); 8] {
    let at = |x: i8, y: i8| {
        let along = |from: f32, to: f32, side: i8| from + (to - from) * (f32::from(side) + 1.0) / 2.0;
        ((x, y), pos2(along(rect.left(), rect.right(), x), along(rect.top(), rect.bottom(), y)))
    };
    [at(-1, -1), at(0, -1), at(1, -1), at(-1, 0), at(1, 0), at(-1, 1), at(0, 1), at(1, 1)]
}

/// Reacts to the pointer: to presses inside `response`, which leaves the edges of the canvas to the panels there.
pub fn interact(
    document: &mut Document,
    drag: &mut Drag,
    view: &CanvasView,
    viewport: Rect,
    response: &Response,
) {
    let selected = document.selected.and_then(|i| document.people.get(i)).filter(|person| !person.hidden);
    let selected = selected.map(|person| rect_of(&person.bounds));
    let picture = rect_of(&BoundingBox::whole(document.frame.width(), document.frame.height()));
    if let Some(at) = response.hover_pos() {
        let hover = match labelling::under(at, document, view, viewport) {
            Some(_) => Drag::Joint,
            None => under(at, selected, picture, view, viewport),
        };
        // While joints are placed, nothing else can be taken hold of.
        let idle = document.labelled_by_hand().is_some() && Drag::Joint != hover && *drag == Drag::None;
        response.ctx.set_cursor_icon(if idle { CursorIcon::Default } else { cursor(*drag, hover) });
    }
    if response.drag_started_by(egui::PointerButton::Primary)
        && let Some(at) = response.ctx.input(|i| i.pointer.press_origin())
        // egui gives presses that miss everything to the nearest thing; this one was not meant for the picture.
        && response.rect.contains(at)
    {
        let joint = labelling::under(at, document, view, viewport);
        *drag = match (joint, under(at, selected, picture, view, viewport)) {
            (Some(joint), _) => {
                document.hold_joint(joint);
                Drag::Joint
            }
            // A joint that was missed; the box is what the labels are known by.
            _ if document.labelled_by_hand().is_some() => Drag::None,
            (None, Drag::None) => Drag::New(view.to_picture(at, viewport)),
            (None, held) => held,
        };
        if let (Drag::Move(_), Some(rect)) = (*drag, selected) {
            *drag = Drag::Move(view.to_picture(at, viewport) - rect.min);
        }
        if matches!(*drag, Drag::Move(_) | Drag::Resize(..)) {
            document.begin_drag();
        }
    }
    if response.dragged_by(egui::PointerButton::Primary)
        && let Some(at) = response.interact_pointer_pos()
    {
        continue_drag(document, *drag, view.to_picture(at, viewport));
    }
    // Escape stops a drag without a release: nothing is drawn then.
    if response.drag_stopped_by(egui::PointerButton::Primary)
        && let (Drag::New(from), Some(at)) = (*drag, response.interact_pointer_pos())
    {
        finish_new(document, from, view.to_picture(at, viewport));
    }
    // Of two views of a document, one may drag while nothing happens in the other.
    if !response.dragged() && *drag != Drag::None {
        document.end_drag();
        *drag = Drag::None;
    }
    if response.secondary_clicked()
        && let Some(at) = response.interact_pointer_pos()
        && let Some(joint) = labelling::under(at, document, view, viewport)
    {
        document.turn_joint(joint);
    }
    if response.clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        let on_joint = labelling::under(at, document, view, viewport).is_some();
        let at = view.to_picture(at, viewport);
        match adds_box(response) {
            _ if on_joint => {}
            true => document.place_box((f64::from(at.x), f64::from(at.y))),
            false => select_at(document, at),
        }
    }
}

/// Whether a click puts a box where it is: Ctrl, on a Mac Cmd, is held with it.
pub fn adds_box(response: &Response) -> bool {
    response.ctx.input(|input| input.modifiers.command)
}

/// What a drag that starts at a screen point would take hold of. A box of the whole picture has handles alone: there
/// is nowhere to move it, and inside it boxes of people are drawn.
fn under(at: Pos2, selected: Option<Rect>, picture: Rect, view: &CanvasView, viewport: Rect) -> Drag {
    let Some(selected) = selected else { return Drag::None };
    let rect = view.rect_to_screen(selected, viewport);
    let near = handles(rect).into_iter().find(|(_, handle)| handle.distance(at) < REACH);
    match near {
        Some(((x, y), _)) => Drag::Resize(x, y),
        None if selected != picture && rect.contains(at) => Drag::Move(vec2(0.0, 0.0)),
        None => Drag::None,
    }
}

fn cursor(drag: Drag, hover: Drag) -> CursorIcon {
    match if drag == Drag::None { hover } else { drag } {
        Drag::New(_) | Drag::None => CursorIcon::Crosshair,
        Drag::Move(_) => CursorIcon::Move,
        Drag::Joint => CursorIcon::Grab,
        Drag::Resize(0, _) => CursorIcon::ResizeVertical,
        Drag::Resize(_, 0) => CursorIcon::ResizeHorizontal,
        Drag::Resize(x, y) if x == y => CursorIcon::ResizeNwSe,
        Drag::Resize(..) => CursorIcon::ResizeNeSw,
    }
}

fn continue_drag(document: &mut Document, drag: Drag, at: Pos2) {
    let (width, height) = document.frame.picture.dimensions();
    let size = vec2(width as f32, height as f32);
    if drag == Drag::Joint {
        let at = at.clamp(Pos2::ZERO, size.to_pos2());
        // Whole numbers are centres of pixels.
        document.joint_to(f64::from(at.x) - 0.5, f64::from(at.y) - 0.5);
        return;
    }
    let Some(rect) = document.held_box().map(|bounds| rect_of(&bounds)) else {
        return;
    };
    let changed = match drag {
        Drag::Move(held) => {
            let room = (size - rect.size()).max(vec2(0.0, 0.0));
            let corner = (at - held).clamp(Pos2::ZERO, room.to_pos2());
            Rect::from_min_size(corner, rect.size())
        }
        Drag::Resize(x, y) => {
            let at = at.clamp(Pos2::ZERO, size.to_pos2());
            let (mut min, mut max) = (rect.min, rect.max);
            match x {
                -1 => min.x = at.x.min(max.x - SMALLEST),
                1 => max.x = at.x.max(min.x + SMALLEST),
                _ => {}
            }
            match y {
                -1 => min.y = at.y.min(max.y - SMALLEST),
                1 => max.y = at.y.max(min.y + SMALLEST),
                _ => {}
            }
            Rect::from_min_max(min, max)
        }
        Drag::None | Drag::New(_) | Drag::Joint => return,
    };
    if let Ok(bounds) = to_box(changed) {
        document.drag_to(bounds);
    }
}

fn finish_new(document: &mut Document, from: Pos2, to: Pos2) {
    let (width, height) = document.frame.picture.dimensions();
    let rect = Rect::from_two_pos(from, to);
    if rect.width() < SMALLEST || rect.height() < SMALLEST {
        return;
    }
    // A box drawn wholly beside the picture holds nobody.
    if let Ok(bounds) = to_box(rect).and_then(|b| b.clipped(width, height)) {
        document.add_person(bounds);
    }
}

fn to_box(rect: Rect) -> Result<BoundingBox, crate::pose::BoxError> {
    BoundingBox::new(
        f64::from(rect.left()),
        f64::from(rect.top()),
        f64::from(rect.width()),
        f64::from(rect.height()),
    )
}

/// Selects the smallest box at a picture point; a click beside all boxes changes nothing.
fn select_at(document: &mut Document, at: Pos2) {
    let hit = document
        .people
        .iter()
        .enumerate()
        .filter(|(_, p)| !p.hidden && p.bounds.contains(f64::from(at.x), f64::from(at.y)))
        .min_by(|(_, a), (_, b)| a.bounds.area().total_cmp(&b.bounds.area()));
    if let Some((index, _)) = hit {
        document.selected = Some(index);
    }
}
