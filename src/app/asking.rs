//! What the engine is asked, and when.

use egui::Context;

use super::App;
use super::layers::Layer;
use super::preferences::{Preferences, RightPanel};
use crate::engine::{Person, Request, Settings};

/// What the engine was asked last; compared with what is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub version: u64,
    pub people: Vec<Person>,
    pub settings: Settings,
    pub trace: Option<usize>,
    /// The place of the only person who is asked about, among several.
    pub alone: Option<usize>,
}

impl Asked {
    /// The same about one person alone.
    fn about_alone(mut self, index: usize) -> Self {
        self.people = self.people.get(index).cloned().into_iter().collect();
        self.trace = self.trace.filter(|traced| *traced == index).map(|_| 0);
        self.alone = Some(index);
        self
    }
}

impl App {
    /// What the engine has to be asked; none while what is on the screen is what it was asked last.
    pub(super) fn to_ask(&self, ctx: &Context) -> Option<Asked> {
        let (document, network) = self.document.as_ref().zip(self.network.as_ref())?;
        if document.people.is_empty() {
            return None;
        }
        let mut asked = Asked {
            version: document.version,
            people: document.asked_people(),
            settings: self.preferences.settings.clone(),
            trace: document.selected.filter(|_| network.config.is_some() && self.shows_trace()),
            alone: None,
        };
        let is_new = |asked: &Asked| self.asked.as_ref() != Some(asked);
        if is_new(&asked) && ctx.dragged_id().is_some() {
            // While something is dragged one pass about one person has to do; the mirrored one and the others follow
            // when it is let go.
            asked.settings.flip_test = false;
            if let Some(index) = document.alone_while_dragging() {
                asked = asked.about_alone(index);
            }
        }
        is_new(&asked).then_some(asked)
    }

    /// Asks the engine, if what is on the screen is not what it was asked last.
    pub(super) fn ask(&mut self, ctx: &Context) {
        let Some(asked) = self.to_ask(ctx) else { return };
        if self.asked.as_ref().is_some_and(|before| !before.settings.reads_alike(&asked.settings))
            && let Some(document) = &mut self.document
        {
            document.forget_reference();
        }
        let Some(document) = &mut self.document else { return };
        self.ticket = self.engine.submit(Request {
            picture: document.frame.picture.clone(),
            people: asked.people.clone(),
            settings: asked.settings.clone(),
            trace: asked.trace,
            // Joints at the reference are told by the answer's people, of whom this one has not all.
            reference: asked.alone.is_none() && document.wants_reference(),
        });
        if let Some(index) = asked.alone {
            document.asked_alone(self.ticket, index);
        }
        self.asked = Some(asked);
    }

    /// Whether anything on the screen is drawn from attention or EMA tensors.
    pub(super) fn shows_trace(&self) -> bool {
        let Preferences { layers, right, show_right, .. } = &self.preferences;
        let drawn = [Layer::Attention, Layer::WindowGrid].into_iter().any(|layer| layers.state(layer).shown);
        drawn || (*show_right && matches!(right, RightPanel::Attention | RightPanel::Ema))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::BoundingBox;

    #[test]
    fn a_question_about_one_alone_has_their_box_and_their_trace() {
        let person =
            |x| Person { bounds: BoundingBox { x, y: 0.0, width: 10.0, height: 20.0 }, refine: false };
        let settings = Preferences::default().settings;
        let all = Asked {
            version: 1,
            people: vec![person(0.0), person(30.0)],
            settings,
            trace: Some(1),
            alone: None,
        };
        let second = all.clone().about_alone(1);
        assert_eq!((second.people.as_slice(), second.trace), ([person(30.0)].as_slice(), Some(0)));
        assert_ne!(second, all);
        assert_eq!(all.about_alone(0).trace, None, "the trace is of another");
    }
}
