//! The list of joints that may have a curve each.

use egui::{Atom, AtomPaintArgs, Button, CollapsingHeader, Color32, Role, Ui, WidgetInfo, vec2};

use crate::app::sweep::{Chosen, Part};
use crate::app::theme;

/// Diameter of the dot before a name, in points.
const DOT: f32 = 8.0;

/// The groups, and every joint below them; a click gives one a curve, or takes it away. Nothing where curves are not by
/// joint.
pub fn ui(ui: &mut Ui, chosen: &mut Chosen) {
    if !chosen.by_joint {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for part in Part::groups() {
            toggle(ui, part, chosen);
        }
    });
    CollapsingHeader::new("Single joints").id_salt("single joints").show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for part in Part::joints() {
                toggle(ui, part, chosen);
            }
        });
    });
}

fn toggle(ui: &mut Ui, part: Part, chosen: &mut Chosen) {
    let on = chosen.has(part);
    let colour = theme::PARTS.get(part.group()).copied().unwrap_or(theme::SQUARE);
    let colour = if on { colour } else { ui.visuals().weak_text_color() };
    let button = ui.add(Button::selectable(on, (dot(colour), part.name())));
    button
        .widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Curve of {}", part.name())));
    if button.clicked() {
        chosen.toggle(part);
    }
}

/// The colour of a curve, before its name.
fn dot(colour: Color32) -> Atom<'static> {
    Atom::paint(vec2(DOT, DOT), move |ui: &Ui, args: AtomPaintArgs| {
        ui.painter().circle_filled(args.rect.center(), 0.5 * DOT, colour);
    })
}
