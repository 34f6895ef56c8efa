//! How far work is, on a line of a panel.

use egui::{Align, Layout, ProgressBar, Response, RichText, Ui, vec2};

/// Room for a count at the end of the line, in points.
const COUNT_WIDTH: f32 = 132.0;
/// Height of the bar, in points.
const BAR_HEIGHT: f32 = 6.0;

/// A bar of a share from 0 to 1, and at the end of its line something that gets `width` points. The line is never wider
/// than its panel, which would otherwise grow with it from frame to frame.
pub fn bar<R>(ui: &mut Ui, share: f64, width: f32, end: impl FnOnce(&mut Ui) -> R) -> R {
    let height = ui.spacing().interact_size.y;
    let line = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
        let end =
            ui.allocate_ui_with_layout(vec2(width, height), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(width);
                end(ui)
            });
        let room = ui.available_width();
        ui.add(ProgressBar::new(share as f32).desired_width(room).desired_height(BAR_HEIGHT));
        end.inner
    })
    .inner
}

/// A bar with how many of how many behind it, and what is counted.
pub fn counted(ui: &mut Ui, share: f64, count: String, meaning: &str) -> Response {
    bar(ui, share, COUNT_WIDTH, |ui| ui.label(RichText::new(count).small())).on_hover_text(meaning)
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;

    use super::*;

    #[test]
    fn the_line_is_as_wide_as_its_panel() {
        for width in [240.0, 300.0, 700.0] {
            let mut harness = Harness::builder().with_size(vec2(width, 60.0)).build_ui_state(
                |ui, widths: &mut Vec<[f32; 2]>| {
                    let room = ui.available_width();
                    let shown = ui.scope(|ui| {
                        counted(ui, 0.5, "pictures 1200 of 9999".into(), "Pictures");
                        bar(ui, 0.5, 56.0, |ui| ui.button("Cancel"));
                    });
                    widths.push([room, shown.response.rect.width()]);
                },
                Vec::new(),
            );
            harness.run();
            for [room, shown] in harness.state() {
                assert!((room - shown).abs() < 0.5, "{shown} of {room} points");
            }
        }
    }
}
