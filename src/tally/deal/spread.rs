use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::period::Scope;
use crate::record::{Amount, Deal, DealStanding, Facts, Origin};
use crate::tally::deal::by_origin::ByOrigin;
use crate::tally::deal::contains::contains;
use crate::tally::deal::listed::{Listed, ListedDeal};
use crate::tally::deal::{DealTally, DealTotals};
use crate::tally::engine::{Fill, verbs};
use crate::tally::error::impossible;
use crate::tally::priced::{Priced, are_by_day};
use crate::tally::rules::{WHOLE, expect_all};
use crate::tally::store::Ledger;
use crate::value::number::Exact;
use crate::value::{AccountId, AmountSum, Entries, Money};

/// A [`DealTally`], and over what its money is spread: accounts, days of the period, who found the deals, list prices; and what is past due.
///
/// Whoever asks for none of it pays for none of it: what is needed for medians and percentiles of deals alone is in a
/// [`DealDetail`](crate::DealDetail). It has the verbs of a tally; [`tally`](Self::tally) is the part of a fixed size.
///
/// ```
/// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date, kpi};
///
/// let q1 = Scope::new(Period::quarter(2026, 1)?, Currency::USD);
/// let mut spread = SpreadTally::new(q1);
/// for (id, on, amount) in [("D-1", date(2026, 1, 20)?, 1), ("D-2", date(2026, 3, 30)?, 3)] {
///     spread.record(&Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on }, Currency::USD)?.with_amount(amount)?)?;
/// }
/// assert_eq!(kpi::late_revenue_rate(&spread, 14)?.to_string(), "75%");
/// assert_eq!(kpi::total_revenue(spread.tally())?.to_string(), "4 USD");
/// # Ok::<(), sales_metrics::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct SpreadTally {
    tally: DealTally,
    /// Accounts of the won deals that have an amount, and what these add up to.
    accounts: Ledger<AccountId, AmountSum>,
    /// Invariant: what that is for all accounts together.
    account_amount: AmountSum,
    /// The won deals by the days from their close to the period's end: 1 on its last day.
    won_days: Ledger<u32, Priced>,
    /// Of the won deals, those with an amount and a list price above 0.
    listed: Listed,
    /// Of the open deals, those that were expected to close before the evening's day.
    past_due: Priced,
    /// Of the created deals.
    created_by: ByOrigin,
    /// Of the won deals.
    won_by: ByOrigin,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    tally: DealTally,
    accounts: Entries<AccountId, AmountSum>,
    won_days: Vec<(u32, Priced)>,
    listed: Vec<(Exact, Exact)>,
    past_due: Priced,
    created_by: ByOrigin,
    won_by: ByOrigin,
}

impl TryFrom<Wire> for SpreadTally {
    type Error = Error;

    fn try_from(wire: Wire) -> Result<Self, Error> {
        expect_all(&[(are_by_day(&wire.won_days), OF_TALLY)])?;
        let mut listed = Listed::default();
        for (Exact(sold), Exact(list)) in wire.listed {
            let (sold, list) = (Amount::new(sold)?, Amount::new(list)?);
            listed.push(ListedDeal { sold, list });
        }
        Self {
            tally: wire.tally,
            account_amount: total(&wire.accounts).ok_or_else(|| impossible(OF_TALLY))?,
            accounts: wire.accounts.into(),
            won_days: Ledger::of(wire.won_days),
            listed,
            past_due: wire.past_due,
            created_by: wire.created_by,
            won_by: wire.won_by,
        }
        .checked()
    }
}

impl From<SpreadTally> for Wire {
    fn from(spread: SpreadTally) -> Self {
        let mut listed = Vec::new();
        for deal in spread.listed.in_order() {
            listed.push((Exact(deal.sold.decimal()), Exact(deal.list.decimal())));
        }
        Self {
            tally: spread.tally,
            accounts: spread.accounts.sorted(),
            won_days: spread.won_days.sorted().into_iter().collect(),
            listed,
            past_due: spread.past_due,
            created_by: spread.created_by,
            won_by: spread.won_by,
        }
    }
}

contains!(SpreadTally);

