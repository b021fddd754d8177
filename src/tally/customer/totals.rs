use crate::error::{Error, Undefined};
use crate::record::{Amount, ContractStanding, Terms};
use crate::tally::customer::Movements;
use crate::tally::given::given;
use crate::tally::priced::{MAX_RECORDS, Priced};
use crate::tally::rules::expect_all;
use crate::value::AmountSum;

given! {
    /// Everything that the KPIs of customers read from a [`CustomerTally`](crate::CustomerTally), and the form in which ready-made totals go in.
    ///
    /// At the start means: on the evening before the period's first day. At the end means: on the evening of its last day, or of
    /// the as-of day where that is earlier. In the period means: dated in it, and not after the as-of day. Amounts are recurring
    /// fees a year.
    #[derive(Copy)]
    pub struct CustomerTotals {
        /// All contracts that were looked at, whether they count or not.
        pub(super) records: u64,
        /// Customers at the start: accounts with an active contract of a recurring fee above 0, or of a fee that nobody knows.
        pub(super) at_start: u64,
        /// Customers at the end.
        pub(super) at_end: u64,
        /// Of the customers at the start, those whose fees are all known.
        pub(super) priced_at_start: u64,
        /// Of the customers at the end, those whose fees are all known.
        pub(super) priced_at_end: u64,
        /// What these pay.
        pub(super) paid_at_end: AmountSum,
        /// Customers at the start and at the end.
        pub(super) retained: u64,
        /// Customers at the start, and no longer at the end.
        pub(super) lost: u64,
        /// Customers at the end whose first contract as a customer started after the opening.
        pub(super) new: u64,
        /// Customers at the end who were none at the start, but before.
        pub(super) reactivated: u64,
        /// Accounts that were customers before, and none at the start: those that may come back.
        pub(super) former: u64,
        /// Accounts whose first contract as a customer starts in the period, customers at the end or not.
        pub(super) first_contracts: u64,
        /// Contracts of customers at the start; priced are those whose recurring fee is known.
        pub(super) contracts_at_start: Priced,
        /// Contracts of customers at the end; priced are those whose recurring fee is known.
        pub(super) contracts_at_end: Priced,
        /// Contracts of customers that were signed in the period and renew no other, by the day of signing where it is known, else by
        /// their first day; priced are those whose recurring fee is known.
        pub(super) signed: Priced,
        /// One-time sales that were signed in the period: a one-time fee and no recurring one, which make no customer. Their amounts are
        /// the one-time fees.
        pub(super) one_time_sales: Priced,
        /// How recurring revenue moved.
        pub(super) recurring: Movements [given],
    }
}

impl CustomerTotals {
    /// Counts a contract, but for its account.
    #[inline]
    pub(super) fn add_contract(&mut self, terms: &Terms, standing: ContractStanding) {
        self.records += 1;
        if !standing.makes_customer() {
            if standing.is_one_time_sale() && standing.is_signed() {
                self.one_time_sales.add(terms.one_time);
            }
            return;
        }
        let fee = standing.pays().yearly();
        let units = u128::from(fee.map_or(0, Amount::units));
        if standing.is_active_at_start() {
            self.contracts_at_start.add(fee);
            self.recurring.opening.add(units);
        }
        if standing.is_active_at_end() {
            self.contracts_at_end.add(fee);
            self.recurring.closing.add(units);
        }
        if standing.is_new_business() {
            self.signed.add(fee);
        }
    }

    /// Adds the contracts of other totals, but for their accounts.
    pub(super) fn add_contracts(&mut self, other: &Self) {
        self.records += other.records;
        self.contracts_at_start = self.contracts_at_start.plus(other.contracts_at_start);
        self.contracts_at_end = self.contracts_at_end.plus(other.contracts_at_end);
        self.signed = self.signed.plus(other.signed);
        self.one_time_sales = self.one_time_sales.plus(other.one_time_sales);
        let (moved, more) = (&mut self.recurring, &other.recurring);
        moved.opening.add(more.opening.units());
        moved.closing.add(more.closing.units());
    }

    /// Checks that some set of contracts can have these totals, as far as those that are given show it: a whole that is missing is
    /// as large as it may be, and a part of it that is missing is 0.
    pub(super) fn check(&self) -> Result<(), Error> {
        let records = self.records().unwrap_or(MAX_RECORDS);
        let groups = [
            self.contracts_at_start,
            self.contracts_at_end,
            self.signed,
            self.one_time_sales,
        ];
        expect_all(&[
            (records <= MAX_RECORDS, "records are at most 10^10"),
            (
                groups.iter().all(|group| group.count <= records),
                "records are all contracts looked at: at least those of customers at the start, those at the end, the signed ones, and the one-time sales",
            ),
            (
                groups.iter().all(|group| group.is_sound()),
                "priced contracts are at most the count, and their fees at most 10^14 a year each",
            ),
            (
                self.are_held(),
                "customers have the active contracts, those with a known fee the priced ones",
            ),
            (
                self.first_contracts <= records,
                "every account whose first contract starts in the period has a contract",
            ),
        ])?;
        self.check_accounts(records)?;
        self.check_revenue()
    }

