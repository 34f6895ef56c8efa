//! What the threads send: pictures that were read, and what the network found.

use std::time::Duration;

use egui::Context;

use super::document::Document;
use super::opening::{Incoming, NotOpened, Opened};
use super::stream::clip_frame;
use super::toasts::Level;
use super::what_if::keep_possible;
use super::{App, default_weights};
use crate::engine::{Event, NetworkChoice};
use crate::network::DeviceChoice;
use crate::pose::BoundingBox;

/// Until the frame that follows news, and makes sure it is seen.
pub(super) const ONE_MORE_FRAME: Duration = Duration::from_millis(30);

impl App {
    /// Takes in everything that the threads have sent.
    pub(super) fn take_in(&mut self, ctx: &Context) {
        let mut news = false;
        while let Some(event) = self.engine.poll() {
            self.engine_event(ctx, event);
            news = true;
        }
        while let Some(event) = self.finder.poll() {
            self.finder_event(event);
            news = true;
        }
        while let Some(incoming) = self.opener.poll() {
            news = true;
            match incoming {
                Incoming::Opened(opened) => self.show(ctx, *opened),
                Incoming::NotOpened(failure) => self.not_opened(failure),
                Incoming::Labels { picture, file, people, warning } => {
                    if let Some(warning) = warning {
                        self.toasts.add(Level::Warning, warning);
                    }
                    // Another picture may have come while the file was read.
                    let document = self.document.as_mut();
                    if let Some(document) =
                        document.filter(|document| document.frame.path.as_ref() == Some(&picture))
                    {
                        document.take_labels(file, people);
                        self.asked = None;
                    }
                }
                Incoming::Chosen(path) => self.open_path(path),
                Incoming::NoDialog(why) => self.dialogs.path.open_because(why),
                Incoming::Unnamed { reason, file } => self.dialogs.save.ask(file, reason),
                Incoming::Weights(path) => self.use_network(path),
                Incoming::OtherWeights(path) => self.compare.use_weights(path),
                Incoming::Cameras(cameras) => {
                    self.camera.found(ctx, cameras, self.preferences.mirror_camera, &mut self.toasts)
                }
                Incoming::Saved(path) => {
                    self.saved(&path);
                    self.toasts.add(Level::Info, format!("Saved {}", path.display()));
                }
                Incoming::Warning(message) => self.toasts.add(Level::Warning, message),
                Incoming::Failed(message) => self.error(message),
            }
        }
        news |= self.sweep.poll(&self.engine, self.network.as_ref());
        if let Some(warning) = self.sweep.take_warning() {
            self.toasts.add(Level::Warning, warning);
        }
        news |= self.ema.poll(&self.engine, self.network.as_ref());
        news |= self.take_in_data_set(ctx);
        news |= self.take_in_copy(ctx);
        if news {
            // Software renderers may hold a frame back until the next one is begun.
            ctx.request_repaint_after(ONE_MORE_FRAME);
        }
    }

