//! What commands do, in a sentence each.

use super::Command;
use crate::borrowed::MoveNetVariant;

impl Command {
    /// What it does, in a sentence.
    pub fn tooltip(self) -> String {
        match self {
            Self::OpenPicture => {
                "Open a JPEG, PNG, WebP, BMP, TIFF, GIF or a video. Dropping a file on the window does the same."
                    .into()
            }
            Self::OpenFolder => "Open the first picture of a folder and step through the others.".into(),
            Self::OpenPath => "Type the path of a picture, a video, a folder, a weights file or a COCO file.".into(),
            Self::DataSet => {
                "Measure networks on every labelled person of a COCO data set, in a window of their own.".into()
            }
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
            Self::EmaOverPeople => {
                "Look at everybody in the picture or folder at every size, and draw what the EMA modules weigh.".into()
            }
            Self::StartCamera => "Look through the first camera that is connected.".into(),
            Self::StopCamera => "Release the camera and keep its last picture.".into(),
            Self::Hold => "Hold the picture of the camera or video, or let it go on.".into(),
            Self::SmoothMotion => {
                "Steady the joints that are drawn while frames run; what is measured stays as it was found.".into()
            }
            Self::NextFrame => "Show the next frame of the video, and hold it.".into(),
            Self::PreviousFrame => "Show the frame of the video before this one, and hold it.".into(),
            Self::LargerInput => "Give the network the next larger input.".into(),
            Self::SmallerInput => "Give the network the next smaller input.".into(),
            Self::LargerCapture => "Let the camera spend more pixels on a person, at the same network input.".into(),
            Self::SmallerCapture => "Let the camera spend fewer pixels on a person, at the same network input.".into(),
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
            Self::PreviousPerson => "Select the person before.".into(),
            Self::DeletePerson => "Remove the selected person's box.".into(),
            Self::LabelJoints => {
                "Place the selected person's joints by hand, from those found on: accuracy is measured against them."
                    .into()
            }
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
            Self::AcrossSizes => {
                "Where the same place looks at every network input, in a row: attention as the person gets smaller."
                    .into()
            }
            Self::AllBlocks => "Every block of the chosen stage with all its scales.".into(),
            Self::Compare => {
                "Look at the same people with a second network or other settings, and say which is better.".into()
            }
            Self::CompareAs(mode) => mode.explanation().into(),
            Self::SwapSides => "Give A the network and settings of B, and B those of A.".into(),
            Self::CopyToB => "Give B the network and settings of A.".into(),
            Self::Large => {
                "Give the sweep or the table of parts the middle of the window; the picture goes to the right. Escape \
                 gives it back."
                    .into()
            }
            Self::Sweep(over) => format!("{}.", over.explanation()),
            Self::SaveSweep => {
                "Write the newest sweep to a file, with the columns of posescope sweep.".into()
            }
            Self::SavePlot => {
                "Write the sweep's plots as a picture, at twice the size of the screen.".into()
            }
            Self::Export(way) => way.tooltip().into(),
            Self::ResetLayout => "Show every panel, with the sizes and places of the first start.".into(),
            Self::SwitchTheme => "Change between the light and the dark theme.".into(),
            Self::Palette => "Find any command by typing a part of its name.".into(),
            Self::Glossary => "What OKS, DARK, reach and the other words of the field mean.".into(),
            Self::HowToReadThis => {
                "What the panel on the right shows and what it does not, and the same of every other part.".into()
            }
            Self::HowToRead(how_to) => {
                format!("{}: what it shows and what it does not.", how_to.title())
            }
            Self::Messages => "Everything that the program said since its start.".into(),
            Self::About => "What this program is and what it stands on.".into(),
            Self::Quit => "Close the window.".into(),
        }
    }
}
