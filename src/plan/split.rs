//! A whole number divided by weights, with nothing lost.

use super::error::PlanProblem;
use crate::error::{Error, Undefined};
use crate::period::Period;

/// Parts that add up to the whole: what is due by the end of each is rounded up, so that what cannot be divided is spread evenly, and no part,
/// nor what successive ones add up to, is a unit away from its exact share.
pub(super) fn split(whole: u64, weights: &[u64], of: &'static str) -> Result<Vec<u64>, Error> {
    let all = expect_weight(weights, of)?;
    let (mut weight, mut before) = (0, 0);
    let mut parts = Vec::new();
    for next in weights {
        weight += u128::from(*next);
        let due = u128::from(whole).checked_mul(weight);
        let due = due.ok_or(Undefined::OutOfRange)?.div_ceil(all);
        let due = u64::try_from(due).unwrap_or(whole);
        parts.push(due - before);
        before = due;
    }
    Ok(parts)
}

/// The one check that something has a weight: what all of them add up to.
pub(super) fn expect_weight(weights: &[u64], of: &'static str) -> Result<u128, Error> {
    let mut all: u128 = 0;
    for weight in weights {
        all += u128::from(*weight);
    }
    if all == 0 {
        return Err(PlanProblem::NoWeight { of }.into());
    }
    Ok(all)
}

/// The one check that pieces make up a period.
pub(super) fn expect_pieces(whole: Period, pieces: &[(Period, u32)]) -> Result<(), Error> {
    let mut on = whole.start();
    for (piece, _) in pieces {
        if piece.start() != on || piece.end() > whole.end() {
            return Err(PlanProblem::PeriodsNotWhole { whole, on }.into());
        }
        on = piece.end();
    }
    if on != whole.end() {
        return Err(PlanProblem::PeriodsNotWhole { whole, on }.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        let of = "reps";
        assert_eq!(split(10, &[1, 1, 1], of).unwrap(), [4, 3, 3]);
        assert_eq!(split(11, &[1, 1, 1], of).unwrap(), [4, 4, 3]);
        assert_eq!(split(10, &[0, 3, 2], of).unwrap(), [0, 6, 4]);
        assert_eq!(split(1, &[1, 1], of).unwrap(), [1, 0]);
        assert_eq!(split(0, &[1, 1], of).unwrap(), [0, 0]);
        let year = split(50, &[1; 12], of).unwrap();
        assert_eq!(year, [5, 4, 4, 4, 4, 4, 5, 4, 4, 4, 4, 4]);
        let large = u32::MAX.into();
        let all = split(u64::MAX, &[large, 1, large], of).unwrap();
        let mut rest = u64::MAX;
        for part in all {
            rest -= part;
        }
        assert_eq!(rest, 0);
        assert!(split(u64::MAX, &[u64::MAX, u64::MAX], of).is_err());
        assert!(split(1, &[], of).is_err() && split(1, &[0], of).is_err());
    }
}
