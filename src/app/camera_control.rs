//! The camera from the window's side: which one runs, and what the user wants of it.

use std::collections::VecDeque;
use std::time::Duration;

use egui::{Context, Ui};

use super::panel::camera::{self, CameraWish};
use super::preferences::Preferences;
use super::toasts::{Level, Toasts};
use crate::source::{Camera, CameraInfo, CameraMode, CameraRequest, CameraState, Frame};

/// A camera that hangs cannot call for attention, so its state is looked at this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// At most one camera, and the list of those connected.
#[derive(Default)]
pub struct CameraControl {
    camera: Option<Camera>,
    index: u32,
    cameras: Vec<CameraInfo>,
    /// Cameras to try if the present one sends nothing, which the user did not choose.
    untried: VecDeque<u32>,
    wishes: Vec<CameraWish>,
}

impl CameraControl {
    /// Takes in the list of cameras and starts the first, or says that there is none.
    pub fn found(&mut self, ctx: &Context, cameras: Vec<CameraInfo>, mirrored: bool, toasts: &mut Toasts) {
        self.cameras = cameras;
        let mut untried: VecDeque<u32> = self.cameras.iter().map(|camera| camera.index).collect();
        match untried.pop_front() {
            Some(index) => {
                self.start(ctx, index, CameraRequest::Auto, mirrored);
                self.untried = untried;
            }
            None => {
                let text = "No camera is connected.\nPlug one in, or check that this user may read /dev/video*, then \
                            choose Camera › Start camera again. Pictures work without one.";
                toasts.add(Level::Warning, text);
            }
        }
    }

    /// Starts a camera in the place of the present one.
    pub fn start(&mut self, ctx: &Context, index: u32, request: CameraRequest, mirrored: bool) {
        self.stop();
        self.untried.clear();
        let ctx = ctx.clone();
        let camera = Camera::start(index, request, move || ctx.request_repaint());
        camera.mirror(mirrored);
        (self.index, self.camera) = (index, Some(camera));
    }

    /// Starts the next camera where the first has failed before it sent a picture, and says so.
    pub fn try_next(&mut self, ctx: &Context, mirrored: bool, toasts: &mut Toasts) {
        let Some(CameraState::Failed(message)) = self.state() else { return };
        let mut untried = std::mem::take(&mut self.untried);
        if let Some(index) = untried.pop_front() {
            toasts.add(Level::Warning, format!("{message}\nThe next camera is tried."));
            self.start(ctx, index, CameraRequest::Auto, mirrored);
            self.untried = untried;
        }
    }

    /// Starts the present camera anew with another format.
    pub fn restart(&mut self, ctx: &Context, mode: CameraMode, mirrored: bool) {
        self.start(ctx, self.index, CameraRequest::Mode(mode), mirrored);
    }

    /// Releases the camera.
    pub fn stop(&mut self) {
        if let Some(camera) = self.camera.take() {
            camera.stop();
        }
    }

    /// Holds the picture, or lets it go on.
    pub fn toggle_freeze(&self) {
        if let Some(camera) = &self.camera {
            camera.freeze(!matches!(camera.state(), CameraState::Frozen { .. }));
        }
    }

    /// How the camera fares, where there is one.
    pub fn state(&self) -> Option<CameraState> {
        self.camera.as_ref().map(Camera::state)
    }

    /// Mirrors frames or not.
    pub fn mirror(&self, mirrored: bool) {
        if let Some(camera) = &self.camera {
            camera.mirror(mirrored);
        }
    }

    /// The newest frame that has not been taken yet.
    pub fn latest(&mut self) -> Option<Frame> {
        let frame = self.camera.as_mut()?.latest()?;
        self.untried.clear();
        Some(frame)
    }

    /// What the user asked in the panel.
    pub fn take_wishes(&mut self) -> Vec<CameraWish> {
        std::mem::take(&mut self.wishes)
    }

    /// The panel's part on the camera, while there is one.
    pub fn ui(&mut self, ui: &mut Ui, preferences: &mut Preferences) {
        let Some(camera) = &self.camera else { return };
        ui.ctx().request_repaint_after(LOOK_EVERY);
        camera::ui(ui, camera, &self.cameras, preferences, &mut self.wishes);
        ui.separator();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_camera_that_gives_nothing_makes_way_for_the_next() {
        // Numbers that no device has: each fails to open.
        let info = |index| CameraInfo { index, name: format!("Camera {index}"), description: String::new() };
        let (ctx, mut toasts) = (Context::default(), Toasts::default());
        let mut control = CameraControl::default();
        control.found(&ctx, vec![info(900_001), info(900_002)], true, &mut toasts);
        let mut tried = vec![control.index];
        while !(control.untried.is_empty() && matches!(control.state(), Some(CameraState::Failed(_)))) {
            control.try_next(&ctx, true, &mut toasts);
            if tried.last() != Some(&control.index) {
                tried.push(control.index);
            }
            thread::yield_now();
        }
        assert_eq!(tried, [900_001, 900_002]);
        control.try_next(&ctx, true, &mut toasts);
        assert!(
            matches!(control.state(), Some(CameraState::Failed(_))),
            "the last one stays, with its message"
        );
        control.start(&ctx, 900_003, CameraRequest::Auto, true);
        assert!(control.untried.is_empty(), "one that was chosen is the only one tried");
    }
}
