//! What EMA modules do for many people at many settings.

use std::collections::VecDeque;
use std::sync::Arc;

use crossbeam_channel::Receiver;
use image::RgbImage;

use super::look::Look;
use super::outbox::{self, Outbox};
use super::people::People;
use super::view::trace_ema;
use crate::engine::{EngineError, Job, Predictor, Settings, Step};
use crate::network::EmaSummary;
use crate::pose::BoundingBox;
use crate::source::{ReadPicture, StoredPicture};

/// What an [`EmaStudy`] tells.
#[derive(Clone, Debug, PartialEq)]
pub enum EmaNews {
    /// It begins with the next picture, in which so many people are.
    Picture {
        /// How many.
        people: usize,
    },
    /// It could not look at a picture and goes on with the next; the sentence says why.
    PassedOver(String),
    /// It looked at a person of the picture at hand.
    Reading {
        /// The setting's place among those asked for.
        setting: usize,
        /// The modules of every stage, but for those that are left out.
        modules: Vec<EmaSummary>,
    },
}

/// Looks at everybody in one picture after the other at every setting, and keeps a few numbers of each look. A job of the
/// engine: a step reads a picture, or is one pass through the network, without the mirrored one.
pub struct EmaStudy {
    pictures: VecDeque<(StoredPicture, Vec<BoundingBox>)>,
    settings: Vec<Settings>,
    at_hand: Option<AtHand>,
    news: Outbox<EmaNews>,
}

/// The picture at hand, the person who is looked at first.
struct AtHand {
    picture: Arc<RgbImage>,
    people: VecDeque<BoundingBox>,
    /// The next setting for that person.
    setting: usize,
}

impl EmaStudy {
    /// A study of these people, and where its news come out. It pauses where many wait to be read, and ends when nobody
    /// is there to read them.
    pub fn of(people: &People, settings: Vec<Settings>) -> (Self, Receiver<EmaNews>) {
        let of_picture = |looks: &[Look]| {
            let picture = people.pictures.get(looks.first()?.picture)?.clone();
            Some((picture, looks.iter().map(|look| look.bounds).collect()))
        };
        let pictures =
            people.looks().chunk_by(|a, b| a.picture == b.picture).filter_map(of_picture).collect();
        let (news, reader) = Outbox::new();
        let straight = |settings: Settings| Settings { flip_test: false, ..settings };
        let settings = settings.into_iter().map(straight).collect();
        (Self { pictures, settings, at_hand: None, news }, reader)
    }

    /// Reads the next picture, or looks at the next person and setting; false where everything is done.
    fn advance(&mut self, predictor: &Predictor) -> Result<bool, EngineError> {
        let Some(at_hand) = &mut self.at_hand else { return Ok(self.turn_page()) };
        let Some((bounds, settings)) = at_hand.people.front().zip(self.settings.get(at_hand.setting)) else {
            self.at_hand = None;
            return Ok(true);
        };
        let traces = trace_ema(predictor, &at_hand.picture, bounds, settings)?;
        let modules = traces.iter().map(|ema| ema.summary()).collect();
        self.news.put(EmaNews::Reading { setting: at_hand.setting, modules });
        at_hand.setting += 1;
        if at_hand.setting == self.settings.len() {
            at_hand.setting = 0;
            at_hand.people.pop_front();
        }
        Ok(true)
    }

    /// Reads the next picture; false where there is none.
    fn turn_page(&mut self) -> bool {
        let Some((picture, people)) = self.pictures.pop_front() else { return false };
        match picture.read() {
            Ok(ReadPicture { picture, .. }) => {
                let inside = |bounds: &BoundingBox| bounds.clipped(picture.width(), picture.height()).ok();
                let people: VecDeque<BoundingBox> = people.iter().filter_map(inside).collect();
                self.news.put(EmaNews::Picture { people: people.len() });
                self.at_hand = Some(AtHand { picture, people, setting: 0 });
            }
            Err(error) => self.news.put(EmaNews::PassedOver(error.to_string())),
        }
        true
    }
}

