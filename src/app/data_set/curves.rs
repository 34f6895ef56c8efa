//! The runs of each network as curves against the rows captured.

use std::collections::BTreeSet;

use egui::Color32;

use super::captured::Captured;
use super::run::Run;
use crate::app::sweep::in_words;
use crate::engine::{NetworkInfo, Settings};
use crate::pose::InputSize;

/// Runs of one network that looked in one way, by rising rows captured.
pub struct Curve<'a> {
    /// The place of its network and way to look among those that were measured.
    pub look: usize,
    /// Whether its runs are of several inputs, each captured at as many rows, as in published protocols.
    pub is_linked: bool,
    /// The first of its runs.
    pub first: &'a Run,
    /// All of them.
    pub runs: Vec<&'a Run>,
}

/// The curves of these runs. For each network and way to look, in the order in which they were measured: one through
/// the runs that captured as many rows as their input has, where they are several, and one for each input of which
/// there are others. A network that always gets the same square has one through all its runs.
pub fn curves(runs: &[Run]) -> Vec<Curve<'_>> {
    looks(runs).into_iter().enumerate().flat_map(|(look, runs)| of_look(look, &runs)).collect()
}

/// The runs of each network that differ in nothing but the resolution, in the order in which they were measured.
fn looks(runs: &[Run]) -> Vec<Vec<&Run>> {
    let mut looks: Vec<Vec<&Run>> = Vec::new();
    for run in runs {
        let alike =
            |look: &&mut Vec<&Run>| look.first().is_some_and(|known| known.differs_in_resolution_alone(run));
        match looks.iter_mut().find(alike) {
            Some(look) => look.push(run),
            None => looks.push(vec![run]),
        }
    }
    looks
}

fn of_look<'a>(look: usize, runs: &[&'a Run]) -> Vec<Curve<'a>> {
    let curve = |is_linked: bool, is_of: &dyn Fn(&Run) -> bool| {
        let mut runs: Vec<&Run> = runs.iter().copied().filter(|run| is_of(run)).collect();
        runs.sort_by_key(|run| run.settings().capture.height);
        Some(Curve { look, is_linked, first: *runs.first()?, runs })
    };
    if runs.iter().any(|run| run.network.square().is_some()) {
        return curve(false, &|_| true).into_iter().collect();
    }
    let is_linked = |run: &Run| Captured::AsInput.holds(run.settings());
    let free: BTreeSet<InputSize> =
        runs.iter().filter(|run| !is_linked(run)).map(|run| run.settings().input).collect();
    let of_inputs = free.iter().filter_map(|input| curve(false, &|run| run.settings().input == *input));
    // A single linked run is on the curve of its input, where that has one.
    let says_more =
        |linked: &Curve<'_>| linked.runs.len() > 1 || !free.contains(&linked.first.settings().input);
    curve(true, &is_linked).filter(says_more).into_iter().chain(of_inputs).collect()
}

