//! Published average precisions to compare with, in words that say what they were measured on.

use crate::pose::InputSize;

/// Where the figures are from.
pub const SOURCE: &str = "the CMSA paper, arXiv 2412.02197";
/// What they were measured on.
pub const MEASURED_ON: &str = "the whole of COCO val2017, not on this set";

/// A network whose figures were published.
pub struct Published {
    /// What it is called.
    pub name: &'static str,
    /// Its average precisions in percent, at the first ones of [`InputSize::STANDARD`] but for 96×72.
    figures: &'static [f64],
}

/// The networks with published figures at these inputs.
pub const PUBLISHED: [Published; 3] = [
    Published { name: "CMSA-S", figures: &[52.3] },
    Published { name: "CMSA-L", figures: &[56.4, 66.0, 71.8] },
    Published { name: "HRNet-W32 (UDP up to 64×48)", figures: &[51.9, 62.8, 66.9] },
];

impl Published {
    /// Network input and average precision in percent.
    pub fn points(&self) -> impl Iterator<Item = (InputSize, f64)> {
        let [small, middle, _, large] = InputSize::STANDARD;
        [small, middle, large].into_iter().zip(self.figures.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_at_the_inputs_they_were_published_for() {
        let points: Vec<Vec<(String, f64)>> = PUBLISHED
            .iter()
            .map(|network| network.points().map(|(input, ap)| (String::from(input), ap)).collect())
            .collect();
        assert_eq!(points[0], [("32x24".to_owned(), 52.3)]);
        assert_eq!(points[1][2], ("128x96".to_owned(), 71.8));
        assert_eq!(points[2][1], ("64x48".to_owned(), 62.8));
    }
}
