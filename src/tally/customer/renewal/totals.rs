use crate::error::{Error, Undefined};
use crate::period::Scope;
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, Priced, fits};
use crate::tally::rules::expect_all;
use crate::value::AmountSum;

given! {
    /// Everything that the KPIs of renewals read from a [`RenewalTally`](crate::RenewalTally), and the form in which ready-made totals go in. Amounts are recurring fees a year.
    #[derive(Copy)]
    pub struct RenewalTotals {
        /// All contracts that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Contracts of customers at the start, on the evening before the period's first day.
        pub(super) contracts_at_start: u64,
        /// Of these, the ones that had ended by the end before their agreed last day, and not by their own renewal.
        pub(super) terminated_early: u64,
        /// Contracts that came up for renewal. Priced are those whose fees are known on both sides: before, and of what renews them.
        pub(super) due: Priced,
        /// Of those that came up, the ones that were renewed by the as-of day.
        pub(super) renewed: u64,
        /// What goes on of the priced ones: the recurring fees of what renews them.
        pub(super) renewed_amount: AmountSum,
        /// What the priced ones that were renewed paid before.
        pub(super) renewed_before: AmountSum,
        /// Contracts that came up for renewal. Priced are those whose fees are known on both sides, where only what renews them on time
        /// is looked at.
        pub(super) due_on_time: Priced,
        /// Of those that came up, the ones that were renewed on time.
        pub(super) on_time: u64,
        /// What goes on of the priced ones of `due_on_time`: the recurring fees of what renews them on time.
        pub(super) on_time_amount: AmountSum,
    }
}

impl RenewalTotals {
    /// Checks that some set of contracts can have these totals, as far as those that are given show it: a whole that is missing is
    /// as large as it may be.
    pub(super) fn check(&self, scope: Scope) -> Result<(), Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let groups = [self.due, self.due_on_time];
        let due = self.due().or(self.due_on_time());
        let due = due.map_or(records, |due| due.count);
        let at_start = self.contracts_at_start().unwrap_or(records);
        let counts = (self.due(), self.due_on_time());
        let same = !matches!(counts, (Ok(due), Ok(on_time)) if due.count != on_time.count);
        let by_somebody = |amount: AmountSum, renewed: Of<u64>, due: Of<Priced>| {
            let is_priced = due.map_or(true, |due| due.priced > 0);
            amount == AmountSum::ZERO || (renewed != Ok(0) && is_priced)
        };
        let amounts = [
            self.renewed_amount,
            self.on_time_amount,
            self.renewed_before,
        ];
        // Where it was not given how many came up, those that were renewed show how many there are at least.
        let is_none_due = groups.iter().all(|due| due.count == 0)
            && self.renewed.max(self.on_time) == 0
            && amounts == [AmountSum::ZERO; 3];
        expect_all(&[
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                groups.iter().all(|due| due.count <= records) && self.contracts_at_start <= records,
                "records are all contracts looked at: at least those that came up, those at the start, and those that renew another",
            ),
            (
                groups.iter().all(|due| due.is_sound()) && same,
                "priced contracts are at most the count, and their fees at most 10^14 a year each",
            ),
            (
                self.terminated_early <= at_start,
                "contracts terminated early are a part of those at the start",
            ),
            (
                self.renewed <= due
                    && self.on_time <= self.renewed().unwrap_or(due)
                    && fits(self.renewed_amount, records)
                    && fits(self.renewed_before, records)
                    && self
                        .due()
                        .map_or(true, |due| self.renewed_before <= due.amount)
                    && fits(self.on_time_amount, records),
                "renewed contracts are a part of those that came up, and those on time of the renewed",
            ),
            (
                by_somebody(self.renewed_amount, self.renewed(), self.due())
                    && by_somebody(self.renewed_before, self.renewed(), self.due())
                    && by_somebody(self.on_time_amount, self.on_time(), self.due_on_time()),
                "what is renewed is the fees of contracts that renew another",
            ),
            (
                scope.elapsed_days() > 0 || is_none_due,
                "of the contracts that come up, none is due before the period",
            ),
        ])
    }
}

/// A counter, where it was given.
type Of<T> = Result<T, Undefined>;
