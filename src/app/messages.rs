//! The list of messages: everything that was said since the start, newest first.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use egui::{Button, Context, Grid, Label, RichText, ScrollArea, Ui};

use super::dialogs::centred;
use super::panel::dot;
use super::toasts::Level;

/// Messages that are kept; the oldest make room.
const KEPT: usize = 200;
/// What is younger than this happened just now.
const NOW: Duration = Duration::from_secs(5);
/// How often the ages in the list are written anew.
const AGED_EVERY: Duration = Duration::from_secs(1);
/// Width of the list's text in points.
const WIDTH: f32 = 560.0;

/// Something that was said.
struct Message {
    text: String,
    level: Level,
    at: Instant,
    times: usize,
}

/// The latest messages.
#[derive(Default)]
pub struct MessageLog {
    messages: VecDeque<Message>,
}

impl MessageLog {
    /// Keeps a message. One that repeats the last is only counted.
    pub fn add(&mut self, level: Level, text: &str) {
        let at = Instant::now();
        if let Some(last) = self.messages.back_mut()
            && last.text == text
        {
            (last.at, last.times) = (at, last.times + 1);
            return;
        }
        if self.messages.len() >= KEPT {
            self.messages.pop_front();
        }
        self.messages.push_back(Message { text: text.into(), level, at, times: 1 });
    }

    /// How many are kept, in words.
    pub fn count(&self) -> String {
        match self.messages.len() {
            0 => "No messages".into(),
            1 => "1 message".into(),
            many => format!("{many} messages"),
        }
    }

    /// Everything as text, oldest first.
    fn as_text(&self) -> String {
        let lines = self.messages.iter().map(|m| format!("{}, {}: {}\n", m.level.name(), m.age(), m.text));
        lines.collect()
    }
}

impl Message {
    fn age(&self) -> String {
        age(self.at.elapsed())
    }
}

/// How long ago something was, in words.
fn age(elapsed: Duration) -> String {
    let minutes = elapsed.as_secs() / 60;
    match elapsed {
        young if young < NOW => "just now".into(),
        _ if minutes == 0 => format!("{} s ago", elapsed.as_secs()),
        _ if minutes < 60 => format!("{minutes} min ago"),
        _ => format!("{} h {} min ago", minutes / 60, minutes % 60),
    }
}

/// The button at the end of the status line. Gives whether it was clicked.
pub fn button(ui: &mut Ui, log: &MessageLog) -> bool {
    let button = Button::new(RichText::new(log.count()).weak()).frame(false);
    ui.add(button).on_hover_text("Everything that was said since the start").clicked()
}

/// The list itself, while it is open.
pub fn window(ctx: &Context, open: &mut bool, log: &mut MessageLog) {
    if !*open {
        return;
    }
    ctx.request_repaint_after(AGED_EVERY);
    centred("Messages").open(open).show(ctx, |ui| {
        ui.set_width(WIDTH);
        if log.messages.is_empty() {
            ui.weak("Nothing was said yet.");
            return;
        }
        ui.horizontal(|ui| {
            if ui.button("Copy all").clicked() {
                ui.ctx().copy_text(log.as_text());
            }
            if ui.button("Clear").clicked() {
                log.messages.clear();
            }
        });
        ui.separator();
        ScrollArea::vertical().max_height(360.0).auto_shrink([false, true]).show(ui, |ui| list(ui, log));
    });
}

fn list(ui: &mut Ui, log: &MessageLog) {
    Grid::new("messages").num_columns(4).striped(true).show(ui, |ui| {
        for message in log.messages.iter().rev() {
            dot(ui, message.level.colour());
            ui.label(message.level.name());
            ui.weak(message.age());
            let text = match message.times {
                1 => message.text.clone(),
                times => format!("{} ({times} times)", message.text),
            };
            ui.add(Label::new(text).wrap());
            ui.end_row();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_bounded_and_counts_repetitions() {
        let mut log = MessageLog::default();
        assert_eq!(log.count(), "No messages");
        log.add(Level::Error, "lost.png is not there");
        log.add(Level::Error, "lost.png is not there");
        assert_eq!((log.count().as_str(), log.messages[0].times), ("1 message", 2));
        for i in 0..2 * KEPT {
            log.add(Level::Info, &format!("{i}"));
        }
        assert_eq!(log.count(), "200 messages");
        assert_eq!(log.messages[0].text, "200", "the oldest made room");
    }

    #[test]
    fn ages_are_short() {
        for (seconds, told) in [
            (0, "just now"),
            (5, "5 s ago"),
            (59, "59 s ago"),
            (60, "1 min ago"),
            (3599, "59 min ago"),
            (7500, "2 h 5 min ago"),
        ] {
            assert_eq!(age(Duration::from_secs(seconds)), told);
        }
    }
}
