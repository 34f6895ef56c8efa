//! A few of many, evenly spread.

/// At most `most` of the places `0..count`, evenly spread and rising; all where they are no more.
pub(super) fn evenly(count: usize, most: usize) -> impl Iterator<Item = usize> {
    let taken = count.min(most);
    (0..taken).map(move |index| index * count / taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_taken_where_there_are_few_and_a_spread_where_there_are_many() {
        let taken = |count, most| evenly(count, most).collect::<Vec<_>>();
        assert_eq!(taken(3, 5), [0, 1, 2]);
        assert_eq!(taken(10, 4), [0, 2, 5, 7]);
        assert!(taken(0, 4).is_empty() && taken(4, 0).is_empty());
    }
}
