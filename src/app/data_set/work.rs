//! A measurement that is going on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::engine::{Engine, JobHandle, NetworkInfo, Settings};
use crate::study::{LabelledSet, Progress, SetStudy, SetWatch};

/// Nobody can tell how long it still takes before this share of the time has gone.
const TOLD_FROM_SHARE: f64 = 0.01;
/// Nor before this.
const TOLD_FROM: Duration = Duration::from_secs(2);

/// A measurement that is going on. Dropping it ends it; what it gave stays.
pub struct Work {
    /// The network that is measured.
    pub network: Arc<NetworkInfo>,
    /// What it is measured at.
    pub settings: Vec<Settings>,
    /// The job that does it.
    pub job: JobHandle,
    /// What it gives.
    pub watch: SetWatch,
    /// Whether its first run is to be looked at once it is there.
    pub shows_first: bool,
    since: Instant,
    /// How long a person takes at each setting, in any unit.
    costs: Vec<f64>,
}

impl Work {
    /// Begins to measure everybody of a set at these settings; `shows_first` where the first run is to be looked at.
    pub fn start(
        engine: &Engine,
        network: Arc<NetworkInfo>,
        set: Arc<LabelledSet>,
        settings: Vec<Settings>,
        shows_first: bool,
    ) -> Self {
        let costs = settings.iter().map(|settings| cost(&network, settings)).collect();
        let (study, watch) = SetStudy::of(set, settings.clone());
        let job = engine.start_job(Box::new(study));
        Self { network, settings, job, watch, shows_first, since: Instant::now(), costs }
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.watch.progress()
    }

    /// How long it still takes, in words, once that can be told; empty until then.
    pub fn time_left(&self) -> String {
        time_left(self.since.elapsed(), share_of_time(self.progress(), &self.costs))
    }
}

/// Work grows with the pixels of the input, but for a network that always gets the same square.
fn cost(network: &NetworkInfo, settings: &Settings) -> f64 {
    match network.square() {
        Some(_) => 1.0,
        None => f64::from(settings.input.width()) * f64::from(settings.input.height()),
    }
}

/// The share of the time that has gone, 0 … 1, where people are looked for at one setting after the other.
fn share_of_time(progress: Progress, costs: &[f64]) -> f64 {
    let settings_done = progress.share() * costs.len() as f64;
    let done = |(place, cost): (usize, &f64)| cost * (settings_done - place as f64).clamp(0.0, 1.0);
    let all: f64 = costs.iter().sum();
    if all > 0.0 { costs.iter().enumerate().map(done).sum::<f64>() / all } else { 1.0 }
}

fn time_left(elapsed: Duration, share: f64) -> String {
    if share < TOLD_FROM_SHARE || elapsed < TOLD_FROM {
        return String::new();
    }
    let seconds = elapsed.as_secs_f64() * (1.0 - share) / share;
    match seconds {
        seconds if seconds < 90.0 => format!("about {seconds:.0} s left"),
        seconds => format!("about {:.0} min left", seconds / 60.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_inputs_take_most_of_the_time() {
        let share = |done| share_of_time(Progress { done, of: 20 }, &[1.0, 3.0]);
        assert_eq!([share(0), share(5), share(10), share(15), share(20)], [0.0, 0.125, 0.25, 0.625, 1.0]);
        assert_eq!(share_of_time(Progress { done: 0, of: 0 }, &[]), 1.0);
    }

    #[test]
    fn the_time_left_is_told_once_it_can_be() {
        assert_eq!(time_left(Duration::from_secs(10), 0.25), "about 30 s left");
        assert_eq!(time_left(Duration::from_secs(60), 0.1), "about 9 min left");
        assert_eq!(time_left(Duration::from_secs(1), 0.5), "");
        assert_eq!(time_left(Duration::from_secs(60), 0.0), "");
    }
}
