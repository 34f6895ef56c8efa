//! Frames that follow each other on the screen: a camera's, and those of a clip.

use std::path::Path;

use egui::Context;

use super::App;
use super::document::Document;
use super::panel::clip::ClipWish;
use crate::source::clip::Timeline;
use crate::source::{CameraState, Clip, Frame, Player};

/// A frame further from the one before, in seconds, is another scene: who was there is no help to find who is.
const JUMP: f64 = 1.0;

impl App {
    /// Puts the newest frame of the camera or the clip on the screen. One that none will follow by itself is a picture
    /// like any other.
    pub(super) fn stream_frame(&mut self, ctx: &Context) {
        let filmed = self.filmed_frame();
        self.camera.mirror(self.preferences.mirror_camera);
        self.camera.try_next(ctx, self.preferences.mirror_camera, &mut self.toasts);
        if let Some(frame) = self.camera.latest() {
            if self.clip.take().is_some()
                && let Some(document) = &mut self.document
            {
                // The camera's picture is no frame of the clip.
                document.streamed = false;
                self.end_overlay_video();
            }
            self.next_frame(frame, false, None);
        } else if let Some(player) = &mut self.clip
            && let Some(frame) = player.latest()
        {
            let (clip, shown) =
                (player.clip(), self.document.as_ref().map_or(0, |document| document.frame.sequence));
            // A film begins without whoever is known from later frames.
            let jumps = (filmed == Some(0) && shown > 0) || jumps(clip.timeline(), shown, frame.sequence);
            let key = clip_frame(clip.path(), frame.sequence);
            self.next_frame(frame, jumps, Some(key));
        }
        let runs = self.frames_run();
        if self.document.as_ref().is_some_and(|document| document.live && !runs) {
            self.hold();
            // What is never asked of frames that run is asked now.
            self.asked = None;
        }
    }

    /// Makes the newest frame a picture like any other: people are looked for in it, or are those labelled in it before.
    fn hold(&mut self) {
        let (is_new, has_draft) =
            (self.document.as_ref().is_some_and(Document::is_unlabelled), self.has_draft());
        let search = if is_new || has_draft { None } else { self.search_held() };
        if let Some(document) = &mut self.document {
            document.hold(search);
        }
        if has_draft {
            self.take_draft();
        } else if is_new {
            self.find_in_new_picture();
        }
    }

    /// Shows a frame. Those in it are looked for around those of the one before, unless it is the first or it `jumps`.
    /// Labels in it are `kept_as` that.
    fn next_frame(&mut self, frame: Frame, jumps: bool, kept_as: Option<String>) {
        self.versions += 1;
        self.opener.shown(None);
        self.keep_draft();
        match &mut self.document {
            Some(document) if document.streamed && !jumps => document.advance(frame, self.versions),
            before => {
                let begins = before.as_ref().is_none_or(|document| !document.streamed);
                let mut document = Document::new(frame, self.versions, self.ticket + 1, None);
                (document.live, document.streamed) = (true, true);
                self.document = Some(document);
                self.finder.forget_live();
                if begins {
                    self.folder = None;
                    self.canvas.view.fit();
                }
            }
        }
        if let Some(document) = &mut self.document {
            document.kept_as = kept_as;
        }
    }

    /// Whether a camera's frames or those of a clip follow each other on the screen.
    pub(super) fn frames_run(&self) -> bool {
        let camera =
            matches!(self.camera.state(), Some(CameraState::Opening | CameraState::Streaming { .. }));
        let plays = self.clip.as_ref().is_some_and(|player| player.state().playing);
        let runs = camera || plays || self.is_filming();
        runs && self.document.as_ref().is_some_and(|document| document.live)
    }

    /// Gets a clip ready whose first frame is shown, or lets go of the one before.
    pub(super) fn hold_clip(&mut self, ctx: &Context, clip: Option<Clip>) {
        self.end_overlay_video();
        let ctx = ctx.clone();
        self.clip = clip.map(|clip| Player::start(clip, move || ctx.request_repaint()));
        if let Some(document) = &mut self.document {
            document.streamed = self.clip.is_some();
        }
    }

    /// Holds the frames that run, or lets them go on; not while each is waited for.
    pub(super) fn toggle_held(&self) {
        match &self.clip {
            _ if self.is_filming() => {}
            Some(player) => player.play(!player.state().playing),
            None => self.camera.toggle_freeze(),
        }
    }

    /// Whether frames are held that could go on; none where there are no frames, and
    /// while each is waited for.
    pub(super) fn is_held(&self) -> Option<bool> {
        match (&self.clip, self.camera.state()) {
            _ if self.is_filming() => None,
            (Some(player), _) => Some(!player.state().playing),
            (None, Some(CameraState::Streaming { .. })) => Some(false),
            (None, Some(CameraState::Frozen { .. })) => Some(true),
            (None, _) => None,
        }
    }

    /// Shows the frame so far from the present one, and holds it.
    pub(super) fn step_frames(&self, frames: i64) {
        if let Some(player) = self.clip.as_ref().filter(|_| !self.is_filming()) {
            player.step(frames);
        }
    }

    /// Does what the bar under the picture asks.
    pub(super) fn clip_wish(&mut self, ctx: &Context, wish: ClipWish) {
        match (wish, &self.clip) {
            (ClipWish::Command(command), _) => self.act(ctx, command),
            (ClipWish::GoTo(frame), Some(player)) => player.go_to(frame),
            (ClipWish::GoTo(_), None) => {}
            (ClipWish::EndVideo, _) => self.end_overlay_video(),
        }
    }
}

/// What labels in a frame of a clip are kept as.
pub(super) fn clip_frame(path: &Path, number: u64) -> String {
    format!("{}, frame {number}", path.display())
}

/// Whether two frames are too far from each other to be of one movement.
fn jumps(timeline: &Timeline, from: u64, to: u64) -> bool {
    (timeline.start_of(to) - timeline.start_of(from)).abs() > JUMP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_far_from_the_one_before_is_another_scene() {
        let timeline = Timeline::Even { per_second: 25.0, count: 100 };
        assert!(!jumps(&timeline, 0, 1) && !jumps(&timeline, 30, 5));
        assert!(jumps(&timeline, 0, 26) && jumps(&timeline, 90, 0));
    }
}