impl SpreadTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(scope: Scope) -> Self {
        Self {
            tally: DealTally::new(scope),
            accounts: Ledger::new(),
            account_amount: AmountSum::ZERO,
            won_days: Ledger::new(),
            listed: Listed::default(),
            past_due: Priced::default(),
            created_by: ByOrigin::default(),
            won_by: ByOrigin::default(),
        }
    }

    /// Counts one more deal.
    ///
    /// # Errors
    /// As [`DealTally::of`]; the tally is then as it was.
    pub fn record(&mut self, deal: &Deal) -> Result<(), Error> {
        let scope = self.scope();
        self.add(deal, &scope)
    }

    /// A deal that was created or won, by who found it.
    fn add_found(&mut self, deal: &Deal, standing: DealStanding) {
        let Some(origin) = deal.origin() else { return };
        let amount = deal.facts().amount();
        if standing.is_created() {
            self.created_by.add(origin, amount);
        }
        if standing.is_won() {
            self.won_by.add(origin, amount);
        }
    }

    fn take_account(&mut self, account: Option<&AccountId>, amount: Amount) {
        let Some(account) = account else { return };
        let units = amount.units();
        self.account_amount.add(u128::from(units));
        self.accounts.put(account, AmountSum::of_units(units));
    }

    /// When it was won, and how far below its list price.
    #[inline]
    fn take_win(&mut self, facts: &Facts, scope: &Scope) {
        let (_, end) = scope.period().bounds();
        let on = facts.ending.map(|ending| ending.on);
        if let Some(left) = on.and_then(|on| end.days_since(on)) {
            let won = Priced::of(facts.amount());
            self.won_days.put(&left, won);
        }
        self.listed.add(facts);
    }

    /// Adds the tally of other deals in the same scope.
    ///
    /// # Errors
    /// As [`DealTally::merge`]; the tally is then as it was.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.tally.merge(&other.tally)?;
        self.accounts.merge(&other.accounts);
        self.account_amount.add(other.account_amount.units());
        self.won_days.merge(&other.won_days);
        self.listed.merge(&other.listed);
        self.past_due = self.past_due.plus(other.past_due);
        self.created_by.merge(&other.created_by);
        self.won_by.merge(&other.won_by);
        Ok(())
    }

    /// How many accounts have a won deal with an amount.
    #[must_use]
    pub fn accounts(&self) -> u64 {
        self.accounts.len()
    }

    /// These accounts, by their ids, and what each of them spent: the amounts of its won deals that have one.
    ///
    /// ```
    /// use sales_metrics::{Currency, Deal, Outcome, Period, Scope, SpreadTally, date};
    ///
    /// let mut spread = SpreadTally::new(Scope::new(Period::quarter(2026, 1)?, Currency::USD));
    /// for (id, account, amount) in [("D-1", "Initech", 700), ("D-2", "Acme", 100), ("D-3", "Initech", 200)] {
    ///     let deal = Deal::new(id, date(2026, 1, 7)?, Outcome::Won { on: date(2026, 2, 20)? }, Currency::USD)?;
    ///     spread.record(&deal.with_account(account)?.with_amount(amount)?)?;
    /// }
    /// let spent = spread.spent_by_account().map(|(account, spent)| format!("{account}: {spent}"));
    /// assert_eq!(spent.collect::<Vec<_>>(), ["Acme: 100 USD", "Initech: 900 USD"]);
    /// # Ok::<(), sales_metrics::Error>(())
    /// ```
    pub fn spent_by_account(&self) -> impl Iterator<Item = (&AccountId, Money)> {
        let currency = self.scope().currency();
        let accounts = self.accounts.in_order().into_iter();
        accounts.map(move |(account, spent)| (account, Money::new(spent.decimal(), currency)))
    }

    /// The sum of the amounts of the won deals that name an account.
    #[must_use]
    pub fn account_amount(&self) -> AmountSum {
        self.account_amount
    }

    /// The deals created in the period that this one found: by their own origin, or by that of the lead, where a
    /// [`Book`](crate::Book) knows it. Those of which nobody knows it are in none.
    #[must_use]
    pub fn created_by(&self, origin: Origin) -> Priced {
        self.created_by.of(origin)
    }

    /// The same of the deals won in the period.
    #[must_use]
    pub fn won_by(&self, origin: Origin) -> Priced {
        self.won_by.of(origin)
    }

    /// The deals won on the last so many days of the period, up to the as-of day.
    #[must_use]
    pub fn won_in_last(&self, days: u32) -> Priced {
        let mut late = Priced::default();
        for (left, won) in self.won_days.iter() {
            if *left <= days {
                late = late.plus(*won);
            }
        }
        late
    }

    /// What each won deal was sold for, and its list price: of those that have an amount and a list price above 0, the least discount
    /// first.
    #[must_use]
    pub fn listed(&self) -> Vec<(Money, Money)> {
        let money = |amount: Amount| Money::new(amount.decimal(), self.scope().currency());
        let mut listed = Vec::new();
        for deal in self.listed.in_order() {
            listed.push((money(deal.sold), money(deal.list)));
        }
        listed
    }

    /// How many of these there are, and how many of them were sold below their list price.
    pub(crate) fn discounted(&self) -> (u64, u64) {
        self.listed.counts()
    }

    /// Of the open deals, those that were expected to close before the [`evening`](Scope::evening)'s day, in the period or before it.
    #[must_use]
    pub fn past_due(&self) -> Priced {
        self.past_due
    }

    /// Checks that all of it is of the deals that the tally counts.
    fn checked(self) -> Result<Self, Error> {
        let totals = self.tally.totals();
        let period = 1..=self.scope().period().days();
        let agree = self.accounts() <= totals.won.priced
            && self.account_amount <= totals.won.amount
            && self.won_in_last(u32::MAX) == totals.won
            && self.won_days.iter().all(|(left, _)| period.contains(left))
            && self.is_listed_in(totals)
            && self.past_due.is_sound()
            && self.past_due.is_part_of(totals.open)
            && totals.overdue.is_part_of(self.past_due)
            && self.created_by.is_part_of(totals.created)
            && self.won_by.is_part_of(totals.won);
        expect_all(&[(totals.is_whole(), WHOLE), (agree, OF_TALLY)])?;
        Ok(self)
    }

    /// Whether those of a list price are all that have one above 0.
    fn is_listed_in(&self, totals: &DealTotals) -> bool {
        let ((count, _), (sold, list)) = (self.listed.counts(), self.listed.sums());
        let of = totals.listed;
        self.listed.is_sound()
            && count <= of.count
            && sold <= of.amount.units()
            && list == of.other.units()
            && (count < of.count || sold == of.amount.units())
    }
}

