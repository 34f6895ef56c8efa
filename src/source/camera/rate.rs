use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How far back arrivals count.
const WINDOW: Duration = Duration::from_secs(2);

/// Counts how often something happens per second.
#[derive(Debug, Default)]
pub(super) struct Rate {
    arrivals: VecDeque<Instant>,
}

impl Rate {
    pub(super) fn tick(&mut self, now: Instant) {
        self.arrivals.push_back(now);
        while self.arrivals.front().is_some_and(|&first| now.duration_since(first) > WINDOW) {
            self.arrivals.pop_front();
        }
    }

    /// Arrivals per second over the last two seconds; 0 with fewer than two of them.
    pub(super) fn per_second(&self, now: Instant) -> f32 {
        let mut recent = self.arrivals.iter().filter(|&&arrival| now.duration_since(arrival) <= WINDOW);
        let (Some(first), Some(last)) = (recent.next(), self.arrivals.back()) else {
            return 0.0;
        };
        let span = last.duration_since(*first).as_secs_f32();
        if span > 0.0 { recent.count() as f32 / span } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Rate;

    #[test]
    fn counts_the_recent_past_alone() {
        let start = Instant::now();
        let at = |milliseconds: u64| start + Duration::from_millis(milliseconds);
        let mut rate = Rate::default();
        assert_eq!(rate.per_second(at(0)), 0.0);
        rate.tick(at(0));
        assert_eq!(rate.per_second(at(1)), 0.0, "one arrival has no rate");
        for frame in 1..=100 {
            rate.tick(at(frame * 100));
        }
        assert!((rate.per_second(at(10_000)) - 10.0).abs() < 1e-3);
        for frame in 1..=100 {
            rate.tick(at(10_000 + frame * 20));
        }
        assert!((rate.per_second(at(12_000)) - 50.0).abs() < 1e-3, "the slow past is forgotten");
        assert_eq!(rate.per_second(at(14_001)), 0.0, "so is everything when nothing comes");
    }
}
