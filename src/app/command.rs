//! Everything a user can do without pointing: one list that menus, shortcuts and the palette share.

mod shortcut;
mod text;
mod tooltip;

use egui::{Key, Modifiers};

use super::compare::CompareMode;
use super::export::{WayOut, copy_is_wished};
use super::how_to_read::HowTo;
use super::layers::Layer;
use super::panel::people;
use super::preferences::RightPanel;
use super::sweep::SweepOver;
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
    /// The window that measures a network on a labelled set.
    DataSet,
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
    /// Look at EMA over people.
    EmaOverPeople,
    /// Look for cameras and start the first.
    StartCamera,
    /// Stop the camera.
    StopCamera,
    /// Hold the camera's picture or that of a clip, or let it go on.
    Hold,
    /// Draw joints of running frames steadily or not.
    SmoothMotion,
    /// The next frame of a clip.
    NextFrame,
    /// The frame before it.
    PreviousFrame,
    /// A larger network input.
    LargerInput,
    /// A smaller network input.
    SmallerInput,
    /// A larger capture, whatever the network input.
    LargerCapture,
    /// A smaller capture.
    SmallerCapture,
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
    /// Select the person before.
    PreviousPerson,
    /// Remove the selected box.
    DeletePerson,
    /// Place the joints of the selected person by hand, or end it.
    LabelJoints,
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
    /// Show or hide the attention of one query at every network input.
    AcrossSizes,
    /// Show or hide the attention of every block of the stage.
    AllBlocks,
    /// Compare with a second side or not.
    Compare,
    /// Compare in this way.
    CompareAs(CompareMode),
    /// Each side gets what the other has.
    SwapSides,
    /// The second side becomes equal to the first.
    CopyToB,
    /// Give what the right panel shows the middle of the window, or give it back to the picture.
    Large,
    /// Measure these people at every resolution.
    Sweep(SweepOver),
    /// Write the newest sweep as a table.
    SaveSweep,
    /// Write a picture of the sweep's plots.
    SavePlot,
    /// Save or copy what stands in the window.
    Export(WayOut),
    /// Give panels and windows the sizes and places of the first start.
    ResetLayout,
    /// Light or dark.
    SwitchTheme,
    /// The list of all commands.
    Palette,
    /// What the words of the window mean.
    Glossary,
    /// How to read what stands on the right.
    HowToReadThis,
    /// How to read a part of the window.
    HowToRead(HowTo),
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
            DataSet,
            NextPicture,
            PreviousPicture,
            CopyBoxes,
            OpenWeights,
            BundledWeights,
            AboutNetwork,
            EmaOverPeople,
            StartCamera,
            StopCamera,
            Hold,
            NextFrame,
            PreviousFrame,
            SmoothMotion,
            LargerInput,
            SmallerInput,
            LargerCapture,
            SmallerCapture,
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
            PreviousPerson,
            DeletePerson,
            HidePerson,
            LabelJoints,
            Undo,
            Redo,
        ];
        all.extend(MoveNetVariant::ALL.map(MoveNet));
        all.extend(Layer::ALL.map(Toggle));
        // The command of this name hides the tabs here.
        all.extend(super::preferences::RightPanel::ALL.map(Show));
        all.extend([AcrossSizes, AllBlocks, Compare]);
        all.extend(CompareMode::ALL.map(CompareAs));
        all.extend([SwapSides, CopyToB]);
        all.extend(SweepOver::ALL.map(Sweep));
        all.extend([SaveSweep, SavePlot, Large]);
        all.extend(WayOut::SAVED.map(Export));
        all.extend(WayOut::COPIED.map(Export));
        all.extend([
            LeftPanel,
            RightPanel,
            Strip,
            ResetLayout,
            SwitchTheme,
            Palette,
            Glossary,
            HowToReadThis,
        ]);
        all.extend(HowTo::ALL.map(HowToRead));
        all.extend([Messages, About, Quit]);
        all
    }

    /// The commands whose keys were pressed in this frame. While a text is typed, plain keys do nothing, and undo,
    /// redo and copy are the text's own; the space bar is that of a widget with the keyboard, which it clicks.
    pub fn pressed(ctx: &egui::Context) -> Vec<Self> {
        let typing = ctx.text_edit_focused();
        let focused = ctx.memory(|memory| memory.focused()).is_some();
        let mut listed = Vec::new();
        // In the list of people H alone hides; elsewhere it is the heatmap's.
        if people::has_focus(ctx) && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::H)) {
            listed.push(Self::HidePerson);
        }
        if copy_is_wished(ctx) {
            listed.push(Self::Export(WayOut::CopyView));
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
                let of_text = !shortcut.modifiers.any()
                    || matches!(command, Self::Undo | Self::Redo | Self::Export(WayOut::CopyView));
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
