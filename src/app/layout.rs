//! Where everything stands in the window.

use egui::{Align, CentralPanel, Layout, Panel, ScrollArea, Stroke, Ui};

use super::centre::{self, Centre};
use super::compare::Side;
use super::document::Document;
use super::empty_state::{self, EmptyState};
use super::panel::ema::EmaPanel;
use super::panel::status::Status;
use super::panel::sweep::{SweepPlace, SweepWish};
use super::panel::what_if::WhatIfPlace;
use super::preferences::RightPanel;
use super::strip::{self, StripView};
use super::{App, menu, messages, panel, reading};

impl App {
    pub(super) fn panels(&mut self, ui: &mut Ui, draw_secs: Option<f32>) {
        let ctx = ui.ctx().clone();
        let menu = Panel::top("menu").show(ui, |ui| menu::ui(self, ui)).response.rect;
        if self.opener.reading().is_slow() {
            // Over the menu's lower edge, where it moves nothing.
            let stroke = Stroke::new(2.0, ui.visuals().selection.bg_fill);
            ui.painter().hline(menu.x_range(), menu.bottom() - 1.0, stroke);
        }
        if self.network.as_ref().is_some_and(|network| !network.trained) {
            Panel::top("untrained").show(ui, untrained_banner);
        }
        Panel::bottom("status").show(ui, |ui| {
            ui.horizontal(|ui| {
                let status = Status {
                    document: self.document.as_ref(),
                    place: self.place_in_folder(),
                    rates: self.rates.last_second(ctx.input(|input| input.time)),
                    zoom: self.canvas.view.zoom(),
                    waiting: self.answered < self.ticket
                        || self.document.as_ref().is_some_and(Document::is_looking),
                    draw_secs,
                };
                panel::status::ui(ui, &status);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.status_end(ui));
            });
        });
        let width = ui.available_width();
        // On a small screen the picture keeps half of it; on a large one the maps get more.
        let (left, right) = match width {
            ..1200.0 => (200.0, 300.0),
            ..2000.0 => (290.0, 400.0),
            _ => (320.0, 560.0),
        };
        if self.preferences.show_left {
            Panel::left("left").default_size(left).size_range(200.0..=420.0).show(ui, |ui| {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.left(ui));
            });
        }
        if self.preferences.show_right {
            Panel::right("right").default_size(right).size_range(300.0..=(0.5 * width).max(300.0)).show(
                ui,
                |ui| {
                    self.small_picture(ui);
                    self.right(ui);
                },
            );
        }
        if let (Some(player), true) = (&self.clip, self.document.is_some()) {
            let filmed = self.filmed_frame();
            let wish = Panel::bottom("clip").show(ui, |ui| panel::clip::ui(ui, player, filmed)).inner;
            if let Some(wish) = wish {
                self.clip_wish(&ctx, wish);
            }
        }
        if self.preferences.show_strip && self.document.is_some() {
            let view = StripView {
                strip: &self.strip,
                network: self.network.as_deref(),
                frames_run: self.frames_run(),
            };
            let panel = Panel::bottom("strip").exact_size(strip::height(&ctx)).resizable(false);
            panel.show(ui, |ui| view.ui(ui, &mut self.preferences, &mut self.textures));
        }
        if self.large(ui) {
            return;
        }
        if self.compare.is_on() && self.document.is_some() {
            self.compare_centre(ui);
            return;
        }
        let mut chosen = None;
        CentralPanel::no_frame().show(ui, |ui| match &mut self.document {
            Some(document) => {
                let network = self.network.as_deref();
                self.canvas.ui(ui, document, network, &mut self.preferences, &mut self.textures);
            }
            None => {
                let state = match (self.opener.reading().newest(), &self.not_opened) {
                    (Some((name, _)), _) => EmptyState::Working(name),
                    (None, Some(failure)) => EmptyState::Failed(failure),
                    (None, None) => EmptyState::Nothing,
                };
                chosen = empty_state::ui(ui, &state, &self.preferences.recent);
            }
        });
        if let Some(entry) = chosen {
            self.choose(&ctx, entry);
        }
    }

    /// The right end of the status line: messages, and what is being read behind the present picture.
    fn status_end(&mut self, ui: &mut Ui) {
        if messages::button(ui, &self.toasts.log) {
            self.dialogs.messages = !self.dialogs.messages;
        }
        if self.document.is_some() {
            reading::sign(ui, self.opener.reading());
        }
    }

    fn left(&mut self, ui: &mut Ui) {
        self.camera.ui(ui, &mut self.preferences);
        let network = self.network.as_deref();
        panel::resolution::ui(ui, &mut self.preferences, network);
        if let Some(command) = self.side_b(ui) {
            let ctx = ui.ctx().clone();
            self.act(&ctx, command);
        }
        let network = self.network.as_deref();
        if let Some(document) = &self.document {
            let second_opinion = self.preferences.second_opinion && self.finder.has_opinion();
            panel::score::ui(ui, document, network, second_opinion);
            if panel::input::ui(ui, document, network, &mut self.preferences, &mut self.textures) {
                self.dialogs.input = true;
            }
        }
        if let Some(document) = &mut self.document {
            panel::people::ui(ui, document);
        }
        let network = self.network.as_deref();
        panel::layers::ui(ui, &mut self.preferences, network);
        let document = self.document.as_ref();
        panel::what_matters::ui(ui, document, network, &mut self.preferences, &mut self.what_matters);
    }

    fn right(&mut self, ui: &mut Ui) {
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            for tab in RightPanel::ALL {
                ui.selectable_value(&mut self.preferences.right, tab, tab.label());
            }
        });
        ui.separator();
        if self.side_choice(ui) == Side::B {
            self.right_of_b(ui);
            return;
        }
        let Some(document) = &self.document else { return };
        let network = self.network.as_deref();
        let (mut what_if, mut wish, mut ema_wish) = (None, None, None);
        let (folder, centre) = (self.folder.as_ref().map(|(folder, _)| folder), self.centre);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match self.preferences.right {
            RightPanel::Attention => {
                let (across, preferences) = (Some(&self.across_sizes), &mut self.preferences);
                panel::attention::ui(ui, document, network, across, preferences, &mut self.textures);
            }
            RightPanel::Ema => {
                let folder = self.folder.as_ref().map(|(folder, _)| folder);
                let panel = EmaPanel { document, network, ema: &self.ema, of_side_b: false, folder };
                ema_wish = panel.ui(ui, &mut self.preferences, &mut self.textures);
            }
            RightPanel::Joints => panel::joints::ui(ui, document, network, &mut self.preferences),
            RightPanel::WhatIf => {
                let place = WhatIfPlace { document, network, table_is_large: centre == Centre::Ablations };
                what_if = panel::what_if::ui(ui, place, &mut self.preferences, &mut self.what_if);
            }
            RightPanel::Sweep if centre == Centre::Sweep => {
                wish = centre::elsewhere(ui, "The sweep").then_some(SweepWish::Large);
            }
            RightPanel::Sweep => {
                let place = SweepPlace { document, folder, network, large: false };
                wish = panel::sweep::ui(ui, place, &mut self.sweep, &mut self.preferences, 0.0);
            }
        });
        if let Some(wish) = what_if {
            self.what_if_wish(wish);
        }
        if let Some(wish) = wish {
            self.sweep_wish(ui.ctx(), wish);
        }
        if let Some(wish) = ema_wish {
            self.ema_wish(ui.ctx(), wish);
        }
    }
}

fn untrained_banner(ui: &mut Ui) {
    let colour = ui.visuals().warn_fg_color;
    ui.horizontal_wrapped(|ui| {
        ui.colored_label(colour, "This network is untrained: its joints are random and mean nothing.");
        ui.weak("Attention and EMA views still show how it works. Open trained weights with Network › Open weights…");
    });
}
