//! All tensors that lead to the joints of one person.

use crossbeam_channel::Receiver;

use super::error::StudyError;
use super::outbox::Outbox;
use super::shown_person::ShownPerson;
use crate::engine::{EngineError, Found, Job, Predictor, Step};
use crate::network::Trace;

/// What a network computed of one person.
#[derive(Clone, Debug)]
pub struct PersonTensors {
    /// The network's name.
    pub network: String,
    /// The joints and the heatmaps they were read from.
    pub found: Found,
    /// Attention, EMA tensors and outputs of the stages.
    pub trace: Trace,
}

/// Looks at one person once more and gives everything that the network computes on the way. A job of the engine: one
/// step, one pass, two with the flip test.
pub struct TensorStudy {
    person: ShownPerson,
    tensors: Outbox<PersonTensors>,
}

impl TensorStudy {
    /// A study of a person, and where the tensors come out. It ends with [`StudyError::NoTensors`] with a network that
    /// has none.
    pub fn of(person: ShownPerson) -> (Self, Receiver<PersonTensors>) {
        let (tensors, reader) = Outbox::new();
        (Self { person, tensors }, reader)
    }
}

impl Job for TensorStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        let view = self.person.view_of(&self.person.seen);
        let found = predictor.find_traced(&view, &self.person.settings)?;
        let network = predictor.info().name.clone();
        let Some((found, trace)) = found else { return Err(StudyError::NoTensors { network }.into()) };
        self.tensors.put(PersonTensors { network, found, trace });
        // They are all there is: there is room for them.
        self.tensors.send();
        Ok(Step::Done)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use image::RgbImage;

    use super::*;
    use crate::engine::{Person, Request, Settings, Weights};
    use crate::network::{DeviceChoice, NetworkConfig};
    use crate::pose::{BoundingBox, Capture, Decoder, InputSize, Region, Sampling};

    #[test]
    fn the_tensors_are_those_of_an_answer_at_the_same_settings() {
        let weights = Weights::Untrained(NetworkConfig::tiny().with_ema(8));
        let predictor = Predictor::load(&weights, DeviceChoice::Cpu).unwrap();
        let picture =
            Arc::new(RgbImage::from_fn(120, 160, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8])));
        let bounds = BoundingBox::new(20.0, 10.0, 60.0, 120.0).unwrap();
        let capture = Capture { height: 32, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
        let input = InputSize::STANDARD[0];
        let decoder = Decoder::Dark;
        let settings = Settings { capture, input, decoder, flip_test: true, ablations: Vec::new() };
        let people = vec![Person { bounds, refine: false }];
        let settings_asked = settings.clone();
        let request = Request {
            picture: picture.clone(),
            people,
            settings: settings_asked,
            trace: Some(0),
            reference: false,
        };
        let expected = predictor.answer(0, Arc::new(request)).unwrap().people.remove(0);
        let region = Region::around(&bounds);
        let seen = settings.capture.see(&picture, &region, input);
        let (mut study, tensors) = TensorStudy::of(ShownPerson { bounds, region, seen, settings });
        assert_eq!(study.step(&predictor).unwrap(), Step::Done);
        let PersonTensors { network, found, trace } = tensors.try_recv().unwrap();
        assert_eq!(network, predictor.info().name);
        let close = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5);
        let [own, asked] = [found.heatmaps, expected.heatmaps].map(Option::unwrap);
        assert!(close(own.values(), asked.values()));
        let asked = expected.trace.unwrap();
        let (own, asked) = (trace.named_tensors(), asked.named_tensors());
        assert_eq!(own.len(), asked.len());
        for ((name, tensor), (asked_name, asked)) in own.iter().zip(&asked) {
            assert_eq!((name, &tensor.shape), (asked_name, &asked.shape));
            assert!(close(&tensor.values, &asked.values), "{name}");
        }
    }
}
