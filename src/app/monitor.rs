//! Makes the first window fit the monitor it is on, with its title bar.

use egui::{Context, Vec2, ViewportCommand, vec2};

/// The smallest window that is asked for, where the monitor has room for it.
const LEAST: Vec2 = vec2(900.0, 560.0);

/// Whether the window was fitted. The user may make it larger than the monitor afterwards.
#[derive(Default)]
pub struct Fitting {
    done: bool,
    /// The least size that the window was told to have.
    least: Option<Vec2>,
}

impl Fitting {
    /// Shrinks a window that is larger than its monitor, once, as soon as both sizes are known; and keeps the least size
    /// within the monitor that the window is on.
    pub fn fit(&mut self, ctx: &Context) {
        let sizes = ctx.input(|i| {
            let viewport = i.viewport();
            let frame = viewport.outer_rect.zip(viewport.inner_rect);
            let frame = frame.map_or(Vec2::ZERO, |(outer, inner)| outer.size() - inner.size());
            viewport.monitor_size.map(|monitor| (i.viewport_rect().size(), frame, monitor))
        });
        let Some((window, frame, monitor)) = sizes else { return };
        if let Some(least) = least(frame, monitor)
            && self.least.replace(least) != Some(least)
        {
            ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(least));
        }
        if std::mem::replace(&mut self.done, true) {
            return;
        }
        if let Some(size) = fitting(window, frame, monitor) {
            ctx.send_viewport_cmd(ViewportCommand::InnerSize(size));
        }
    }
}

/// The least size of a window on a monitor, never above the room there is; `None` where the sizes make no sense.
fn least(frame: Vec2, monitor: Vec2) -> Option<Vec2> {
    let room = monitor - frame.max(Vec2::ZERO);
    (room.min_elem() > 0.0).then(|| LEAST.min(room).floor())
}

/// The size a window should have inside its frame; `None` where it fits, or the sizes make no sense.
fn fitting(window: Vec2, frame: Vec2, monitor: Vec2) -> Option<Vec2> {
    let room = monitor - frame.max(Vec2::ZERO);
    let fits = window.min(room);
    // Sizes are whole pixels rounded to points; half a point is no reason to resize.
    let differs = (window - fits).max_elem() > 0.5;
    (differs && room.min_elem() > 0.0).then_some(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_size_is_within_the_monitor() {
        let frame = vec2(0.0, 30.0);
        assert_eq!(least(frame, vec2(1920.0, 1080.0)), Some(LEAST));
        assert_eq!(least(frame, vec2(720.0, 450.0)), Some(vec2(720.0, 420.0)), "1440 × 900 at scale 2");
        assert_eq!(least(frame, vec2(720.0, 20.0)), None);
    }

    #[test]
    fn only_windows_larger_than_the_monitor_shrink() {
        let (window, frame) = (vec2(1440.0, 900.0), vec2(0.0, 30.0));
        assert_eq!(fitting(window, frame, vec2(1920.0, 1080.0)), None);
        assert_eq!(fitting(window, frame, vec2(1440.0, 900.0)), Some(vec2(1440.0, 870.0)));
        assert_eq!(fitting(window, Vec2::ZERO, vec2(1024.0, 768.0)), Some(vec2(1024.0, 768.0)));
        assert_eq!(fitting(window, frame, Vec2::ZERO), None);
    }
}