impl Curve<'_> {
    /// Its network, and its input where it has but one.
    pub fn name(&self) -> String {
        let network = &self.first.network.name;
        match (self.is_linked, self.first.network.square()) {
            (true, _) => format!("{network}, as many rows as the input"),
            (false, Some(_)) => network.clone(),
            (false, None) => format!("{network} at {}", self.first.input_name()),
        }
    }

    /// Its colour: that of its input, or `of_several` where it goes through several.
    pub fn colour(&self, of_several: Color32) -> Color32 {
        if self.is_linked { of_several } else { self.first.colour() }
    }

    /// Whether a measurement of a network at these settings adds points to it.
    pub fn grows_by(&self, network: &NetworkInfo, settings: &[Settings]) -> bool {
        let is_own = |settings: &Settings| match (self.is_linked, self.first.network.square()) {
            (true, _) => Captured::AsInput.holds(settings),
            (false, Some(_)) => true,
            (false, None) => settings.input == self.first.settings().input,
        };
        let is_there = |settings: &Settings| {
            self.runs.iter().any(|run| run.settings().capture.height == settings.capture.height)
        };
        settings
            .iter()
            .any(|settings| self.first.is_like(network, settings) && is_own(settings) && !is_there(settings))
    }

    /// Its name, and from which number of rows on the mean OKS is too low, once there are points to go by.
    /// `is_growing` where points are still added to it.
    pub fn sentence(&self, is_growing: bool) -> String {
        let point =
            |run: &&Run| Some((f64::from(run.settings().capture.height), run.measured.figures.mean_oks?));
        let points: Vec<(f64, f64)> = self.runs.iter().filter_map(point).collect();
        let told = if points.len() > 1 { in_words("mean OKS", &points) } else { None };
        match told {
            _ if is_growing => format!("{}: being measured…", self.name()),
            Some(told) => format!("{}: {told}", self.name()),
            None => self.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::data_set::fixtures::{network, run_at, set_of};
    use crate::borrowed::MoveNetVariant;
    use crate::study::LabelledSet;

    fn run(set: &Arc<LabelledSet>, id: u64, input: InputSize, rows: u32, mean_oks: f64) -> Run {
        let mut run = run_at(set, id, "CMSA-S", input, rows);
        Arc::make_mut(&mut run.measured).figures.mean_oks = Some(mean_oks);
        run
    }

    fn ids(runs: &[Run]) -> Vec<Vec<u64>> {
        curves(runs).iter().map(|curve| curve.runs.iter().map(|run| run.id).collect()).collect()
    }

    #[test]
    fn linked_runs_are_one_curve_by_rising_input_unless_they_look_otherwise() {
        let set = Arc::new(set_of(3));
        let [small, _, _, large] = InputSize::STANDARD;
        let linked = |id, input: InputSize| run(&set, id, input, input.height(), 0.5);
        let (mut single, mut noisy) = (linked(3, small), linked(4, small));
        let flip_test = &mut Arc::make_mut(&mut single.measured).row.settings.flip_test;
        *flip_test = !*flip_test;
        Arc::make_mut(&mut noisy.measured).row.settings.capture.noise = 0.25;
        let runs = [linked(1, large), linked(2, small), single, noisy];
        assert_eq!(ids(&runs), [vec![2, 1], vec![3], vec![4]]);
        let looks: Vec<usize> = curves(&runs).iter().map(|curve| curve.look).collect();
        assert_eq!(looks, [0, 1, 2]);
    }

    #[test]
    fn an_input_captured_otherwise_has_a_curve_of_its_own_through_its_linked_run_too() {
        let set = Arc::new(set_of(3));
        let [small, middle, ..] = InputSize::STANDARD;
        let runs = [
            run(&set, 1, small, 32, 0.625),
            run(&set, 2, middle, 64, 0.75),
            run(&set, 3, middle, 16, 0.25),
            run(&set, 4, middle, 32, 0.375),
        ];
        assert_eq!(ids(&runs), [vec![1, 2], vec![3, 4, 2]]);
        let curves = curves(&runs);
        let [linked, free] = [&curves[0], &curves[1]];
        let white = Color32::WHITE;
        assert_eq!((linked.colour(white), free.colour(white)), (white, runs[1].colour()));
        let told = "CMSA-S, as many rows as the input: mean OKS stays above 0.5 down to 32 px";
        assert_eq!(linked.sentence(false), told);
        assert_eq!(free.sentence(false), "CMSA-S at 64×48: below 43 px mean OKS falls under 0.5");
        assert_eq!(free.sentence(true), "CMSA-S at 64×48: being measured…");
        assert_eq!(ids(&runs[1..]), [vec![3, 4, 2]], "a single linked run makes no curve beside it");
        let single = [run(&set, 1, small, 8, 0.125)];
        assert_eq!(super::curves(&single)[0].sentence(false), "CMSA-S at 32×24", "one point crosses nothing");
    }

    #[test]
    fn a_curve_grows_by_what_is_measured_of_it_and_not_there_yet() {
        let set = Arc::new(set_of(3));
        let [small, middle, ..] = InputSize::STANDARD;
        let runs = [run(&set, 1, small, 32, 0.5), run(&set, 2, middle, 16, 0.5)];
        let curves = curves(&runs);
        let grows = |by: &[Run]| {
            let settings: Vec<Settings> = by.iter().map(|run| run.settings().clone()).collect();
            [&curves[0], &curves[1]].map(|curve| curve.grows_by(&runs[0].network, &settings))
        };
        assert_eq!(grows(&runs), [false, false], "both are there");
        assert_eq!(grows(&[run(&set, 3, middle, 64, 0.5)]), [true, true]);
        assert_eq!(grows(&[run(&set, 3, middle, 8, 0.5)]), [false, true]);
        let mut noisy = run(&set, 3, middle, 8, 0.5);
        Arc::make_mut(&mut noisy.measured).row.settings.capture.noise = 0.25;
        assert_eq!(grows(&[noisy]), [false, false]);
    }

    #[test]
    fn a_square_has_one_curve_whatever_the_inputs() {
        let set = Arc::new(set_of(3));
        let [small, middle, ..] = InputSize::STANDARD;
        let choice = MoveNetVariant::Thunder.into();
        let movenet = Arc::new(NetworkInfo { choice, ..network("MoveNet thunder") });
        let square = |run: Run| Run { network: Arc::clone(&movenet), ..run };
        let runs = [
            square(run(&set, 1, small, 32, 0.75)),
            square(run(&set, 2, middle, 64, 0.75)),
            square(run(&set, 3, middle, 8, 0.25)),
        ];
        assert_eq!(ids(&runs), [vec![3, 1, 2]]);
        let told = "MoveNet thunder: below 20 px mean OKS falls under 0.5";
        assert_eq!(curves(&runs)[0].sentence(false), told);
    }
}
