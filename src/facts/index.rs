//! Stretches of a text in an index, made once, so that each of its places is looked up.

use super::Span;

/// The bytes that some stretches cover.
pub(super) struct Cover(Vec<Span>);

impl Cover {
    pub(super) fn new(stretches: impl Iterator<Item = Span>) -> Self {
        let mut all: Vec<Span> = stretches.collect();
        all.sort_unstable_by_key(|stretch| stretch.start);
        all.dedup_by(|next, last| {
            let touches = next.start <= last.end;
            last.end = if touches { last.end.max(next.end) } else { last.end };
            touches
        });
        Self(all)
    }

    /// The stretches, in order and apart.
    pub(super) fn stretches(&self) -> &[Span] {
        &self.0
    }

    /// Returns whether a stretch covers the byte.
    pub(super) fn contains(&self, at: usize) -> bool {
        let next = self.0.partition_point(|stretch| stretch.end <= at);
        self.0.get(next).is_some_and(|stretch| stretch.start <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_cover_one_stretch() {
        let cover = Cover::new([5..7, 0..2, 1..3, 3..4].into_iter());
        let held: Vec<usize> = (0..9).filter(|at| cover.contains(*at)).collect();
        assert_eq!(held, [0, 1, 2, 3, 5, 6]);
    }
}
