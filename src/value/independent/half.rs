//! The sums that some of the deals can come to.

use crate::value::Rate;

/// A deal that is won or not: what it adds, and its odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chance {
    /// In cells; above 0.
    pub(super) cells: u64,
    /// Of being won, in millionths: above 0 and below [`WHOLE`].
    pub(super) millionths: u64,
}

/// 100 % in millionths.
pub(super) const WHOLE: u64 = Rate::MILLIONTHS;

/// How likely each sum is: in fixed point, or by whole numbers.
pub(super) trait Weights: Sized {
    type Odds;

    /// Of one sum, which is certain.
    fn certain(deals: &[Chance]) -> Self;
    /// None yet, for so many.
    fn none(&self, room: usize) -> Self;
    fn odds(deal: Chance) -> Self::Odds;
    /// One more: that of the sum at `lost`, if the deal is lost, and that of the sum at `won`, if it is won. Whether it is worth keeping.
    fn push(&mut self, of: &Self, lost: At, won: At, odds: &Self::Odds) -> bool;
}

/// The place of a sum, and whether it counts.
pub(super) type At = (usize, bool);

/// All sums of some deals, each once and in order, and how likely each is.
pub(super) struct Half<W> {
    pub(super) sums: Vec<u64>,
    pub(super) weights: W,
}

impl<W: Weights> Half<W> {
    /// Of none of the deals that will come.
    pub(super) fn new(deals: &[Chance]) -> Self {
        Self {
            sums: vec![0],
            weights: W::certain(deals),
        }
    }

    /// With one more deal: each sum with and without it.
    pub(super) fn with(&self, deal: Chance) -> Self {
        let room = self.sums.len().saturating_mul(2);
        let odds = W::odds(deal);
        let mut sums = Vec::with_capacity(room);
        let mut weights = self.weights.none(room);
        let (mut lost, mut won) = (0_usize, 0_usize);
        while let Some(sum) = self.sums.get(won) {
            let with = sum + deal.cells;
            let without = self.sums.get(lost).copied().unwrap_or(u64::MAX);
            let (is_lost, is_won) = (without <= with, with <= without);
            // Which of the two comes next is anyone's guess, the processor's, too: so this takes both, without a branch.
            if weights.push(&self.weights, (lost, is_lost), (won, is_won), &odds) {
                sums.push(with.min(without));
            }
            lost = lost.wrapping_add(usize::from(is_lost));
            won = won.wrapping_add(usize::from(is_won));
        }
        Self { sums, weights }
    }
}
