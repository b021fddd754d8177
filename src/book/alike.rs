use super::error::BookProblem;
use super::families::Tallies;
use crate::error::Error;

impl Tallies {
    /// Where both have tallies of some records, and one of them lacks what the other has of these, that would be of a part of them alone.
    pub(super) fn expect_alike(&self, other: &Self) -> Result<(), Error> {
        self.expect_all_of(other)?;
        other.expect_all_of(self)
    }

    fn expect_all_of(&self, other: &Self) -> Result<(), Error> {
        let lacks = [
            (
                self.purchases.is_none() && other.purchases.is_some() && self.deals.is_some(),
                "a PurchaseTally",
                "a tally of deals",
            ),
            (
                self.team.is_none() && other.team.is_some() && self.deals.is_some(),
                "a TeamTally",
                "a tally of deals",
            ),
            (
                self.renewals.is_none() && other.renewals.is_some() && self.customers.is_some(),
                "a RenewalTally",
                "a CustomerTally",
            ),
            (
                self.customers.is_none() && other.customers.is_some() && self.renewals.is_some(),
                "a CustomerTally",
                "a RenewalTally",
            ),
        ];
        match lacks.into_iter().find(|(lacks, ..)| *lacks) {
            Some((_, has, alone)) => Err(BookProblem::TalliesDiffer { has, alone }.into()),
            None => Ok(()),
        }
    }
}
