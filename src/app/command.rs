//! Everything a user can do without pointing: one list that menus, shortcuts and the palette share.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::layers::Layer;
use super::panel::people;
use super::preferences::RightPanel;
use crate::borrowed::MoveNetVariant;

/// A thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Open a picture by dialog.
    OpenPicture,
    /// Open a folder by dialog.
    OpenFolder,
    /// Open a picture, folder or weights file by typing its path.
    OpenPath,
    /// The next picture of the folder.
    NextPicture,
    /// The picture before it.
    PreviousPicture,
    /// The next picture of the folder, with the boxes of this one.
    CopyBoxes,
    /// Open a weights file by dialog.
    OpenWeights,
    /// The bundled CMSA network.
    BundledWeights,
    /// The rival of CMSA.
    MoveNet(MoveNetVariant),
    /// What the network is.
    AboutNetwork,
    /// Look for cameras and start the first.
    StartCamera,
    /// Stop the camera.
    StopCamera,
    /// Hold the camera's picture.
    FreezeCamera,
    /// A larger network input.
    LargerInput,
    /// A smaller network input.
    SmallerInput,
    /// Link or unlink capture and network input.
    LinkResolutions,
    /// Average with the mirrored picture or not.
    FlipTest,
    /// Show the whole picture.
    Fit,
    /// One picture pixel for one screen pixel.
    ActualPixels,
    /// Enlarge.
    ZoomIn,
    /// Shrink.
    ZoomOut,
    /// Show the selected person.
    ZoomToPerson,
    /// Show the network's input in a window of its own.
    EnlargeInput,
    /// Look for people in the picture.
    FindPeople,
    /// Look for people, unsure ones too.
    FindMore,
    /// Look for people in new pictures or not.
    FindInNewPictures,
    /// Ask MoveNet too or not.
    SecondOpinion,
    /// Select the next person.
    NextPerson,
    /// Remove the selected box.
    DeletePerson,
    /// Hide the selected person on the picture, or show them again.
    HidePerson,
    /// Take back the last change of the boxes.
    Undo,
    /// Make it again.
    Redo,
    /// Show or hide a layer.
    Toggle(Layer),
    /// Bring a panel to the right side.
    Show(RightPanel),
    /// Show or hide the panel on the left.
    LeftPanel,
    /// Show or hide the panel on the right.
    RightPanel,
    /// Show or hide the resolution strip.
    Strip,
    /// Light or dark.
    SwitchTheme,
    /// The list of all commands.
    Palette,
    /// What the words of the window mean.
    Glossary,
    /// Everything that was said since the start.
    Messages,
    /// What the program is.
    About,
    /// Close the window.
    Quit,
}

impl Command {
    /// Every command, in the order of the palette.
    pub fn all() -> Vec<Self> {
        use Command::*;
        let mut all = vec![
            OpenPicture,
            OpenFolder,
            OpenPath,
            NextPicture,
            PreviousPicture,
            CopyBoxes,
            OpenWeights,
            BundledWeights,
            AboutNetwork,
            StartCamera,
            StopCamera,
            FreezeCamera,
            LargerInput,
            SmallerInput,
            LinkResolutions,
            FlipTest,
            Fit,
            ActualPixels,
            ZoomIn,
            ZoomOut,
            ZoomToPerson,
            EnlargeInput,
            FindPeople,
            FindMore,
            FindInNewPictures,
            SecondOpinion,
            NextPerson,
            DeletePerson,
            HidePerson,
            Undo,
            Redo,
        ];
        all.extend(MoveNetVariant::ALL.map(MoveNet));
        all.extend(Layer::ALL.map(Toggle));
        all.extend(super::preferences::RightPanel::ALL.map(Show));
        all.extend([LeftPanel, RightPanel, Strip, SwitchTheme, Palette, Glossary, Messages, About, Quit]);
        all
    }

