//! The example pictures that are shipped beside the program.

use egui::{Image, Ui, vec2};

use super::App;
use crate::shipped;

/// Size of a thumbnail with its name, in points.
const TILE: egui::Vec2 = vec2(128.0, 132.0);
/// Height of the thumbnail itself.
const PICTURE_HEIGHT: f32 = 100.0;

/// Between tiles, in points.
const GAP: f32 = 4.0;
/// Tiles in a row where there is room.
const MOST_COLUMNS: f32 = 4.0;

/// An example picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the menu calls it.
    pub label: &'static str,
    /// Where it is, seen from the program's folder.
    pub path: &'static str,
    /// A small JPEG of it.
    thumbnail: &'static [u8],
}

macro_rules! example {
    ($label:literal, $name:literal, $end:literal) => {
        Example {
            label: $label,
            path: concat!("assets/examples/", $name, ".", $end),
            thumbnail: include_bytes!(concat!("../../assets/thumbnails/", $name, ".jpg")),
        }
    };
}

/// Every example, in the order of the menu; the first is opened when the user names no picture.
pub const EXAMPLES: [Example; 12] = [
    example!("Standing officer", "standing_officer_1919", "jpg"),
    example!("Dancer", "dancer_1912", "jpg"),
    example!("Leg raise", "leg_raise_1916", "jpg"),
    example!("Kneeling dancer", "kneeling_dance_1916", "jpg"),
    example!("Baseball", "baseball_1919", "jpg"),
    example!("Curling", "curling_1913", "jpg"),
    example!("Ice rink", "ice_rink_small_people_1913", "jpg"),
    example!("Beekeepers", "beekeepers_small_people_1905", "jpg"),
    example!("Indoors", "indoor_walk_2018", "jpg"),
    example!("Astronaut", "astronaut", "png"),
    example!("Photographer", "camera", "png"),
    example!("Naval officer", "grace_hopper", "jpg"),
];

/// Draws an example as a button with its picture; gives whether it was clicked.
fn tile(ui: &mut Ui, example: &Example) -> bool {
    let image = Image::from_bytes(format!("bytes://{}", example.path), example.thumbnail)
        .fit_to_exact_size(vec2(TILE.x - 12.0, PICTURE_HEIGHT))
        .maintain_aspect_ratio(true);
    let (rect, response) = ui.allocate_exact_size(TILE, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, example.label));
    let visuals = ui.style().interact(&response);
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
    }
    let picture = egui::Rect::from_min_size(rect.min + vec2(6.0, 4.0), vec2(TILE.x - 12.0, PICTURE_HEIGHT));
    let size = image.load_and_calc_size(ui, picture.size()).unwrap_or(picture.size());
    image.paint_at(ui, egui::Rect::from_center_size(picture.center(), size));
    ui.painter().text(
        egui::pos2(rect.center().x, rect.bottom() - 14.0),
        egui::Align2::CENTER_CENTER,
        example.label,
        egui::TextStyle::Body.resolve(ui.style()),
        visuals.text_color(),
    );
    response.clicked()
}

/// Every example as a tile, up to four in a row, in the middle; gives the one that was clicked.
pub fn gallery(ui: &mut Ui) -> Option<Example> {
    let mut chosen = None;
    let columns = ((ui.available_width() + GAP) / (TILE.x + GAP)).clamp(1.0, MOST_COLUMNS) as usize;
    let width = columns as f32 * (TILE.x + GAP) - GAP;
    ui.allocate_ui(vec2(width, 0.0), |ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        for row in EXAMPLES.chunks(columns) {
            ui.horizontal(|ui| {
                for example in row {
                    if tile(ui, example) {
                        chosen = Some(*example);
                    }
                }
            });
        }
    });
    chosen
}

impl App {
    /// Opens an example, or says that it is missing.
    pub(super) fn open_example(&mut self, example: Example) {
        match shipped::shipped(example.path) {
            Some(path) => self.open_path(path),
            None => self.error(format!("{} is not beside the program", example.path)),
        }
    }
}
