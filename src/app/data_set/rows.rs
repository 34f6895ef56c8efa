//! The people of a run in the order in which they are listed.

use crate::study::PersonResult;

/// In which order people are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By rising OKS.
    #[default]
    Worst,
    /// By falling OKS.
    Best,
    /// By falling score.
    Surest,
    /// By rising height.
    Smallest,
}

impl Order {
    /// Every order, as a list shows them.
    pub const ALL: [Self; 4] = [Self::Worst, Self::Best, Self::Surest, Self::Smallest];

    /// What a list calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Worst => "Worst first",
            Self::Best => "Best first",
            Self::Surest => "Surest first",
            Self::Smallest => "Smallest person first",
        }
    }
}

/// The places of these people in this order; people alike stay as they are. Whoever was not found is the worst.
pub fn ordered(people: &[PersonResult], order: Order) -> Vec<usize> {
    let mut places: Vec<usize> = (0..people.len()).collect();
    let key = |place: &usize| {
        let Some(person) = people.get(*place) else { return f64::INFINITY };
        let least = |figure: Option<f64>| figure.unwrap_or(f64::NEG_INFINITY);
        match order {
            Order::Worst => least(person.oks),
            Order::Best => -least(person.oks),
            Order::Surest => -least(person.score),
            Order::Smallest => person.height,
        }
    };
    places.sort_by(|a, b| key(a).total_cmp(&key(b)));
    places
}

/// The rows of the list, made anew when another run or order is shown.
#[derive(Debug, Default)]
pub struct Rows {
    of: Option<(u64, Order)>,
    places: Vec<usize>,
}

impl Rows {
    /// The places of the people of run `id` in this order.
    pub fn list(&mut self, id: u64, people: &[PersonResult], order: Order) -> &[usize] {
        if self.of != Some((id, order)) {
            (self.of, self.places) = (Some((id, order)), ordered(people, order));
        }
        &self.places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::data_set::fixtures::person;

    #[test]
    fn the_worst_come_first_and_whoever_was_not_found_before_them() {
        let people = [
            person(0, Some(0.5), 90.0),
            person(1, Some(0.125), 30.0),
            person(2, None, 60.0),
            person(3, Some(0.5), 20.0),
            person(4, Some(0.75), 10.0),
        ];
        assert_eq!(ordered(&people, Order::Worst), [2, 1, 0, 3, 4]);
        assert_eq!(ordered(&people, Order::Best), [4, 0, 3, 1, 2]);
        assert_eq!(ordered(&people, Order::Smallest), [4, 3, 1, 2, 0]);
        let mut surest = people;
        surest[1].score = Some(0.9);
        assert_eq!(ordered(&surest, Order::Surest)[0], 1);
    }

    #[test]
    fn rows_follow_run_and_order() {
        let people = [person(0, Some(0.5), 90.0), person(1, Some(0.125), 30.0)];
        let mut rows = Rows::default();
        assert_eq!(rows.list(1, &people, Order::Worst), [1, 0]);
        assert_eq!(rows.list(1, &people, Order::Best), [0, 1]);
        assert_eq!(rows.list(2, &people[..1], Order::Best), [0]);
    }
}
