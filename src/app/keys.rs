//! How keys are written in menus and in the palette.

use egui::{Context, Key, KeyboardShortcut, ModifierNames};

/// The keys of a shortcut as they are printed on them: `]` and not "CloseBracket".
pub fn readable(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    spelled(shortcut, ctx.os().is_mac())
}

fn spelled(shortcut: &KeyboardShortcut, is_mac: bool) -> String {
    let names = ModifierNames::NAMES;
    let modifiers = names.format(&shortcut.modifiers, is_mac);
    let key = match shortcut.logical_key {
        Key::PageUp => "Page Up",
        Key::PageDown => "Page Down",
        Key::Escape => "Esc",
        Key::Quote => "'",
        key => key.symbol_or_name(),
    };
    if modifiers.is_empty() { key.into() } else { format!("{modifiers}{}{key}", names.concat) }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    #[test]
    fn keys_read_as_they_are_printed() {
        let written = |modifiers, key| spelled(&KeyboardShortcut::new(modifiers, key), false);
        assert_eq!(written(Modifiers::NONE, Key::CloseBracket), "]");
        assert_eq!(written(Modifiers::NONE, Key::OpenCurlyBracket), "{");
        assert_eq!(written(Modifiers::NONE, Key::PageDown), "Page Down");
        assert_eq!(written(Modifiers::COMMAND | Modifiers::SHIFT, Key::O), "Ctrl+Shift+O");
        let on_a_mac = spelled(&KeyboardShortcut::new(Modifiers::COMMAND, Key::O), true);
        assert_eq!(on_a_mac, "Cmd+O");
    }
}
