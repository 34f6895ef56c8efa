//! What a job says of the pictures it reads, handed over to whoever follows it.

use std::sync::{Arc, OnceLock};

/// What is to be said of the pictures that a job reads, told once it has read all of them. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct PictureWarnings(Arc<OnceLock<Vec<String>>>);

impl PictureWarnings {
    /// Tells it, a sentence for each thing; only the first telling counts.
    pub fn tell(&self, sentences: Vec<String>) {
        // A job that reads its pictures again has nothing else to say of them.
        let _ = self.0.set(sentences);
    }

    /// Every sentence in one line; none where there is nothing to say, or not all pictures have been read.
    pub fn line(&self) -> Option<String> {
        self.0.get().filter(|sentences| !sentences.is_empty()).map(|sentences| sentences.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_first_is_shared_and_stays() {
        let warnings = PictureWarnings::default();
        let reader = warnings.clone();
        assert_eq!(reader.line(), None);
        warnings.tell(vec!["a.jpg has no end marker".to_owned(), "b.png is dark".to_owned()]);
        warnings.tell(Vec::new());
        assert_eq!(reader.line().as_deref(), Some("a.jpg has no end marker; b.png is dark"));
        let silent = PictureWarnings::default();
        silent.tell(Vec::new());
        assert_eq!(silent.line(), None);
    }
}
