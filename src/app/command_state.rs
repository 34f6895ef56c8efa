//! Whether a command is switched on, and whether it could do anything now.

use super::App;
use super::command::Command;
use super::document::Document;
use crate::pose::InputSize;
use crate::source::CameraState;

impl App {
    /// Whether what a command switches is on; `None` for a command that switches nothing.
    pub(super) fn is_on(&self, command: Command) -> Option<bool> {
        let preferences = &self.preferences;
        match command {
            Command::Toggle(layer) => Some(preferences.layers.state(layer).shown),
            Command::Show(panel) => Some(preferences.show_right && preferences.right == panel),
            Command::LeftPanel => Some(preferences.show_left),
            Command::RightPanel => Some(preferences.show_right),
            Command::EnlargeInput => Some(self.dialogs.input),
            Command::LinkResolutions => Some(preferences.linked),
            Command::FlipTest => Some(preferences.settings.flip_test),
            Command::FreezeCamera => Some(matches!(self.camera.state(), Some(CameraState::Frozen { .. }))),
            _ => None,
        }
    }

    /// Whether a command could do anything now.
    pub(super) fn can_act(&self, command: Command) -> bool {
        let document = self.document.as_ref();
        let height = self.preferences.settings.input.height();
        let sizes = InputSize::STANDARD;
        match command {
            Command::NextPicture | Command::PreviousPicture => {
                document.is_some() && self.place_in_folder().is_some()
            }
            Command::LargerInput => sizes.last().is_some_and(|largest| height < largest.height()),
            Command::SmallerInput => sizes.first().is_some_and(|smallest| height > smallest.height()),
            Command::Fit
            | Command::ActualPixels
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::EnlargeInput => document.is_some(),
            Command::Undo => document.is_some_and(Document::can_undo),
            Command::Redo => document.is_some_and(Document::can_redo),
            Command::NextPerson => document.is_some_and(|document| !document.people.is_empty()),
            Command::DeletePerson | Command::ZoomToPerson => document.is_some_and(|d| d.selected.is_some()),
            Command::StopCamera => matches!(
                self.camera.state(),
                Some(CameraState::Opening | CameraState::Streaming { .. } | CameraState::Frozen { .. })
            ),
            Command::FreezeCamera => matches!(
                self.camera.state(),
                Some(CameraState::Streaming { .. } | CameraState::Frozen { .. })
            ),
            _ => true,
        }
    }
}
