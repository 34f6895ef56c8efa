//! Two sides: A is what the window shows at any time, B looks at the same people with another network or other settings.
//! B is asked once A has answered.

mod bar;
mod heatmap_difference;
mod labels;
mod mode;
mod panel;
mod question;
mod rival;
mod setup;
mod swap;
mod verdict;
mod view;

use egui::Context;

use super::App;
use super::canvas::Canvas;
use super::incoming::ONE_MORE_FRAME;
use super::preferences::RightPanel;
use super::textures::Textures;
use crate::engine::{NetworkChoice, NetworkInfo, Settings};
use labels::Described;
pub use mode::{CompareMode, Side};
use rival::Rival;
use setup::{Setup, Tie};
use verdict::Verdict;
use view::View;
pub use view::halves;

/// The comparison's state. It costs nothing while it is off.
pub struct Compare {
    /// B's network and settings, kept while the comparison is off.
    setup: Option<Setup>,
    /// B at work; none while the comparison is off.
    rival: Option<Rival>,
    /// The network that A was told last to use, unless that failed. It may still be on its way.
    ordered_of_a: Option<NetworkChoice>,
    /// Whether B's resolution moves with A's.
    follows: bool,
    /// How B's resolution hangs on A's, while it moves with it.
    tie: Option<Tie>,
    /// Whose attention, EMA and joints the panel on the right shows.
    side: Side,
    /// B's view, where it has one of its own.
    canvas: Canvas,
    /// Where the handle of the wipe stands, 0 … 1 from left to right.
    wipe: f32,
    /// Whether the window is open in which B's parts are left out.
    parts_open: bool,
}

impl Default for Compare {
    fn default() -> Self {
        Self {
            setup: None,
            rival: None,
            ordered_of_a: None,
            follows: true,
            tie: None,
            side: Side::A,
            canvas: Canvas::of_side_b(),
            wipe: 0.5,
            parts_open: false,
        }
    }
}

impl Compare {
    /// Whether two sides are compared.
    pub fn is_on(&self) -> bool {
        self.rival.is_some()
    }

    /// Ends B. What it was set to stays.
    pub fn end(&mut self) {
        if let Some(rival) = self.rival.take() {
            rival.end();
        }
        (self.tie, self.side, self.parts_open) = (None, Side::A, false);
    }

    /// The side that a panel on the right shows: those that measure by themselves show A.
    fn side_of(&self, panel: RightPanel) -> Side {
        match panel {
            RightPanel::Attention | RightPanel::Ema | RightPanel::Joints if self.is_on() => self.side,
            _ => Side::A,
        }
    }
}

impl App {
    /// Begins to compare, or ends it.
    pub(super) fn toggle_compare(&mut self, ctx: &Context) {
        self.let_go_of_boxes();
        if self.compare.is_on() {
            self.compare.end();
            return;
        }
        let Some(network) = &self.network else { return };
        let settings = &self.preferences.settings;
        let setup = self.compare.setup.get_or_insert_with(|| Setup::beside(settings));
        let choice = setup.network.clone().unwrap_or_else(|| network.choice.clone());
        match Rival::start(ctx, choice, network.device_choice) {
            Ok(rival) => self.compare.rival = Some(rival),
            Err(error) => self.error(format!("no comparison: {error}")),
        }
    }

    /// The view in which a box is held may be gone in the next frame.
    fn let_go_of_boxes(&mut self) {
        if let Some(document) = &mut self.document {
            document.end_drag();
            document.end_labelling();
        }
    }

    /// Compares in a mode, from now on if that is off.
    pub(super) fn compare_as(&mut self, ctx: &Context, mode: CompareMode) {
        self.let_go_of_boxes();
        self.preferences.compare_mode = mode;
        if !self.compare.is_on() {
            self.toggle_compare(ctx);
        }
    }

    /// Makes B equal to A.
    pub(super) fn copy_to_b(&mut self) {
        if let Some(setup) = &mut self.compare.setup {
            let (settings, linked) = (self.preferences.settings.clone(), self.preferences.linked);
            *setup = Setup { settings, linked, network: None };
        }
    }

