//! What the data set window asks for, and what comes back to it.

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand, ViewportId};

use super::captured::Captured;
use super::prompt::Prompt;
use super::tasks::{Done, NotOpened, Purpose, ShownPerson};
use super::window::{self, viewport};
use super::{DataSet, Failure};
use crate::app::App;
use crate::app::reading::Reading;
use crate::app::toasts::Level;
use crate::study::{SetChoice, SetDescription, StudyError};

/// What the data set window asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A path by dialog.
    Ask(Purpose),
    /// A path by typing.
    Type(Purpose),
    /// Use a path that was typed or dropped.
    Take(Purpose, PathBuf),
    /// Open one of the sets that are offered.
    Open(SetChoice),
    /// Open the set at hand anew with so many of its pictures.
    Limit(Option<usize>),
    /// Measure the network at hand.
    Run,
    /// End the measurement; what is complete stays.
    Cancel,
    /// List the people of this run.
    Choose(u64),
    /// Show the figures of the runs that captured so.
    ShowCaptured(Captured),
    /// Take a run away.
    Remove(u64),
    /// Show a person of the listed run, by place among its people, in the main window.
    Show(usize),
    /// Put the window away; what is being measured ends.
    Close,
}

impl App {
    /// Brings the data set window up.
    pub(in crate::app) fn open_data_set(&mut self, ctx: &Context) {
        if self.data_set.shown {
            ctx.send_viewport_cmd_to(viewport(), ViewportCommand::Focus);
        }
        self.data_set.shown = true;
    }

    /// Draws the data set window, if it is open, and does what it asks for.
    pub(in crate::app) fn data_set_window(&mut self, ctx: &Context) {
        if !self.data_set.shown {
            return;
        }
        let view = &self.preferences.settings;
        if let Some(wish) = window::show(ctx, &mut self.data_set, self.network.as_deref(), view) {
            self.data_set_wish(wish);
            // The window was drawn before its wish was granted.
            ctx.request_repaint();
        }
    }

    fn data_set_wish(&mut self, wish: Wish) {
        let data_set = &mut self.data_set;
        match wish {
            Wish::Ask(purpose) => {
                let name = data_set.set.as_ref().map_or_else(String::new, |open| open.name.clone());
                data_set.tasks.ask(purpose, format!("{name} measured"));
            }
            Wish::Type(purpose) => data_set.prompt = Some(Prompt::new(purpose, None)),
            Wish::Take(purpose, path) => data_set.take(purpose, path),
            Wish::Open(choice) => data_set.open(choice.description),
            Wish::Limit(limit) => data_set.limit(limit),
            Wish::Run => {
                if let Some(network) = self.network.clone() {
                    data_set.start(&self.engine, network, &self.preferences.settings);
                }
            }
            Wish::Cancel => data_set.work = None,
            Wish::Choose(id) => data_set.choose(id),
            Wish::ShowCaptured(captured) => data_set.show_captured(captured),
            Wish::Remove(id) => data_set.remove(id),
            Wish::Show(place) => data_set.show(place, self.opener.reading_mut()),
            Wish::Close => data_set.close(),
        }
    }

    /// Takes in what the window's threads and its measurement gave; false where that is nothing.
    pub(in crate::app) fn take_in_data_set(&mut self, ctx: &Context) -> bool {
        let mut news = self.data_set.follow();
        if let Some(warning) = self.data_set.warning.take() {
            self.toasts.add(Level::Warning, warning);
        }
        while let Some(done) = self.data_set.tasks.poll() {
            news = true;
            match done {
                Done::Person(number, read) => {
                    let reading = self.opener.reading_mut();
                    reading.end(number);
                    match read {
                        Ok(shown) if reading.shows(number) => self.show_person(ctx, *shown),
                        Ok(_) => {}
                        Err(message) => self.data_set_failed(message),
                    }
                }
                Done::Opened(number, set) => {
                    for warning in &set.set.warnings {
                        self.toasts.log.add(Level::Warning, warning);
                    }
                    self.data_set.opened(number, *set);
                }
                Done::NotOpened(failed) => {
                    self.toasts.log.add(Level::Error, &failed.error.to_string());
                    self.data_set.not_opened(*failed);
                }
                Done::Failed(message) => self.data_set_failed(message),
                Done::Saved(path) => self.data_set.told = Some(format!("Saved {}", path.display())),
                Done::Sets(number, sets) => self.data_set.offer(number, sets),
                Done::Chosen(purpose, path) => self.data_set.take(purpose, path),
                Done::NoDialog(purpose, why) => {
                    self.data_set.prompt = Some(Prompt::new(purpose, Some(why)));
                }
            }
        }
        news
    }

    fn data_set_failed(&mut self, message: String) {
        self.toasts.log.add(Level::Error, &message);
        self.data_set.fail(message);
    }