/// What all accounts spent, if it can be so much.
fn total(accounts: &Entries<AccountId, AmountSum>) -> Option<AmountSum> {
    let mut total = AmountSum::ZERO;
    for (_, spent) in accounts.iter() {
        total = total.checked_add(spent.units())?;
    }
    Some(total)
}

const OF_TALLY: &str = "a spread's accounts, days, discounts, origins and what is past due are of the deals that its tally counts";

verbs!(SpreadTally of Deal, reads AccountAndOrigin, Scope, "As [`DealTally::of`].");

impl Fill<Deal> for SpreadTally {
    type View = Scope;
    type Tally = Self;

    fn empty(scope: &Scope) -> Self {
        Self::new(*scope)
    }

    #[inline]
    fn add(&mut self, deal: &Deal, scope: &Scope) -> Result<(), Error> {
        self.tally.add(deal, scope)?;
        let (facts, standing) = (deal.facts(), deal.standing(*scope));
        if standing.is_created() || standing.is_won() {
            self.add_found(deal, standing);
        }
        if standing.is_won() {
            if let Some(amount) = facts.amount() {
                self.take_account(deal.account(), amount);
            }
            self.take_win(facts, scope);
        } else if standing.is_open() {
            let evening = scope.evening_day();
            if facts.expected_close.is_some_and(|on| on < evening) {
                self.past_due.add(facts.amount());
            }
        }
        Ok(())
    }

    fn done(self, _: &Scope) -> Self {
        self
    }
}
