//! One cell of the strip: the captured pixels, the skeleton over them, and how good it is.

use egui::{
    Align2, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::plan::{Stop, StripRow};
use super::shown::{Shown, Verdict};
use crate::app::canvas::maps;
use crate::app::canvas::skeleton::{self, Pen};
use crate::app::hint;
use crate::app::layers::Layer;
use crate::app::panel::multiples::MAP_ASPECT;
use crate::app::preferences::Preferences;
use crate::app::textures::{Textures, to_screen};
use crate::app::theme;
use crate::engine::NetworkInfo;

/// Height of a line of text in points.
pub const LINE: f32 = 14.0;
/// Room for the outline around the picture, in points.
const OUTLINE: f32 = 2.0;
/// Width of a limb in points.
const THICKNESS: f32 = 1.2;
/// From this width on, in points, there is room for "reference".
const ROOMY: f32 = 54.0;

/// Names the cell of a resolution.
pub fn id(stop: Stop) -> Id {
    Id::unique(("cell of the strip", stop.capture))
}

/// A resolution and what was found at it.
pub struct Cell<'a> {
    /// The resolution.
    pub stop: Stop,
    /// The row that the cell stands in.
    pub row: StripRow,
    /// What was found, once something was.
    pub shown: Option<&'a Shown>,
    /// Whether that is about the present person, picture, network and settings.
    pub current: bool,
    /// Whether the window is at this resolution.
    pub present: bool,
    /// Whether there is no room for milliseconds.
    pub low: bool,
    /// Names the texture of what was captured.
    pub key: Option<(u64, usize)>,
    /// The network at work.
    pub network: Option<&'a NetworkInfo>,
}

/// A duration that fits a cell: without decimals where there is no room, or where they say nothing.
fn duration(milliseconds: f64, roomy: bool) -> String {
    match milliseconds {
        1000.0.. if !roomy => format!("{:.1} s", milliseconds / 1000.0),
        ..100.0 if roomy => format!("{milliseconds:.1} ms"),
        _ => format!("{milliseconds:.0} ms"),
    }
}

