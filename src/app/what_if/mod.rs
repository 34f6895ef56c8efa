//! What if parts of the network did no work: the untouched network's answer to compare with, and the table of all parts.

mod comparison;
mod movement;
mod subject;
mod untouched;

use std::sync::Arc;

use egui::Context;

use super::App;
use super::centre::Centre;
use super::panel::what_if::WhatIfWish;
use super::toasts::Level;
use crate::network::{Ablation, NetworkConfig};
use crate::study::{AblationTable, People, StoredPicture};
pub use comparison::{Comparison, Scope};
pub use movement::{Movement, movements};
use subject::Subject;
pub use untouched::Untouched;

/// What the "What if" panel has besides the settings.
#[derive(Default)]
pub struct WhatIf {
    /// What the untouched network finds of the selected person.
    pub untouched: Untouched,
    /// Whom all parts are compared for.
    pub scope: Scope,
    /// The table of all parts, once it was asked for.
    pub comparison: Option<Comparison>,
}

impl WhatIf {
    /// Forgets what another network found.
    pub fn forget(&mut self) {
        (self.untouched, self.comparison) = (Untouched::default(), None);
    }
}

/// Lets go of the ablations of parts that a network has not; of all where it has none of the kind.
pub fn keep_possible(ablations: &mut Vec<Ablation>, config: Option<&NetworkConfig>) {
    ablations.retain(|ablation| config.is_some_and(|config| ablation.check(config).is_ok()));
}

/// `3 parts are left out` and the like.
pub fn count_in_words(ablations: &[Ablation]) -> String {
    match ablations.len() {
        1 => "1 part is left out".to_owned(),
        many => format!("{many} parts are left out"),
    }
}

impl App {
    /// Asks for the untouched network's joints while parts are left out, once nothing else is to be answered, and takes
    /// in what came.
    pub(super) fn follow_what_if(&mut self, ctx: &Context) {
        if let Some(warning) = self.what_if.comparison.as_mut().and_then(Comparison::follow) {
            self.toasts.add(Level::Warning, warning);
        }
        let idle = self.is_idle(ctx);
        let Some(document) = &mut self.document else { return };
        document.untouched = self.what_if.untouched.follow(document, idle.then_some(&self.engine));
    }

    /// Does what the panel asks for.
    pub(super) fn what_if_wish(&mut self, wish: WhatIfWish) {
        match wish {
            WhatIfWish::Compare => self.compare_parts(),
            WhatIfWish::Large => self.toggle_centre(Centre::Ablations),
        }
    }

    /// Begins to measure the network without each of its parts.
    fn compare_parts(&mut self) {
        let config = self.network.as_ref().and_then(|network| network.config.as_ref());
        let (Some(document), Some(config)) = (&self.document, config) else { return };
        let subject = Subject::of(document, self.what_if.scope, &self.preferences.settings);
        let mut people = People::default();
        people.add(StoredPicture::Held(document.frame.picture.clone()), subject.looks.iter().copied());
        if people.is_empty() {
            return;
        }
        let about = comparison::about(&document.frame.name, people.len(), &subject.settings);
        let ablations = Ablation::all(config);
        let mut experiment = AblationTable::experiment(Arc::new(people), &subject.settings, &ablations)
            .one_setting_at_a_time();
        let watch = experiment.watch();
        let handle = self.engine.start_job(Box::new(experiment));
        self.what_if.comparison = Some(Comparison::new(subject, about, handle, watch));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_network_keeps_the_parts_that_it_has() {
        let read = |id: &str| id.parse::<Ablation>().unwrap();
        let all = vec![read("s1.b2.scale1.head2"), read("s2.scale2"), read("s3.ema=identity")];
        let kept = |config: Option<&NetworkConfig>| {
            let mut ablations = all.clone();
            keep_possible(&mut ablations, config);
            ablations.iter().map(Ablation::id).collect::<Vec<_>>()
        };
        assert_eq!(kept(Some(&NetworkConfig::small().with_ema(8))).len(), 3);
        assert_eq!(kept(Some(&NetworkConfig::tiny())), ["s2.scale2"]);
        assert!(kept(None).is_empty());
        assert_eq!(count_in_words(&all), "3 parts are left out");
        assert_eq!(count_in_words(&all[..1]), "1 part is left out");
    }
}
