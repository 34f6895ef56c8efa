//! How many people have which OKS.

use crate::study::PersonResult;

/// Bins over 0 … 1: as wide as the steps between COCO's thresholds.
pub const BINS: usize = 20;

/// How many people's OKS is in each bin of 0.05; 1 belongs to the last bin. Whoever was not found is in none.
pub fn histogram(people: &[PersonResult]) -> [usize; BINS] {
    let mut counts = [0; BINS];
    for oks in people.iter().filter_map(|person| person.oks) {
        let bin = ((oks * BINS as f64) as usize).min(BINS - 1);
        if let Some(count) = counts.get_mut(bin) {
            *count += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::data_set::fixtures::person;

    #[test]
    fn everybody_found_is_counted_once() {
        let scores = [Some(0.0), Some(0.049), Some(0.05), Some(0.51), Some(0.96), Some(1.0), None];
        let people: Vec<_> = (0..).zip(scores).map(|(index, oks)| person(index, oks, 50.0)).collect();
        let counts = histogram(&people);
        assert_eq!(counts.iter().sum::<usize>(), 6);
        assert_eq!((counts[0], counts[1], counts[10], counts[19]), (2, 1, 1, 2));
    }
}