    /// What menus and the palette call it.
    pub fn text(self) -> String {
        match self {
            Self::OpenPicture => "Open picture…".into(),
            Self::OpenFolder => "Open folder…".into(),
            Self::OpenPath => "Open path…".into(),
            Self::NextPicture => "Next picture".into(),
            Self::PreviousPicture => "Previous picture".into(),
            Self::CopyBoxes => "Copy boxes to the next picture".into(),
            Self::OpenWeights => "Open weights…".into(),
            Self::BundledWeights => "CMSA (bundled)".into(),
            Self::MoveNet(variant) => variant.name().into(),
            Self::AboutNetwork => "About this network".into(),
            Self::StartCamera => "Start camera".into(),
            Self::StopCamera => "Stop camera".into(),
            Self::FreezeCamera => "Freeze camera".into(),
            Self::LargerInput => "Larger input".into(),
            Self::SmallerInput => "Smaller input".into(),
            Self::LinkResolutions => "Link capture and input".into(),
            Self::FlipTest => "Flip test".into(),
            Self::Fit => "Fit picture".into(),
            Self::ActualPixels => "Actual pixels".into(),
            Self::ZoomIn => "Zoom in".into(),
            Self::ZoomOut => "Zoom out".into(),
            Self::ZoomToPerson => "Zoom to person".into(),
            Self::EnlargeInput => "Enlarge the network input".into(),
            Self::FindPeople => "Find people".into(),
            Self::FindMore => "Find more people".into(),
            Self::FindInNewPictures => "Find people in new pictures".into(),
            Self::SecondOpinion => "Second opinion".into(),
            Self::NextPerson => "Next person".into(),
            Self::DeletePerson => "Delete box".into(),
            Self::HidePerson => "Hide person".into(),
            Self::Undo => "Undo".into(),
            Self::Redo => "Redo".into(),
            Self::Toggle(layer) => format!("Layer: {}", layer.label().to_lowercase()),
            Self::Show(panel) => format!("{} panel", panel.label()),
            Self::LeftPanel => "Left panel".into(),
            Self::RightPanel => "Right panel".into(),
            Self::Strip => "Resolution strip".into(),
            Self::SwitchTheme => "Switch light and dark".into(),
            Self::Palette => "Command palette…".into(),
            Self::Glossary => "Glossary".into(),
            Self::Messages => "Messages".into(),
            Self::About => "About posescope".into(),
            Self::Quit => "Quit".into(),
        }
    }

    /// What it does, in a sentence.
    pub fn tooltip(self) -> String {
        match self {
            Self::OpenPicture => {
                "Open a JPEG, PNG, WebP, BMP, TIFF or GIF. Dropping a file on the window does the same."
                    .into()
            }
            Self::OpenFolder => "Open the first picture of a folder and step through the others.".into(),
            Self::OpenPath => "Type the path of a picture, a folder or a weights file.".into(),
            Self::NextPicture => "Open the next picture of the same folder.".into(),
            Self::PreviousPicture => "Open the picture before this one in the same folder.".into(),
            Self::CopyBoxes => {
                "Open the next picture of the folder and take the boxes along, unless it has labels of its own.".into()
            }
            Self::OpenWeights => "Use other weights: posescope safetensors or a published .pth file.".into(),
            Self::BundledWeights => "Use the low-resolution network that came with the program.".into(),
            Self::MoveNet(variant) => {
                let kind = match variant {
                    MoveNetVariant::Thunder => "the more accurate",
                    MoveNetVariant::Lightning => "the faster",
                };
                format!(
                    "Use {kind} MoveNet by Google, a network for {0}×{0} pixels, on the same captured pixels.",
                    variant.side()
                )
            }
            Self::AboutNetwork => {
                "What the network is made of, what it learned from, and how good it is.".into()
            }
            Self::StartCamera => "Look through the first camera that is connected.".into(),
            Self::StopCamera => "Release the camera and keep its last picture.".into(),
            Self::FreezeCamera => "Hold the present picture, or let the camera go on.".into(),
            Self::LargerInput => "Give the network the next larger input.".into(),
            Self::SmallerInput => "Give the network the next smaller input.".into(),
            Self::LinkResolutions => {
                "Let the camera's resolution and the network's input be equal, as published protocols do."
                    .into()
            }
            Self::FlipTest => {
                "Average the heatmaps with those of the mirrored picture: better, at twice the cost.".into()
            }
            Self::Fit => {
                "Show the whole picture, and what the network sees of the selected person beside it.".into()
            }
            Self::ActualPixels => "Show one picture pixel as one point of the screen.".into(),
            Self::ZoomIn => "Enlarge the picture. The mouse wheel does the same at the cursor.".into(),
            Self::ZoomOut => "Shrink the picture.".into(),
            Self::ZoomToPerson => "Fill the view with the selected person.".into(),
            Self::EnlargeInput => "Show what the network sees large, in a window of its own.".into(),
            Self::FindPeople => {
                "Look for everybody in the picture. Their boxes take the place of those there are.".into()
            }
            Self::FindMore => {
                "Look for people and take unsure ones too: more are found, and more that are none.".into()
            }
            Self::FindInNewPictures => {
                "Look for people in every picture that has no labels, and before the camera; else the whole picture is \
                 looked at."
                    .into()
            }
            Self::SecondOpinion => {
                "Compare the joints of tall people without labels with those that MoveNet thunder sees at full sharpness."
                    .into()
            }
            Self::NextPerson => "Select the next person.".into(),
            Self::DeletePerson => "Remove the selected person's box.".into(),
            Self::HidePerson => {
                "Leave the selected person out of the drawing, or show them again. They are looked at all the same."
                    .into()
            }
            Self::Undo => "Take back the last change of the boxes. A camera's boxes have no history.".into(),
            Self::Redo => "Make the change again that was taken back last.".into(),
            Self::Toggle(layer) => layer.explanation().into(),
            Self::Show(panel) => format!("Show the {} panel on the right.", panel.label()),
            Self::LeftPanel | Self::RightPanel => "Show or hide this panel.".into(),
            Self::Strip => "Show or hide the person at eight resolutions beside each other.".into(),
            Self::SwitchTheme => "Change between the light and the dark theme.".into(),
            Self::Palette => "Find any command by typing a part of its name.".into(),
            Self::Glossary => "What OKS, DARK, reach and the other words of the field mean.".into(),
            Self::Messages => "Everything that the program said since its start.".into(),
            Self::About => "What this program is and what it stands on.".into(),
            Self::Quit => "Close the window.".into(),
        }
    }

