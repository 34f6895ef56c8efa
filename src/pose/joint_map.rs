//! A look at the heatmap of a single joint that passes over values which are not finite.

/// One joint's map.
pub(super) struct JointMap<'a> {
    /// Row after row.
    pub values: &'a [f32],
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl JointMap<'_> {
    /// The value of a pixel of the map; 0 where it is not finite.
    pub(super) fn at(&self, x: usize, y: usize) -> f64 {
        let value = self.values.get(y * self.width + x).copied().unwrap_or_default();
        if value.is_finite() { f64::from(value) } else { 0.0 }
    }

    /// Column and row of the first highest finite value.
    pub(super) fn highest(&self) -> Option<(usize, usize)> {
        let finite = self.values.iter().enumerate().filter(|(_, value)| value.is_finite());
        let highest = finite.reduce(|best, next| if next.1 > best.1 { next } else { best });
        highest.map(|(index, _)| (index % self.width, index / self.width))
    }
}
