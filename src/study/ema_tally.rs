//! What has come of an [`super::EmaStudy`] so far.

use super::ema_csv;
use super::ema_figure::EmaFigure;
use super::ema_study::EmaNews;
use super::spread::Spread;
use crate::engine::Settings;
use crate::network::EmaSummary;

/// The readings of a study, and how far it is.
#[derive(Clone, Debug)]
pub struct EmaTally {
    settings: Vec<Settings>,
    /// The modules of everybody looked at, for each setting.
    readings: Vec<Vec<EmaSummary>>,
    /// How many people were looked at, for each setting.
    looked_at: Vec<usize>,
    pictures: usize,
    begun: usize,
    /// How many people are in the picture at hand, and how many looks at them were taken.
    at_hand: (usize, usize),
    passed_over: Vec<String>,
}

impl EmaTally {
    /// Nothing yet, of a study of so many pictures at these settings.
    pub fn new(settings: Vec<Settings>, pictures: usize) -> Self {
        let (readings, looked_at) = (vec![Vec::new(); settings.len()], vec![0; settings.len()]);
        let (begun, at_hand, passed_over) = (0, (0, 0), Vec::new());
        Self { settings, readings, looked_at, pictures, begun, at_hand, passed_over }
    }

    /// Takes in what the study tells.
    pub fn take(&mut self, news: EmaNews) {
        match news {
            EmaNews::Picture { people } => {
                self.begun += 1;
                self.at_hand = (people, 0);
            }
            EmaNews::PassedOver(sentence) => {
                self.begun += 1;
                self.at_hand = (0, 0);
                self.passed_over.push(sentence);
            }
            EmaNews::Reading { setting, modules } => {
                self.at_hand.1 += 1;
                if let Some((readings, looked_at)) =
                    self.readings.get_mut(setting).zip(self.looked_at.get_mut(setting))
                {
                    readings.extend(modules);
                    *looked_at += 1;
                }
            }
        }
    }

    /// The settings, in the order in which they were asked for.
    pub fn settings(&self) -> &[Settings] {
        &self.settings
    }

    /// How many people were looked at, at the setting with the most.
    pub fn people(&self) -> usize {
        self.looked_at.iter().copied().max().unwrap_or(0)
    }

    /// Pictures that were begun with, and how many there are.
    pub fn pictures(&self) -> (usize, usize) {
        (self.begun, self.pictures)
    }

    /// The pictures that could not be looked at, a sentence each.
    pub fn passed_over(&self) -> &[String] {
        &self.passed_over
    }

    /// The share of the pictures that is done, 0 … 1.
    pub fn share(&self) -> f64 {
        let (people, looks) = self.at_hand;
        let all = people * self.settings.len();
        let begun = if all == 0 { 1.0 } else { looks as f64 / all as f64 };
        let done = (self.begun as f64 - 1.0 + begun).max(0.0);
        if self.pictures == 0 { 1.0 } else { done / self.pictures as f64 }
    }

    /// A figure of a stage's module at a setting, over the people so far; none where there are none.
    pub fn spread(&self, setting: usize, stage: usize, figure: EmaFigure) -> Option<Spread> {
        let modules = self.readings.get(setting)?.iter().filter(|module| module.stage == stage);
        Spread::of(&modules.map(|module| figure.of(module)).collect::<Vec<f64>>())
    }

    /// The figures of every setting and stage as CSV, after a row of titles.
    ///
    /// # Errors
    /// When a row cannot be written.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        ema_csv::table(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::{Capture, Decoder, InputSize, Sampling};

    fn settings(height: u32) -> Settings {
        let capture = Capture { height, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
        let input = InputSize::STANDARD[0];
        Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() }
    }

    fn reading(setting: usize, entropy: f64) -> EmaNews {
        let module = |stage| EmaSummary { stage, entropy, spatial: 0.5, rows: 0.25, columns: 0.75 };
        EmaNews::Reading { setting, modules: vec![module(0), module(2)] }
    }

    #[test]
    fn the_share_counts_pictures_and_looks_within_one() {
        let mut tally = EmaTally::new(vec![settings(16), settings(32)], 4);
        assert_eq!(tally.share(), 0.0);
        tally.take(EmaNews::PassedOver("broken.png: no picture".into()));
        assert_eq!((tally.share(), tally.pictures()), (0.25, (1, 4)));
        tally.take(EmaNews::Picture { people: 1 });
        assert_eq!(tally.share(), 0.25);
        tally.take(reading(0, 0.5));
        assert_eq!(tally.share(), 0.375);
        tally.take(EmaNews::Picture { people: 0 });
        assert_eq!((tally.share(), tally.people()), (0.75, 1));
    }

    #[test]
    fn every_setting_and_stage_is_a_row() {
        let mut tally = EmaTally::new(vec![settings(16), settings(32)], 1);
        tally.take(EmaNews::Picture { people: 2 });
        for (setting, entropy) in [(0, 0.25), (1, 0.5), (0, 0.75)] {
            tally.take(reading(setting, entropy));
        }
        let spread = tally.spread(0, 2, EmaFigure::Entropy).unwrap();
        assert_eq!((spread.count, spread.mean, spread.deviation), (2, 0.5, 0.25));
        assert_eq!(tally.spread(0, 1, EmaFigure::Entropy), None, "this stage's module was left out");
        let text = String::from_utf8(tally.csv().unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with("input,capture,stage,people,p2_entropy,p2_entropy_deviation,spatial_gate")
        );
        assert_eq!(lines[1], "32x24,16,1,2,0.5,0.25,0.5,0,0.25,0,0.75,0");
        assert_eq!(lines[4], "32x24,32,3,1,0.5,0,0.5,0,0.25,0,0.75,0");
        assert_eq!(lines.len(), 5);
    }
}
