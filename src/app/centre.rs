//! What stands in the middle of the window: the picture, or what a panel shows, opened large. The picture then stands
//! over the panels on the right.

use egui::containers::panel::PanelState;
use egui::{Align, Button, CentralPanel, Context, Frame, Key, Layout, Panel, Popup, ScrollArea, Ui};

use super::App;
use super::panel::sweep::SweepPlace;
use super::panel::what_if::WhatIfPlace;
use super::panel::{self, note};
use super::preferences::RightPanel;

/// Least height of the picture over the panels, in points.
const LEAST_PICTURE: f32 = 120.0;
/// Share of the height that it has at first, and at most.
const PICTURE_SHARE: [f32; 2] = [0.5, 0.8];

/// What stands in the middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Centre {
    /// The picture.
    #[default]
    Picture,
    /// The sweep.
    Sweep,
    /// What each part of the network is worth.
    Ablations,
}

impl Centre {
    /// What of a panel can stand in the middle; the picture where that is nothing.
    fn of(panel: RightPanel) -> Self {
        match panel {
            RightPanel::Sweep => Self::Sweep,
            RightPanel::WhatIf => Self::Ablations,
            _ => Self::Picture,
        }
    }
}

impl App {
    /// Whether something else than the picture stands in the middle.
    pub(super) fn is_large(&self) -> bool {
        self.centre != Centre::Picture && self.document.is_some()
    }

    /// Whether the large view could be opened or left.
    pub(super) fn can_be_large(&self) -> bool {
        let opens = self.preferences.show_right && Centre::of(self.preferences.right) != Centre::Picture;
        self.document.is_some() && (opens || self.is_large())
    }

    /// Gives the middle to what the right panel shows, or back to the picture.
    pub(super) fn toggle_large(&mut self) {
        match self.is_large() {
            true => self.centre = Centre::Picture,
            false => self.toggle_centre(Centre::of(self.preferences.right)),
        }
    }

    /// Gives the middle to this, or back to the picture where it has it.
    pub(super) fn toggle_centre(&mut self, wanted: Centre) {
        self.centre = if self.centre == wanted { Centre::Picture } else { wanted };
        // The picture goes there.
        self.preferences.show_right |= self.is_large();
    }

    /// Shows every panel again, and forgets what was made of the sizes and places of panels and windows.
    pub(super) fn reset_layout(&mut self, ctx: &Context) {
        self.centre = Centre::Picture;
        let preferences = &mut self.preferences;
        (preferences.show_left, preferences.show_right, preferences.show_strip) = (true, true, true);
        ctx.memory_mut(|memory| {
            memory.data.remove_by_type::<PanelState>();
            memory.reset_areas();
        });
    }

    /// Gives the middle back to the picture on Escape, which closes menus and small windows first.
    pub(super) fn leave_large(&mut self, ctx: &Context) {
        let busy = self.dialogs.any_open() || Popup::is_any_open(ctx);
        if self.is_large() && !busy && ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.centre = Centre::Picture;
        }
    }

    /// Draws the picture over the panels on the right, while something else has its place.
    pub(super) fn small_picture(&mut self, ui: &mut Ui) {
        let (large, network) = (self.is_large(), self.network.as_deref());
        let Some(document) = self.document.as_mut().filter(|_| large) else { return };
        let [first, most] = PICTURE_SHARE.map(|share| (share * ui.available_height()).max(LEAST_PICTURE));
        let panel = Panel::top("small picture").frame(Frame::NONE).resizable(true).default_size(first);
        panel.size_range(LEAST_PICTURE..=most).show(ui, |ui| {
            self.canvas.ui(ui, document, network, &mut self.preferences, &mut self.textures);
        });
    }

    /// Draws what stands in the middle in the place of the picture; false where the picture does.
    pub(super) fn large(&mut self, ui: &mut Ui) -> bool {
        if !self.is_large() {
            return false;
        }
        let ctx = ui.ctx().clone();
        let (mut sweep, mut what_if) = (None, None);
        CentralPanel::default().show(ui, |ui| {
            let Some(document) = &self.document else { return };
            let (network, room) = (self.network.as_deref(), ui.available_height());
            let area = ScrollArea::vertical().id_salt("large view").auto_shrink(false);
            area.show(ui, |ui| match self.centre {
                Centre::Picture => {}
                Centre::Sweep => {
                    let folder = self.folder.as_ref().map(|(folder, _)| folder);
                    let place = SweepPlace { document, folder, network, large: true };
                    sweep = panel::sweep::ui(ui, place, &mut self.sweep, &mut self.preferences, room);
                }
                Centre::Ablations => {
                    let place = WhatIfPlace { document, network, table_is_large: true };
                    what_if =
                        panel::what_if::large(ui, place, &mut self.preferences, &mut self.what_if, room);
                }
            });
        });
        if let Some(wish) = sweep {
            self.sweep_wish(&ctx, wish);
        }
        if let Some(wish) = what_if {
            self.what_if_wish(wish);
        }
        true
    }
}

/// The button that gives something the middle of the window, or the picture again where it is `large`. Whether it was
/// pressed.
pub fn button(ui: &mut Ui, large: bool) -> bool {
    let (text, meaning) = match large {
        true => ("Back", "Give the middle of the window back to the picture. Escape does the same."),
        false => ("Large", "Give this the middle of the window; the picture goes to the right."),
    };
    ui.add(Button::new(text).small()).on_hover_text(meaning).clicked()
}

/// The button at the right end of a line.
pub fn button_at_end(ui: &mut Ui, large: bool) -> bool {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| button(ui, large)).inner
}

/// Says that something stands in the middle; gives whether it is to come back.
pub fn elsewhere(ui: &mut Ui, what: &str) -> bool {
    ui.horizontal(|ui| {
        note(ui, format!("{what} is in the middle of the window."));
        button_at_end(ui, true)
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_large_view_leaves_the_picture_in_its_place() {
        let large = RightPanel::ALL.map(Centre::of);
        assert_eq!(
            large.iter().filter(|centre| **centre == Centre::Picture).count(),
            RightPanel::ALL.len() - 2
        );
        assert_eq!(Centre::of(RightPanel::Sweep), Centre::Sweep);
        assert_eq!(Centre::of(RightPanel::WhatIf), Centre::Ablations);
    }
}
