//! The bar under the frames of a clip: play, step, scrub, and the time.

use egui::{
    Align, Atom, AtomPaintArgs, Button, Layout, ProgressBar, Rect, RichText, Shape, Slider, Stroke, Ui,
    WidgetInfo, vec2,
};

use super::note;
use crate::app::command::Command;
use crate::app::keys;
use crate::source::Player;

/// Side of the square in which the sign of a button stands, in points.
const SIGN_SIDE: f32 = 11.0;

/// What the user asks of a clip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClipWish {
    /// A command of the list.
    Command(Command),
    /// Show this frame, counted from 0.
    GoTo(u64),
    /// Let the overlay video end here.
    EndVideo,
}

/// Draws the bar, or how far an overlay video is that has come to the frame `filmed`, counted from 0. Gives what is asked.
pub fn ui(ui: &mut Ui, player: &Player, filmed: Option<u64>) -> Option<ClipWish> {
    let state = player.state();
    if let Some(at) = filmed {
        return filming(ui, at, state.count);
    }
    let mut wish = None;
    ui.horizontal(|ui| {
        let play = if state.playing { (Sign::Pause, "Pause") } else { (Sign::Play, "Play") };
        let buttons = [
            (Command::PreviousFrame, (Sign::Back, "Previous frame")),
            (Command::Hold, play),
            (Command::NextFrame, (Sign::Forth, "Next frame")),
        ];
        for (command, (sign, name)) in buttons {
            let response = ui.add(Button::new(sign.atom()));
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
            let key = command.shortcut().map(|key| keys::readable(ui.ctx(), &key)).unwrap_or_default();
            if response.on_hover_text(format!("{name} ({key})")).clicked() {
                wish = Some(ClipWish::Command(command));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            note(ui, format!("frame {} of {}", state.at + 1, state.count));
            let timeline = player.clip().timeline();
            let times = [timeline.start_of(state.at), timeline.start_of(state.count)].map(time);
            ui.label(RichText::new(format!("{} / {}", times[0], times[1])).monospace());
            let mut at = state.at;
            // Whatever the time leaves.
            ui.spacing_mut().slider_width = ui.available_width();
            let slider = ui.add(Slider::new(&mut at, 0..=state.count.saturating_sub(1)).show_value(false));
            slider.widget_info(|| WidgetInfo::slider(true, state.at as f64, "Frame"));
            if slider.changed() {
                wish = Some(ClipWish::GoTo(at));
            }
        });
    });
    if let Some(failure) = state.failure {
        ui.label(RichText::new(failure).color(ui.visuals().error_fg_color));
    }
    wish
}

fn filming(ui: &mut Ui, at: u64, count: u64) -> Option<ClipWish> {
    ui.horizontal(|ui| {
        let stop =
            ui.button("Stop").on_hover_text("End the overlay video here; the file keeps what it has so far");
        let text = format!("Overlay video: frame {} of {count}", (at + 1).min(count));
        ui.add(ProgressBar::new(at as f32 / count.max(1) as f32).text(text));
        stop.clicked().then_some(ClipWish::EndVideo)
    })
    .inner
}

/// What stands on a button.
#[derive(Clone, Copy)]
enum Sign {
    Play,
    Pause,
    Back,
    Forth,
}

impl Sign {
    /// Painted, as few fonts have these.
    fn atom(self) -> Atom<'static> {
        Atom::paint(vec2(SIGN_SIDE, SIGN_SIDE), move |ui: &Ui, args: AtomPaintArgs| {
            let (rect, colour) = (args.rect, args.fallback_text_color);
            let at = |x: f32, y: f32| rect.min + vec2(x, y) * rect.size();
            let triangle = |from: f32, to: f32| {
                let corners = vec![at(from, 0.05), at(from, 0.95), at(to, 0.5)];
                ui.painter().add(Shape::convex_polygon(corners, colour, Stroke::NONE));
            };
            let bar = |left: f32| {
                let bar = Rect::from_min_max(at(left, 0.05), at(left + 0.25, 0.95));
                ui.painter().rect_filled(bar, 0.0, colour);
            };
            match self {
                Self::Play => triangle(0.1, 0.95),
                Self::Pause => [0.15, 0.6].into_iter().for_each(bar),
                Self::Forth => {
                    triangle(0.0, 0.7);
                    bar(0.75);
                }
                Self::Back => {
                    triangle(1.0, 0.3);
                    bar(0.0);
                }
            }
        })
    }
}

/// Minutes, seconds and hundredths: `01:02.40`.
fn time(seconds: f64) -> String {
    let hundredths = (seconds * 100.0).round() as u64;
    format!("{:02}:{:02}.{:02}", hundredths / 6000, hundredths / 100 % 60, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_minutes_seconds_and_hundredths() {
        assert_eq!(
            [0.0, 1.2, 59.999, 62.4, 6000.0].map(time),
            ["00:00.00", "00:01.20", "01:00.00", "01:02.40", "100:00.00"]
        );
    }
}
