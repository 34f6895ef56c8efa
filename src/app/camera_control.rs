//! The camera from the window's side: which one runs, and what the user wants of it.

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
    wishes: Vec<CameraWish>,
}

impl CameraControl {
    /// Takes in the list of cameras and starts the first, or says that there is none.
    pub fn found(&mut self, ctx: &Context, cameras: Vec<CameraInfo>, mirrored: bool, toasts: &mut Toasts) {
        self.cameras = cameras;
        match self.cameras.first().map(|camera| camera.index) {
            Some(index) => self.start(ctx, index, CameraRequest::Auto, mirrored),
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
        let ctx = ctx.clone();
        let camera = Camera::start(index, request, move || ctx.request_repaint());
        camera.mirror(mirrored);
        (self.index, self.camera) = (index, Some(camera));
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
        self.camera.as_mut()?.latest()
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
