//! The reps who share a deal.

use crate::error::Error;
use crate::record::error::RecordProblem;
use crate::record::part::Share;
use crate::value::{RepId, sorted};

/// A rep's share of a deal; the first of all is that of its owner.
pub(crate) type OwnerShare = (RepId, Share);

/// The one rule that owners have one share each, which add up to the whole deal.
pub(crate) fn checked_owners(owners: Vec<OwnerShare>) -> Result<Box<[OwnerShare]>, Error> {
    let (mut reps, mut millionths) = (Vec::new(), 0_u64);
    for (rep, share) in &owners {
        reps.push(rep);
        millionths = millionths.saturating_add(share.millionths());
    }
    let reps = sorted(reps, Ord::cmp);
    if reps.iter().zip(reps.iter().skip(1)).any(|(a, b)| a == b) {
        let problem = "one rep has two shares of it; add them up";
        let field = "owners";
        return Err(RecordProblem::Contradiction { field, problem }.into());
    }
    if millionths == Share::WHOLE {
        Ok(owners.into())
    } else {
        let sum = Share::decimal_of(millionths);
        Err(RecordProblem::SharesNotWhole { sum }.into())
    }
}
