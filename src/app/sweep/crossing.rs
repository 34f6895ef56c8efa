//! From which height down a score is too low.

/// The score under which joints count as failed.
pub const LIMIT: f64 = 0.5;

/// Where a score falls under a limit as heights change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Crossing {
    /// It is at the limit or above it at every height.
    Never,
    /// It falls under the limit below this height in pixels.
    Below(f64),
    /// It falls under the limit above this height in pixels, and at no lower one.
    Above(f64),
    /// It falls under the limit below the first height in pixels, and above the second.
    Outside(f64, f64),
    /// It is under the limit at every height.
    Everywhere,
}

/// Where the score of these points (height in pixels, score), by rising height, falls under `limit`: interpolated
/// between neighbours, and the highest such place of several. None without points.
pub fn crossing(points: &[(f64, f64)], limit: f64) -> Option<Crossing> {
    let (_, lowest) = points.first()?;
    let at = |[(low, before), (high, after)]: [(f64, f64); 2]| {
        low + (limit - before) / (after - before) * (high - low)
    };
    let pairs = || points.windows(2).rev().filter_map(|pair| <[(f64, f64); 2]>::try_from(pair).ok());
    let rising = pairs().find(|[(_, before), (_, after)]| *before < limit && *after >= limit);
    let falling = pairs().find(|[(_, before), (_, after)]| *before >= limit && *after < limit);
    Some(match (rising, falling) {
        (Some(up), Some(down)) if down[0].0 > up[0].0 => Crossing::Outside(at(up), at(down)),
        (Some(pair), _) => Crossing::Below(at(pair)),
        (None, Some(pair)) => Crossing::Above(at(pair)),
        (None, None) if *lowest < limit => Crossing::Everywhere,
        (None, None) => Crossing::Never,
    })
}

/// The crossing of [`LIMIT`] in words: what falls below it, and where. None without points.
pub fn in_words(score: &str, points: &[(f64, f64)]) -> Option<String> {
    let (lowest, _) = points.first()?;
    Some(match crossing(points, LIMIT)? {
        Crossing::Never => format!("{score} stays above {LIMIT} down to {lowest:.0} px"),
        Crossing::Below(height) => format!("below {height:.0} px {score} falls under {LIMIT}"),
        Crossing::Above(height) => format!("above {height:.0} px {score} falls under {LIMIT}"),
        Crossing::Outside(low, high) => {
            format!("below {low:.0} px and above {high:.0} px {score} falls under {LIMIT}")
        }
        Crossing::Everywhere => format!("{score} is under {LIMIT} at every height"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_interpolated_between_two_heights() {
        let points = [(8.0, 0.125), (16.0, 0.25), (32.0, 0.75), (64.0, 0.875)];
        assert_eq!(crossing(&points, 0.5), Some(Crossing::Below(24.0)));
        assert_eq!(in_words("OKS", &points).unwrap(), "below 24 px OKS falls under 0.5");
        let at_a_point = [(8.0, 0.25), (16.0, 0.5), (32.0, 0.75)];
        assert_eq!(crossing(&at_a_point, 0.5), Some(Crossing::Below(16.0)));
    }

    #[test]
    fn a_score_that_never_crosses_is_above_or_under_throughout() {
        let good = [(8.0, 0.5), (16.0, 0.8)];
        assert_eq!(crossing(&good, 0.5), Some(Crossing::Never));
        assert_eq!(in_words("agreement", &good).unwrap(), "agreement stays above 0.5 down to 8 px");
        let bad = [(8.0, 0.1), (16.0, 0.2), (32.0, 0.4)];
        assert_eq!(crossing(&bad, 0.5), Some(Crossing::Everywhere));
        assert_eq!(in_words("OKS", &bad).unwrap(), "OKS is under 0.5 at every height");
        assert_eq!(crossing(&[(8.0, 0.1)], 0.5), Some(Crossing::Everywhere));
        assert_eq!((crossing(&[], 0.5), in_words("OKS", &[])), (None, None));
    }

    #[test]
    fn of_several_places_the_highest_counts() {
        let dip = [(8.0, 0.25), (16.0, 0.75), (24.0, 0.375), (32.0, 0.625), (64.0, 0.875)];
        assert_eq!(crossing(&dip, 0.5), Some(Crossing::Below(28.0)));
        let best_between = [(8.0, 0.25), (16.0, 0.75), (32.0, 0.75), (64.0, 0.25)];
        assert_eq!(crossing(&best_between, 0.5), Some(Crossing::Outside(12.0, 48.0)));
        let told = in_words("OKS", &best_between).unwrap();
        assert_eq!(told, "below 12 px and above 48 px OKS falls under 0.5");
        let worse_with_more = [(8.0, 0.75), (16.0, 0.25)];
        assert_eq!(crossing(&worse_with_more, 0.5), Some(Crossing::Above(12.0)));
    }
}