    fn engine_event(&mut self, ctx: &Context, event: Event) {
        match event {
            Event::Network(info) => {
                self.preferences.remember_network(&info);
                self.finder.set_device(info.device_choice);
                if self.network.as_ref().is_some_and(|old| old.choice != info.choice) {
                    self.toasts.add(Level::Info, format!("Using {}", info.name));
                }
                self.what_if.forget();
                self.ema.forget_largest();
                if self.compare.is_wanted_of_a(&info.choice) {
                    keep_possible(&mut self.preferences.settings.ablations, info.config.as_ref());
                }
                for remark in &info.remarks {
                    self.toasts.add(Level::Warning, remark.clone());
                }
                self.network = Some(info);
                self.asked = None;
                if let Some(document) = &mut self.document {
                    document.forget_reference();
                }
            }
            Event::Answer(answer) => {
                self.answered = self.answered.max(answer.ticket);
                self.short_of_memory.answered();
                tracing::info!(
                    ticket = answer.ticket,
                    input = %answer.request.settings.input,
                    people = answer.people.len(),
                    milliseconds = answer.milliseconds(),
                    "answered"
                );
                let newest = answer.ticket == self.ticket;
                self.rates.add(ctx.input(|input| input.time), answer.people.len());
                let settings = &answer.request.settings;
                let at_reference = self
                    .network
                    .as_ref()
                    .is_some_and(|network| network.reference_settings(settings) == *settings);
                let document = self.document.as_mut();
                let refined = document.is_some_and(|document| {
                    let ticket = answer.ticket;
                    let refined = document.take(*answer);
                    if document.answer().is_some_and(|taken| taken.ticket == ticket) {
                        document.at_reference = at_reference;
                    }
                    refined
                });
                if let (true, Some(document), Some(asked)) =
                    (refined && newest, &self.document, &mut self.asked)
                {
                    // The answer at hand already is that of the refined boxes.
                    asked.people = document.asked_people();
                }
            }
            Event::Reference { ticket, poses } => {
                if let Some(document) = &mut self.document {
                    document.take_reference(ticket, poses);
                }
            }
            Event::Failed { ticket, message, out_of_memory } => {
                self.request_failed(ticket, message, out_of_memory);
            }
            Event::NetworkFailed { choice, message, .. } => self.network_failed(&choice, message),
        }
    }

    fn network_failed(&mut self, choice: &NetworkChoice, message: String) {
        self.compare.not_loaded(choice);
        if let Some(network) = &self.network {
            if self.compare.is_wanted_of_a(&network.choice) {
                // A swap may have brought settings that were the other network's.
                keep_possible(&mut self.preferences.settings.ablations, network.config.as_ref());
            }
            self.error(format!("{message}. The network before stays."));
            // What gave way to this order is still to be asked.
            self.asked = None;
            return;
        }
        self.error(message);
        // A remembered file or device that no longer works must not leave the window without a network.
        if !std::mem::replace(&mut self.fell_back, true) {
            self.preferences.forget_network();
            self.engine.use_instead(default_weights(), DeviceChoice::Auto);
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, opened: Opened) {
        let Opened { frame, truth, warning, folder, clip } = opened;
        if let Some(path) = &frame.path {
            self.preferences.remember(path);
        }
        if let Some(warning) = warning {
            self.toasts.add(Level::Warning, warning);
        }
        self.camera.stop();
        self.versions += 1;
        self.opener.shown(Some(&frame));
        let place =
            folder.as_ref().zip(frame.path.as_ref()).and_then(|(folder, path)| folder.position_of(path));
        let carried = self.carried.take().filter(|carried| frame.path.as_ref() == Some(&carried.to));
        let mut document = Document::new(frame, self.versions, self.ticket + 1, truth);
        if let Some(carried) = carried {
            self.put_carried(&mut document, &carried.boxes);
        }
        self.keep_draft();
        document.kept_as = document.frame.path.as_ref().map(|path| match clip {
            Some(_) => clip_frame(path, 0),
            None => path.display().to_string(),
        });
        self.document = Some(document);
        self.hold_clip(ctx, clip);
        self.find_in_new_picture();
        self.take_draft();
        self.folder = folder.zip(place);
        self.canvas.view.fit();
    }

    /// Puts the boxes of the picture before into one without labels of its own.
    fn put_carried(&mut self, document: &mut Document, boxes: &[BoundingBox]) {
        let text = match document.is_guess() {
            true if document.take_copied(boxes) => return,
            true => "No box of the picture before lies in this one",
            false => "This picture has labels of its own, so no boxes were copied",
        };
        self.toasts.add(Level::Info, text);
    }

    /// Says that a path could not be opened: in the middle of the window where there is nothing else to see.
    fn not_opened(&mut self, failure: NotOpened) {
        if self.document.is_some() {
            self.error(failure.message);
            return;
        }
        tracing::error!("{}", failure.message);
        self.toasts.log.add(Level::Error, &failure.message);
        self.not_opened = Some(failure);
    }
}
