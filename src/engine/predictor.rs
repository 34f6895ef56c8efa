//! A network ready for use, and the way from a picture to joints.

use std::sync::Arc;
use std::time::Instant;

use image::RgbImage;

use super::answer::{Answer, PersonAnswer};
use super::cmsa::Cmsa;
use super::error::EngineError;
use super::movenet::LandmarkNetwork;
use super::narrowing::narrowed;
use super::network_choice::{NetworkChoice, Weights};
use super::network_info::NetworkInfo;
use super::person_network::{Found, PersonNetwork, View, part};
use super::request::{Person, Request, Settings};
use crate::network::{AttentionMap, DeviceChoice, EmaTrace, Grid, PartTime, Trace};
use crate::pose::{BoundingBox, InputSize, Region, Seen};

/// A network of either kind, readied for inference on its device.
pub struct Predictor {
    network: Box<dyn PersonNetwork>,
    info: Arc<NetworkInfo>,
}

impl Predictor {
    /// Loads or makes a CMSA network and folds it for inference.
    ///
    /// # Errors
    /// When the file cannot be read, does not fit, or the device cannot be used.
    pub fn load(weights: &Weights, device: DeviceChoice) -> Result<Self, EngineError> {
        let (network, info) = Cmsa::load(weights, device)?;
        Ok(Self { network: Box::new(network), info: Arc::new(info) })
    }

    /// Loads a network of either kind.
    ///
    /// # Errors
    /// When its file cannot be read, does not fit or is not the known one, or the device cannot be used.
    pub fn open(choice: &NetworkChoice, device: DeviceChoice) -> Result<Self, EngineError> {
        match choice {
            NetworkChoice::Weights(weights) => Self::load(weights, device),
            NetworkChoice::MoveNet(variant) => {
                let (network, info) = LandmarkNetwork::load(*variant, device)?;
                Ok(Self { network: Box::new(network), info: Arc::new(info) })
            }
        }
    }

    /// Which network this is.
    pub fn info(&self) -> &Arc<NetworkInfo> {
        &self.info
    }

    /// Finds the joints of everybody a request names.
    ///
    /// # Errors
    /// When a box cannot be used, the input size does not fit the network, libtorch fails, or heatmaps are not finite.
    pub fn answer(&self, ticket: u64, request: Arc<Request>) -> Result<Answer, EngineError> {
        let mut times = Vec::new();
        let picture = &request.picture;
        let mut bounds = Vec::with_capacity(request.people.len());
        for (i, person) in request.people.iter().enumerate() {
            let clipped = person
                .bounds
                .clipped(picture.width(), picture.height())
                .map_err(|source| EngineError::Person { number: i + 1, source })?;
            bounds.push(if person.refine {
                self.refined(picture, clipped, &request.settings)?
            } else {
                clipped
            });
        }
        let started = Instant::now();
        let settings = &request.settings;
        let seen: Vec<(Region, Seen)> = bounds
            .iter()
            .map(|bounds| {
                let region = Region::around(bounds);
                (region, settings.capture.see(picture, &region, settings.input))
            })
            .collect();
        times.push(part("crop", started));

        let views: Vec<View<'_>> = bounds
            .iter()
            .zip(&seen)
            .map(|(bounds, (region, seen))| View { bounds: *bounds, region: *region, seen })
            .collect();
        let (found, mut trace) = self.find_and_trace(&views, &request, &mut times)?;

        let person = |(i, ((bounds, (region, seen)), found)): (usize, ((BoundingBox, _), Found))| {
            let Found { pose, heatmaps } = found;
            let trace = if request.trace == Some(i) { trace.take().map(Arc::new) } else { None };
            PersonAnswer { bounds, region, seen, pose, heatmaps, trace }
        };
        let people = bounds.into_iter().zip(seen).zip(found).enumerate().map(person).collect();
        Ok(Answer { ticket, request, people, times })
    }

