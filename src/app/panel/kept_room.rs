//! Room that stays while there is nothing to show in it, so that a panel keeps its height and where it is scrolled to.

use egui::{Id, Ui};

use super::note;

/// The room of a part of a panel, as high as that was when it was shown last.
#[derive(Clone, Copy, Debug)]
pub struct KeptRoom(Id);

impl KeptRoom {
    /// The room of the part of this name.
    pub fn of(name: &str) -> Self {
        Self(Id::unique(("kept room", name)))
    }

    /// Shows the part, and remembers how high it is.
    pub fn fill(self, ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
        let height = ui.scope(content).response.rect.height();
        ui.data_mut(|data| data.insert_temp(self.0, height));
    }

    /// Says why there is nothing to show, in the room that is kept.
    pub fn leave(self, ui: &mut Ui, why: &str) {
        let height: f32 = ui.data(|data| data.get_temp(self.0)).unwrap_or_default();
        ui.scope(|ui| {
            ui.set_min_height(height);
            note(ui, why);
        });
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::*;

    /// The height of what is drawn in a frame.
    fn height(ctx: &Context, draw: impl Fn(&mut Ui)) -> f32 {
        let mut height = 0.0;
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            height = ui.scope(&draw).response.rect.height();
        });
        // Nothing is painted.
        output.textures_delta.clear();
        height
    }

    #[test]
    fn what_is_not_known_takes_as_much_room_as_when_it_was() {
        let ctx = Context::default();
        let room = KeptRoom::of("a part");
        let before = height(&ctx, |ui| room.leave(ui, "Waiting"));
        let filled = height(&ctx, |ui| room.fill(ui, |ui| ui.add_space(400.0)));
        let after = height(&ctx, |ui| room.leave(ui, "Waiting"));
        assert!(before > 0.0 && before < 100.0, "{before}");
        assert_eq!((filled, after), (400.0, 400.0));
        assert_eq!(height(&ctx, |ui| KeptRoom::of("another").leave(ui, "Waiting")), before);
    }
}
