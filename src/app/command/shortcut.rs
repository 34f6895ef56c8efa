//! The keys of commands.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{Command, RightPanel};
use crate::app::layers::Layer;

impl Command {
    /// The keys that do it.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let plain = |key| Some(KeyboardShortcut::new(Modifiers::NONE, key));
        let command = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        match self {
            Self::OpenPicture => command(Key::O),
            Self::OpenFolder => Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::O)),
            Self::OpenPath => command(Key::L),
            Self::DataSet => command(Key::D),
            Self::NextPicture => plain(Key::PageDown),
            Self::PreviousPicture => plain(Key::PageUp),
            Self::CopyBoxes => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::PageDown)),
            Self::OpenWeights => command(Key::W),
            Self::AboutNetwork => command(Key::I),
            Self::StartCamera => command(Key::K),
            Self::Hold => plain(Key::Space),
            Self::NextFrame => plain(Key::Period),
            Self::PreviousFrame => plain(Key::Comma),
            Self::LargerInput => plain(Key::CloseBracket),
            Self::SmallerInput => plain(Key::OpenBracket),
            Self::LargerCapture => plain(Key::CloseCurlyBracket),
            Self::SmallerCapture => plain(Key::OpenCurlyBracket),
            Self::LinkResolutions => plain(Key::L),
            Self::FlipTest => plain(Key::F),
            Self::Fit => plain(Key::Num0),
            Self::ActualPixels => plain(Key::Num1),
            Self::ZoomIn => plain(Key::Plus),
            Self::ZoomOut => plain(Key::Minus),
            Self::ZoomToPerson => plain(Key::Z),
            Self::EnlargeInput => plain(Key::I),
            Self::FindPeople => command(Key::F),
            Self::FindMore => Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::F)),
            Self::NextPerson => plain(Key::N),
            Self::PreviousPerson => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::N)),
            Self::DeletePerson => plain(Key::Delete),
            Self::HidePerson => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::H)),
            Self::LabelJoints => plain(Key::J),
            Self::Undo => command(Key::Z),
            Self::Redo => Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z)),
            Self::Toggle(Layer::Skeleton) => plain(Key::S),
            Self::Toggle(Layer::Heatmap) => plain(Key::H),
            Self::Toggle(Layer::Attention) => plain(Key::A),
            Self::Toggle(Layer::Matters) => plain(Key::M),
            Self::Toggle(Layer::WindowGrid) => plain(Key::G),
            Self::Toggle(Layer::Box) => plain(Key::B),
            Self::Toggle(Layer::Names) => plain(Key::T),
            Self::Toggle(Layer::Truth) => plain(Key::Y),
            Self::Toggle(Layer::Errors) => plain(Key::E),
            Self::Show(RightPanel::Attention) => plain(Key::F2),
            Self::Show(RightPanel::Ema) => plain(Key::F3),
            Self::Show(RightPanel::Joints) => plain(Key::F4),
            Self::Show(RightPanel::WhatIf) => plain(Key::F5),
            Self::Show(RightPanel::Sweep) => plain(Key::F6),
            Self::LeftPanel => plain(Key::F7),
            Self::RightPanel => plain(Key::F8),
            Self::SwitchTheme => plain(Key::F9),
            Self::Large => plain(Key::F10),
            Self::Strip => plain(Key::F11),
            Self::Compare => plain(Key::C),
            Self::Export(way) => way.shortcut(),
            Self::Palette => Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::P)),
            Self::Glossary => plain(Key::F1),
            Self::HowToReadThis => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::F1)),
            Self::Messages => command(Key::M),
            Self::Quit => command(Key::Q),
            Self::BundledWeights
            | Self::MoveNet(_)
            | Self::EmaOverPeople
            | Self::FindInNewPictures
            | Self::SecondOpinion
            | Self::AcrossSizes
            | Self::AllBlocks
            | Self::StopCamera
            | Self::SmoothMotion
            | Self::HowToRead(_)
            | Self::CompareAs(_)
            | Self::SwapSides
            | Self::CopyToB
            | Self::Sweep(_)
            | Self::SaveSweep
            | Self::SavePlot
            | Self::ResetLayout
            | Self::About => None,
        }
    }
}