    /// The keys that do it.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let plain = |key| Some(KeyboardShortcut::new(Modifiers::NONE, key));
        let command = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        match self {
            Self::OpenPicture => command(Key::O),
            Self::OpenFolder => Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::O)),
            Self::OpenPath => command(Key::L),
            Self::NextPicture => plain(Key::PageDown),
            Self::PreviousPicture => plain(Key::PageUp),
            Self::CopyBoxes => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::PageDown)),
            Self::OpenWeights => command(Key::W),
            Self::AboutNetwork => command(Key::I),
            Self::StartCamera => command(Key::K),
            Self::FreezeCamera => plain(Key::Space),
            Self::LargerInput => plain(Key::CloseBracket),
            Self::SmallerInput => plain(Key::OpenBracket),
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
            Self::DeletePerson => plain(Key::Delete),
            Self::HidePerson => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::H)),
            Self::Undo => command(Key::Z),
            Self::Redo => Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z)),
            Self::Toggle(Layer::Skeleton) => plain(Key::S),
            Self::Toggle(Layer::Heatmap) => plain(Key::H),
            Self::Toggle(Layer::Attention) => plain(Key::A),
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
            Self::Strip => plain(Key::F11),
            Self::Palette => Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::P)),
            Self::Glossary => plain(Key::F1),
            Self::Messages => command(Key::M),
            Self::Quit => command(Key::Q),
            Self::BundledWeights
            | Self::MoveNet(_)
            | Self::FindInNewPictures
            | Self::SecondOpinion
            | Self::StopCamera
            | Self::About => None,
        }
    }

    /// The commands whose keys were pressed in this frame. While a text is typed, plain keys do nothing, and undo
    /// and redo are the text's own; the space bar is that of a widget with the keyboard, which it clicks.
    pub fn pressed(ctx: &egui::Context) -> Vec<Self> {
        let typing = ctx.text_edit_focused();
        let focused = ctx.memory(|memory| memory.focused()).is_some();
        let mut listed = Vec::new();
        // In the list of people H alone hides; elsewhere it is the heatmap's.
        if people::has_focus(ctx) && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::H)) {
            listed.push(Self::HidePerson);
        }
        let mut all = Self::all();
        // Shortcuts with more modifiers first: Ctrl+Shift+O must not be taken for Ctrl+O.
        all.sort_by_key(|command| {
            std::cmp::Reverse(
                command.shortcut().map_or(0, |s| u8::from(s.modifiers.shift) + u8::from(s.modifiers.any())),
            )
        });
        all.retain(|command| {
            command.shortcut().is_some_and(|shortcut| {
                let of_text = !shortcut.modifiers.any() || matches!(command, Self::Undo | Self::Redo);
                let of_widget = !shortcut.modifiers.any() && shortcut.logical_key == Key::Space;
                !(typing && of_text || focused && of_widget)
                    && ctx.input_mut(|input| input.consume_shortcut(&shortcut))
            })
        });
        listed.extend(all);
        listed
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_commands_share_a_name_or_a_shortcut() {
        let all = Command::all();
        let names: HashSet<String> = all.iter().map(|c| c.text()).collect();
        assert_eq!(names.len(), all.len());
        let keys: Vec<_> =
            all.iter().filter_map(|c| c.shortcut()).map(|s| (s.modifiers, s.logical_key)).collect();
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
        assert!(all.iter().all(|c| c.tooltip().ends_with('.')));
    }
}
