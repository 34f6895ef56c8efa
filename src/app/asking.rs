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
}

impl App {
    /// Asks the engine, if what is on the screen is not what it was asked last.
    pub(super) fn ask(&mut self, ctx: &Context) {
        let (Some(document), Some(network)) = (&self.document, &self.network) else {
            return;
        };
        if document.people.is_empty() {
            return;
        }
        let mut asked = Asked {
            version: document.version,
            people: document.asked_people(),
            settings: self.preferences.settings.clone(),
            trace: document.selected.filter(|_| network.config.is_some() && self.shows_trace()),
        };
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        if ctx.dragged_id().is_some() {
            // While something is dragged one pass has to do; the mirrored one follows when it is let go.
            asked.settings.flip_test = false;
            if self.asked.as_ref() == Some(&asked) {
                return;
            }
        }
        if self.asked.as_ref().is_some_and(|before| !before.settings.reads_alike(&asked.settings))
            && let Some(document) = &mut self.document
        {
            document.forget_reference();
        }
        let Some(document) = &self.document else { return };
        self.ticket = self.engine.submit(Request {
            picture: document.frame.picture.clone(),
            people: asked.people.clone(),
            settings: asked.settings.clone(),
            trace: asked.trace,
            reference: document.wants_reference(),
        });
        self.asked = Some(asked);
    }

    /// Whether anything on the screen is drawn from attention or EMA tensors.
    fn shows_trace(&self) -> bool {
        let Preferences { layers, right, show_right, .. } = &self.preferences;
        let drawn = [Layer::Attention, Layer::WindowGrid].into_iter().any(|layer| layers.state(layer).shown);
        drawn || (*show_right && matches!(right, RightPanel::Attention | RightPanel::Ema))
    }
}
