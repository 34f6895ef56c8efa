//! Messages in the corner: wrapped, closable, and readable by screen readers. Errors stay until they are closed.

use std::time::{Duration, Instant};

use egui::{Align2, Area, Color32, Context, Frame, Id, Order, RichText, Stroke, vec2};

use super::messages::MessageLog;
use super::theme;

/// Messages shown at once; the older ones wait in the list of messages.
const MOST: usize = 4;
const WIDTH: f32 = 400.0;
const MARGIN: f32 = 14.0;

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something went as wished.
    Info,
    /// Something is missing, and the program goes on without it.
    Warning,
    /// Something failed.
    Error,
}

impl Level {
    /// What a list calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "Note",
            Self::Warning => "Warning",
            Self::Error => "Error",
        }
    }

    /// The colour of its frame.
    pub fn colour(self) -> Color32 {
        match self {
            Self::Info => theme::TRUTH,
            Self::Warning => theme::SELECTED,
            Self::Error => theme::ERROR_VECTOR,
        }
    }

    /// How long it stays, unless it stays until it is closed.
    fn lifetime(self) -> Option<Duration> {
        match self {
            Self::Info => Some(Duration::from_secs(4)),
            Self::Warning => Some(Duration::from_secs(10)),
            Self::Error => None,
        }
    }
}

struct Toast {
    text: String,
    level: Level,
    until: Option<Instant>,
}

/// The messages on the screen, newest at the bottom, and the list of all.
#[derive(Default)]
pub struct Toasts {
    toasts: Vec<Toast>,
    /// Everything that was said.
    pub log: MessageLog,
}

impl Toasts {
    /// Shows a message for a while, or an error until it is closed. One that is shown already only stays longer.
    pub fn add(&mut self, level: Level, text: impl Into<String>) {
        let text = text.into();
        self.log.add(level, &text);
        self.toasts.retain(|toast| toast.text != text);
        if self.toasts.len() >= MOST {
            let passing = self.toasts.iter().position(|toast| toast.until.is_some());
            self.toasts.remove(passing.unwrap_or(0));
        }
        let until = level.lifetime().map(|lifetime| Instant::now() + lifetime);
        self.toasts.push(Toast { text, level, until });
    }

    /// Draws the messages over everything else.
    pub fn show(&mut self, ctx: &Context) {
        let now = Instant::now();
        self.toasts.retain(|toast| toast.until.is_none_or(|until| until > now));
        if self.toasts.is_empty() {
            return;
        }
        if let Some(next) = self.toasts.iter().filter_map(|toast| toast.until).min() {
            ctx.request_repaint_after(next - now);
        }
        let mut closed = None;
        Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_BOTTOM, vec2(-MARGIN, -MARGIN - 24.0))
            .show(ctx, |ui| {
                for (i, toast) in self.toasts.iter().enumerate() {
                    let frame = Frame::popup(ui.style()).stroke(Stroke::new(1.5, toast.level.colour()));
                    frame.show(ui, |ui| {
                        ui.set_width(WIDTH);
                        ui.horizontal_top(|ui| {
                            ui.vertical(|ui| {
                                ui.set_width(WIDTH - 36.0);
                                ui.label(RichText::new(&toast.text));
                            });
                            let close = ui.button("×").on_hover_text("Close this message");
                            if close.accessible_name("Close this message").clicked() {
                                closed = Some(i);
                            }
                        });
                    });
                    ui.add_space(6.0);
                }
            });
        if let Some(i) = closed {
            self.toasts.remove(i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_outlast_notes() {
        let mut toasts = Toasts::default();
        toasts.add(Level::Error, "this failed");
        for i in 0..2 * MOST {
            toasts.add(Level::Info, format!("note {i}"));
        }
        assert_eq!(toasts.toasts.len(), MOST);
        assert_eq!(toasts.toasts[0].text, "this failed");
        for i in 0..MOST {
            toasts.add(Level::Error, format!("error {i}"));
        }
        assert!(toasts.toasts.iter().all(|toast| toast.level == Level::Error));
        assert_eq!(toasts.log.count(), format!("{} messages", 1 + 3 * MOST));
    }
}
