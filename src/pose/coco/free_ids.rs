//! Numbers for pictures that have none of their own.

use std::collections::HashSet;

/// Numbers for pictures without one of their own, each different from all in use.
#[derive(Debug)]
pub struct FreeIds {
    used: HashSet<u64>,
    last: u64,
}

impl FreeIds {
    /// Those above `largest`; beyond the end of the numbers the free ones from 1 on.
    pub fn above(largest: u64, used: HashSet<u64>) -> Self {
        Self { used, last: largest }
    }

    /// The next number.
    pub fn take(&mut self) -> u64 {
        loop {
            self.last = self.last.checked_add(1).unwrap_or(1);
            if self.used.insert(self.last) {
                return self.last;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numbers_differ_even_at_the_end_of_the_range() {
        let mut ids = FreeIds::above(7, HashSet::from([7, 9]));
        assert_eq!([ids.take(), ids.take()], [8, 10]);
        let mut ids = FreeIds::above(u64::MAX - 1, HashSet::from([u64::MAX, 2]));
        assert_eq!([ids.take(), ids.take(), ids.take()], [1, 3, 4]);
    }
}