    /// Takes in what B found, moves its resolution with A's, and asks it what A has answered, unless A is about to be
    /// asked anew. Before a camera, where it always is, B looks at what A has found last.
    pub(super) fn follow_compare(&mut self, ctx: &Context) {
        let shows_trace = self.shows_trace();
        let live = self.document.as_ref().is_some_and(|document| document.live);
        let idle = self.answered >= self.ticket && (live || self.to_ask(ctx).is_none());
        let Compare { setup, rival, follows, tie, .. } = &mut self.compare;
        let (Some(setup), Some(rival), Some(network)) = (setup, rival, &self.network) else { return };
        if rival.take_in(&mut setup.settings.ablations) {
            // Software renderers may hold a frame back until the next one is begun.
            ctx.request_repaint_after(ONE_MORE_FRAME);
        }
        match *follows {
            true => setup.follow(tie, Setup::resolution(&self.preferences.settings)),
            false => *tie = None,
        }
        rival.order(setup.network.as_ref().unwrap_or(&network.choice), network.device_choice);
        if let Some(document) = &self.document {
            rival.follow(document, &setup.settings, shows_trace, idle, ctx.dragged_id().is_some());
        }
    }

    /// What is drawn in the place of the one picture while two sides are compared.
    pub(super) fn compare_view(&mut self) -> Option<View<'_>> {
        let a = self.network.as_deref();
        let document = self.document.as_mut()?;
        let Compare { setup, rival, canvas, wipe, side, .. } = &mut self.compare;
        Some(View {
            setup: setup.as_ref()?,
            rival: rival.as_mut()?,
            a,
            canvas_a: &mut self.canvas,
            canvas_b: canvas,
            wipe,
            side,
            document,
            preferences: &mut self.preferences,
            textures: &mut self.textures,
        })
    }

    /// The same on canvases, with a handle and with textures of its own, for a file.
    pub(super) fn compare_view_on<'a>(
        &'a mut self,
        [canvas_a, canvas_b]: &'a mut [Canvas; 2],
        wipe: &'a mut f32,
        textures: &'a mut Textures,
    ) -> Option<View<'a>> {
        let view = self.compare_view()?;
        Some(View { canvas_a, canvas_b, wipe, textures, ..view })
    }

    /// Where the handle of the wipe stands in the picture, 0 … 1 from left to right; in the window it is a share of the
    /// view, which shows less than the picture or more.
    pub(super) fn wipe_of_picture(&self) -> f32 {
        let places = self.document.as_ref().zip(self.canvas.viewport).map(|(document, viewport)| {
            let x = egui::lerp(viewport.x_range(), self.compare.wipe);
            let column = self.canvas.view.to_picture(egui::pos2(x, viewport.center().y), viewport).x;
            column / document.frame.width().max(1) as f32
        });
        places.unwrap_or(self.compare.wipe).clamp(0.0, 1.0)
    }

    /// The verdict on the selected person: of what B found last, and what A had found of the same people.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        let document = self.document.as_ref()?;
        let found = self.compare.rival.as_ref()?.found.as_ref()?;
        let other = found.other.as_ref()?;
        let index = document.selected?;
        let place = document.place_in_other(other, index)?;
        let (a, b) = (found.question.against.poses.get(place)?, other.answer.people.get(place)?);
        let person = document.people.get(index)?;
        Some(Verdict::of(a, &b.pose, person.truth.as_ref(), b.bounds.height))
    }
}

/// Each side as it is told apart: by what was found last, or by what is set before anything was.
fn described<'a>(
    rival: &'a Rival,
    of_a: &'a Settings,
    of_b: &'a Settings,
    network_a: Option<&'a NetworkInfo>,
) -> [Described<'a>; 2] {
    let found = rival.found.as_ref();
    let asked = found.map(|found| &found.question.against.settings);
    let answered = found.and_then(|found| Some(&found.other.as_ref()?.answer.request.settings));
    [
        Described { settings: asked.unwrap_or(of_a), network: network_a },
        Described { settings: answered.unwrap_or(of_b), network: rival.network.as_deref() },
    ]
}
