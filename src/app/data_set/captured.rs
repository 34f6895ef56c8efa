//! How many rows the camera spends on a person.

use std::cmp::Reverse;

use crate::engine::Settings;

/// How many rows the camera spends on a person's region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Captured {
    /// As many as the network input has, as in published protocols.
    #[default]
    AsInput,
    /// So many, whatever the network input.
    Rows(u32),
}

impl Captured {
    /// How many these settings capture.
    pub fn of(settings: &Settings) -> Self {
        let rows = settings.capture.height;
        if rows == settings.input.height() { Self::AsInput } else { Self::Rows(rows) }
    }

    /// Whether these settings capture so many. Those that capture as many rows as the input has do so in both ways.
    pub fn holds(self, settings: &Settings) -> bool {
        match self {
            Self::AsInput => Self::of(settings) == self,
            Self::Rows(rows) => settings.capture.height == rows,
        }
    }

    /// What a list calls it.
    pub fn label(self) -> String {
        match self {
            Self::AsInput => "As many rows as the input".to_owned(),
            Self::Rows(rows) => format!("{rows} rows"),
        }
    }
}

/// The fewest ways of capturing that hold all these settings: as many rows as the input before others, most rows first.
pub fn ways<'a>(settings: impl IntoIterator<Item = &'a Settings>) -> Vec<Captured> {
    let mut ways: Vec<Captured> = settings.into_iter().map(Captured::of).collect();
    ways.sort_by_key(|way| match way {
        Captured::AsInput => None,
        Captured::Rows(rows) => Some(Reverse(*rows)),
    });
    ways.dedup();
    ways
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::data_set::fixtures::{run_at, set_of};
    use crate::app::data_set::run::Run;
    use crate::pose::InputSize;

    #[test]
    fn every_run_is_in_one_of_few_ways() {
        let set = Arc::new(set_of(2));
        let [small, middle, ..] = InputSize::STANDARD;
        let run = |id, input, rows| run_at(&set, id, "CMSA-S", input, rows);
        let linked = [run(1, small, 32), run(2, middle, 64)];
        assert_eq!(ways(linked.iter().map(Run::settings)), [Captured::AsInput]);
        let all = [run(1, small, 8), run(2, middle, 64), run(3, small, 64), run(4, middle, 8)];
        assert_eq!(
            ways(all.iter().map(Run::settings)),
            [Captured::AsInput, Captured::Rows(64), Captured::Rows(8)]
        );
        let held = |way: Captured| all.iter().map(|run| way.holds(run.settings())).collect::<Vec<_>>();
        assert_eq!(held(Captured::AsInput), [false, true, false, false]);
        assert_eq!(held(Captured::Rows(64)), [false, true, true, false]);
        assert!(ways([]).is_empty());
    }
}