impl Cell<'_> {
    /// Draws the cell in a place of this size.
    pub fn ui(
        &self,
        ui: &mut Ui,
        size: Vec2,
        preferences: &Preferences,
        textures: &mut Textures,
    ) -> Response {
        let (_, rect) = ui.allocate_space(size);
        let response = ui.interact(rect, id(self.stop), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, self.present, self.name()));
        let lines = if self.low { 2.0 } else { 3.0 };
        let room = vec2(rect.width(), rect.height() - lines * LINE) - Vec2::splat(2.0 * OUTLINE);
        let height = room.y.min(room.x / MAP_ASPECT).max(1.0);
        let centre = pos2(rect.center().x, rect.top() + OUTLINE + room.y / 2.0);
        let picture = Rect::from_center_size(centre, vec2(height * MAP_ASPECT, height));
        self.picture(ui, picture, preferences, textures);
        self.outline(ui, picture, &response);
        let roomy = rect.width() >= ROOMY;
        self.text(ui, pos2(rect.center().x, rect.bottom() - lines * LINE), roomy);
        hint::over(response, &self.hints())
    }

    fn picture(&self, ui: &Ui, rect: Rect, preferences: &Preferences, textures: &mut Textures) {
        ui.painter().rect_filled(rect, 0.0, ui.visuals().extreme_bg_color);
        let Some(Shown { pass, .. }) = self.shown else { return };
        let painter = ui.painter().with_clip_rect(rect);
        let opacity = if self.current { 1.0 } else { theme::NOT_CURRENT };
        let texture = textures.sharp(ui.ctx(), (self.key, "strip"), || to_screen(&pass.seen.capture));
        maps::paint_texture(&painter, texture, rect, opacity);
        if let Some(layer) = preferences.layers.opacity(Layer::Skeleton) {
            let threshold = preferences.threshold.at(self.network, pass.settings.input);
            let pen = Pen { thickness: THICKNESS, threshold, opacity: layer * opacity };
            let place = |x, y| skeleton::in_region(&pass.region, rect, x, y);
            if preferences.layers.unsure {
                skeleton::paint_unsure(&pass.pose, pen, &painter, place);
            }
            skeleton::paint(&pass.pose, pen, &painter, place);
        }
    }

    fn outline(&self, ui: &Ui, rect: Rect, response: &Response) {
        let visuals = ui.visuals();
        let stroke = match self.present {
            true => Stroke::new(2.0, visuals.selection.stroke.color),
            false if response.hovered() => visuals.widgets.hovered.bg_stroke,
            false => visuals.widgets.noninteractive.bg_stroke,
        };
        ui.painter().rect_stroke(rect, 0.0, stroke, StrokeKind::Outside);
        if response.has_focus() {
            let stroke = Stroke::new(1.0, visuals.strong_text_color());
            ui.painter().rect_stroke(rect.shrink(1.0), 0.0, stroke, StrokeKind::Inside);
        }
    }

    /// Size, figure and milliseconds below each other, from `top` on.
    fn text(&self, ui: &Ui, top: egui::Pos2, roomy: bool) {
        let (visuals, font) = (ui.visuals(), TextStyle::Small.resolve(ui.style()));
        let (plain, weak) = (visuals.text_color(), visuals.weak_text_color());
        let strong = if self.current { visuals.strong_text_color() } else { weak };
        let size_colour = if self.present { visuals.strong_text_color() } else { plain };
        let mut lines = vec![(self.size(), size_colour)];
        if let Some(Shown { pass, verdict, .. }) = self.shown {
            let figure_colour = if *verdict == Verdict::Reference { weak } else { strong };
            lines.push((verdict.figure(roomy), figure_colour));
            if !self.low {
                lines.push((duration(pass.milliseconds, roomy), weak));
            }
        }
        for (row, (text, colour)) in lines.into_iter().enumerate() {
            let at = top + vec2(0.0, row as f32 * LINE);
            ui.painter().text(at, Align2::CENTER_TOP, text, font.clone(), colour);
        }
    }

    fn size(&self) -> String {
        match self.row {
            StripRow::Captures => format!("{} px", self.stop.capture),
            StripRow::Inputs => self.stop.input.to_string(),
        }
    }

    /// For screen readers.
    fn name(&self) -> String {
        let verdict = self.shown.map(|shown| format!(", {}", shown.verdict.name())).unwrap_or_default();
        let stale = if self.shown.is_some() && !self.current { ", not current" } else { "" };
        format!("{}{verdict}{stale}", self.size())
    }

    /// What the cell shows, in words.
    fn hints(&self) -> Vec<String> {
        let Stop { capture, input } = self.stop;
        let square = self.network.and_then(NetworkInfo::square);
        let mut hints = vec![match square {
            Some(side) => {
                format!("Captured {capture} pixels tall; the network gets {side}×{side}, enlarged from that.")
            }
            None => format!(
                "Captured {capture} pixels tall; the network input is {input}, the nearest standard size that is not \
                 smaller."
            ),
        }];
        match self.shown {
            Some(Shown { pass, verdict, .. }) => {
                let rows = pass.seen.capture.height();
                if rows < capture {
                    hints.push(format!("The picture holds no more than {rows} rows of this person."));
                }
                hints.push(self.judged(*verdict));
                hints.push(format!("{:.1} ms in the network.", pass.milliseconds));
                if !self.current {
                    hints.push(
                        "Something has changed since; this is looked at again when all is at rest.".into(),
                    );
                }
            }
            None => hints.push("Not looked at yet.".into()),
        }
        hints.push("Click to go there. With the keyboard here, the left and right arrows go along.".into());
        hints
    }

    fn judged(&self, verdict: Verdict) -> String {
        let reference = self.network.map(NetworkInfo::reference_name).unwrap_or_default();
        match verdict {
            Verdict::Oks(oks) => format!("OKS {oks:.2} with the labelled joints."),
            Verdict::Agreement(oks) => {
                format!("Agreement {oks:.2} with the same network at {reference}. It is no accuracy.")
            }
            Verdict::Reference => "This is what the others are compared with, so it has no agreement.".into(),
            Verdict::Unknown => "There is nothing to compare it with.".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_fit_their_cells() {
        let both = |milliseconds| [true, false].map(|roomy| duration(milliseconds, roomy));
        assert_eq!(both(14.26), ["14.3 ms", "14 ms"]);
        assert_eq!(both(831.1), ["831 ms", "831 ms"]);
        assert_eq!(both(1282.2), ["1282 ms", "1.3 s"]);
    }
}
