//! How far it is to know who is in the pictures of a folder, in words.

use crate::study::Gathering;

/// The share that is done, 0 … 1, how many of how many, and what is counted.
pub fn told(gathering: Gathering) -> (f64, String, &'static str) {
    let (what, done, of, meaning) = match gathering {
        Gathering::Labels { done, of } => {
            ("labels", done, of, "Label files are read for each picture of the folder")
        }
        Gathering::Pictures { done, of } => {
            ("pictures", done, of, "Pictures of the folder whose people are looked up or looked for")
        }
    };
    (done as f64 / of.max(1) as f64, format!("{what} {done} of {of}"), meaning)
}
