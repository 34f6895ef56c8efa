//! A video of a clip with its overlays: frame by frame, at the pace of the network, as the window shows them.
//!
//! The clip runs through the window like one that plays, but each frame waits until its people were looked for, when
//! that is due, and the network has answered about them. A thread draws and writes it meanwhile.

mod film;
mod video;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crossbeam_channel::{TryRecvError, bounded};
use egui::Context;

use super::file_name::file_name;
use super::view_picture::LEAST_IN_VIDEO;
use crate::app::App;
use crate::app::document::Document;
use crate::app::file_dialog::Targets;
use crate::app::toasts::Level;
use crate::engine::Answer;
use crate::source::clip::WRITTEN;
use crate::source::{Clip, Player};
use film::{Shot, times};
pub use video::OverlayVideo;
use video::{Filming, Stage};

/// Frames that wait to be drawn: one is drawn while the network looks at the next.
const WAITING: usize = 1;
/// How a frame stands that is to be written.
enum Readiness {
    /// Something about it is still to come.
    Waits,
    /// All is known.
    Settled,
    /// The clip has none of this number.
    IsNone,
    /// It cannot be shown, or nothing is known about it: why.
    Failed(String),
}

impl App {
    /// Whether each frame of the clip waits to be written.
    pub(in crate::app) fn is_filming(&self) -> bool {
        self.filmed_frame().is_some()
    }

    /// The frame of the clip that is written now, counted from 0.
    pub(in crate::app) fn filmed_frame(&self) -> Option<u64> {
        self.overlay_video.as_ref().and_then(OverlayVideo::at)
    }

    /// Why no overlay video can be begun now, if so.
    pub(super) fn why_no_overlay_video(&self) -> Option<&'static str> {
        match (&self.clip, &self.network, &self.overlay_video) {
            (None, ..) => Some("No video or moving picture is open"),
            (_, None, _) => Some("No network is loaded"),
            (.., Some(_)) => Some("An overlay video is being saved"),
            _ => None,
        }
    }

    /// Asks where an overlay video of the clip is to be written; it begins once that is known.
    pub(super) fn begin_overlay_video(&mut self, ctx: &Context) {
        let Some(clip) = self.clip.as_ref().map(|player| player.clip().clone()) else { return };
        let target = Targets {
            title: "Save overlay video",
            name: file_name(&clip.name(), "overlay", WRITTEN[0].1),
            kinds: WRITTEN.iter().map(|(name, ending, _)| (*name, *ending)).collect(),
        };
        let write = self.overlay_video_of(ctx, clip);
        self.opener.save_itself(target, write);
    }

    /// Gets an overlay video of the clip ready. It begins when what this gives is called with the file's path, on another
    /// thread, which writes until the video is ended.
    fn overlay_video_of(
        &mut self,
        ctx: &Context,
        clip: Clip,
    ) -> impl FnOnce(&Path) -> Result<(), String> + Send + use<> {
        let (shots, to_write) = bounded(WAITING);
        let (tell, named) = bounded(1);
        let (alive, ended) = bounded::<()>(0);
        let hurry = Arc::new(AtomicBool::new(false));
        let (hurries, shown, ctx) = (Arc::clone(&hurry), clip.clone(), ctx.clone());
        self.overlay_video = Some(OverlayVideo { clip, stage: Stage::Asking { named, shots }, ended, hurry });
        move |path| {
            let _alive = alive;
            if tell.send(()).is_err() {
                return Err("what it was to be made of is not open any more".to_owned());
            }
            ctx.request_repaint();
            film::write(path, &shown, &to_write, &hurries, &ctx)
        }
    }

    /// Goes on with the overlay video: hands the frame on that is shown, once all is known of it, and shows the next.
    /// Needs no ui, and so goes on while the window is covered.
    pub(in crate::app) fn film(&mut self, ctx: &Context) {
        let Some(mut video) = self.overlay_video.take() else { return };
        match std::mem::replace(&mut video.stage, Stage::Ending) {
            Stage::Asking { named, shots } => match named.try_recv() {
                Ok(()) => {
                    video.stage = Stage::Filming(Filming { shots, at: 0, searched: None });
                    self.show_frame(0);
                }
                Err(TryRecvError::Empty) => video.stage = Stage::Asking { named, shots },
                // Nobody gave a name.
                Err(TryRecvError::Disconnected) => return,
            },
            Stage::Filming(filming) => {
                self.ask(ctx);
                let more = self.next_shot(ctx, filming, &video.clip);
                if more.is_none() {
                    // The frame is held from now on.
                    ctx.request_repaint();
                }
                video.stage = more.map_or(Stage::Ending, Stage::Filming);
            }
            Stage::Ending => {}
        }
        if !(matches!(video.stage, Stage::Ending) && video.is_over()) {
            self.overlay_video = Some(video);
        }
    }

    /// Hands the frame on, if all is known of it. None where no other comes after it.
    fn next_shot(&mut self, ctx: &Context, mut filming: Filming, clip: &Clip) -> Option<Filming> {
        let count = self.clip.as_ref()?.state().count;
        match self.readiness(ctx, filming.at) {
            Readiness::Waits => return Some(filming),
            Readiness::Settled if filming.shots.is_full() => return Some(filming),
            Readiness::Settled => {}
            Readiness::IsNone => return None,
            Readiness::Failed(reason) => {
                let text = format!("The overlay video ends before frame {}: {reason}", filming.at + 1);
                self.toasts.add(Level::Warning, text);
                return None;
            }
        }
        let view = self.view_picture(ctx, LEAST_IN_VIDEO)?;
        let shot = Shot { view, times: times(clip.timeline(), filming.at) };
        // Where nobody takes it, the one who does not tells why.
        filming.shots.try_send(shot).ok()?;
        filming.at += 1;
        (filming.at < count).then(|| {
            self.show_frame(filming.at);
            filming
        })
    }

    /// How a frame stands: whether it is on the screen, and with it whatever is to be known about it.
    fn readiness(&self, ctx: &Context, frame: u64) -> Readiness {
        let Some(state) = self.clip.as_ref().map(Player::state) else { return Readiness::IsNone };
        if let Some(failure) = state.failure {
            return Readiness::Failed(failure);
        }
        if frame >= state.count {
            return Readiness::IsNone;
        }
        let is_shown =
            |document: &&Document| document.live && document.streamed && document.frame.sequence == frame;
        let Some(document) = self.document.as_ref().filter(is_shown) else { return Readiness::Waits };
        // What is dragged is looked at in passing.
        let passing = ctx.dragged_id().is_some();
        let busy = self.finder.is_searching() || self.to_ask(ctx).is_some() || self.answered < self.ticket;
        if busy || passing {
            return Readiness::Waits;
        }
        let is_about_it = |answer: &Answer| Arc::ptr_eq(&answer.request.picture, &document.frame.picture);
        match document.people.is_empty() || document.answer().is_some_and(is_about_it) {
            true => Readiness::Settled,
            false => Readiness::Failed("the network gives no answer about it".to_owned()),
        }
    }

    fn show_frame(&self, frame: u64) {
        if let Some(player) = &self.clip {
            player.play(false);
            player.go_to(frame);
        }
    }

    /// Lets the overlay video end that is being made.
    pub(in crate::app) fn end_overlay_video(&mut self) {
        if let Some(video) = &mut self.overlay_video {
            video.end();
        }
    }
}

#[cfg(test)]
mod driven;
