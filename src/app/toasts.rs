//! Messages in the corner: wrapped, closable, and readable by screen readers.

use std::time::{Duration, Instant};

use egui::{Align2, Area, Color32, Context, Frame, Id, Order, RichText, Stroke, vec2};

use super::theme;

/// Messages shown at once; the oldest makes room.
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
    fn colour(self) -> Color32 {
        match self {
            Self::Info => theme::TRUTH,
            Self::Warning => theme::SELECTED,
            Self::Error => theme::ERROR_VECTOR,
        }
    }

    fn lifetime(self) -> Duration {
        Duration::from_secs(match self {
            Self::Info => 4,
            Self::Warning => 10,
            Self::Error => 15,
        })
    }
}

struct Toast {
    text: String,
    level: Level,
    until: Instant,
}

/// The messages on the screen, newest at the bottom.
#[derive(Default)]
pub struct Toasts {
    toasts: Vec<Toast>,
}

impl Toasts {
    /// Shows a message for a while. One that is shown already only stays longer.
    pub fn add(&mut self, level: Level, text: impl Into<String>) {
        let text = text.into();
        self.toasts.retain(|toast| toast.text != text);
        if self.toasts.len() >= MOST {
            self.toasts.remove(0);
        }
        self.toasts.push(Toast { text, level, until: Instant::now() + level.lifetime() });
    }

    /// Draws the messages over everything else.
    pub fn show(&mut self, ctx: &Context) {
        let now = Instant::now();
        self.toasts.retain(|toast| toast.until > now);
        let Some(next) = self.toasts.iter().map(|toast| toast.until).min() else {
            return;
        };
        ctx.request_repaint_after(next - now);
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
                            if ui.button("×").on_hover_text("Close this message").clicked() {
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
