//! A picture of the plots for a file: at twice the size of the screen, with what was measured and what it says.

use egui::{RichText, Theme, Ui, Vec2, vec2};

use super::drawn::{Drawn, drawn};
use super::plot::{self, Figure};
use super::words;
use crate::app::offscreen;
use crate::app::sweep::{Measure, Subject, Sweep};
use crate::engine::NetworkInfo;
use crate::pose::InputSize;

/// Width of the picture in points.
const WIDTH: f32 = 720.0;
/// Heights of the scores and of the times, in points.
const SCORE_HEIGHT: f32 = 380.0;
const TIME_HEIGHT: f32 = 130.0;
/// Around everything, in points.
const MARGIN: f32 = 16.0;
/// Room for the headings and what stands between, in points.
const HEADINGS: f32 = 96.0;
/// Pixels a point.
const SCALE: f32 = 2.0;

/// What stands in the picture. It is drawn on whatever thread asks for it.
pub struct SweepPicture {
    network: String,
    about: String,
    curves: Vec<Drawn>,
    measure: Measure,
    theme: Theme,
}

impl SweepPicture {
    /// The curves on the screen; none where there are none.
    pub fn of(
        sweep: &Sweep,
        subject: Option<&Subject>,
        network: Option<&NetworkInfo>,
        input: InputSize,
        theme: Theme,
    ) -> Option<Self> {
        let (newest, measure) = (sweep.runs().last()?, sweep.measure_shown()?);
        let name = newest.network.name.clone();
        let about = match sweep.chosen.by_joint && newest.network.square().is_none() {
            true => format!("{name}, {input}, {}", newest.cast.in_words()),
            false => format!("{name}, {}", newest.cast.in_words()),
        };
        let curves = drawn(sweep, subject, network, input);
        Some(Self { network: name, about, curves, measure, theme })
    }

    /// The network that was measured last.
    pub fn network(&self) -> &str {
        &self.network
    }

    /// The picture as the bytes of a PNG file.
    ///
    /// # Errors
    /// When it cannot be encoded: a sentence for the user.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        offscreen::png(&offscreen::draw(self.size(), SCALE, self.theme, |ui| self.ui(ui)))
    }

    fn size(&self) -> Vec2 {
        let content = SCORE_HEIGHT + TIME_HEIGHT + HEADINGS + words::height(self.curves.len());
        vec2(WIDTH, content + 2.0 * MARGIN)
    }

    fn ui(&self, ui: &mut Ui) {
        egui::Frame::new().inner_margin(MARGIN).show(ui, |ui| {
            ui.label(RichText::new(self.measure.title()).strong().size(16.0));
            ui.label(RichText::new(&self.about).weak());
            plot::show(ui, Figure::Score(self.measure), &self.curves, None, SCORE_HEIGHT);
            for drawn in &self.curves {
                words::line(ui, drawn, &words::sentence(drawn, self.measure, false));
            }
            ui.label(RichText::new("Milliseconds a person").strong());
            plot::show(ui, Figure::Time(self.measure), &self.curves, None, TIME_HEIGHT);
        });
    }
}

#[cfg(test)]
mod tests {
    use egui_plot::{LineStyle, MarkerShape};

    use super::*;
    use crate::app::captures::CAPTURES;
    use crate::app::sweep::{Curve, Point, Score, Standing};
    use crate::app::theme;

    #[test]
    fn the_file_shows_the_curves_at_twice_the_size() {
        let point = |capture| Point { capture, score: Score::alone(0.25), milliseconds: 4.0 };
        let curves = vec![Drawn {
            curve: Curve { input: None, points: CAPTURES.map(point).to_vec() },
            name: "64×48".to_owned(),
            colour: theme::INPUTS[1],
            marker: MarkerShape::Square,
            style: LineStyle::Solid,
            standing: Standing::Present,
            complete: true,
        }];
        let (network, about) = ("CMSA".to_owned(), "CMSA, 12 people".to_owned());
        let picture =
            SweepPicture { network, about, curves, measure: Measure::Accuracy, theme: Theme::Light };
        let size = picture.size();
        let read = image::load_from_memory(&picture.png().unwrap()).unwrap().to_rgb8();
        assert_eq!(read.dimensions(), ((2.0 * size.x) as u32, (2.0 * size.y) as u32));
        let [r, g, b, _] = theme::INPUTS[1].to_array();
        let rows: Vec<u32> = read
            .enumerate_pixels()
            .filter(|(_, _, pixel)| pixel.0 == [r, g, b])
            .map(|(_, row, _)| row)
            .collect();
        // Low in the upper plot for the score of a quarter, and once more in the lower for the times.
        let [half, end] = [0.5, 1.0].map(|share| (2.0 * (MARGIN + 40.0 + share * SCORE_HEIGHT)) as u32);
        assert!(rows.len() > 500, "{} pixels", rows.len());
        assert!(rows.iter().all(|row| *row > half) && rows.iter().any(|row| *row > end));
        let dark = read.pixels().filter(|pixel| pixel.0.iter().all(|part| *part < 110)).count();
        assert!(dark > 500, "the words are there: {dark} dark pixels");
    }
}
