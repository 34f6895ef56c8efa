//! The sign that files held over the window will be taken.

use egui::{Align2, Area, Color32, Context, Frame, Id, LayerId, Order, RichText};

use super::reading::name_of;

/// How dark the window is under the sign.
const SHADE: Color32 = Color32::from_black_alpha(140);

/// Says what would be opened, while files are held over the window.
pub fn show(ctx: &Context) {
    let names: Vec<Option<String>> =
        ctx.input(|i| i.raw.hovered_files.iter().map(|file| file.path.as_deref().map(name_of)).collect());
    if names.is_empty() {
        return;
    }
    let shade = LayerId::new(Order::Foreground, Id::unique("drop shade"));
    ctx.layer_painter(shade).rect_filled(ctx.content_rect(), 0.0, SHADE);
    Area::new(Id::unique("drop sign"))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .interactable(false)
        .show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(16).show(ui, |ui| {
                ui.label(RichText::new(sentence(&names)).size(16.0));
            });
        });
}

fn sentence(names: &[Option<String>]) -> String {
    match names {
        [Some(name)] => format!("Drop to open {name}"),
        [_] => "Drop to open".into(),
        many => format!("Drop to open {} files", many.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_names_one_file_and_counts_many() {
        assert_eq!(sentence(&[Some("a.png".into())]), "Drop to open a.png");
        assert_eq!(sentence(&[None]), "Drop to open");
        assert_eq!(sentence(&[Some("a.png".into()), None]), "Drop to open 2 files");
    }
}