    /// Shows somebody of a set in the main window, looked at as they were measured.
    fn show_person(&mut self, ctx: &Context, shown: ShownPerson) {
        let ShownPerson { opened, person, settings } = shown;
        self.preferences.go_to(Some(settings.input), settings.capture.height);
        self.preferences.settings = settings;
        self.show(ctx, opened);
        if let Some(document) = &mut self.document {
            document.select_labelled(&person.labels, &person.bbox);
        }
        ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Focus);
    }
}

impl DataSet {
    /// Uses a path for what it was wanted for.
    fn take(&mut self, purpose: Purpose, path: PathBuf) {
        self.prompt = None;
        match purpose {
            Purpose::File | Purpose::Folder => {
                self.asked += 1;
                self.tasks.look(self.asked, path);
            }
            Purpose::Pictures => {
                let failed = self.failure.take().and_then(|failure| failure.without_pictures);
                if let Some(description) = failed {
                    self.open(SetDescription { pictures: vec![path], ..description });
                }
            }
            Purpose::Save(format) => match self.export() {
                Some(export) => self.tasks.save(export, format, path),
                None => self.fail(format!("{} was not written: there are no runs any more", path.display())),
            },
        }
    }

    /// Opens the only set of a path, or lets the user choose, unless something else was asked for meanwhile.
    fn offer(&mut self, number: u64, sets: Vec<SetChoice>) {
        if number != self.asked {
            return;
        }
        match <[SetChoice; 1]>::try_from(sets) {
            Ok([only]) => self.open(only.description),
            Err(several) => self.offered = several,
        }
    }

    /// Opens the set at hand anew with so many of its pictures.
    fn limit(&mut self, limit: Option<usize>) {
        if let Some(open) = &self.set {
            let description = SetDescription { limit, ..open.description.clone() };
            self.open(description);
        }
    }

    /// Says why a set could not be opened, unless another one was asked for meanwhile.
    fn not_opened(&mut self, failed: NotOpened) {
        let NotOpened { number, description, error } = failed;
        if self.opening.as_ref().is_none_or(|opening| opening.number != number) {
            return;
        }
        self.opening = None;
        let is_missing = matches!(error, StudyError::MissingPictures { .. });
        let without_pictures = is_missing.then_some(description);
        self.failure = Some(Failure { message: error.to_string(), without_pictures });
    }

    /// Reads the picture of somebody of the listed run, by place among its people.
    fn show(&self, place: usize, reading: &mut Reading) {
        let Some((open, run)) = self.set.as_ref().zip(self.chosen_run()) else { return };
        let Some(result) = run.measured.people.get(place) else { return };
        let Some(image) = open.set.dataset.images.get(result.picture) else { return };
        let number = reading.begin(Path::new(&image.file_name));
        if !self.tasks.show_person(number, open.set.clone(), result, run.settings().clone()) {
            reading.end(number);
        }
    }

    /// Puts the window away, and ends the measurement that nobody would see any more.
    fn close(&mut self) {
        self.shown = false;
        if self.work.take().is_some() {
            let why = "The window was closed before this was done; what was complete stays.";
            self.told = Some(why.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MissingPictures;

    #[test]
    fn one_set_is_opened_and_several_are_offered() {
        let choice = |name: &str| SetChoice { name: name.into(), description: SetDescription::default() };
        let mut data_set = DataSet::new(Context::default());
        data_set.offer(0, vec![choice("dev"), choice("test_a")]);
        assert_eq!((data_set.offered.len(), data_set.opening.is_none()), (2, true));
        data_set.asked = 2;
        data_set.offer(1, vec![choice("late")]);
        assert!(data_set.opening.is_none(), "another path was given meanwhile");
        data_set.offer(2, vec![choice("dev")]);
        assert!(data_set.opening.is_some() && data_set.offered.is_empty());
    }

    #[test]
    fn missing_pictures_are_looked_for_elsewhere_and_old_failures_are_passed_over() {
        let mut data_set = DataSet::new(Context::default());
        data_set.open(SetDescription::default());
        let failed = |number| NotOpened {
            number,
            description: SetDescription { annotations: "dev.json".into(), ..SetDescription::default() },
            error: StudyError::MissingPictures {
                annotations: "dev.json".into(),
                source: MissingPictures::Missing {
                    missing: 3,
                    total: 3,
                    first: "1.png".into(),
                    places: "sets".into(),
                },
            },
        };
        data_set.not_opened(failed(0));
        assert!(data_set.failure.is_none());
        data_set.not_opened(failed(1));
        assert!(data_set.failure.as_ref().unwrap().without_pictures.is_some());
        data_set.take(Purpose::Pictures, PathBuf::from("elsewhere"));
        assert!(data_set.failure.is_none() && data_set.asked == 2);
    }
}
