use serde::{Deserialize, Serialize};

use crate::tally::customer::Movements;
use crate::tally::priced::Priced;

/// Everything that the KPIs of customers read from a [`CustomerTally`](crate::CustomerTally).
///
/// At the start means: on the evening before the period's first day. At the end means: on the evening of its last day, or of
/// the as-of day where that is earlier. In the period means: dated in it, and not after the as-of day. Amounts are recurring
/// fees a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    /// Checks that the accounts can have these contracts, and that revenue adds up.
    pub(in crate::tally) fn is_sound(&self) -> bool {
        let held = |accounts: u64, priced: u64, contracts: Priced| {
            let unpriced = accounts.saturating_sub(priced);
            (accounts > 0 || contracts.count == 0)
                && (priced > 0 || contracts.priced == 0)
                && priced <= contracts.priced
                && unpriced <= contracts.unpriced()
        };
        held(self.at_start, self.priced_at_start, self.contracts_at_start)
            && held(self.at_end, self.priced_at_end, self.contracts_at_end)
            && self.first_contracts <= self.signed.count
            && self.recurring.is_sound()
    }
}
