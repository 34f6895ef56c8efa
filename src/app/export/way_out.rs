//! What can leave the window, and what it is called.

use egui::text_selection::LabelSelectionState;
use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

/// Something that leaves the window, as a file or through the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WayOut {
    /// Everybody's joints as a file.
    SaveJoints,
    /// The labelled joints as a file.
    SaveTruth,
    /// The picture with its overlays as a file.
    SaveView,
    /// All frames of the clip with their overlays as a video.
    SaveVideo,
    /// All tensors of the selected person as a file.
    SaveTensors,
    /// The picture with its overlays.
    CopyView,
    /// Everybody's joints.
    CopyJoints,
}

impl WayOut {
    /// Those that write files.
    pub const SAVED: [Self; 5] =
        [Self::SaveJoints, Self::SaveTruth, Self::SaveView, Self::SaveVideo, Self::SaveTensors];
    /// Those through the clipboard.
    pub const COPIED: [Self; 2] = [Self::CopyView, Self::CopyJoints];

    /// What menus and the palette call it.
    pub fn text(self) -> &'static str {
        match self {
            Self::SaveJoints => "Save joints…",
            Self::SaveTruth => "Save ground truth…",
            Self::SaveView => "Save picture of the view…",
            Self::SaveVideo => "Save overlay video…",
            Self::SaveTensors => "Save tensors…",
            Self::CopyView => "Copy picture of the view",
            Self::CopyJoints => "Copy joints",
        }
    }

    /// What it does, in a sentence.
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::SaveJoints => {
                "Write everybody's joints as the network gave them, hidden people and unsure joints too: .json for COCO \
                 results, .csv for a row a person, both as posescope infer writes them."
            }
            Self::SaveTruth => {
                "Write the labelled joints of this picture and the boxes over them as COCO annotations."
            }
            Self::SaveView => {
                "Write the whole picture with the layers that are switched on as PNG, at the picture's own resolution or \
                 finer, up to 4096 pixels a side; both sides with their labels where two are compared."
            }
            Self::SaveVideo => {
                "Go through the video or moving picture frame by frame, at the network's pace, and write each with the \
                 layers that are drawn while it plays: all that are switched on but ground truth and What matters. \
                 Without sound; of side A where two sides are compared. By the ffmpeg program, where it is installed."
            }
            Self::SaveTensors => {
                "Write attention, EMA tensors, stage outputs and heatmaps of the selected person as safetensors, by the \
                 names that posescope infer --trace gives them."
            }
            Self::CopyView => "Copy what Save picture of the view writes, to be pasted elsewhere.",
            Self::CopyJoints => "Copy everybody's joints as CSV text, a row a person.",
        }
    }

    /// The keys that do it.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let command = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        let shifted = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, key));
        match self {
            Self::SaveJoints => command(Key::E),
            Self::SaveView => shifted(Key::E),
            Self::CopyView => command(Key::C),
            Self::CopyJoints => shifted(Key::C),
            Self::SaveTruth | Self::SaveVideo | Self::SaveTensors => None,
        }
    }
}

/// Whether the user asks for a copy and no text is there to be copied. Systems with a clipboard of their own tell of
/// Ctrl+C as of a wish, not as of keys.
pub fn copy_is_wished(ctx: &Context) -> bool {
    let is_copy = |event: &Event| matches!(event, Event::Copy);
    if !ctx.input(|input| input.events.iter().any(is_copy)) || ctx.text_edit_focused() {
        return false;
    }
    !ctx.with_plugin(|labels: &mut LabelSelectionState| labels.has_selection()).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use egui::RawInput;

    use super::*;

    #[test]
    fn a_wish_to_copy_is_the_views_unless_a_text_is_typed() {
        let ctx = Context::default();
        let wished = |events: Vec<Event>, types: bool| {
            let mut wished = false;
            for events in [Vec::new(), events] {
                let output = ctx.run_ui(RawInput { events, ..RawInput::default() }, |ui| {
                    wished = copy_is_wished(ui.ctx());
                    let mut text = "abc".to_owned();
                    let edit = ui.text_edit_singleline(&mut text);
                    if types { edit.request_focus() } else { edit.surrender_focus() }
                });
                output.drop_without_applying_deltas();
            }
            wished
        };
        assert!(!wished(Vec::new(), false) && wished(vec![Event::Copy], false));
        assert!(!wished(vec![Event::Copy], true));
    }
}
