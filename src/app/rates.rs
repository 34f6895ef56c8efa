//! How many answers come in a second.

use std::collections::VecDeque;

/// Seconds that are looked back on.
const WINDOW_SECS: f64 = 1.0;

/// Answers of the last second.
#[derive(Debug, Default)]
pub struct Rates {
    /// When each came, in seconds, and how many people it was about.
    answers: VecDeque<(f64, usize)>,
    /// Whether any answer has come: the first one pays for warming up.
    warm: bool,
}

impl Rates {
    /// Counts an answer, unless it is the first of all.
    pub fn add(&mut self, now: f64, people: usize) {
        if std::mem::replace(&mut self.warm, true) {
            self.answers.push_back((now, people));
            self.forget(now);
        }
    }

    /// Answers and people a second, over the last second; none where fewer than two answers came in it.
    pub fn last_second(&mut self, now: f64) -> Option<(usize, usize)> {
        self.forget(now);
        let people = self.answers.iter().map(|(_, people)| people).sum();
        (self.answers.len() > 1).then_some((self.answers.len(), people))
    }

    fn forget(&mut self, now: f64) {
        while self.answers.front().is_some_and(|(when, _)| now - when > WINDOW_SECS) {
            self.answers.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_second_counts_and_not_the_first_answer() {
        let mut rates = Rates::default();
        rates.add(0.0, 5);
        assert_eq!(rates.last_second(0.0), None);
        for i in 1..=10 {
            rates.add(f64::from(i) * 0.25, 2);
        }
        assert_eq!(rates.last_second(2.5), Some((5, 10)));
        assert_eq!(rates.last_second(3.3), None);
    }
}
