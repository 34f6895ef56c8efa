//! Every colour of the overlays, in one table.

use egui::{Color32, Context, FontId, TextStyle};
use serde::{Deserialize, Serialize};

use crate::pose::{Side, side};

/// The person's left side.
pub const LEFT: Color32 = Color32::from_rgb(56, 189, 248);
/// The person's right side.
pub const RIGHT: Color32 = Color32::from_rgb(251, 146, 60);
/// Joints and limbs on the body's axis.
pub const MIDDLE: Color32 = Color32::from_rgb(240, 240, 245);
/// Ground truth.
pub const TRUTH: Color32 = Color32::from_rgb(74, 222, 128);
/// What the network finds with all its parts, where some are left out.
pub const UNTOUCHED: Color32 = Color32::from_rgb(225, 215, 255);
/// From ground truth to what was found.
pub const ERROR_VECTOR: Color32 = Color32::from_rgb(248, 80, 90);
/// Box of the selected person.
pub const SELECTED: Color32 = Color32::from_rgb(250, 204, 21);
/// Boxes of the others.
pub const UNSELECTED: Color32 = Color32::from_rgb(170, 175, 190);
/// Lines between attention windows.
pub const WINDOW_GRID: Color32 = Color32::from_rgb(235, 235, 245);
/// The query of the query view.
pub const QUERY: Color32 = Color32::from_rgb(255, 60, 200);
/// Curves of the standard network inputs, small to large.
pub const INPUTS: [Color32; 4] = [
    Color32::from_rgb(204, 121, 167),
    Color32::from_rgb(70, 160, 220),
    Color32::from_rgb(0, 158, 115),
    Color32::from_rgb(140, 120, 230),
];
/// Curves of the stages of a network.
pub const STAGES: [Color32; 3] =
    [Color32::from_rgb(72, 184, 176), Color32::from_rgb(196, 150, 84), Color32::from_rgb(168, 128, 224)];
/// The curve of a network that takes no inputs of many sizes.
pub const SQUARE: Color32 = Color32::from_rgb(213, 94, 0);
/// Curves of parts of the body, from the head down: head, shoulders, elbows, wrists, hips, knees, ankles.
pub const PARTS: [Color32; 7] = [
    Color32::from_rgb(214, 150, 20),
    Color32::from_rgb(70, 160, 220),
    Color32::from_rgb(0, 158, 115),
    Color32::from_rgb(213, 94, 0),
    Color32::from_rgb(140, 120, 230),
    Color32::from_rgb(204, 121, 167),
    Color32::from_rgb(150, 150, 70),
];
/// Curves that are about something else than what is on the screen.
pub const STALE: Color32 = Color32::from_rgb(140, 143, 152);
/// Opacity of what is no longer current.
pub const NOT_CURRENT: f32 = 0.35;
/// Background of the picture.
pub const CANVAS_DARK: Color32 = Color32::from_rgb(20, 21, 25);
/// Background of the picture in the light theme.
pub const CANVAS_LIGHT: Color32 = Color32::from_rgb(214, 216, 221);

/// Letters and contrasts that stay readable in both themes.
pub fn apply(ctx: &Context) {
    ctx.all_styles_mut(|style| {
        style.text_styles.insert(TextStyle::Small, FontId::proportional(11.5));
        style.text_styles.insert(TextStyle::Body, FontId::proportional(13.0));
        style.text_styles.insert(TextStyle::Button, FontId::proportional(13.0));
        let dark = style.visuals.dark_mode;
        style.visuals.weak_text_color = Some(Color32::from_gray(if dark { 160 } else { 95 }));
        style.visuals.error_fg_color =
            if dark { Color32::from_rgb(255, 120, 110) } else { Color32::from_rgb(190, 30, 30) };
        style.spacing.item_spacing.y = 4.0;
    });
}

/// The colour of a joint by the side it is on.
pub fn of_joint(joint: usize) -> Color32 {
    match side(joint) {
        Side::Left => LEFT,
        Side::Right => RIGHT,
        Side::Middle => MIDDLE,
    }
}

/// The colour of a limb: that of its side, or the middle's where it crosses.
pub fn of_limb((a, b): (usize, usize)) -> Color32 {
    match (side(a), side(b)) {
        (Side::Middle, _) => of_joint(b),
        (_, Side::Middle) => of_joint(a),
        (first, second) if first == second => of_joint(a),
        _ => MIDDLE,
    }
}

/// Ends of the colours for differences, which are too dark to tell from shadows beyond.
const DIVERGING_ENDS: (f64, f64) = (0.1, 0.9);

/// The colour of a difference at `share` of its scale, 0 … 1: purple below the middle, orange above it (PuOr of
/// ColorBrewer, which colour-blind eyes tell apart).
pub fn diverging(share: f32) -> Color32 {
    let share = if share.is_finite() { f64::from(share.clamp(0.0, 1.0)) } else { 0.5 };
    let (from, to) = DIVERGING_ENDS;
    let colour = colorous::PURPLE_ORANGE.eval_continuous(from + (to - from) * share);
    Color32::from_rgb(colour.r, colour.g, colour.b)
}

/// A perceptually even colour map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Palette {
    /// Black, red, yellow, white: stands out from photographs.
    #[default]
    Inferno,
    /// Blue, green, yellow.
    Viridis,
    /// Blue to yellow, alike for colour-blind eyes.
    Cividis,
}

impl Palette {
    /// Every palette, in the order a menu shows them.
    pub const ALL: [Self; 3] = [Self::Inferno, Self::Viridis, Self::Cividis];

    /// What a menu calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Inferno => "Inferno",
            Self::Viridis => "Viridis",
            Self::Cividis => "Cividis (colour-blind safe)",
        }
    }

    /// The colour at `share` of the scale, 0 … 1; values outside take the ends.
    pub fn colour(self, share: f32) -> Color32 {
        let gradient = match self {
            Self::Inferno => colorous::INFERNO,
            Self::Viridis => colorous::VIRIDIS,
            Self::Cividis => colorous::CIVIDIS,
        };
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let colour = gradient.eval_continuous(f64::from(share));
        Color32::from_rgb(colour.r, colour.g, colour.b)
    }
}
