//! What was found lately about people of the picture at hand, so that nobody is looked at twice: coming back to a size
//! is instant, and a change of one person asks the network about that person alone.

use std::collections::VecDeque;
use std::sync::Arc;

use image::RgbImage;

use super::answer::{Answer, PersonAnswer};
use super::error::EngineError;
use super::request::{Person, Request, Settings};

/// Bytes of heatmaps, pictures and traces that are kept.
const MOST_BYTES: usize = 256 << 20;

struct Known {
    person: Person,
    settings: Settings,
    found: PersonAnswer,
    bytes: usize,
}

/// Answers about single people of one picture, oldest first.
#[derive(Default)]
pub(super) struct Recall {
    picture: Option<Arc<RgbImage>>,
    known: VecDeque<Known>,
}

impl Recall {
    /// Forgets everything: another network answers from now on.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Answers a request from memory, and has `compute` answer it for the people who are not in it.
    ///
    /// # Errors
    /// Those of `compute`.
    pub fn answer(
        &mut self,
        ticket: u64,
        request: &Arc<Request>,
        compute: impl FnOnce(Arc<Request>) -> Result<Answer, EngineError>,
    ) -> Result<Answer, EngineError> {
        if !self.picture.as_ref().is_some_and(|picture| Arc::ptr_eq(picture, &request.picture)) {
            self.clear();
            self.picture = Some(request.picture.clone());
        }
        let mut people: Vec<Option<PersonAnswer>> =
            (0..request.people.len()).map(|index| self.found(request, index)).collect();
        let missing: Vec<usize> = (0..people.len()).filter(|index| people[*index].is_none()).collect();
        let mut times = Vec::new();
        if !missing.is_empty() {
            let asked = Arc::new(Request {
                people: missing.iter().map(|index| request.people[*index].clone()).collect(),
                trace: request.trace.and_then(|traced| missing.iter().position(|index| *index == traced)),
                ..Request::clone(request)
            });
            let computed = compute(asked)?;
            times = computed.times;
            for (index, found) in missing.into_iter().zip(computed.people) {
                self.keep(&request.people[index], &request.settings, &found);
                people[index] = Some(found);
            }
        }
        let people = people.into_iter().flatten().collect();
        Ok(Answer { ticket, request: request.clone(), people, times })
    }

    /// What is known about a person of a request, with the trace if that is wanted.
    fn found(&self, request: &Request, index: usize) -> Option<PersonAnswer> {
        let person = request.people.get(index)?;
        let fits = |known: &&Known| {
            known.person == *person
                && known.settings == request.settings
                && (request.trace != Some(index) || known.found.trace.is_some())
        };
        self.known.iter().rev().find(fits).map(|known| known.found.clone())
    }

    fn keep(&mut self, person: &Person, settings: &Settings, found: &PersonAnswer) {
        let refined = person.refine.then_some(Person { bounds: found.bounds, refine: false });
        for person in [Some(person.clone()), refined].into_iter().flatten() {
            self.known.retain(|known| known.person != person || known.settings != *settings);
            let (settings, found) = (settings.clone(), found.clone());
            let bytes = bytes_of(&found);
            self.known.push_back(Known { person, settings, found, bytes });
        }
        let mut total: usize = self.known.iter().map(|known| known.bytes).sum();
        while total > MOST_BYTES
            && let Some(oldest) = self.known.pop_front()
        {
            total -= oldest.bytes;
        }
    }
}

