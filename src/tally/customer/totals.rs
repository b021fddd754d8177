use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::record::{Amount, ContractStanding, Terms};
use crate::tally::customer::Movements;
use crate::tally::priced::Priced;
use crate::tally::rules::expect_all;

/// Everything that the KPIs of customers read from a [`CustomerTally`](crate::CustomerTally).
///
/// At the start means: on the evening before the period's first day. At the end means: on the evening of its last day, or of
/// the as-of day where that is earlier. In the period means: dated in it, and not after the as-of day. Amounts are recurring
/// fees a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct CustomerTotals {
    /// All contracts that were looked at, whether they count or not.
    pub records: u64,
    /// Accounts with an active contract at the start.
    pub at_start: u64,
    /// Accounts with an active contract at the end.
    pub at_end: u64,
    /// Of the customers at the start, those of whom a recurring fee is known.
    pub priced_at_start: u64,
    /// Of the customers at the end, those of whom a recurring fee is known.
    pub priced_at_end: u64,
    /// Customers at the start and at the end.
    pub retained: u64,
    /// Customers at the start, and no longer at the end.
    pub lost: u64,
    /// Customers at the end whose first contract ever started after the opening.
    pub new: u64,
    /// Customers at the end who were none at the start, but before.
    pub reactivated: u64,
    /// Accounts whose first contract ever starts in the period, customers at the end or not.
    pub first_contracts: u64,
    /// Contracts active at the start; priced are those with a recurring fee.
    pub contracts_at_start: Priced,
    /// Contracts active at the end; priced are those with a recurring fee.
    pub contracts_at_end: Priced,
    /// Contracts active at the start that were terminated before their agreed end, and had ended by the end.
    pub terminated_early: u64,
    /// Contracts that start in the period; priced are those with both an agreed end and a recurring fee.
    pub signed: Priced,
    /// How recurring revenue moved.
    pub recurring: Movements,
}

impl CustomerTotals {
    /// Counts a contract, but for its account.
    #[inline]
    pub(super) fn add_contract(&mut self, terms: &Terms, standing: ContractStanding) {
        self.records += 1;
        let fee = terms.yearly();
        let units = u128::from(fee.map_or(0, Amount::units));
        if standing.is_active_at_start() {
            self.contracts_at_start.add(fee);
            self.recurring.opening.add(units);
        }
        if standing.is_active_at_end() {
            self.contracts_at_end.add(fee);
            self.recurring.closing.add(units);
        }
        self.terminated_early += u64::from(standing.is_terminated_early());
        if standing.is_signed() {
            self.signed.add(terms.end.and(fee));
        }
    }

    /// Adds the contracts of other totals, but for their accounts.
    pub(super) fn add_contracts(&mut self, other: &Self) {
        self.records += other.records;
        self.terminated_early += other.terminated_early;
        self.contracts_at_start = self.contracts_at_start.plus(other.contracts_at_start);
        self.contracts_at_end = self.contracts_at_end.plus(other.contracts_at_end);
        self.signed = self.signed.plus(other.signed);
        let (moved, more) = (&mut self.recurring, &other.recurring);
        moved.opening.add(more.opening.units());
        moved.closing.add(more.closing.units());
    }

    /// Checks that the accounts can have these contracts, and that revenue adds up.
    pub(super) fn check(&self) -> Result<(), Error> {
        let held = |accounts: u64, priced: u64, contracts: Priced| {
            let unpriced = accounts.saturating_sub(priced);
            (accounts > 0 || contracts.count == 0)
                && (priced > 0 || contracts.priced == 0)
                && priced <= contracts.priced
                && unpriced <= contracts.unpriced()
        };
        let at_start = held(self.at_start, self.priced_at_start, self.contracts_at_start);
        let at_end = held(self.at_end, self.priced_at_end, self.contracts_at_end);
        expect_all(&[
            (
                at_start && at_end,
                "customers have the active contracts, those with a known fee the priced ones",
            ),
            (
                self.first_contracts <= self.signed.count,
                "first contracts of the period are a part of the signed ones",
            ),
            (self.recurring.is_sound(), Movements::RULE),
        ])
    }
}
