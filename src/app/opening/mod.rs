//! Reading files and asking for them, off the window's thread: who does it ([`Opener`]), what it does there, and what
//! comes back ([`Incoming`]).

mod at_hand;
mod fitting;
mod labels;
mod opener;
mod outcome;
mod path;
mod picture;
mod unnamed;

pub use opener::Opener;
pub use outcome::{Incoming, NotOpened, Opened};
pub use unnamed::Unnamed;
