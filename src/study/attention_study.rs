//! The attention of one block for one person at many settings, a setting at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use crossbeam_channel::Receiver;
use image::RgbImage;

use super::outbox::{self, Outbox};
use crate::engine::{EngineError, Job, Predictor, Settings, Step, View};
use crate::network::AttentionMap;
use crate::pose::{BoundingBox, BoxError, Region, Seen};

/// The attention of one block at one setting.
#[derive(Clone, Debug)]
pub struct BlockAttention {
    /// The setting.
    pub settings: Settings,
    /// The pictures a camera and the network saw.
    pub seen: Seen,
    /// The area of the picture that they show.
    pub region: Region,
    /// Every scale of the block, in the order of the cascade.
    pub maps: Vec<AttentionMap>,
}

/// Looks at one person at one setting after the other, in the order in which they are given, and gives the attention
/// of one block: the memory of a whole trace at every size would be many times as much. A job of the engine: each step
/// is one pass through the network, up to that block. With a network that has no attention it ends and gives nothing.
pub struct AttentionStudy {
    picture: Arc<RgbImage>,
    bounds: BoundingBox,
    stage: usize,
    block: usize,
    settings: VecDeque<Settings>,
    found: Outbox<BlockAttention>,
}

impl AttentionStudy {
    /// A study of the person in a box of the picture, and where what it finds comes out. Stage and block are counted
    /// from 0. It pauses where much waits to be read, and ends when nobody is there to read it.
    ///
    /// # Errors
    /// When nobody can be cut out of the box.
    pub fn of(
        picture: Arc<RgbImage>,
        bounds: &BoundingBox,
        (stage, block): (usize, usize),
        settings: Vec<Settings>,
    ) -> Result<(Self, Receiver<BlockAttention>), BoxError> {
        let bounds = bounds.clipped(picture.width(), picture.height())?;
        let (found, reader) = Outbox::new();
        Ok((Self { picture, bounds, stage, block, settings: settings.into(), found }, reader))
    }

    /// Looks at a setting; none where the network has no attention.
    fn look(&self, predictor: &Predictor, settings: Settings) -> Result<Option<BlockAttention>, EngineError> {
        let region = Region::around(&self.bounds);
        let seen = settings.capture.see(&self.picture, &region, settings.input);
        let view = View { bounds: self.bounds, region, seen: &seen };
        let maps = predictor.block_attention(&view, &settings, self.stage, self.block)?;
        Ok(maps.map(|maps| BlockAttention { settings, seen, region, maps }))
    }

    /// Looks at the next setting; false where there is no more, or the network has no attention.
    fn advance(&mut self, predictor: &Predictor) -> Result<bool, EngineError> {
        let Some(settings) = self.settings.pop_front() else { return Ok(false) };
        let Some(found) = self.look(predictor, settings)? else { return Ok(false) };
        self.found.put(found);
        Ok(!self.settings.is_empty())
    }
}

impl Job for AttentionStudy {
    fn step(&mut self, predictor: &Predictor) -> Result<Step, EngineError> {
        outbox::step(self, |study| &mut study.found, |study| study.advance(predictor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Person, Request, Weights};
    use crate::network::{DeviceChoice, NetworkConfig};
    use crate::pose::{Capture, Decoder, InputSize, Sampling};

    fn settings(input: InputSize, height: u32) -> Settings {
        let capture = Capture { height, sampling: Sampling::AreaAverage, noise: 0.0, jpeg_quality: None };
        Settings { capture, input, decoder: Decoder::Dark, flip_test: false, ablations: Vec::new() }
    }

    fn picture() -> Arc<RgbImage> {
        Arc::new(RgbImage::from_fn(120, 160, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8])))
    }

    /// What a request about the person gives of a block, scale by scale.
    fn asked_directly(
        predictor: &Predictor,
        bounds: BoundingBox,
        settings: Settings,
        (stage, block): (usize, usize),
    ) -> (Vec<AttentionMap>, Region, RgbImage) {
        let people = vec![Person { bounds, refine: false }];
        let request = Request { picture: picture(), people, settings, trace: Some(0), reference: false };
        let found = predictor.answer(0, Arc::new(request)).unwrap().people.remove(0);
        let maps = &found.trace.as_ref().unwrap().attention;
        let own = maps.iter().filter(|map| (map.stage, map.block) == (stage, block)).cloned().collect();
        (own, found.region, found.seen.input)
    }

    #[test]
    fn every_size_gives_what_a_request_at_that_size_gives() {
        let weights = Weights::Untrained(NetworkConfig::tiny().with_ema(8));
        let predictor = Predictor::load(&weights, DeviceChoice::Cpu).unwrap();
        let bounds = BoundingBox::new(20.0, 10.0, 60.0, 120.0).unwrap();
        let [small, middle, ..] = InputSize::STANDARD;
        let order = vec![settings(small, 32), settings(middle, 64), settings(middle, 16)];
        for place in [(0, 1), (2, 0)] {
            let (mut study, found) = AttentionStudy::of(picture(), &bounds, place, order.clone()).unwrap();
            while study.step(&predictor).unwrap() != Step::Done {}
            let found: Vec<BlockAttention> = found.try_iter().collect();
            assert_eq!(found.len(), order.len());
            for (found, settings) in found.iter().zip(&order) {
                let (maps, region, input) = asked_directly(&predictor, bounds, settings.clone(), place);
                assert_eq!((&found.settings, found.region, &found.seen.input), (settings, region, &input));
                assert_eq!(found.maps.len(), maps.len());
                for (map, expected) in found.maps.iter().zip(&maps) {
                    assert_eq!(
                        (map.name(), map.rows, map.columns),
                        (expected.name(), expected.rows, expected.columns)
                    );
                    assert_eq!(map.weights.shape, expected.weights.shape);
                    let mut pairs = map.weights.values.iter().zip(&expected.weights.values);
                    assert!(pairs.all(|(a, b)| (a - b).abs() < 1e-5), "{}", map.name());
                }
            }
            let differ = found[1].maps[0].weights != found[2].maps[0].weights;
            assert!(differ, "fewer captured rows give other attention");
        }
    }

    #[test]
    fn it_ends_where_nobody_reads() {
        let predictor =
            Predictor::load(&Weights::Untrained(NetworkConfig::tiny()), DeviceChoice::Cpu).unwrap();
        let order = vec![settings(InputSize::STANDARD[0], 32); 3];
        let whole = BoundingBox::whole(120, 160);
        let (mut study, found) = AttentionStudy::of(picture(), &whole, (0, 0), order).unwrap();
        assert_eq!(study.step(&predictor).unwrap(), Step::More);
        drop(found);
        assert_eq!(study.step(&predictor).unwrap(), Step::Done);
        let beside = BoundingBox { x: 900.0, y: 0.0, width: 20.0, height: 20.0 };
        assert!(AttentionStudy::of(picture(), &beside, (0, 0), Vec::new()).is_err());
    }
}