impl Job for EmaStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        outbox::step(self, |study| &mut study.news, |study| study.advance(predictor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Person, Request, Weights};
    use crate::network::{DeviceChoice, NetworkConfig};
    use crate::pose::{Capture, Decoder, InputSize, Sampling};
    use crate::study::{EmaFigure, EmaTally};

    fn settings(input: InputSize, height: u32) -> Settings {
        let capture = Capture { height, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
        Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() }
    }

    fn picture() -> Arc<RgbImage> {
        Arc::new(RgbImage::from_fn(120, 160, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8])))
    }

    fn people() -> Vec<BoundingBox> {
        let person = |x: f64, width: f64| BoundingBox { x, y: 10.0, width, height: 120.0 };
        vec![person(5.0, 50.0), person(60.0, 55.0)]
    }

    fn predictor(config: NetworkConfig) -> Predictor {
        Predictor::load(&Weights::Untrained(config), DeviceChoice::Cpu).unwrap()
    }

    /// A picture that is not there, and one of two people and a box beside it.
    fn cast() -> People {
        let beside = BoundingBox { x: 900.0, y: 0.0, width: 30.0, height: 30.0 };
        let unlabelled = |boxes: Vec<BoundingBox>| boxes.into_iter().map(|bounds| (bounds, None));
        let mut cast = People::default();
        cast.add(StoredPicture::File("nowhere/missing.png".into()), unlabelled(people()));
        cast.add(StoredPicture::Held(picture()), unlabelled([people(), vec![beside]].concat()));
        cast
    }

    /// The tally of a study that is done here and now.
    fn tally(people: &People, asked: &[Settings], predictor: &Predictor) -> EmaTally {
        let mut tally = EmaTally::new(asked.to_vec(), people.picture_count());
        let (mut study, news) = EmaStudy::of(people, asked.to_vec());
        while study.step(predictor).unwrap() != Step::Done {
            news.try_iter().for_each(|news| tally.take(news));
        }
        news.try_iter().for_each(|news| tally.take(news));
        tally
    }

    #[test]
    fn means_are_those_of_direct_requests() {
        let predictor = predictor(NetworkConfig::tiny().with_ema(8));
        let [small, middle, ..] = InputSize::STANDARD;
        let asked = [settings(small, 16), settings(middle, 64)];
        let tally = tally(&cast(), &asked, &predictor);
        assert_eq!((tally.people(), tally.share()), (2, 1.0));
        assert!(tally.passed_over()[0].contains("missing.png"), "{:?}", tally.passed_over());
        let boxes: Vec<Person> =
            people().into_iter().map(|bounds| Person { bounds, refine: false }).collect();
        for (place, settings) in asked.iter().enumerate() {
            let direct: Vec<Vec<EmaSummary>> = (0..2)
                .map(|index| {
                    let (people, settings) = (boxes.clone(), settings.clone());
                    let request = Request {
                        picture: picture(),
                        people,
                        settings,
                        trace: Some(index),
                        reference: false,
                    };
                    let answer = predictor.answer(0, Arc::new(request)).unwrap();
                    let trace = answer.people[index].trace.as_ref().unwrap();
                    trace.ema.iter().map(|ema| ema.summary()).collect()
                })
                .collect();
            for (stage, figure) in (0..3).flat_map(|stage| EmaFigure::ALL.map(|figure| (stage, figure))) {
                let mean = direct.iter().map(|modules| figure.of(&modules[stage])).sum::<f64>() / 2.0;
                let spread = tally.spread(place, stage, figure).unwrap();
                assert_eq!(spread.count, 2);
                approx::assert_relative_eq!(spread.mean, mean, epsilon = 1e-5);
            }
        }
        let small = tally.spread(0, 0, EmaFigure::Spatial).unwrap().mean;
        assert!(small > 0.0 && small < 1.0);
    }

    #[test]
    fn a_network_without_ema_is_named() {
        let predictor = predictor(NetworkConfig::tiny());
        let (mut study, _news) = EmaStudy::of(&cast(), vec![settings(InputSize::STANDARD[0], 32)]);
        for told in ["the missing picture", "the other one"] {
            assert_eq!(study.step(&predictor).unwrap(), Step::More, "{told}");
        }
        let told = study.step(&predictor).unwrap_err().to_string();
        assert!(told.ends_with("has no EMA modules"), "{told}");
    }
}
