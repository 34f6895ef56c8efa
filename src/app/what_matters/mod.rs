//! The layer that shows which input pixels a joint's place hangs on, filled in while nothing else is asked of the
//! network.

mod map;
mod question;
mod subject;
mod view;

use egui::Context;

use super::App;
use super::document::Document;
use super::idle_job::{IdleJob, REST};
use super::layers::Layer;
use crate::engine::{Engine, PersonAnswer};
use crate::network::Grid;
use crate::pose::KEYPOINT_COUNT;
use crate::study::{
    JointEffect, OcclusionStudy, Patch, PatchEffect, PatchSize, SaliencyStudy, ShownPerson, occlusion_map,
    patches,
};
use map::MapKey;
pub use map::MattersMap;
use question::Question;
use subject::Subject;
pub use view::{MattersView, Measure, marked_joint, shown_joint};

/// What is known about the present subject, and the work on the rest.
#[derive(Default)]
pub struct WhatMatters {
    subject: Option<Subject>,
    /// Counts subjects.
    generation: u64,
    /// In the order of the plan, coarse to fine.
    effects: Vec<PatchEffect>,
    gradients: [Option<Grid>; KEYPOINT_COUNT],
    /// Patches that the plan has.
    planned: usize,
    occlusion: IdleJob<Vec<PatchEffect>>,
    gradient: IdleJob<Grid>,
    /// The joint whose gradient is asked for.
    gradient_of: usize,
    /// Whether the user wants no more patches for the present subject.
    pub stopped: bool,
}

impl WhatMatters {
    /// How many patches were laid, and how many there are to be.
    pub fn progress(&self) -> (usize, usize) {
        (self.effects.len().min(self.planned), self.planned)
    }

    /// Whether gradient × input of a joint is known.
    pub fn has_gradient(&self, joint: usize) -> bool {
        self.gradients.get(joint).is_some_and(Option::is_some)
    }

    /// Why nothing more comes of what is to be shown, where that failed.
    pub fn failure(&self, measure: Measure, joint: usize) -> Option<&str> {
        match Question::about(measure, joint) {
            Question::Occlusion => self.occlusion.failure(),
            Question::Gradient(joint) => self.gradient.failure().filter(|_| joint == self.gradient_of),
        }
    }

    /// Takes note of whom the layer is about; what is known of others is forgotten.
    fn look_at(&mut self, subject: Option<Subject>, now: f64) {
        if subject == self.subject {
            return;
        }
        let generation = self.generation + 1;
        let (occlusion, gradient) = (IdleJob::anew(now), IdleJob::anew(now));
        *self = Self { subject, generation, occlusion, gradient, ..Self::default() };
    }

    /// Lets go of the work; what it has given stays.
    fn pause(&mut self, now: f64) {
        self.occlusion.pause(now);
        self.gradient.pause(now);
    }

    /// Takes in what the work gives.
    fn take_in(&mut self) {
        self.effects.extend(self.occlusion.poll().into_iter().flatten().flatten());
        let grid = self.gradient.poll().into_iter().flatten().next();
        if let (Some(grid), Some(known)) = (grid, self.gradients.get_mut(self.gradient_of)) {
            *known = Some(grid);
        }
    }

    /// The question whose answer is missing and wanted.
    fn missing(&self, measure: Measure, joint: usize) -> Option<Question> {
        let question = Question::about(measure, joint);
        let known = match question {
            Question::Gradient(joint) => self.has_gradient(joint),
            Question::Occlusion => self.stopped || self.effects.len() >= self.planned,
        };
        (!known && self.failure(measure, joint).is_none()).then_some(question)
    }

    /// Lets go of whatever does not answer a question. Whether its own answer could be asked for.
    fn turn_to(&mut self, question: Question, now: f64) -> bool {
        match question {
            Question::Occlusion => {
                self.gradient.pause(now);
                self.occlusion.is_free() && self.occlusion.has_rested(now)
            }
            Question::Gradient(joint) => {
                self.occlusion.pause(now);
                if joint != self.gradient_of {
                    (self.gradient_of, self.gradient) = (joint, IdleJob::anew(now));
                }
                self.gradient.is_free() && self.gradient.has_rested(now)
            }
        }
    }

