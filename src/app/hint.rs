//! Tooltips that stand beside what they tell about: over a map, a plot or a row of pictures they would cover the very
//! thing that is looked at.

use egui::{Label, Rangef, Rect, RectAlign, Response, Tooltip, Ui};

/// Width of a hint in points.
const WIDTH: f32 = 280.0;
/// Places outside a panel, the best first.
const OUTSIDE: [RectAlign; 4] =
    [RectAlign::LEFT_START, RectAlign::RIGHT_START, RectAlign::LEFT_END, RectAlign::RIGHT_END];
/// Places over or under something.
const OVER: [RectAlign; 6] = [
    RectAlign::TOP,
    RectAlign::TOP_START,
    RectAlign::TOP_END,
    RectAlign::BOTTOM,
    RectAlign::BOTTOM_START,
    RectAlign::BOTTOM_END,
];

/// Tells about a part of a panel outside the panel, at the height of the part.
pub fn outside(ui: &Ui, response: Response, text: impl Into<String>) -> Response {
    let anchor = outside_of(ui.clip_rect(), response.rect);
    show(response, anchor, &OUTSIDE, &[text.into()])
}

/// Tells about a plot over it, where the pointer is from left to right.
pub fn over_plot(response: Response, text: impl Into<String>) -> Response {
    let pointer = response.hover_pos().map_or(response.rect.center().x, |at| at.x);
    let anchor = Rect::from_x_y_ranges(Rangef::point(pointer), response.rect.y_range());
    show(response, anchor, &OVER, &[text.into()])
}

/// Tells about something over it, in lines.
pub fn over(response: Response, lines: &[String]) -> Response {
    let anchor = response.rect;
    show(response, anchor, &OVER, lines)
}

/// As wide as the panel, as high as the part as far as that is in sight.
fn outside_of(panel: Rect, part: Rect) -> Rect {
    let seen = part.intersect(panel);
    Rect::from_x_y_ranges(panel.x_range(), if seen.is_positive() { seen } else { part }.y_range())
}

fn show(response: Response, anchor: Rect, places: &[RectAlign], lines: &[String]) -> Response {
    // As egui's own hints do; only what has a name of its own can be described.
    if response.ctx.has_accesskit_node(response.id) {
        response.ctx.accesskit_node_builder(response.id, |node| {
            if node.description().is_none() {
                node.set_description(lines.join("\n"));
            }
        });
    }
    let mut tooltip = Tooltip::for_enabled(&response);
    let first = places.first().copied().unwrap_or_default();
    tooltip.popup = tooltip.popup.anchor(anchor).align(first).align_alternatives(places);
    tooltip.show(|ui| {
        // Or a hint that changes would never grow again.
        ui.set_max_width(WIDTH);
        for line in lines {
            ui.add(Label::new(line.as_str()));
        }
    });
    response
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn a_hint_outside_covers_no_part_of_its_panel() {
        let panel = Rect::from_min_max(pos2(1000.0, 40.0), pos2(1400.0, 800.0));
        let map = Rect::from_min_size(pos2(1150.0, 700.0), vec2(120.0, 160.0));
        let anchor = outside_of(panel, map);
        assert_eq!((anchor.top(), anchor.bottom()), (700.0, 800.0), "the part in sight");
        for place in OUTSIDE {
            let hint = place.align_rect(&anchor, vec2(200.0, 60.0), 4.0);
            assert!(!hint.intersects(panel), "{hint:?}");
        }
    }
}
