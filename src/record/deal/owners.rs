//! The reps who share a deal.

use crate::error::Error;
use crate::record::Deal;
use crate::record::error::RecordProblem;
use crate::record::part::{Amount, Share};
use crate::value::{Currency, RepId, sorted};

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

impl Deal {
    /// What each of its owners has of its amount, the first one first: by shares, rounded down to the minor unit of the currency, and what
    /// is left over for the first. Of a deal that is not shared, nobody.
    pub(crate) fn parts(&self) -> Vec<(&RepId, Option<Amount>)> {
        let owners = self.particulars.iter().flat_map(|own| own.owners.iter());
        let amount = self.facts.amount();
        let mut rest = amount.map_or(0, Amount::units);
        let mut parts = Vec::new();
        for (rep, share) in owners {
            let part = amount.map_or(0, |amount| {
                rounded_down(amount, *share, self.facts.currency)
            });
            if parts.is_empty() {
                parts.push((rep, 0));
            } else {
                rest = rest.saturating_sub(part);
                parts.push((rep, part));
            }
        }
        if let Some((_, first)) = parts.first_mut() {
            *first = rest;
        }
        let of_units = |units| amount.and_then(|_| Amount::of_units(units));
        let parts = parts.into_iter();
        parts.map(|(rep, units)| (rep, of_units(units))).collect()
    }
}

/// A share of an amount in its units, by whole minor units.
fn rounded_down(amount: Amount, share: Share, currency: Currency) -> u64 {
    let exact = u128::from(amount.units()) * u128::from(share.millionths());
    let units = u64::try_from(exact / u128::from(Share::WHOLE)).unwrap_or_default();
    let minor = 10_u64.pow(Amount::PLACES.saturating_sub(currency.minor_units()));
    units - units % minor
}
