//! The ways out of the window for what stands in it now: joints, labels, the picture with its overlays, a video of such
//! pictures, tensors.

mod copying;
#[cfg(test)]
mod driven;
mod file_name;
mod joints;
mod overlay_video;
mod tensors;
mod tiles;
mod truth;
mod view_picture;
mod way_out;

use std::sync::{Arc, OnceLock};

use egui::{Context, vec2};

use super::App;
use super::canvas::Canvas;
use super::command::Command;
use super::compare::CompareMode;
use super::file_dialog::Target;
use super::textures::Textures;
use super::toasts::Level;
use super::what_matters::shown_person;
use crate::counted::counted;
pub use copying::Copying;
use file_name::file_name;
use joints::PictureJoints;
pub use overlay_video::OverlayVideo;
use tensors::AskedTensors;
use tiles::Tiles;
use view_picture::{LEAST_SCALE, ViewPicture};
pub use way_out::{WayOut, copy_is_wished};

impl App {
    /// Why a command that is greyed could do nothing now.
    pub(super) fn why_greyed(&self, command: Command) -> &'static str {
        let why = match command {
            Command::Export(way) => self.why_not_out(way),
            _ => None,
        };
        why.unwrap_or("Nothing to do this with now")
    }

    /// Why nothing can leave the window in this way now, if so.
    pub(super) fn why_not_out(&self, way: WayOut) -> Option<&'static str> {
        let Some(document) = &self.document else { return Some("No picture is open") };
        match way {
            WayOut::SaveJoints | WayOut::CopyJoints => {
                let answered = (0..document.people.len()).any(|i| document.person_answer(i).is_some());
                (!answered).then_some("Nobody's joints are known yet")
            }
            WayOut::SaveTruth => {
                let labelled = document.people.iter().any(|person| person.truth.is_some());
                (!labelled).then_some("Nobody is labelled in this picture")
            }
            WayOut::SaveVideo => self.why_no_overlay_video(),
            WayOut::SaveTensors => tensors::why_not(document, self.network.as_deref()),
            WayOut::SaveView | WayOut::CopyView => None,
        }
    }

    /// Saves or copies what stands in the window now, or says why it cannot.
    pub(super) fn take_out(&mut self, ctx: &Context, way: WayOut) {
        if let Some(why) = self.why_not_out(way) {
            self.toasts.add(Level::Info, why);
            return;
        }
        match way {
            WayOut::SaveJoints => self.save_joints(),
            WayOut::SaveTruth => self.save_truth(),
            WayOut::SaveView => self.save_view(ctx),
            WayOut::SaveVideo => self.begin_overlay_video(ctx),
            WayOut::SaveTensors => self.save_tensors(),
            WayOut::CopyView => self.copy_view(ctx),
            WayOut::CopyJoints => self.copy_joints(ctx),
        }
    }

    fn save_joints(&self) {
        let Some(document) = &self.document else { return };
        if let Some(joints) = PictureJoints::of(document) {
            self.opener.save_as(joints::target(document), move |path| joints.bytes(path));
        }
    }

    fn copy_joints(&mut self, ctx: &Context) {
        let Some(joints) = self.document.as_ref().and_then(PictureJoints::of) else { return };
        match joints.csv() {
            Ok(bytes) => {
                ctx.copy_text(String::from_utf8_lossy(&bytes).into_owned());
                let people = counted(joints.count(), "person", "people");
                self.toasts.add(Level::Info, format!("Copied the joints of {people}"));
            }
            Err(error) => self.error(format!("the joints cannot be copied: {error}")),
        }
    }

    fn save_truth(&mut self) {
        let Some(document) = &self.document else { return };
        if let Some(dataset) = truth::dataset(document) {
            let written_to = Arc::new(OnceLock::new());
            self.written = document.draft().map(|draft| (draft, Arc::clone(&written_to)));
            self.opener.save_as(truth::target(document).into(), move |path| {
                let _ = written_to.set(path.to_path_buf());
                dataset.json().map_err(|error| error.to_string())
            });
        }
    }

    fn save_view(&mut self, ctx: &Context) {
        let view = self.shown_picture(ctx);
        let (Some(document), Some(view)) = (&self.document, view) else { return };
        let name = file_name(&document.frame.name, "view", "png");
        let target = Target { title: "Save picture of the view", name, kind: ("PNG picture", "png") };
        self.opener.save_made(target, move || view.png());
    }

    fn copy_view(&mut self, ctx: &Context) {
        let Some(view) = self.shown_picture(ctx) else { return };
        if let Err(error) = self.copying.start(ctx, view) {
            self.error(error);
        }
    }

    /// Hands the picture that was drawn to the clipboard. Whether one has come.
    pub(super) fn take_in_copy(&mut self, ctx: &Context) -> bool {
        let Some(drawn) = self.copying.poll() else { return false };
        match drawn {
            Ok(image) => {
                let [width, height] = image.size;
                ctx.copy_image(image);
                let size = format!("{width} × {height} pixels");
                self.toasts.add(Level::Info, format!("Copied the picture of the view, {size}"));
            }
            Err(error) => self.error(error),
        }
        true
    }

    /// What is saved and copied: the picture with both sides where two are compared, else with what A found.
    fn shown_picture(&mut self, ctx: &Context) -> Option<ViewPicture> {
        self.compared_picture(ctx).or_else(|| self.view_picture(ctx, LEAST_SCALE))
    }

    fn view_picture(&self, ctx: &Context, least_scale: f32) -> Option<ViewPicture> {
        let network = self.network.as_deref();
        let document = self.document.as_ref()?;
        Some(ViewPicture::of(document, network, &self.preferences, ctx.theme(), least_scale))
    }

    /// The picture with what both sides found, as they are shown; none where one side has the window.
    fn compared_picture(&mut self, ctx: &Context) -> Option<ViewPicture> {
        if !self.compare.is_on() || self.is_large() {
            return None;
        }
        let picture = self.document.as_ref()?.frame.picture.clone();
        let tiles = match self.preferences.compare_mode {
            CompareMode::SideBySide => Tiles::two(vec2(picture.width() as f32, picture.height() as f32)),
            CompareMode::Wipe | CompareMode::Difference => Tiles::One,
        };
        let (mut wipe, mut textures) = (self.wipe_of_picture(), Textures::default());
        Some(ViewPicture::laid_out(picture, tiles, ctx.theme(), LEAST_SCALE, |ui, places, view| {
            let mut canvases = [Canvas::with_view(view), Canvas::with_view(view)];
            if let Some(mut both) = self.compare_view_on(&mut canvases, &mut wipe, &mut textures) {
                both.overlays(ui, places);
            }
        }))
    }

    fn save_tensors(&self) {
        let Some(document) = &self.document else { return };
        if let Some(person) = shown_person(document) {
            let path = document.frame.path.as_ref();
            let picture = path.map_or_else(|| document.frame.name.clone(), |path| path.display().to_string());
            let asked = AskedTensors::ask(&self.engine, picture, person);
            self.opener.save_made(tensors::target(document), move || asked.bytes());
        }
    }
}
