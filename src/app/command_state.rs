//! Whether a command is switched on, and whether it could do anything now.

use super::command::Command;
use super::document::Document;
use super::preferences::RightPanel;
use super::{App, captures, default_weights};
use crate::engine::NetworkChoice;
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
            Command::Strip => Some(preferences.show_strip),
            Command::AcrossSizes => Some(preferences.attention.across_sizes && self.shows_attention()),
            Command::AllBlocks => Some(preferences.attention.all_blocks && self.shows_attention()),
            Command::Compare => Some(self.compare.is_on()),
            Command::CompareAs(mode) => Some(self.compare.is_on() && preferences.compare_mode == mode),
            Command::Large => Some(self.is_large()),
            Command::EnlargeInput => Some(self.dialogs.input),
            Command::DataSet => Some(self.data_set.is_shown()),
            Command::BundledWeights => Some(self.network_is(&default_weights().into())),
            Command::MoveNet(variant) => Some(self.network_is(&variant.into())),
            Command::LinkResolutions => Some(preferences.linked),
            Command::FlipTest => Some(preferences.settings.flip_test),
            Command::HidePerson => {
                let document = self.document.as_ref();
                Some(document.and_then(|d| d.people.get(d.selected?)).is_some_and(|person| person.hidden))
            }
            Command::LabelJoints => {
                Some(self.document.as_ref().is_some_and(|document| document.labelled_by_hand().is_some()))
            }
            Command::FindInNewPictures => Some(preferences.find_people),
            Command::SecondOpinion => Some(preferences.second_opinion),
            Command::Hold => Some(self.is_held() == Some(true)),
            Command::SmoothMotion => Some(preferences.smooth_motion),
            _ => None,
        }
    }

    fn shows_attention(&self) -> bool {
        self.preferences.show_right && self.preferences.right == RightPanel::Attention
    }

    fn network_is(&self, choice: &NetworkChoice) -> bool {
        self.network.as_ref().is_some_and(|network| network.choice == *choice)
    }

    /// Whether a command could do anything now.
    pub(super) fn can_act(&self, command: Command) -> bool {
        let document = self.document.as_ref();
        let height = self.preferences.settings.input.height();
        let capture = self.preferences.settings.capture.height;
        let sizes = InputSize::STANDARD;
        match command {
            Command::NextPicture | Command::PreviousPicture => {
                document.is_some() && self.place_in_folder().is_some()
            }
            Command::CopyBoxes => {
                document.is_some_and(|document| !document.people.is_empty())
                    && self.next_in_folder().is_some()
            }
            Command::EmaOverPeople => self.can_run_ema(),
            Command::LargerInput => sizes.last().is_some_and(|largest| height < largest.height()),
            Command::SmallerInput => sizes.first().is_some_and(|smallest| height > smallest.height()),
            Command::LargerCapture => captures::above(capture).is_some(),
            Command::SmallerCapture => captures::below(capture).is_some(),
            Command::Fit
            | Command::ActualPixels
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::EnlargeInput
            | Command::FindPeople => document.is_some(),
            Command::Compare | Command::CompareAs(_) => document.is_some() && self.network.is_some(),
            Command::SwapSides | Command::CopyToB => self.compare.is_on(),
            Command::FindMore => document.is_some_and(|document| !document.live),
            Command::Large => self.can_be_large(),
            Command::Sweep(over) => self.network.is_some() && self.sweep_subject(over).is_some(),
            Command::SaveSweep | Command::SavePlot => self.sweep.is_finished(),
            Command::Export(way) => self.why_not_out(way).is_none(),
            Command::LabelJoints => document.is_some_and(Document::can_label),
            Command::Undo => document.is_some_and(Document::can_undo),
            Command::Redo => document.is_some_and(Document::can_redo),
            Command::AcrossSizes | Command::AllBlocks => {
                self.network.as_ref().is_some_and(|network| network.config.is_some())
            }
            Command::NextPerson | Command::PreviousPerson => {
                document.is_some_and(|document| !document.people.is_empty())
            }
            Command::DeletePerson | Command::HidePerson | Command::ZoomToPerson => {
                document.is_some_and(|d| d.selected.is_some())
            }
            Command::StopCamera => matches!(
                self.camera.state(),
                Some(CameraState::Opening | CameraState::Streaming { .. } | CameraState::Frozen { .. })
            ),
            Command::Hold => self.is_held().is_some(),
            Command::NextFrame | Command::PreviousFrame => self.clip.is_some() && !self.is_filming(),
            _ => true,
        }
    }
}
