//! How a figure is spread over people.

/// Mean, deviation and quartiles over people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many people have a figure.
    pub count: usize,
    /// The mean.
    pub mean: f64,
    /// The standard deviation of the people at hand; 0 for a single one.
    pub deviation: f64,
    /// The figures that a quarter, half and three quarters of the people stay below, interpolated between neighbours.
    pub quartiles: [f64; 3],
}

impl Spread {
    /// The spread of these figures; none where there are none.
    pub fn of(figures: &[f64]) -> Option<Self> {
        if figures.is_empty() {
            return None;
        }
        let count = figures.len() as f64;
        let mean = figures.iter().sum::<f64>() / count;
        let variance = figures.iter().map(|figure| (figure - mean).powi(2)).sum::<f64>() / count;
        let mut sorted = figures.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quartiles = [0.25, 0.5, 0.75].map(|share| quantile(&sorted, share));
        Some(Self { count: figures.len(), mean, deviation: variance.sqrt(), quartiles })
    }
}

/// The figure that this share of the sorted ones stays below.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * sorted.len().saturating_sub(1) as f64;
    let (before, fraction) = (place.floor() as usize, place.fract());
    match (sorted.get(before), sorted.get(before + 1)) {
        (Some(low), Some(high)) => low + fraction * (high - low),
        (Some(last), None) => *last,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_are_of_the_people_at_hand() {
        assert_eq!(Spread::of(&[]), None);
        let single = Spread { count: 1, mean: 0.5, deviation: 0.0, quartiles: [0.5; 3] };
        assert_eq!(Spread::of(&[0.5]), Some(single));
        let pair = Spread { count: 2, mean: 0.5, deviation: 0.25, quartiles: [0.375, 0.5, 0.625] };
        assert_eq!(Spread::of(&[0.75, 0.25]), Some(pair));
    }
}