    /// Whether the customers of each evening can have its contracts.
    fn are_held(&self) -> bool {
        let held = |accounts: Given, priced: Given, contracts: Result<Priced, Undefined>| {
            let Ok(contracts) = contracts else {
                return true;
            };
            let have = |accounts: Given, contracts: u64| {
                accounts.map_or(true, |accounts| {
                    accounts <= contracts && (accounts > 0 || contracts == 0)
                })
            };
            let unknown = accounts.and_then(|all| Ok(all.saturating_sub(priced?)));
            have(accounts, contracts.count)
                && priced.map_or(true, |priced| priced <= contracts.priced)
                && have(unknown, contracts.unpriced())
        };
        let (at_start, at_end) = (self.contracts_at_start(), self.contracts_at_end());
        held(self.at_start(), self.priced_at_start(), at_start)
            && held(self.at_end(), self.priced_at_end(), at_end)
    }

    /// Checks what becomes of the customers of the start, and whence those of the end come.
    fn check_accounts(&self, records: u64) -> Result<(), Error> {
        let sum = |parts: &[u64]| {
            parts
                .iter()
                .fold(0, |sum: u64, part| sum.saturating_add(*part))
        };
        // Of a whole and its parts, as far as they are given. Each customer has a contract.
        let are = |whole: Given, contracts: Given, parts: &[Given]| {
            let known: Vec<u64> = parts.iter().filter_map(|part| part.ok()).collect();
            let (known, all) = (sum(&known), parts.iter().all(Result::is_ok));
            known <= whole.or(contracts).unwrap_or(records)
                && (whole.is_err() || !all || whole == Ok(known))
        };
        let of = |part: u64, whole: Given| part <= whole.unwrap_or(records);
        let count = |contracts: Result<Priced, Undefined>| contracts.map(|all| all.count);
        let (from, until) = (
            count(self.contracts_at_start()),
            count(self.contracts_at_end()),
        );
        expect_all(&[
            (
                are(self.at_start(), from, &[self.retained(), self.lost()]),
                "at_start is retained + lost",
            ),
            (
                are(
                    self.at_end(),
                    until,
                    &[self.retained(), self.new(), self.reactivated()],
                ),
                "at_end is retained + new + reactivated",
            ),
            (
                of(self.priced_at_start, self.at_start()) && of(self.priced_at_end, self.at_end()),
                "customers with a known fee are a part of all",
            ),
            (
                (self.paid_at_end == AmountSum::ZERO || self.priced_at_end() != Ok(0))
                    && self
                        .contracts_at_end()
                        .map_or(true, |all| self.paid_at_end <= all.amount),
                "what customers with a known fee pay is a part of the fees at the end",
            ),
            (
                of(self.reactivated, self.former())
                    && self.former.saturating_add(self.at_start) <= records,
                "reactivated customers are a part of the former ones, and each of these has a contract",
            ),
            (
                of(self.new, self.first_contracts()),
                "new customers are a part of the accounts whose first contract starts in the period",
            ),
        ])
    }

    /// Checks that recurring revenue is that of the contracts, and adds up.
    fn check_revenue(&self) -> Result<(), Error> {
        let Ok(moved) = self.recurring() else {
            return Ok(());
        };
        let is_of = |revenue: Result<AmountSum, Undefined>,
                     contracts: Result<Priced, Undefined>| {
            let (Ok(revenue), Ok(contracts)) = (revenue, contracts) else {
                return true;
            };
            revenue == contracts.amount
        };
        let is_by =
            |revenue: AmountSum, customers: Given| revenue == AmountSum::ZERO || customers != Ok(0);
        expect_all(&[
            (
                is_of(moved.opening(), self.contracts_at_start())
                    && is_of(moved.closing(), self.contracts_at_end()),
                "opening and closing revenue are the fees of the contracts active at the start and at the end",
            ),
            (
                is_by(moved.new, self.new().or(self.at_end()))
                    && is_by(moved.reactivation, self.reactivated().or(self.at_end()))
                    && is_by(moved.expansion, self.retained().or(self.at_start()))
                    && is_by(moved.contraction, self.retained().or(self.at_start()))
                    && is_by(moved.churn, self.lost().or(self.at_start())),
                "revenue moves with customers: with new, reactivated, retained or lost ones",
            ),
            (moved.is_sound(), Movements::RULE),
        ])
    }
}

type Given = Result<u64, Undefined>;
