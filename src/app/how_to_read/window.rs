//! The texts in one window: a search, the list of all, and the one that is read.

use egui::{Align, Align2, Context, Key, Layout, ScrollArea, TextEdit, Ui, Window, vec2};

use super::{HowTo, button, words};
use crate::app::glossary::Glossary;

/// Widths of the list and of the text in points.
const LIST: f32 = 168.0;
const TEXT: f32 = 380.0;
/// Height of both where the screen allows, so that no text makes the window jump.
const HEIGHT: f32 = 400.0;
/// What the screen must leave for everything else.
const OTHER_HEIGHT: f32 = 160.0;
/// Height on the smallest screen.
const LEAST_HEIGHT: f32 = 160.0;
/// Between the list and the text, besides the usual space.
const GAP: f32 = 8.0;
/// Between paragraphs.
const PARAGRAPH: f32 = 8.0;

/// Whether the window is open, what is read in it, and what is looked for.
#[derive(Default)]
pub struct HowToReadWindow {
    /// The text that is read; none while the window is closed.
    read: Option<HowTo>,
    just_opened: bool,
    wanted: String,
}

impl HowToReadWindow {
    /// Opens the window at a text.
    pub fn open(&mut self, how_to: HowTo) {
        *self = Self { read: Some(how_to), just_opened: true, wanted: String::new() };
    }

    /// Whether the window is open.
    pub fn is_open(&self) -> bool {
        self.read.is_some()
    }

    /// Closes the window.
    pub fn close(&mut self) {
        self.read = None;
    }

    /// Draws the window, if it is open or a sign was clicked. A linked word opens the glossary.
    pub fn show(&mut self, ctx: &Context, glossary: &mut Glossary) {
        if let Some(how_to) = button::take_wanted(ctx) {
            self.open(how_to);
        }
        let Some(mut read) = self.read else { return };
        let mut open = true;
        let height = (ctx.content_rect().height() - OTHER_HEIGHT).clamp(LEAST_HEIGHT, HEIGHT);
        // To be moved beside what it tells about.
        let window = Window::new("How to read this").collapsible(false).resizable(false);
        let window = window.pivot(Align2::CENTER_CENTER).default_pos(ctx.content_rect().center());
        window.open(&mut open).show(ctx, |ui| {
            let found = self.search(ui, &mut read);
            ui.separator();
            ui.horizontal_top(|ui| {
                column(ui, "list", LIST, height, |ui| list(ui, &found, &mut read));
                ui.add_space(GAP);
                column(ui, "text", TEXT, height, |ui| text(ui, read, glossary));
            });
        });
        self.read = open.then_some(read);
    }

    /// The field of the search; gives what is found. A changed search or Enter goes to the first of it.
    fn search(&mut self, ui: &mut Ui, read: &mut HowTo) -> Vec<HowTo> {
        let edit = TextEdit::singleline(&mut self.wanted)
            .desired_width(LIST + GAP + TEXT)
            .hint_text("Search the texts");
        let response = ui.add(edit).accessible_name("Search the texts");
        if std::mem::take(&mut self.just_opened) {
            response.request_focus();
        }
        let found = HowTo::found(&self.wanted);
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let typed = response.changed() && !self.wanted.trim().is_empty();
        if let (true, Some(first)) = (typed || entered, found.first()) {
            *read = *first;
        }
        found
    }
}

/// A part of the window with a size that does not change, scrolled where it is too small.
fn column(ui: &mut Ui, name: &str, width: f32, height: f32, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, height), Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(vec2(width, height));
        ui.set_max_width(width);
        ScrollArea::vertical().id_salt(name).max_height(height).auto_shrink(false).show(ui, content);
    });
}

fn list(ui: &mut Ui, found: &[HowTo], read: &mut HowTo) {
    if found.is_empty() {
        ui.weak("No text has such a word.");
    }
    ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
        for how_to in found {
            ui.selectable_value(read, *how_to, how_to.title());
        }
    });
}

fn text(ui: &mut Ui, read: HowTo, glossary: &mut Glossary) {
    ui.heading(read.title());
    for paragraph in read.text().split("\n\n") {
        ui.add_space(PARAGRAPH);
        if let Some(term) = words::paragraph(ui, paragraph) {
            glossary.open_at(term);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT, Queryable};

    use super::*;
    use crate::app::panel::heading_explained;

    #[derive(Default)]
    struct Windows {
        how_to_read: HowToReadWindow,
        glossary: Glossary,
    }

    fn harness() -> Harness<'static, Windows> {
        let draw = |ui: &mut Ui, windows: &mut Windows| {
            heading_explained(ui, "Resolution", HowTo::Resolution);
            let ctx = ui.ctx().clone();
            windows.how_to_read.show(&ctx, &mut windows.glossary);
            windows.glossary.show(&ctx);
        };
        Harness::builder().with_size(vec2(1024.0, 700.0)).build_ui_state(draw, Windows::default())
    }

    #[test]
    fn a_sign_opens_its_text_whose_words_lead_to_the_glossary() {
        let mut harness = harness();
        assert!(harness.query_by_label("Search the texts").is_none());
        harness.get_by_label("How to read resolution").click();
        harness.run_steps(4);
        assert_eq!(harness.state().how_to_read.read, Some(HowTo::Resolution));
        harness.get_by_role_and_label(egui::accesskit::Role::Link, "Capture").click();
        harness.run_steps(4);
        let search = harness.get_by_label("Search the terms");
        assert_eq!(search.accesskit_node().value().as_deref(), Some("Capture"));
    }

    #[test]
    fn typing_leads_to_the_first_text_found() {
        let mut harness = harness();
        harness.state_mut().how_to_read.open(HowTo::Score);
        harness.run_steps(2);
        harness.get_by_label("Search the texts").type_text("gradient");
        harness.run_steps(4);
        assert_eq!(harness.state().how_to_read.read, Some(HowTo::WhatMatters));
        harness.state_mut().how_to_read.close();
        harness.run_steps(2);
        assert!(harness.query_by_label("Search the texts").is_none());
    }

    #[test]
    fn no_text_makes_the_window_jump() {
        let mut harness = harness();
        let mut tops = Vec::new();
        for how_to in [HowTo::Resolution, HowTo::AcrossSizes] {
            harness.state_mut().how_to_read.open(how_to);
            harness.run_steps(4);
            tops.push(harness.get_by_label("Search the texts").rect());
        }
        assert_eq!(tops[0], tops[1]);
    }
}