    /// Finds the joints of many people whose inputs are all of one size.
    ///
    /// # Errors
    /// When the input size does not fit the network, libtorch fails, or heatmaps are not finite.
    pub fn find(&self, views: &[View<'_>], settings: &Settings) -> Result<Vec<Found>, EngineError> {
        self.network.find(views, settings, &mut Vec::new())
    }

    /// The attention of every scale of one block for one person, without what the network computes after that block.
    /// Stage and block are counted from 0. None from a network that has no attention.
    ///
    /// # Errors
    /// When the input size does not fit the network, there is no such block, or libtorch fails.
    pub fn block_attention(
        &self,
        view: &View<'_>,
        settings: &Settings,
        stage: usize,
        block: usize,
    ) -> Result<Option<Vec<AttentionMap>>, EngineError> {
        self.network.block_attention(view, settings, stage, block)
    }

    /// The tensors of every EMA module for one person, without attention, heatmaps and joints, and without the mirrored
    /// pass of the settings; none from a network that has no such modules.
    ///
    /// # Errors
    /// When the input size does not fit the network, libtorch fails, or the tensors are not finite.
    pub fn ema_traces(
        &self,
        view: &View<'_>,
        settings: &Settings,
    ) -> Result<Option<Vec<EmaTrace>>, EngineError> {
        self.network.ema_traces(view, settings)
    }

    /// The joints of one person with the attention and EMA tensors that lead to them; none from a network that has no
    /// such tensors.
    ///
    /// # Errors
    /// Those of [`Self::find`].
    pub fn find_traced(
        &self,
        view: &View<'_>,
        settings: &Settings,
    ) -> Result<Option<(Found, Trace)>, EngineError> {
        self.network.find_traced(view, settings, &mut Vec::new())
    }

    /// How many people of one network input go through the network at once: more gain no time.
    pub fn people_at_once(&self, input: InputSize) -> usize {
        self.network.people_at_once(input)
    }

    /// How much each pixel of a person's network input counts for the peak of a joint's heatmap: the gradient of that
    /// peak times the input less its mean colour (Shrikumar et al. 2016), `[H, W]`, above 0 where the pixel raises
    /// the peak. None from a network whose gradients are not at hand.
    ///
    /// # Errors
    /// When the input size does not fit the network, there is no such joint, libtorch fails, or the gradient is not
    /// finite.
    pub fn saliency(
        &self,
        view: &View<'_>,
        settings: &Settings,
        joint: usize,
    ) -> Result<Option<Grid>, EngineError> {
        self.network.saliency(view, settings, joint)
    }

    /// Runs the person to be traced alone, where the network can be traced, and everybody else together.
    fn find_and_trace(
        &self,
        views: &[View<'_>],
        request: &Request,
        times: &mut Vec<PartTime>,
    ) -> Result<(Vec<Found>, Option<Trace>), EngineError> {
        let settings = &request.settings;
        let Some((index, view)) = request.trace.and_then(|index| Some((index, views.get(index)?))) else {
            return Ok((self.network.find(views, settings, times)?, None));
        };
        let Some((own, trace)) = self.network.find_traced(view, settings, times)? else {
            return Ok((self.network.find(views, settings, times)?, None));
        };
        let mut others = views.to_vec();
        others.remove(index);
        let mut found = Vec::new();
        if !others.is_empty() {
            let started = Instant::now();
            found = self.find(&others, settings)?;
            times.push(part("other people", started));
        }
        found.insert(index, own);
        Ok((found, Some(trace)))
    }

    /// A better box than a first guess: around the joints found in it, twice, where [`narrowed`] trusts them.
    fn refined(
        &self,
        picture: &Arc<RgbImage>,
        guess: BoundingBox,
        settings: &Settings,
    ) -> Result<BoundingBox, EngineError> {
        const PASSES: usize = 2;
        // Always at the same size, so that the box does not change with the resolution that is looked at.
        let settings = self.info.reference_settings(settings);
        let mut bounds = guess;
        for _ in 0..PASSES {
            let request = Request {
                picture: picture.clone(),
                people: vec![Person { bounds, refine: false }],
                settings: settings.clone(),
                trace: None,
                reference: false,
            };
            let answer = self.answer(0, Arc::new(request))?;
            match narrowed(&answer.people[0].pose, &guess, picture.dimensions()) {
                Some(found) => bounds = found,
                None => break,
            }
        }
        Ok(bounds)
    }
}