fn bytes_of(found: &PersonAnswer) -> usize {
    let tensors = found.trace.iter().flat_map(|trace| trace.named_tensors());
    let trace: usize = tensors.map(|(_, tensor)| tensor.values.len() * size_of::<f32>()).sum();
    let maps = found.heatmaps.as_ref().map_or(0, |maps| size_of_val(maps.values()));
    trace + maps + found.seen.capture.as_raw().len() + found.seen.input.as_raw().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Trace;
    use crate::pose::{BoundingBox, Capture, Decoder, Heatmaps, InputSize, Keypoint, Region, Sampling, Seen};

    fn person(x: f64, refine: bool) -> Person {
        Person { bounds: BoundingBox { x, y: 1.0, width: 30.0, height: 40.0 }, refine }
    }

    fn request(people: Vec<Person>, trace: Option<usize>) -> Arc<Request> {
        let input = InputSize::STANDARD[0];
        let capture = Capture { height: 32, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
        let settings =
            Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() };
        Arc::new(Request {
            picture: Arc::new(RgbImage::new(2, 2)),
            people,
            settings,
            trace,
            reference: false,
        })
    }

    /// What a network might find: a guess is moved down by a pixel.
    fn found(request: &Request, index: usize) -> PersonAnswer {
        let Person { bounds, refine } = request.people[index].clone();
        let bounds = BoundingBox { y: bounds.y + f64::from(u8::from(refine)), ..bounds };
        PersonAnswer {
            bounds,
            region: Region::around(&bounds),
            seen: Seen { capture: RgbImage::new(1, 1), input: RgbImage::new(1, 1) },
            pose: [Keypoint { x: bounds.x, y: bounds.y, confidence: 1.0 }; 17],
            heatmaps: Heatmaps::new(1, 1, 1, vec![0.0]).ok(),
            trace: (request.trace == Some(index)).then(Arc::<Trace>::default),
        }
    }

    /// Answers, and gives the left edges of those who had to be looked at, and whether one was traced.
    fn looked_at(recall: &mut Recall, request: &Arc<Request>) -> (Vec<f64>, bool) {
        let mut asked = (Vec::new(), false);
        let answer = recall.answer(7, request, |missing| {
            asked = (missing.people.iter().map(|person| person.bounds.x).collect(), missing.trace.is_some());
            let people = (0..missing.people.len()).map(|index| found(&missing, index)).collect();
            Ok(Answer { ticket: 7, request: missing, people, times: Vec::new() })
        });
        let answer = answer.unwrap();
        let order: Vec<f64> = answer.people.iter().map(|person| person.bounds.x).collect();
        let wanted: Vec<f64> = request.people.iter().map(|person| person.bounds.x).collect();
        assert_eq!((answer.ticket, order), (7, wanted));
        assert!(request.trace.is_none_or(|traced| answer.people[traced].trace.is_some()));
        asked
    }

    #[test]
    fn nobody_is_looked_at_twice_but_for_a_trace() {
        let mut recall = Recall::default();
        let first = request(vec![person(1.0, false), person(2.0, false)], Some(0));
        assert_eq!(looked_at(&mut recall, &first), (vec![1.0, 2.0], true));
        assert_eq!(looked_at(&mut recall, &first), (vec![], false));
        let next = Arc::new(Request { trace: Some(1), ..Request::clone(&first) });
        assert_eq!(looked_at(&mut recall, &next), (vec![2.0], true));
        let moved = vec![person(1.0, false), person(3.0, false)];
        let moved = Arc::new(Request { people: moved, trace: None, ..Request::clone(&first) });
        assert_eq!(looked_at(&mut recall, &moved), (vec![3.0], false));
    }

    #[test]
    fn other_settings_pictures_and_networks_are_asked_anew_and_sizes_come_back() {
        let mut recall = Recall::default();
        let small = request(vec![person(1.0, false)], None);
        let settings = Settings { input: InputSize::STANDARD[3], ..small.settings.clone() };
        let large = Arc::new(Request { settings, ..Request::clone(&small) });
        assert_eq!(looked_at(&mut recall, &small).0, [1.0]);
        assert_eq!(looked_at(&mut recall, &large).0, [1.0]);
        assert!(looked_at(&mut recall, &small).0.is_empty());
        recall.clear();
        assert_eq!(looked_at(&mut recall, &small).0, [1.0]);
        let other = request(small.people.clone(), None);
        assert_eq!(looked_at(&mut recall, &other).0, [1.0]);
    }

    #[test]
    fn a_refined_box_is_known_under_both_its_guess_and_itself() {
        let mut recall = Recall::default();
        let guess = request(vec![person(1.0, true)], None);
        assert_eq!(looked_at(&mut recall, &guess).0, [1.0]);
        let bounds = BoundingBox { y: 2.0, ..guess.people[0].bounds };
        let people = vec![Person { bounds, refine: false }];
        let refined = Arc::new(Request { people, ..Request::clone(&guess) });
        assert!(looked_at(&mut recall, &refined).0.is_empty());
        assert!(looked_at(&mut recall, &guess).0.is_empty());
    }
}