    /// Starts to answer a question.
    fn start(&mut self, question: Question, engine: &Engine, person: ShownPerson, plan: Plan) {
        match question {
            Question::Occlusion => {
                let missing = plan.into_iter().skip(self.effects.len());
                let (study, effects) = OcclusionStudy::of(person, missing);
                self.occlusion.start(engine, study, effects);
            }
            Question::Gradient(joint) => {
                let (study, map) = SaliencyStudy::of(person, joint);
                self.gradient.start(engine, study, map);
            }
        }
    }

    /// The map for what the panel has chosen, unless `known` is that one; none while nothing is known.
    fn map(&self, known: Option<MattersMap>, shown: &Shown<'_>) -> Option<MattersMap> {
        self.subject.as_ref()?;
        let Shown { view, joint, area, found } = *shown;
        let effects = &self.effects[..self.effects.partition_point(|effect| effect.size <= view.finest)];
        let patches = if view.measure == Measure::Gradient { 0 } else { effects.len() };
        let (generation, measure) = (self.generation, view.measure);
        let key = MapKey { generation, measure, joint, patches, area: area.to_bits() };
        if known.as_ref().is_some_and(|known| known.key == key) {
            return known;
        }
        let of_patches = |number: fn(&JointEffect) -> f32| {
            let pixels = found.pixels().dimensions();
            (!effects.is_empty()).then(|| occlusion_map(effects, pixels, joint, number))
        };
        let (grid, in_input) = match measure {
            Measure::Moved => (of_patches(|joint| joint.moved_px)?, of_patches(|joint| joint.moved_input_px)),
            Measure::Lost => (of_patches(|joint| joint.lost)?, None),
            Measure::Gradient => (self.gradients.get(joint)?.clone()?, None),
        };
        Some(MattersMap { key, region: found.region, scale: measure.scale(joint, area), grid, in_input })
    }
}

/// Patches in the order in which they are laid.
type Plan = Vec<(PatchSize, Patch)>;

/// What the layer is to show.
#[derive(Clone, Copy)]
struct Shown<'a> {
    view: MattersView,
    joint: usize,
    /// The person's area in square picture pixels.
    area: f64,
    found: &'a PersonAnswer,
}

/// The area that the colours of a person's movement hang on, in square picture pixels: as labelled, else that of the
/// box.
pub fn area_of(document: &Document) -> Option<f64> {
    let person = document.people.get(document.selected?)?;
    Some(person.truth.as_ref().map_or_else(|| person.bounds.area(), |truth| truth.area))
}

/// The selected person as the network was shown them for the answer at hand.
pub fn shown_person(document: &Document) -> Option<ShownPerson> {
    let found = document.selected_answer()?;
    let settings = document.answer()?.request.settings.clone();
    Some(ShownPerson { bounds: found.bounds, region: found.region, seen: found.seen.clone(), settings })
}

impl App {
    /// Fills the layer while it is shown and nothing else is asked: not in front of a running camera, and not while
    /// something is dragged.
    pub(super) fn follow_what_matters(&mut self, ctx: &Context) {
        let (now, frames_run) = (ctx.input(|input| input.time), self.frames_run());
        let wanted = self.preferences.layers.state(Layer::Matters).shown && !frames_run;
        let idle = self.is_idle(ctx);
        let network = self.network.as_ref().filter(|_| wanted);
        let Some(document) = &mut self.document else {
            self.what_matters.look_at(None, now);
            return;
        };
        self.what_matters.look_at(network.and_then(|network| Subject::of(document, network)), now);
        self.what_matters.take_in();
        let view = self.preferences.matters;
        let joint = shown_joint(&self.preferences);
        let known = document.matters.take();
        if let (Some(found), Some(area)) = (document.selected_answer(), area_of(document)) {
            document.matters = self.what_matters.map(known, &Shown { view, joint, area, found });
        }
        let (Some(network), Some(person)) = (network, document.selected_answer()) else { return };
        let (width, height) = person.pixels().dimensions();
        let plan = patches(width, height, view.finest);
        self.what_matters.planned = plan.len();
        let without_gradients = view.measure == Measure::Gradient && network.config.is_none();
        let question = self.what_matters.missing(view.measure, joint).filter(|_| !without_gradients);
        let Some(question) = question.filter(|_| idle) else {
            self.what_matters.pause(now);
            return;
        };
        if self.what_matters.turn_to(question, now)
            && let Some(person) = shown_person(document)
        {
            self.what_matters.start(question, &self.engine, person, plan);
        } else {
            ctx.request_repaint_after(REST);
        }
    }
}

#[cfg(test)]
mod tests;
