//! How to read what the window shows: a short text for each panel, one click away from it.
//!
//! [`button`] stands at a panel's heading and asks for its text; [`HowToReadWindow`] shows it, with a list of all texts
//! and a search.

mod button;
mod subject;
mod texts;
mod window;
mod words;

pub use button::{button, note_with_button};
pub use subject::HowTo;
pub use window::HowToReadWindow;
