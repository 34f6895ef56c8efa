//! Small windows over the data set: which set, a path to type, what went wrong. Escape closes the uppermost.

use egui::{Context, Key, Label, ScrollArea, TextEdit, Ui};

use crate::app::data_set::act::Wish;
use crate::app::data_set::prompt::Prompt;
use crate::app::data_set::tasks::Purpose;
use crate::app::data_set::{DataSet, Failure};
use crate::app::dialogs::centred;
use crate::app::typed_path::typed_path;
use crate::study::SetChoice;

/// Width of a sentence in points.
const WIDTH: f32 = 460.0;
/// Height of a list of sets in points; further ones are scrolled to.
const LIST_HEIGHT: f32 = 320.0;

/// Draws those that are open.
pub fn ui(ctx: &Context, data_set: &mut DataSet) -> Option<Wish> {
    let [mut offers, mut prompts, mut fails] =
        [!data_set.offered.is_empty(), data_set.prompt.is_some(), data_set.failure.is_some()];
    let mut wish = None;
    centred("Which data set?").open(&mut offers).show(ctx, |ui| wish = choice(ui, &data_set.offered));
    // A path that is typed may be the way out of a failure, which waits behind it.
    if let Some(failure) = data_set.failure.as_ref().filter(|_| data_set.prompt.is_none()) {
        let window = centred("This did not work").open(&mut fails);
        window.show(ctx, |ui| wish = wish.take().or(failed(ui, failure)));
    }
    if let Some(prompt) = &mut data_set.prompt {
        let window = centred(prompt.purpose.title()).open(&mut prompts);
        window.show(ctx, |ui| wish = wish.take().or(typed(ui, prompt)));
    }
    if ctx.input(|input| input.key_pressed(Key::Escape)) {
        let uppermost = [&mut prompts, &mut fails, &mut offers].into_iter().find(|open| **open);
        uppermost.into_iter().for_each(|open| *open = false);
    }
    if !offers {
        data_set.offered.clear();
    }
    if !prompts {
        data_set.prompt = None;
    }
    if !fails {
        data_set.failure = None;
    }
    wish
}

fn choice(ui: &mut Ui, offered: &[SetChoice]) -> Option<Wish> {
    let mut wish = None;
    ScrollArea::vertical().max_height(LIST_HEIGHT).show(ui, |ui| {
        for choice in offered {
            let pictures: Vec<String> =
                choice.description.pictures.iter().map(|path| path.display().to_string()).collect();
            let hint =
                format!("{}\nPictures in {}", choice.description.annotations.display(), pictures.join("\n"));
            if ui.button(&choice.name).on_hover_text(hint).clicked() {
                wish = Some(Wish::Open(choice.clone()));
            }
        }
    });
    wish
}

fn failed(ui: &mut Ui, failure: &Failure) -> Option<Wish> {
    let mut wish = None;
    ui.set_width(WIDTH);
    ui.add(Label::new(&failure.message).wrap());
    if failure.without_pictures.is_some() {
        ui.horizontal(|ui| {
            if ui.button("Choose picture folder…").clicked() {
                wish = Some(Wish::Ask(Purpose::Pictures));
            }
            let hint = "Type the path of a folder or tar file";
            if ui.button("Type path of pictures…").on_hover_text(hint).clicked() {
                wish = Some(Wish::Type(Purpose::Pictures));
            }
        });
    }
    wish
}

fn typed(ui: &mut Ui, prompt: &mut Prompt) -> Option<Wish> {
    if let Some(reason) = &prompt.reason {
        ui.set_max_width(WIDTH);
        ui.weak(reason);
    }
    let edit = TextEdit::singleline(&mut prompt.text).desired_width(WIDTH).hint_text(prompt.purpose.hint());
    let response = ui.add(edit).accessible_name(prompt.purpose.hint());
    if std::mem::take(&mut prompt.just_opened) {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let clicked = ui.button(prompt.purpose.verb()).clicked();
    ((clicked || entered) && !prompt.text.trim().is_empty())
        .then(|| Wish::Take(prompt.purpose, typed_path(&prompt.text, std::env::home_dir().as_deref())))
}
